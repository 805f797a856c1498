package import RecordExchange
package import Vocabulary

/// What the directory knows of whom a school's request could be sent to.
package struct ContactSearch: Hashable, Sendable {
    /// Whose mailbox is looked for: the school's, or its custodian's.
    package let holder: OrganizationID
    package let school: School
    /// Everybody around it, with what is known of each address.
    package let contacts: [Contact]
    /// Absent where the directory has none.
    package let districtPhone: String?
    /// What somebody who was asked by mistake said.
    package let inquiry: Inquiry
}

extension Desk {
    /// What is known where a request waits for a school that nobody reaches.
    package func contactSearch(
        for number: RequestNumber,
        by actor: Actor
    ) async throws -> ContactSearch {
        let (inquiry, school, phone) = try await read { transaction in
            let request = try transaction.request(number, seenBy: actor)
            let inquiry = try transaction.unreached(of: request, by: actor)
            let school = try transaction.school(inquiry.school)
            return (inquiry, school, try transaction.session.district(school.district)?.phone)
        }
        return ContactSearch(
            holder: inquiry.holder,
            school: school,
            contacts: try await contacts(around: school),
            districtPhone: phone,
            inquiry: inquiry
        )
    }

    /// Adds the address that a state contact found, asks it whether it is the right one, and sends
    /// it what waits for the office: this request in any case, whoever opened it before.
    ///
    /// Throws `alreadyThere` where mail to this very address came back and nobody asked the office.
    package func addFoundContact(
        _ draft: ContactDraft,
        for number: RequestNumber,
        by actor: Actor
    ) async throws {
        try await write { transaction in
            let request = try transaction.request(number, seenBy: actor)
            let inquiry = try transaction.unreached(of: request, by: actor)
            try transaction.keep(draft, of: inquiry.holder, by: actor)
            let found = try transaction.session.contacts(of: inquiry.holder)
                .first { $0.role == draft.role && $0.email == draft.email }
            guard var contact = found, contact.isUsable else {
                throw CaseworkFailure.alreadyThere
            }
            let hasLink = try transaction.session.links(of: inquiry.id).contains { link in
                link.contact == contact.id && link.obstacle(at: transaction.now) == nil
            }
            if !hasLink {
                try transaction.ask(contact, about: inquiry, of: request, Letter.ask)
            }
            if !draft.isChecked, contact.question == nil, contact.confirmedOn == nil {
                try transaction.question(&contact, .stillRight)
            }
            try transaction.audit(
                .staff(actor.id),
                "request.findContact",
                subject: request.number,
                detail: contact.id.description
            )
        }
    }
}

extension CaseTransaction {
    /// The inquiry for which somebody is looked for, by whoever keeps its holder's contacts.
    fileprivate func unreached(of request: RecordRequest, by actor: Actor) throws -> Inquiry {
        let live = try session.inquiries(of: request.id)
            .filter { $0.isLive && $0.status != .question }
        guard !live.isEmpty else { throw CaseworkFailure.notPossibleNow }
        let own = live.last { actor.watchedStates.contains($0.holderState) }
        guard let inquiry = own, try mayKeep(inquiry.holder, by: actor) else {
            throw CaseworkFailure.notAllowed
        }
        return inquiry
    }
}
