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
    /// Nothing is ever answered but a mail with files, once until they are dealt with: so nothing
    /// loops.
    package func takeMail(_ mail: InboundMail) async throws -> MailTaken {
        try await takeMail(mail, with: MailLoad()).what
    }

    /// The same with what was attached, which lies in the drop already.
    ///
    /// - Returns: also whether those files are referred to from now on.
    func takeMail(
        _ mail: InboundMail,
        with load: MailLoad
    ) async throws -> (what: MailTaken, keptFiles: Bool) {
        try await write { transaction in
            var taken = MailTaken.unrelated
            let subjects = try transaction.subjects(of: mail)
            for subject in subjects {
                let one = try transaction.take(mail, about: subject)
                if taken != .noted, one != .unrelated { taken = one }
            }
            guard !load.isEmpty, let place = try transaction.placeForFiles(of: mail) else {
                return (taken, false)
            }
            var load = load
            if subjects.count > 1 {
                // Whose records they are only the office knows.
                load.refuseArrived(.severalRequests)
            }
            let kept = try transaction.keep(
                load,
                named: mail.messageID,
                from: place.contact,
                about: place.inquiry,
                of: place.request
            )
            return (taken == .noted ? .noted : kept.what, kept.keptFiles)
        }
    }

    /// Whether what is attached to a mail has somewhere to wait.
    func wantsFiles(of mail: InboundMail) async throws -> Bool {
        try await read { try $0.placeForFiles(of: mail) != nil }
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
        guard !mail.text.isEmpty else { return .repeated }
        return try tellOnce(
            .mailReply(organization: contact.organization, note: mail.text),
            about: inquiry
        )
    }

    /// Which inquiry the files of a mail wait for, and whose mailbox they came from.
    ///
    /// That of the mail it answers. Otherwise the one whose number the mail names, as a scanner
    /// or a fax machine's does that was told our address: from a mailbox that was asked, or from a
    /// machine that the operator named. Its words count for nothing then, since anybody who saw
    /// the number can write them; its files wait for the mailbox's own word.
    fileprivate func placeForFiles(
        of mail: InboundMail
    ) throws -> (contact: Contact, inquiry: Inquiry, request: RecordRequest)? {
        if let subject = try subjects(of: mail).first {
            guard mail.kind == .reply, let from = subject.contact, let about = subject.inquiry,
                let contact = try session.contact(from), let inquiry = try session.inquiry(about)
            else { return nil }
            let whole = try request(inquiry.request)
            guard try !isOver(inquiry, of: whole) else { return nil }
            return (contact, inquiry, whole)
        }
        guard let sender = mail.sender, let number = mail.number,
            let numbered = try session.request(numbered: number)
        else { return nil }
        let whole = try survivor(of: numbered)
        let open = try session.inquiries(of: whole.id).filter { try !isOver($0, of: whole) }
        guard open.count == 1, let inquiry = open.first else { return nil }
        let isMachine = desk.settings.faxSenders.contains { $0.isSame(as: sender) }
        guard isMachine || mail.kind == .reply else { return nil }
        let links = try session.links(of: inquiry.id).filter { $0.revokedAt == nil }
        for link in links.reversed() {
            guard let contact = try session.contact(link.contact), contact.isUsable,
                contact.role != .colleague
            else { continue }
            if isMachine || contact.email.isSame(as: sender) { return (contact, inquiry, whole) }
        }
        return nil
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

extension EmailAddress {
    /// Mail servers tell no capitals apart.
    func isSame(as other: EmailAddress) -> Bool {
        description.lowercased() == other.description.lowercased()
    }
}
