import RecordExchange
import Vocabulary

/// One digest per person and day above three mails.
///
/// First invitations, receipts and what somebody asked for go out at once; reminders and news
/// beyond the third of a day wait for one mail that names them all. What is held is an effect of
/// its own, due a day after the digest: where that fails, each goes out by itself.
extension CaseTransaction {
    /// The hours, at the recipient's, at which notices are gathered.
    private static let hoursOfNotices = [7, 15]

    /// When the mails that `box` is held go out together: at the next of the hours, once a day.
    func holdNotices(for box: Effect.NoticeBox, in state: StateCode) throws -> Instant {
        let local = time.local(now, in: state)
        var day = local.date
        var hour = Self.hoursOfNotices.first { $0 > local.hour }
        // A calendar cannot hold more days with a digest than there are; the bound is for the
        // compiler and for us.
        for _ in 0..<400 {
            if let hour {
                let id = noticesID(box, on: day)
                guard let gathered = try session.effect(id) else {
                    let due = time.instant(of: day, hour: hour, in: state)
                    try session.enqueue(Effect(id: id, work: .notices(box), due: due))
                    return due
                }
                if gathered.status == .waiting { return gathered.due }
            }
            // That day's has gone out.
            day = WorkingDays.day(1, after: day)
            hour = Self.hoursOfNotices[0]
        }
        return now
    }

    private func noticesID(_ box: Effect.NoticeBox, on day: CivilDate) -> Effect.ID {
        effectID("notices|\(box.address)|\(day)")
    }

    /// An identifier made of what an effect is for, so that a second one finds the first.
    func effectID(_ key: String) -> Effect.ID {
        let bits = secrets.digest(of: Array(key.utf8)).bytes.prefix(16)
            .reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        return Effect.ID(rawValue: bits)
    }

    /// Still worth telling, and still theirs: whoever answered meanwhile needs no reminder, and
    /// whoever is asked no more must not get a link that works where theirs were revoked.
    fileprivate func isCurrent(_ subject: Effect.MailSubject) throws -> Bool {
        guard let id = subject.inquiry, let contact = subject.contact else { return true }
        guard try inquiry(id).isLive, try session.contact(contact)?.isUsable == true else {
            return false
        }
        return try session.links(of: id).contains {
            $0.contact == contact && $0.revokedAt == nil
        }
    }

    fileprivate func noticeRow(_ subject: Effect.MailSubject) throws -> Letter.NoticeRow? {
        guard let notice = Letter.Notice(rawValue: subject.letter) else { return nil }
        if let count = subject.count {
            return Letter.NoticeRow(number: nil, notice: notice, school: "", count: count)
        }
        guard let id = subject.request else { return nil }
        let request = try request(id)
        let isAsked = subject.contact != nil
        let asked =
            try session.inquiries(of: id).last { $0.isLive }
            ?? session.inquiries(of: id).last
        let other = isAsked ? request.requester : asked?.school ?? request.requester
        return Letter.NoticeRow(
            number: request.number,
            notice: notice,
            school: try school(other).name,
            count: 1
        )
    }
}

extension Desk {
    /// Writes one mail of all that is held for somebody.
    ///
    /// The effect that asked for it and everything held are done in the same transaction, so that
    /// a cut in between neither loses nor repeats any.
    package func writeNotices(
        to box: Effect.NoticeBox,
        instead effect: Effect.ID
    ) async throws {
        try await write { transaction in
            guard try transaction.takeUp(effect) else { return }
            var folded: [Effect.MailSubject] = []
            var rows: [Letter.NoticeRow] = []
            for var held in try transaction.session.heldMails(to: box.address) {
                guard case .mail(_, let mailed) = held.work else { continue }
                held.status = .done
                try transaction.session.save(held)
                let subject = try transaction.survivor(of: mailed)
                // Two about so many requests are about different ones.
                guard try transaction.isCurrent(subject),
                    subject.count != nil || !folded.contains(subject),
                    let row = try transaction.noticeRow(subject)
                else { continue }
                // What is in the queue comes first: its link opens that.
                let place = subject.count == nil ? rows.endIndex : 0
                folded.insert(subject, at: place)
                rows.insert(row, at: place)
            }
            guard !rows.isEmpty else { return }
            try transaction.sendNotices(rows, about: folded, to: box)
        }
    }
}

extension CaseTransaction {
    fileprivate func sendNotices(
        _ rows: [Letter.NoticeRow],
        about folded: [Effect.MailSubject],
        to box: Effect.NoticeBox
    ) throws {
        let isGiven = folded.contains { $0.count != nil }
        let path = isGiven ? Self.pathOfGivenRequests : "/requests"
        var (link, code) = ("\(desk.settings.baseAddress)\(path)", "")
        // One address can be several mailboxes: the link is of the one that was asked, and of the
        // parts that it was asked for.
        if let first = folded.first, let asked = first.inquiry,
            let contact = try first.contact.flatMap({ try session.contact($0) })
        {
            let inquiry = try inquiry(asked)
            let issued = try issueLink(
                for: inquiry,
                to: contact,
                try errand(of: contact, about: inquiry)
            )
            (link, code) = ("\(desk.settings.baseAddress)/r/\(issued.token)", issued.code)
        }
        try enqueue(
            .notices(
                recipient: box.name,
                rows: Array(rows.prefix(50)),
                total: rows.reduce(0) { $0 + $1.count },
                link: link,
                code: code
            ),
            to: box.address,
            name: box.name,
            language: box.language,
            subject: Effect.MailSubject(
                letter: "notices",
                contact: box.contact,
                folded: folded
            ),
            thread: nil
        )
    }
}
