package import RecordExchange
package import Vocabulary

/// A person who signs in.
package struct StaffAccount: Hashable, Sendable, Codable {
    /// A role held at one organisation.
    package struct Membership: Hashable, Sendable, Codable {
        package let role: StaffRole
        package let organization: OrganizationID

        package init(role: StaffRole, organization: OrganizationID) {
            self.role = role
            self.organization = organization
        }

        /// The role can be held at an organisation of that kind.
        ///
        /// One that cannot counts for nothing: nobody becomes administrator at a school.
        package var isSound: Bool {
            switch (role, organization) {
            case (.registrar, .school), (.counselor, .school), (.counselor, .project),
                (.recordsClerk, .school), (.recordsClerk, .project), (.recordsClerk, .custodian),
                (.district, .district), (.stateContact, .state), (.administrator, .gateway),
                (.auditor, .gateway):
                true
            default: false
            }
        }
    }

    /// Whether the person can sign in.
    package enum Status: String, Sendable, CaseIterable, Codable {
        /// Asked for an account; the directory's contact or the district decides.
        case requested
        /// Has an invitation by mail and no password yet.
        case invited
        case active
        case disabled
    }

    package let id: StaffID
    /// Lower case; unique.
    package let email: EmailAddress
    package var name: String
    package var title: String
    package var language: Language
    package var memberships: [Membership]
    package var status: Status
    /// As `PasswordHashing` wrote it.
    package var passwordHash: String?
    /// The authenticator app's secret; stored encrypted.
    package var oneTimeSecret: [UInt8]?
    /// The person typed a correct code once, so the secret is in the app.
    package var oneTimeConfirmed: Bool
    /// The last time step used; the same code never works twice.
    package var lastOneTimeStep: Int64
    /// SHA-256 of the token of an invitation, or of an active account's new password, hexadecimal;
    /// `nil` once used.
    package var invitationDigest: String?
    package var invitationExpires: Instant?
    package let createdAt: Instant
    /// Views of the state queue that the person named; absent in accounts from before there were
    /// any.
    package var queueViews: [SavedView]?
    /// Digests of what browsers keep that the person signed in with, newest last; absent until
    /// the first.
    package var knownBrowsers: [String]?
    /// When the person handed in files whose answers were neither sent nor put away since: they do
    /// not outlive a restart, and the person must hear of that.
    package var filesInHandSince: Instant?

    /// As many browsers as a person uses.
    package static let mostBrowsers = 10

    package init(
        id: StaffID,
        email: EmailAddress,
        name: String,
        title: String = "",
        language: Language = .english,
        memberships: [Membership],
        status: Status,
        createdAt: Instant
    ) {
        self.id = id
        self.email = email
        self.name = name
        self.title = title
        self.language = language
        self.memberships = memberships
        self.status = status
        self.oneTimeConfirmed = false
        self.lastOneTimeStep = 0
        self.createdAt = createdAt
    }
}

/// The signed-in person on whose behalf a use case runs.
package struct Actor: Hashable, Sendable {
    package let id: StaffID
    package let name: String
    package let title: String
    package let memberships: [StaffAccount.Membership]

    package init(_ account: StaffAccount) {
        id = account.id
        name = account.name
        title = account.title
        memberships = account.memberships.filter(\.isSound)
    }

    /// Holds one of `roles` at `organization`.
    package func holds(_ roles: Set<StaffRole>, at organization: OrganizationID) -> Bool {
        memberships.contains { roles.contains($0.role) && $0.organization == organization }
    }

    /// The organisations at which one of `roles` is held.
    package func organizations(as roles: Set<StaffRole>) -> [OrganizationID] {
        memberships.filter { roles.contains($0.role) }.map(\.organization)
    }

    /// The schools this person may ask for.
    package var requestingSchools: [SchoolID] {
        organizations(as: StaffRole.requesters).compactMap { organization in
            if case .school(let school) = organization { school } else { nil }
        }
    }

    /// The states whose queue this person watches.
    package var watchedStates: [StateCode] {
        organizations(as: [.stateContact]).compactMap { organization in
            if case .state(let state) = organization { state } else { nil }
        }
    }
}

extension StaffRole {
    /// Roles that ask for records and read them.
    package static let requesters: Set<Self> = [.registrar, .counselor]
    /// Roles that answer for their organisation.
    package static let answerers: Set<Self> = [.recordsClerk, .registrar, .district]
    /// Roles that may read records of their school's requests.
    package static let readers: Set<Self> = [.registrar, .counselor]
}
