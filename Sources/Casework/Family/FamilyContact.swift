package import RecordExchange
package import Vocabulary

/// Where a family wants to hear that the records came.
///
/// Kept with its consent and only until the one mail left; a request has one at most. It says where
/// a child's family can be reached, so it is as private as the child's name.
package struct FamilyContact: Hashable, Sendable, Codable {
    package let request: RecordRequest.ID
    package let email: EmailAddress
    /// The one that comes first in the mail; both stand in it.
    package let language: Language
    /// Who asked the family and wrote down that it agrees.
    package let agreedWith: StaffID
    package let at: Instant

    package init(
        request: RecordRequest.ID,
        email: EmailAddress,
        language: Language,
        agreedWith: StaffID,
        at: Instant
    ) {
        self.request = request
        self.email = email
        self.language = language
        self.agreedWith = agreedWith
        self.at = at
    }
}

/// What somebody typed about a family's mail, as it was typed.
package struct TypedFamily: Hashable, Sendable, Codable {
    package var email: String
    package var language: Language
    /// The family said that it may be written to.
    package var isAgreed: Bool

    package init(email: String = "", language: Language = .spanish, isAgreed: Bool = false) {
        self.email = email
        self.language = language
        self.isAgreed = isAgreed
    }

    /// What is wrong with it.
    package enum Problem: String, Error, Hashable, Sendable, CaseIterable {
        case emailMissing, emailMalformed, consentMissing
    }

    /// Everything that is wrong with it at once.
    package struct Malformed: Error, Hashable, Sendable {
        package let problems: [Problem]

        package init(problems: [Problem]) {
            self.problems = problems
        }
    }

    /// Nothing was typed: the family is told by the school itself.
    package var isEmpty: Bool { trimmed.isEmpty && !isAgreed }

    /// The address, parsed; an address without the family's consent is refused.
    package func parsed() throws(Malformed) -> (email: EmailAddress, language: Language) {
        var problems: [Problem] = []
        var address: EmailAddress?
        if trimmed.isEmpty {
            problems.append(.emailMissing)
        } else {
            address = try? EmailAddress(parsing: trimmed.lowercased())
            if address == nil { problems.append(.emailMalformed) }
        }
        if !isAgreed { problems.append(.consentMissing) }
        guard problems.isEmpty, let address else { throw Malformed(problems: problems) }
        return (address, language)
    }

    // What a phone's keyboard adds around an address makes no difference.
    private var trimmed: String {
        let bytes = email.utf8.drop { $0 <= 32 }
        guard let last = bytes.lastIndex(where: { $0 > 32 }) else { return "" }
        return String(decoding: bytes[...last], as: UTF8.self)
    }
}

/// How it stands with the mail to a request's family.
package enum FamilyMailStanding: Hashable, Sendable {
    /// Nobody gave an address.
    case nobody
    /// It leaves when records come.
    case waits(FamilyContact)
    /// It is on its way.
    case leaving
    case told(at: Instant)
    /// The address does not work; another one can be given.
    case refused(at: Instant)
}
