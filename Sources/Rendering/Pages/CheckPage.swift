package import RecordExchange
package import StudentRecords
package import Vocabulary

/// Request, 4 of 4: check answers (P6).
///
/// Posts to `/drafts/{draft}/send`.
package struct CheckPage: Page {
    package static let template = "request-check"

    package let draft: String
    package let student: StudentSummary
    package let place: PlaceKind
    /// Name and place in words; empty where no school is asked.
    package let school: String
    /// Who will get the mail.
    package let asked: [AskedParty]
    package let expectation: Expectation
    package let uses: [RecordUse]
    package let parts: [RecordPart]
    package let grounds: [UrgentGround]
    package let startDate: CivilDate?
    package let message: String
    /// The holder state's limit with its citation, in words; may be empty.
    package let statute: String
    package let isStatuteVerified: Bool
    /// What the requester's own state accepts, before anybody is asked.
    package let acceptance: AcceptancePanel?
    /// Where the family is told; empty where nobody said.
    package let familyEmail: String
    /// The mail system is down: it is kept and sent later.
    package let mailTrouble: Bool

    package init(
        draft: String,
        student: StudentSummary,
        place: PlaceKind,
        school: String,
        asked: [AskedParty],
        expectation: Expectation,
        uses: [RecordUse],
        parts: [RecordPart],
        grounds: [UrgentGround],
        startDate: CivilDate?,
        message: String,
        statute: String = "",
        isStatuteVerified: Bool = false,
        acceptance: AcceptancePanel? = nil,
        familyEmail: String = "",
        mailTrouble: Bool = false
    ) {
        self.draft = draft
        self.student = student
        self.place = place
        self.school = school
        self.asked = asked
        self.expectation = expectation
        self.uses = uses
        self.parts = parts
        self.grounds = grounds
        self.startDate = startDate
        self.message = message
        self.statute = statute
        self.isStatuteVerified = isStatuteVerified
        self.acceptance = acceptance
        self.familyEmail = familyEmail
        self.mailTrouble = mailTrouble
    }
}

/// What the requester said about the place.
package enum PlaceKind: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "place"

    case school, unknown, outside
}

/// The student as typed.
package struct StudentSummary: Hashable, Sendable {
    package let name: String
    package let birthDate: CivilDate
    package let grade: Grade?
    package let number: String

    package init(name: String, birthDate: CivilDate, grade: Grade?, number: String = "") {
        self.name = name
        self.birthDate = birthDate
        self.grade = grade
        self.number = number
    }
}

/// Somebody who will be asked.
package struct AskedParty: Hashable, Sendable {
    package let role: Contact.Role
    package let organization: String
    /// False where the directory has no address: the state contact will be told.
    package let hasContact: Bool

    package init(role: Contact.Role, organization: String, hasContact: Bool = true) {
        self.role = role
        self.organization = organization
        self.hasContact = hasContact
    }
}

/// When an answer can be expected.
package enum Expectation: Hashable, Sendable, Worded {
    package static let words = "expectation"

    case workingDays(remindAfter: Int, stateAfter: Int)
    case closed(until: CivilDate)
    case closedForGood
    case noContact
    case stateLooks(state: String)
    case outside
}

/// The same student was asked for already.
///
/// Two forms: `/drafts/{draft}/join` with `number`, and
/// `/drafts/{draft}/send` with `duplicateReason`.
package struct DuplicatePage: Page {
    package static let template = "request-duplicate"

    package let draft: String
    package let studentName: String
    package let number: RequestNumber
    package let filedBy: String
    package let filedOn: CivilDate
    package let holder: String
    package let status: StatusWord
    package let form: Form

    package init(
        draft: String,
        studentName: String,
        number: RequestNumber,
        filedBy: String,
        filedOn: CivilDate,
        holder: String,
        status: StatusWord,
        form: Form = .empty
    ) {
        self.draft = draft
        self.studentName = studentName
        self.number = number
        self.filedBy = filedBy
        self.filedOn = filedOn
        self.holder = holder
        self.status = status
        self.form = form
    }
}

/// Request sent (P7).
package struct SentPage: Page {
    package static let template = "request-sent"

    package let number: RequestNumber
    package let studentName: String
    /// Empty where a school must be found first.
    package let holder: String
    package let next: NextStep
    package let mailTrouble: Bool

    package init(
        number: RequestNumber,
        studentName: String,
        holder: String,
        next: NextStep,
        mailTrouble: Bool = false
    ) {
        self.number = number
        self.studentName = studentName
        self.holder = holder
        self.next = next
        self.mailTrouble = mailTrouble
    }
}
