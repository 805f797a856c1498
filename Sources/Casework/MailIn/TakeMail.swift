import RecordExchange
package import Vocabulary

/// What became of a mail that came in.
package enum MailTaken: String, Hashable, Sendable {
    /// On the timeline, and acted upon.
    case noted
    /// The same was on file already: nothing more happened.
    case repeated
    /// It answers no mail of ours about an inquiry.
    case unrelated
}

extension Desk {
    /// Takes a mail that came in: a bounce moves the request at once, an absence is remembered and
    /// the second address asked, a reply stands on the timeline.
    ///
    /// Nothing is ever answered but a reply with files, once a day and inquiry: so nothing loops.
    package func takeMail(_ mail: InboundMail) async throws -> MailTaken {
        try await write { transaction in
            var taken = MailTaken.unrelated
            for subject in try transaction.subjects(of: mail) {
                let one = try transaction.take(mail, about: subject)
                if taken != .noted, one != .unrelated { taken = one }
            }
            return taken
        }
    }

    /// The school is closed until the day its office named: the state contact takes up the offer.
    ///
    /// - Returns: the day.
    package func markClosed(_ number: RequestNumber, by actor: Actor) async throws -> CivilDate {
        let (school, state, day) = try await read { transaction in
            let request = try transaction.request(number, seenBy: actor)
            guard let offer = try transaction.closureOffer(of: request),
                actor.watchedStates.contains(offer.school.state)
            else { throw CaseworkFailure.notPossibleNow }
            return (offer.school.id, offer.school.state, offer.until)
        }
        let closure = SchoolCalendar.Recess(
            kind: .longBreak,
            name: "Out of office",
            first: time.today(in: state),
            last: day.advanced(by: -1)
        )
        try await addClosure(closure, of: .school(school), by: actor)
        try await write { transaction in
            try transaction.audit(
                .staff(actor.id),
                "calendar.markClosed",
                subject: school,
                detail: "until \(day)"
            )
        }
        return day
    }

    /// The day until which the asked school's office says to be away; `nil` where it is open again,
    /// is marked closed already, or said nothing.
    package func closureOffer(
        of number: RequestNumber,
        by actor: Actor
    ) async throws -> CivilDate? {
        try await read { transaction in
            let request = try transaction.request(number, seenBy: actor)
            return try transaction.closureOffer(of: request)?.until
        }
    }
}

extension InboundMail.Kind {
    fileprivate var name: String {
        switch self {
        case .bounce: "bounce"
        case .delay: "delay"
        case .delivered: "delivered"
        case .automatic: "automatic"
        case .reply: "reply"
        }
    }
}

extension CaseTransaction {
    fileprivate func take(
        _ mail: InboundMail,
        about subject: Effect.MailSubject
    ) throws -> MailTaken {
        if subject.isToFamily, let id = subject.request { return try takeFamilys(mail, about: id) }
        guard let contactID = subject.contact, let inquiryID = subject.inquiry,
            let contact = try session.contact(contactID),
            let inquiry = try session.inquiry(inquiryID)
        else { return .unrelated }
        let taken =
            switch mail.kind {
            case .bounce: try takeBounce(subject, contact, inquiry)
            case .delay:
                try tellOnce(.mailDelayed(organization: contact.organization), about: inquiry)
            case .delivered: MailTaken.repeated
            case .automatic: try takeAbsence(mail, contact, inquiry)
            case .reply: try takeReply(mail, contact, inquiry)
            }
        if taken == .noted {
            try audit(.system, "mail.in", subject: inquiry.id, detail: mail.kind.name)
        }
        return taken
    }

    /// Of what a family's mail server says only a refusal is news.
    ///
    /// What a family writes back goes to nobody: the mail sends it to the office of its school.
    private func takeFamilys(
        _ mail: InboundMail,
        about id: RecordRequest.ID
    ) throws -> MailTaken {
        switch mail.kind {
        case .bounce:
            let isNews = try noteFamilyMail(.refused(reason: "bounced"), of: id, isFirst: true)
            guard isNews else { return .repeated }
            try audit(
                .system,
                "mail.in",
                subject: try request(id).number,
                detail: mail.kind.name
            )
            return .noted
        case .delay, .delivered, .automatic: return .repeated
        case .reply: return .unrelated
        }
    }

