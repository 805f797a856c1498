import RecordExchange
import Vocabulary

extension Desk {
    /// Records what became of one attempt to send a mail.
    ///
    /// A mail that is delayed or refused stands on the request's tracker: never a silent failure.
    package func noteMail(_ id: Effect.ID, _ outcome: MailOutcome) async throws {
        try await write { transaction in
            guard var effect = try transaction.session.effect(id), effect.status == .waiting,
                case .mail(_, let subject) = effect.work
            else { return }
            effect.attempts += 1
            switch outcome {
            case .accepted:
                effect.status = .done
                effect.trouble = ""
            case .deferred(let reason):
                effect.trouble = reason
                let delay = Effect.delay(afterAttempts: effect.attempts)
                effect.due = transaction.now.advanced(bySeconds: delay)
            case .refused(let reason):
                effect.status = .failed
                effect.trouble = reason
            }
            try transaction.session.save(effect)
            try transaction.note(outcome, of: subject, isFirst: effect.attempts == 1)
        }
    }
}

extension CaseTransaction {
    func note(
        _ outcome: MailOutcome,
        of subject: Effect.MailSubject,
        isFirst: Bool
    ) throws {
        // What became of a digest became of each of its lines.
        for folded in subject.folded ?? [] { try note(outcome, of: folded, isFirst: isFirst) }
        if subject.isToFamily, let id = subject.request {
            return _ = try noteFamilyMail(outcome, of: id, isFirst: isFirst)
        }
        let subject = try survivor(of: subject)
        guard let id = subject.request, let contactID = subject.contact,
            var contact = try session.contact(contactID)
        else { return }
        let organization = contact.organization
        switch outcome {
        case .accepted:
            try tell(
                .mailAccepted(to: contact.role, organization: organization),
                of: id,
                inquiry: subject.inquiry
            )
            try markNotified(subject.inquiry)
        case .deferred:
            guard isFirst else { return }
            try tell(.mailDelayed(organization: organization), of: id, inquiry: subject.inquiry)
        case .refused:
            contact.bouncedOn = today(in: try request(id).requesterState)
            try session.save(contact)
            try tell(.mailRefused(organization: organization), of: id, inquiry: subject.inquiry)
            try moveUp(after: contact, subject)
        }
    }

    private func markNotified(_ id: Inquiry.ID?) throws {
        guard let id, var inquiry = try session.inquiry(id), inquiry.status == .queued else {
            return
        }
        _ = try inquiry.apply(.mailAccepted, by: .system, at: now)
        try session.save(inquiry)
    }

    /// The address does not work: the district is asked the same day, else the state contact.
    private func moveUp(after contact: Contact, _ subject: Effect.MailSubject) throws {
        guard let id = subject.inquiry, var inquiry = try session.inquiry(id), inquiry.isLive else {
            return
        }
        let request = try request(inquiry.request)
        if contact.role == .colleague {
            return try giveBack(from: contact, about: inquiry, of: request)
        }
        let school = try school(inquiry.school)
        let calendar = try calendar(of: school)
        let today = today(in: school.state)
        let district = OrganizationID.district(school.district)
        let officers = try contacts(of: district, [.district], for: inquiry)
        let step: Ladder.Step = officers.isEmpty ? .tellState : .tellDistrict
        guard !inquiry.clock.done.contains(step) else { return }
        inquiry.clock.take(step, on: today, calendar: calendar)
        if officers.isEmpty {
            try announce(request, toStateContactsOf: school.state)
        } else {
            for officer in officers {
                try ask(officer, about: inquiry, of: request, Letter.escalate)
            }
        }
        try tell(
            .ladder(
                step: step,
                level: inquiry.clock.level,
                organization: officers.isEmpty ? .state(school.state) : district
            ),
            of: request.id,
            inquiry: inquiry.id
        )
        try reschedule(inquiry)
        let outlook = try outlook(of: request)
        let organization = try name(of: contact.organization)
        try mailFollowers(of: request) { recipient in
            .bounced(
                number: request.number,
                recipient: recipient,
                organization: organization,
                outlook: outlook,
                link: address(of: request)
            )
        }
    }
}
