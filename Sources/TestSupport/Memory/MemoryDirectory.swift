import Casework
import RecordExchange
import Vocabulary

extension MemoryCaseSession {
    func school(_ id: SchoolID) throws -> School? { state.schools[id] }
    func district(_ id: DistrictID) throws -> District? { state.districts[id] }
    func state(_ code: StateCode) throws -> StateEntry? { state.states[code] }
    func project(_ code: String) throws -> MigrantEducationProject? { state.projects[code] }

    func projects(serving district: DistrictID) throws -> [MigrantEducationProject] {
        state.projects.values.filter { $0.serves.contains(district) }
            .sorted { $0.code < $1.code }
    }

    func contacts(of organization: OrganizationID) throws -> [Contact] {
        let found = state.contacts.values
            .filter { $0.organization == organization && $0.isListed }
            .sorted { $0.id < $1.id }
        return Contact.Role.allCases.flatMap { role in found.filter { $0.role == role } }
    }

    func contact(_ id: Contact.ID) throws -> Contact? { state.contacts[id] }

    func claims(on organization: OrganizationID) throws -> [Contact] {
        state.contacts.values.filter { $0.organization == organization && $0.claim != nil }
            .sorted { $0.id < $1.id }
    }

    func confirmedClaims(
        in code: StateCode,
        after last: Contact.ID?,
        limit: Int
    ) throws -> [Contact] {
        let found = state.contacts.values.filter { contact in
            contact.claim?.state == code && contact.claim?.confirmedOn != nil
                && last.map { contact.id > $0 } ?? true
        }
        return Array(found.sorted { $0.id < $1.id }.prefix(limit))
    }

    func forgetUnconfirmedClaims(askedBefore instant: Instant) throws -> Int {
        let old = state.contacts.values.filter { contact in
            contact.claim.map { $0.confirmedOn == nil && $0.askedAt < instant } ?? false
        }.map(\.id)
        try change { state in for id in old { state.contacts[id] = nil } }
        return old.count
    }

    func calendar(of organization: OrganizationID) throws -> SchoolCalendar? {
        state.calendars[organization]
    }

    func channel(of organization: OrganizationID) throws -> Channel? {
        state.channels[organization]
    }

    func policy(of code: StateCode) throws -> Ladder.Policy? { state.policies[code] }
    func stateRule(of code: StateCode) throws -> StateRule? { state.stateRules[code] }
    func legend(of organization: OrganizationID) throws -> TranscriptLegend? {
        state.legends[organization]
    }

    func schoolCount() throws -> Int { state.schools.count }
    func allSchools() throws -> [School] { Array(state.schools.values) }

    func save(_ schools: [School]) throws {
        try change { state in for school in schools { state.schools[school.id] = school } }
    }

    func save(_ districts: [District]) throws {
        try change { state in
            for district in districts { state.districts[district.id] = district }
        }
    }

    func save(_ states: [StateEntry]) throws {
        try change { state in for entry in states { state.states[entry.code] = entry } }
    }

    func save(_ project: MigrantEducationProject) throws {
        try change { $0.projects[project.code] = project }
    }

    func save(_ contact: Contact) throws {
        try change { $0.contacts[contact.id] = contact }
    }

    func save(_ calendar: SchoolCalendar, of organization: OrganizationID) throws {
        try change { $0.calendars[organization] = calendar }
    }

    func save(_ channel: Channel) throws {
        try change { $0.channels[channel.organization] = channel }
    }

    func save(_ policy: Ladder.Policy, of code: StateCode) throws {
        try change { $0.policies[code] = policy }
    }

    func save(_ rule: StateRule, of code: StateCode) throws {
        try change { $0.stateRules[code] = rule }
    }

    func save(_ legend: TranscriptLegend?, of organization: OrganizationID) throws {
        try change { $0.legends[organization] = legend }
    }
}

/// Accounts.
extension MemoryCaseSession {
    func account(_ id: StaffID) throws -> StaffAccount? { state.accounts[id] }

    func account(email: EmailAddress) throws -> StaffAccount? {
        state.accounts.values.first { Self.folded($0.email) == Self.folded(email) }
    }

    func account(invitationDigest: String) throws -> StaffAccount? {
        state.accounts.values.first { $0.invitationDigest == invitationDigest }
    }

    func accounts(at organization: OrganizationID) throws -> [StaffAccount] {
        try allAccounts().filter { account in
            account.memberships.contains { $0.organization == organization }
        }
    }

    func allAccounts() throws -> [StaffAccount] {
        state.accounts.values.sorted { Self.folded($0.email) < Self.folded($1.email) }
    }

    func save(_ account: StaffAccount) throws {
        try change { state in
            let others = state.accounts.values.filter { $0.id != account.id }
            let email = Self.folded(account.email)
            try refuse(others.contains { Self.folded($0.email) == email }, "account email")
            if let digest = account.invitationDigest {
                try refuse(others.contains { $0.invitationDigest == digest }, "invitation")
            }
            state.accounts[account.id] = account
        }
    }

    private static func folded(_ email: EmailAddress) -> String {
        email.description.lowercased()
    }
}
