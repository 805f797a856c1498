package import Casework
package import Vocabulary

/// "¿Dónde están los documentos?" (P23): number, birth year and the slip's code show how far a
/// request is.
///
/// Posts to its own address.
package struct FamilyPage: Page {
    package static let template = "family"

    /// `/familia` or `/family`.
    package let path: String
    /// `number`, `familyYear` and `slipCode`.
    package let form: Form
    package let found: FoundForFamily?

    package init(path: String, form: Form = .empty, found: FoundForFamily? = nil) {
        self.path = path
        self.form = form
        self.found = found
    }
}

/// How far a request is, in both languages: whoever reads along may have the other one.
package struct FoundForFamily: Hashable, Sendable {
    package let number: RequestNumber
    package let spanish: FamilyWords
    package let english: FamilyWords

    package init(number: RequestNumber, spanish: FamilyWords, english: FamilyWords) {
        self.number = number
        self.spanish = spanish
        self.english = english
    }
}

/// The sentences of one language.
package struct FamilyWords: Hashable, Sendable {
    package let stage: String
    package let next: String

    package init(stage: String, next: String) {
        self.stage = stage
        self.next = next
    }
}

extension FamilyStage: Worded {
    package static let words = "slip.stage"
}

/// The next date, as a family reads it.
package enum FamilyNext: Hashable, Sendable, Worded {
    package static let words = "familyNext"

    case by(day: CivilDate)
    case nothing
}

/// The slip for the family: made with a button, and shown for printing right after.
///
/// Posts to `/requests/{number}/slip`.
package struct SlipPage: Page {
    package static let template = "slip"

    package let number: RequestNumber
    package let studentName: String
    /// Where the family looks.
    package let spanishPath: String
    package let englishPath: String
    /// When the slip before was made; `nil` where there is none.
    package let madeAt: LocalTime?
    /// `nil` until the button was pressed: the code is not kept.
    package let slip: SlipToPrint?

    package init(
        number: RequestNumber,
        studentName: String,
        spanishPath: String,
        englishPath: String,
        madeAt: LocalTime? = nil,
        slip: SlipToPrint? = nil
    ) {
        self.number = number
        self.studentName = studentName
        self.spanishPath = spanishPath
        self.englishPath = englishPath
        self.madeAt = madeAt
        self.slip = slip
    }
}

/// What is printed: nothing on it says whose it is.
package struct SlipToPrint: Hashable, Sendable {
    /// `BCFG-HJKM`.
    package let code: String

    package init(code: String) {
        self.code = code
    }
}

/// The card for the family's wallet, with the student record number; asked for with a purpose.
///
/// Posts `purpose` to `path`; a state contact gives it on the page before.
package struct CardPage: Page {
    package static let template = "card"

    package let path: String
    package let backPath: String
    /// Empty where a person's page leads here.
    package let studentName: String
    package let purposes: [Choice<LookupPurpose>]
    package let card: CardToPrint?
    /// It was asked for, and the locator does not know surely whose number it would be.
    package let isUnknown: Bool
    package let form: Form

    package init(
        path: String,
        backPath: String,
        studentName: String = "",
        purposes: [Choice<LookupPurpose>] = [],
        card: CardToPrint? = nil,
        isUnknown: Bool = false,
        form: Form = .empty
    ) {
        self.path = path
        self.backPath = backPath
        self.studentName = studentName
        self.purposes = purposes
        self.card = card
        self.isUnknown = isUnknown
        self.form = form
    }
}

/// What is printed: no name and no birth date.
package struct CardToPrint: Hashable, Sendable {
    package let number: StudentRecordNumber

    package init(number: StudentRecordNumber) {
        self.number = number
    }
}

/// A family brought a sealed copy: it is opened and checked, and answers the request.
///
/// Posts `familyCopy` to `/requests/{number}/family-copy`.
package struct TakeCopyPage: Page {
    package static let template = "family-copy"

    package let number: RequestNumber
    package let studentName: String
    package let form: Form

    package init(number: RequestNumber, studentName: String, form: Form = .empty) {
        self.number = number
        self.studentName = studentName
        self.form = form
    }
}
