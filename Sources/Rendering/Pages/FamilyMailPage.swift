package import Vocabulary

/// The one mail to a family: where to, and how it stands.
///
/// Posts to `/requests/{number}/family-mail`, and with `/forget` takes an address back.
package struct FamilyMailPage: Page {
    package static let template = "family-mail"

    package let number: RequestNumber
    package let studentName: String
    package let standing: FamilyMailWord
    /// It waits for records: the address can be taken back.
    package let isWaiting: Bool
    /// An address can be given.
    package let isPossible: Bool
    /// Records are there: the mail leaves as soon as there is an address.
    package let isReady: Bool
    package let family: FamilyFields
    package let form: Form

    package init(
        number: RequestNumber,
        studentName: String,
        standing: FamilyMailWord,
        isWaiting: Bool = false,
        isPossible: Bool = true,
        isReady: Bool = false,
        family: FamilyFields = FamilyFields(),
        form: Form = .empty
    ) {
        self.number = number
        self.studentName = studentName
        self.standing = standing
        self.isWaiting = isWaiting
        self.isPossible = isPossible
        self.isReady = isReady
        self.family = family
        self.form = form
    }
}

/// What stands beside the address: the language that comes first, and the family's consent.
package struct FamilyFields: Hashable, Sendable {
    package let languages: [Choice<Language>]
    package let isAgreed: Bool

    package init(language: Language = .spanish, isAgreed: Bool = false) {
        // Spanish first, as in every mail to a family.
        languages = Choice.list([.spanish, .english], chosen: [language])
        self.isAgreed = isAgreed
    }
}

/// How it stands with the mail to a family.
package enum FamilyMailWord: Hashable, Sendable, Worded {
    package static let words = "familyStanding"

    case nobody
    case waits(email: String)
    case leaving
    case told(at: LocalTime)
    case refused(at: LocalTime)
    /// The request ended.
    case over
}
