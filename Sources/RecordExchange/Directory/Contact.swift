package import Vocabulary

/// A mailbox of an organisation that answers record requests, and how sure we are of it.
package struct Contact: Hashable, Sendable, Codable {
    package typealias ID = Identifier<Contact>

    /// What the contact is for.
    package enum Role: String, Sendable, CaseIterable, Codable {
        /// The records office: asked first.
        case recordsOffice
        /// Asked when the records office is silent.
        case backup
        /// Answers while the school is closed.
        case summer
        /// The district office.
        case district
        /// The migrant education project that serves the school.
        case project
        /// The state contact: watches the state queue.
        case stateContact
        /// Was passed a part of one inquiry by somebody at the same office, and is asked for
        /// nothing else: in no list, on no rung.
        case colleague
    }

    /// What was mailed to a mailbox about itself, with a link and a code of its own.
    package struct Question: Hashable, Sendable, Codable {
        package enum Kind: String, Sendable, CaseIterable, Codable {
            /// Whether it is still the right one.
            case stillRight
            /// Whether it takes the place that somebody else named it for.
            case takeOver
            /// Whether it is one that claims an office.
            case claim
        }

        package let kind: Kind
        /// SHA-256, hexadecimal.
        package let tokenDigest: String
        package let codeDigest: String
        package let askedAt: Instant
        package var wrongCodes = 0

        package init(kind: Kind, tokenDigest: String, codeDigest: String, askedAt: Instant) {
            self.kind = kind
            self.tokenDigest = tokenDigest
            self.codeDigest = codeDigest
            self.askedAt = askedAt
        }
    }

    /// The days on which a mailbox is asked, both included.
    package struct Term: Hashable, Sendable, Codable {
        package let first: CivilDate
        package let last: CivilDate

        /// `nil` where the last day comes before the first.
        package init?(first: CivilDate, last: CivilDate) {
            guard first <= last else { return nil }
            self.first = first
            self.last = last
        }

        package func contains(_ day: CivilDate) -> Bool { first <= day && day <= last }
    }

    /// Somebody says of a mailbox that it is its office's, and nobody who knows has agreed yet.
    package struct Claim: Hashable, Sendable, Codable {
        package let state: StateCode
        package let askedAt: Instant
        /// When whoever reads the mailbox typed the code; from then on somebody decides.
        package var confirmedOn: CivilDate?

        package init(state: StateCode, askedAt: Instant, confirmedOn: CivilDate? = nil) {
            self.state = state
            self.askedAt = askedAt
            self.confirmedOn = confirmedOn
        }
    }

    package let id: ID
    package let organization: OrganizationID
    package let role: Role
    /// The person, or the office where no person is named.
    package var name: String
    package var title: String
    package var email: EmailAddress
    package var phone: String?
    package var language: Language
    package var confirmedOn: CivilDate?
    package var answeredOn: CivilDate?
    package var bouncedOn: CivilDate?
    /// Said to be back on this day.
    package var awayUntil: CivilDate?
    /// No longer asked from this day on.
    package var endedOn: CivilDate?
    /// Not answered yet.
    package var question: Question?
    /// Whose place it takes once it says so; until then it is asked for nothing.
    package var replaces: ID?
    /// Until somebody decides on it; meanwhile it is asked for nothing.
    package var claim: Claim?
    /// Of a summer contact: when it is there; `nil` for every closure.
    package var term: Term?

    package init(
        id: ID,
        organization: OrganizationID,
        role: Role,
        name: String,
        title: String = "",
        email: EmailAddress,
        phone: String? = nil,
        language: Language = .english,
        confirmedOn: CivilDate? = nil,
        answeredOn: CivilDate? = nil,
        bouncedOn: CivilDate? = nil
    ) {
        self.id = id
        self.organization = organization
        self.role = role
        self.name = name
        self.title = title
        self.email = email
        self.phone = phone
        self.language = language
        self.confirmedOn = confirmedOn
        self.answeredOn = answeredOn
        self.bouncedOn = bouncedOn
    }

    /// Stands for its office, and is not only somebody's colleague.
    package var isListed: Bool { endedOn == nil && role != .colleague }

    /// It is there on `day`, as far as its office said.
    package func isThere(on day: CivilDate) -> Bool { term?.contains(day) ?? true }

    /// Mail to it arrived last time, as far as we know.
    package var isUsable: Bool {
        guard endedOn == nil else { return false }
        guard let bouncedOn else { return true }
        guard let heard = [confirmedOn, answeredOn].compactMap({ $0 }).max() else { return false }
        return heard > bouncedOn
    }
}

extension OrganizationID {
    /// What a mailbox of this organisation can be for, in the order in which people are asked.
    package var contactRoles: [Contact.Role] {
        switch self {
        case .school: [.recordsOffice, .backup, .summer]
        case .custodian: [.recordsOffice, .backup]
        case .district: [.district, .summer]
        case .project: [.project]
        case .state: [.stateContact]
        case .gateway: []
        }
    }
}
