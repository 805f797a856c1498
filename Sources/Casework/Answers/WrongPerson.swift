package import RecordExchange
import Vocabulary

extension Desk {
    /// "I am not the right person": the link dies at once, and the district is asked who is.
    package func notTheRightPerson(
        _ inquiry: Inquiry.ID,
        suggestion: SuggestedContact,
        by answerer: Answerer
    ) async throws {
        guard suggestion.length <= RequestDraft.longestMessage else {
            throw CaseworkFailure.tooLong
        }
        guard case .link(let id, _) = answerer else { throw CaseworkFailure.notAllowed }
        try await write { transaction in
            var inquiry = try transaction.inquiry(inquiry, answerableBy: answerer, inPart: true)
            let request = try transaction.request(inquiry.request)
            guard request.isOpen else { throw CaseworkFailure.link(.closed) }
            // Who has answered was the right person, and nobody else need be asked.
            guard inquiry.isLive else { throw CaseworkFailure.notPossibleNow }
            let school = try transaction.school(inquiry.school)
            guard let contact = try transaction.contact(of: answerer, inquiry: inquiry) else {
                throw CaseworkFailure.notFound
            }
            if !suggestion.isEmpty { inquiry.suggested = suggestion }
            if contact.role == .colleague {
                try transaction.session.save(inquiry)
                try transaction.giveBack(from: contact, about: inquiry, of: request)
                return try transaction.audit(.link(id), "contact.wrong", subject: contact.id)
            }
            try transaction.revokeLinks(of: contact, about: inquiry)
            try transaction.tell(
                .wrongContact(organization: contact.organization),
                of: request.id,
                inquiry: inquiry.id
            )
            // The directory does not learn a new address from an anonymous page: the district is
            // asked the same day, and the state contact sees why.
            let calendar = try transaction.calendar(of: school)
            let today = transaction.today(in: school.state)
            let district = OrganizationID.district(school.district)
            let officers = try transaction.contacts(of: district, [.district], for: inquiry)
            if officers.isEmpty || contact.organization == district {
                inquiry.clock.take(.tellState, on: today, calendar: calendar)
                try transaction.announce(request, toStateContactsOf: school.state)
            } else {
                inquiry.clock.take(.tellDistrict, on: today, calendar: calendar)
                for officer in officers {
                    try transaction.ask(officer, about: inquiry, of: request, Letter.escalate)
                }
            }
            try transaction.reschedule(inquiry)
            try transaction.audit(
                .link(id),
                "contact.wrong",
                subject: contact.id,
                detail: suggestion.isEmpty ? "" : "a suggestion was made"
            )
        }
    }

    /// The inquiries that wait for an organisation and of which a reader who was not the right
    /// person named another; for whoever keeps its contacts.
    ///
    /// Without those whose address is a contact's meanwhile.
    package func suggestions(
        for organization: OrganizationID,
        by actor: Actor
    ) async throws -> [Inquiry] {
        guard try await mayKeep(organization, by: actor) else { throw CaseworkFailure.notFound }
        return try await read { transaction in
            let known = Set(
                try transaction.session.contacts(of: organization).map(\.email.description)
            )
            return try transaction.session
                .inquiries(waitingFor: organization, limit: Self.mostSuggestions)
                .filter { inquiry in
                    guard let suggested = inquiry.suggested else { return false }
                    return !known.contains(suggested.email.lowercased())
                }
        }
    }

    // As many of the oldest inquiries are looked through.
    private static let mostSuggestions = 500
}
