package import RecordExchange
package import Vocabulary

/// Names and places that pages show beside what they are about.
extension Desk {
    package func school(_ id: SchoolID) async throws -> School? {
        try await store.read { try $0.school(id) }
    }

    /// Who has the records of those among `ids` that closed for good, as people call them.
    package func custodians(of ids: [SchoolID]) async throws -> [SchoolID: String] {
        try await read { transaction in
            var names: [SchoolID: String] = [:]
            for id in ids {
                guard let custodian = try transaction.session.school(id)?.custodian else {
                    continue
                }
                names[id] = try transaction.name(of: custodian)
            }
            return names
        }
    }

    /// An organisation's name for people.
    package func name(of organization: OrganizationID) async throws -> String {
        try await read { try $0.name(of: organization) }
    }

    /// What the requester is told before sending: who will be asked, and whether the school is
    /// closed by its calendar.
    package func prospect(of id: SchoolID) async throws -> Prospect {
        try await read { transaction in
            let school = try transaction.school(id)
            let holder = school.custodian ?? .school(school.id)
            let calendar = try transaction.calendar(of: school)
            let today = transaction.today(in: school.state)
            let district = OrganizationID.district(school.district)
            var parties: [Prospect.Party] = []
            if calendar.closure(on: today) != nil {
                let projects = try transaction.session.projects(serving: school.district)
                    .map { OrganizationID.project($0.code) }
                for (organization, role) in [(holder, Contact.Role.summer)]
                    + projects.map({ ($0, .project) })
                    + [(district, .summer), (district, .district)]
                where try !transaction.usableContacts(of: organization, [role]).isEmpty {
                    parties.append(
                        Prospect.Party(
                            role: role,
                            organization: try transaction.name(of: organization),
                            hasContact: true
                        )
                    )
                }
            } else {
                let office = try transaction.usableContacts(of: holder, [.recordsOffice])
                parties.append(
                    Prospect.Party(
                        role: .recordsOffice,
                        organization: try transaction.name(of: holder),
                        hasContact: !office.isEmpty
                    )
                )
            }
            return Prospect(
                school: school,
                policy: try transaction.policy(of: school.state),
                reopens: calendar.reopening(after: today),
                parties: parties
            )
        }
    }
}

/// What would happen if a school were asked now.
package struct Prospect: Hashable, Sendable {
    /// Somebody who would be written to.
    package struct Party: Hashable, Sendable {
        package let role: Contact.Role
        package let organization: String
        /// `false` where the directory has no address that works.
        package let hasContact: Bool
    }

    package let school: School
    package let policy: Ladder.Policy
    /// The day the school opens again; `nil` while it is in session.
    package let reopens: CivilDate?
    package let parties: [Party]
}
