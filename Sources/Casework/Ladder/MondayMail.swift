package import RecordExchange
package import Vocabulary

/// On Mondays a records office is told in one mail what waits for it, oldest first.
extension CaseTransaction {
    /// The mail of the next Monday to a mailbox that is asked now, once.
    func expectMondayMail(to contact: Contact, in state: StateCode) throws {
        guard desk.settings.mondayMails else { return }
        try expectMondayMail(
            to: contact,
            in: state,
            on: Self.monday(after: today(in: state))
        )
    }

    // Its identifier is made of the mailbox and the day, so a second one finds the first.
    fileprivate func expectMondayMail(
        to contact: Contact,
        in state: StateCode,
        on day: CivilDate
    ) throws {
        let id = effectID("waiting|\(contact.id)|\(day)")
        guard try session.effect(id) == nil else { return }
        let due = time.instant(of: day, hour: Self.hourOfDigest, in: state)
        try session.enqueue(Effect(id: id, work: .waiting(contact.id, state), due: due))
    }

    /// The first working day from the next Monday on.
    fileprivate static func monday(after day: CivilDate) -> CivilDate {
        WorkingDays.first(onOrAfter: day.advanced(by: 8 - day.weekday))
    }

    /// What is still open at the mailbox's organisation and was asked of this mailbox.
    fileprivate func asked(of contact: Contact) throws -> [Inquiry] {
        try session.inquiries(waitingFor: contact.organization, limit: 500).filter { inquiry in
            guard try request(inquiry.request).isOpen else { return false }
            return try session.links(of: inquiry.id).contains {
                $0.contact == contact.id && $0.revokedAt == nil
            }
        }
    }

    fileprivate func sendMondayMail(
        _ waiting: [Inquiry],
        to contact: Contact,
        in state: StateCode
    ) throws {
        guard let first = waiting.first else { return }
        let issued = try issueLink(
            for: first,
            to: contact,
            try errand(of: contact, about: first)
        )
        let rows = try waiting.prefix(50).map { inquiry in
            let request = try request(inquiry.request)
            return Letter.WaitingRow(
                number: request.number,
                requester: try school(request.requester).name,
                askedOn: inquiry.clock.askedOn
            )
        }
        try enqueue(
            .waiting(
                recipient: contact.name,
                organization: try name(of: contact.organization),
                rows: Array(rows),
                total: waiting.count,
                link: "\(desk.settings.baseAddress)/r/\(issued.token)",
                code: issued.code
            ),
            to: contact.email,
            name: contact.name,
            language: contact.language,
            subject: Effect.MailSubject(
                letter: "waiting",
                contact: contact.id,
                folded: waiting.map { inquiry in
                    Effect.MailSubject(
                        letter: "waiting",
                        request: inquiry.request,
                        inquiry: inquiry.id,
                        contact: contact.id
                    )
                }
            ),
            thread: nil,
            at: state
        )
    }
}

extension Desk {
    /// Writes the Monday's mail to a mailbox, where anything waits for it.
    ///
    /// Not on a day on which it had enough single mails, nor while the school is closed: others are
    /// asked then. As long as something is open there is another Monday.
    package func writeMondayMail(
        to id: Contact.ID,
        of state: StateCode,
        instead effect: Effect.ID
    ) async throws {
        try await write { transaction in
            guard try transaction.takeUp(effect) else { return }
            guard let contact = try transaction.session.contact(id), contact.isUsable else {
                return
            }
            let asked = try transaction.asked(of: contact)
            guard let school = try asked.first.map({ try transaction.school($0.school) }) else {
                return
            }
            let today = transaction.today(in: state)
            let isFull =
                try transaction.session.singleMails(to: contact.email, on: today)
                >= settings.singleMails
            try transaction.expectMondayMail(
                to: contact,
                in: state,
                on: isFull
                    ? WorkingDays.day(1, after: today) : CaseTransaction.monday(after: today)
            )
            guard !isFull, try transaction.calendar(of: school).closure(on: today) == nil else {
                return
            }
            // A promise, a hold and a question wait for something else.
            let waits: Set<Inquiry.Status> = [.queued, .notified, .opened, .partlySent]
            try transaction.sendMondayMail(
                asked.filter { waits.contains($0.status) && $0.clock.askedOn < today },
                to: contact,
                in: state
            )
        }
    }
}