    /// What the mail of ours was about that this one answers: found by its Message-ID, which is
    /// the outbox's own identifier and cannot be guessed.
    ///
    /// A digest is about several inquiries. A reply to one belongs to those whose number it
    /// names: another school must not read what was written about a student that is not its own.
    /// Where it names requests of two schools it belongs to none.
    fileprivate func subjects(of mail: InboundMail) throws -> [Effect.MailSubject] {
        let ending = "@\(desk.settings.mailFrom.domain)"
        for identifier in mail.answers where identifier.hasSuffix(ending) {
            guard let id = Effect.ID(identifier.dropLast(ending.count)),
                let effect = try session.effect(id), case .mail(_, let subject) = effect.work
            else { continue }
            guard let folded = subject.folded else { return [try survivor(of: subject)] }
            guard mail.kind == .reply, folded.count > 1 else {
                return try folded.map { try survivor(of: $0) }
            }
            let words = mail.text.uppercased()
            var requesters: Set<SchoolID> = []
            let named = try folded.filter { one in
                guard let id = one.request, let request = try session.request(id),
                    words.contains(request.number.description)
                else { return false }
                requesters.insert(request.requester)
                return true
            }
            return try requesters.count == 1 ? named.map { try survivor(of: $0) } : []
        }
        return []
    }

    /// A mailbox says that it is away: the line on the timeline, the offer to mark the school
    /// closed, and the second address at once.
    func noteAbsence(
        of contact: Contact,
        until day: CivilDate?,
        about inquiry: Inquiry
    ) throws -> MailTaken {
        if contact.role == .colleague {
            // Says nothing of the office.
            guard contact.awayUntil != day else { return .repeated }
            var colleague = contact
            colleague.awayUntil = day
            try session.save(colleague)
            return .noted
        }
        let taken = try tellOnce(
            .outOfOffice(organization: contact.organization, until: day),
            about: inquiry
        )
        guard taken == .noted else { return taken }
        var contact = contact
        contact.awayUntil = day
        try session.save(contact)
        // Nobody reads it now, so the second address does not wait for tomorrow.
        if inquiry.isLive, inquiry.clock.column == .inSession, contact.role == .recordsOffice {
            try askBackupNow(inquiry)
        }
        return taken
    }

    /// A line on the timeline, unless the same stands there.
    fileprivate func tellOnce(
        _ kind: TimelineEvent.Kind,
        about inquiry: Inquiry
    ) throws -> MailTaken {
        let isThere = try session.events(of: inquiry.request)
            .contains { $0.inquiry == inquiry.id && $0.kind == kind }
        if isThere { return .repeated }
        try tell(kind, of: inquiry.request, inquiry: inquiry.id)
        return .noted
    }

    fileprivate func takeBounce(
        _ subject: Effect.MailSubject,
        _ contact: Contact,
        _ inquiry: Inquiry
    ) throws -> MailTaken {
        let refused = TimelineEvent.Kind.mailRefused(organization: contact.organization)
        let isThere = try session.events(of: inquiry.request)
            .contains { $0.inquiry == inquiry.id && $0.kind == refused }
        if isThere && !contact.isUsable { return .repeated }
        try note(.refused(reason: "bounced"), of: subject, isFirst: true)
        return .noted
    }

    fileprivate func takeAbsence(
        _ mail: InboundMail,
        _ contact: Contact,
        _ inquiry: Inquiry
    ) throws -> MailTaken {
        let today = today(in: inquiry.holderState)
        return try noteAbsence(
            of: contact,
            until: ReturnDay.find(in: mail.text, today: today),
            about: inquiry
        )
    }

    fileprivate func takeReply(
        _ mail: InboundMail,
        _ contact: Contact,
        _ inquiry: Inquiry
    ) throws -> MailTaken {
        let request = try request(inquiry.request)
        var taken = MailTaken.repeated
        if !mail.text.isEmpty {
            taken = try tellOnce(
                .mailReply(organization: contact.organization, note: mail.text),
                about: inquiry
            )
        }
        guard mail.attachments > 0, request.isOpen, inquiry.acceptsAnswers,
            try mayMail(contact, about: inquiry, everySeconds: 86_400)
        else { return taken }
        // Files do not travel by mail: a kind word and a fresh link.
        try tell(
            .filesByMail(organization: contact.organization),
            of: request.id,
            inquiry: inquiry.id
        )
        try ask(contact, about: inquiry, of: request, Letter.filesByMail)
        return .noted
    }

    fileprivate func closureOffer(
        of request: RecordRequest
    ) throws -> (school: School, until: CivilDate)? {
        guard let inquiry = try session.inquiries(of: request.id).last(where: \.isLive) else {
            return nil
        }
        let school = try school(inquiry.school)
        let today = today(in: school.state)
        guard try calendar(of: school).closure(on: today) == nil else { return nil }
        for event in try session.events(of: request.id).reversed()
        where event.inquiry == inquiry.id {
            if case .outOfOffice(_, let until?) = event.kind, until > today.advanced(by: 1) {
                return (school, until)
            }
        }
        return nil
    }
}
