package import RecordExchange
package import Vocabulary

/// One row of the state queue.
///
/// Forms post to `{path}/remind`, `{path}/call`, `{path}/close`;
/// who has it is asked by posting to `/queue/check`; "answer for the school" leads to `answerPath`, "add another location" to `{path}/location`, "give more time" to `{path}/more-time`.
package struct QueueRowPage: Page {
    package static let template = "queue-row"

    package let path: String
    /// The list that the reader came from.
    package let listPath: String
    package let number: RequestNumber
    package let student: String
    package let grade: Grade?
    package let holder: String
    package let askedBy: String
    package let status: StatusWord
    package let why: StuckReason
    package let next: NextStep
    package let who: PersonWord
    /// What the law gives the school.
    package let law: LawPanel?
    package let age: AgeBar
    package let steps: [TrackStep]
    package let contacts: [ContactRow]
    package let phones: [PhoneRow]
    /// Empty where there is nothing to answer.
    package let answerPath: String
    /// Where the school's contacts are kept; empty where the reader may not.
    package let contactsPath: String
    /// Where the rest of what was sent in part is ended with a reason; empty where it cannot be.
    package let restPath: String
    /// Where somebody is looked for; empty where the reader may not.
    package let findContactPath: String
    /// Whom somebody who was asked by mistake named instead.
    package let suggested: SuggestedRow?
    package let canRemind: Bool
    package let canAddLocation: Bool
    package let canExtend: Bool
    package let canClose: Bool
    /// The office says to be away until then; the school can be marked closed.
    package let awayUntil: CivilDate?
    /// Nobody could be asked yet; `nil` where a school is.
    package let task: SchoolTask?
    /// Likely duplicates.
    package let twins: [TwinRow]
    /// The answers that came, and which of them were another student's.
    package let recalls: [RecallLink]
    /// What clerks said to the reader alone, and the requester never learns.
    package let saidAlone: [SaidAloneRow]
    package let reasons: [Choice<ReasonCode>]
    package let form: Form

    package init(
        path: String,
        listPath: String = "/queue",
        number: RequestNumber,
        student: String,
        grade: Grade?,
        holder: String,
        askedBy: String,
        status: StatusWord,
        why: StuckReason,
        next: NextStep,
        who: PersonWord = .nobody,
        law: LawPanel? = nil,
        age: AgeBar,
        steps: [TrackStep],
        contacts: [ContactRow],
        phones: [PhoneRow],
        answerPath: String = "",
        contactsPath: String = "",
        restPath: String = "",
        findContactPath: String = "",
        suggested: SuggestedRow? = nil,
        canRemind: Bool,
        canAddLocation: Bool,
        canExtend: Bool = false,
        canClose: Bool,
        awayUntil: CivilDate? = nil,
        task: SchoolTask? = nil,
        twins: [TwinRow] = [],
        recalls: [RecallLink] = [],
        saidAlone: [SaidAloneRow] = [],
        reasons: [Choice<ReasonCode>],
        form: Form = .empty
    ) {
        self.path = path
        self.listPath = listPath
        self.number = number
        self.student = student
        self.grade = grade
        self.holder = holder
        self.askedBy = askedBy
        self.status = status
        self.why = why
        self.next = next
        self.who = who
        self.law = law
        self.age = age
        self.steps = steps
        self.contacts = contacts
        self.phones = phones
        self.answerPath = answerPath
        self.contactsPath = contactsPath
        self.restPath = restPath
        self.findContactPath = findContactPath
        self.suggested = suggested
        self.canRemind = canRemind
        self.canAddLocation = canAddLocation
        self.canExtend = canExtend
        self.canClose = canClose
        self.awayUntil = awayUntil
        self.task = task
        self.twins = twins
        self.recalls = recalls
        self.saidAlone = saidAlone
        self.reasons = reasons
        self.form = form
    }
}

/// A contact and how sure we are of it.
package struct ContactRow: Hashable, Sendable {
    package let id: String
    package let role: Contact.Role
    package let organization: String
    package let name: String
    package let title: String
    package let email: String
    package let phone: String
    package let confidence: ContactConfidence
    /// When a summer contact is there; absent for every closure.
    package let first: CivilDate?
    package let last: CivilDate?

    package init(
        id: String = "",
        role: Contact.Role,
        organization: String,
        name: String,
        title: String,
        email: String,
        phone: String,
        confidence: ContactConfidence,
        first: CivilDate? = nil,
        last: CivilDate? = nil
    ) {
        self.id = id
        self.role = role
        self.organization = organization
        self.name = name
        self.title = title
        self.email = email
        self.phone = phone
        self.confidence = confidence
        self.first = first
        self.last = last
    }
}

/// How sure we are of a contact.
package enum ContactConfidence: Hashable, Sendable, Worded {
    package static let words = "confidence"

    case confirmed(day: CivilDate)
    case answered(day: CivilDate)
    case bounced(day: CivilDate)
    case never
}

/// A number to call.
package struct PhoneRow: Hashable, Sendable {
    package let organization: String
    package let phone: String

    package init(organization: String, phone: String) {
        self.organization = organization
        self.phone = phone
    }
}
