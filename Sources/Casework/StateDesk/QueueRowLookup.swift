package import RecordExchange
package import Vocabulary

extension Desk {
    /// One request as a row of the queue, for a state contact of either side.
    package func queueRow(of number: RequestNumber, by actor: Actor) async throws -> QueueRow {
        try await read { transaction in
            let request = try transaction.request(number, seenBy: actor)
            let inquiries = try transaction.session.inquiries(of: request.id)
            let current = inquiries.last { $0.isLive } ?? inquiries.last
            let isTrouble = try transaction.session.receipts(of: request.id)
                .contains(where: \.isTrouble)
            let waits = inquiries.contains(where: \.isLive)
            return try transaction.row(
                current,
                of: request,
                why: isTrouble && request.isOpen && !waits ? .noReceipt : nil,
                for: try actor.watchedStates.first.map(transaction.watch)
            )
        }
    }

    package func contacts(of organization: OrganizationID) async throws -> [Contact] {
        try await store.read { try $0.contacts(of: organization) }
    }

    /// Everybody who can be written to or called about a school: its own, its district's, the
    /// projects' that serve it and its state's.
    package func contacts(around school: School) async throws -> [Contact] {
        try await read { transaction in
            let projects = try transaction.session.projects(serving: school.district)
            let organizations: [OrganizationID] =
                [school.custodian ?? .school(school.id), .district(school.district)]
                + projects.map { .project($0.code) } + [.state(school.state)]
            return try organizations.flatMap { try transaction.session.contacts(of: $0) }
        }
    }
}
