package import StudentRecords
package import Vocabulary

/// Add the records (P13).
///
/// Posts multipart form data to `{base}/records`.
///
/// Per part the field is `part-{part}`, sent `in-files`, `none`, `to-follow` or `withheld`; files are
/// all named `files`; `reason` is a reason's code, where a part is withheld; `complete` is `yes` or `no`. The hidden csrf field comes first.
package struct AnswerPage: Page {
    package static let template = "answer"

    /// `/r/{token}` or `/answers/{inquiry}`, without a slash at the end.
    package let base: String
    package let number: RequestNumber
    package let student: AnswerStudent
    package let holder: String
    package let requester: String
    package let answerBy: CivilDate?
    package let law: LawTag?
    /// Files came by mail and wait to be confirmed.
    package let hasMailed: Bool
    /// What the requester wants the holder to know.
    package let message: String
    /// What was asked for.
    package let parts: [PartQuestion]
    /// What may be sent without having been asked for, folded until something is said of it.
    package let others: [PartQuestion]
    /// Something is said of the others, so they are not folded.
    package let hasOthers: Bool
    /// Files of earlier answers to the same inquiry.
    package let earlier: [FileRow]
    /// Earlier answers that this one may correct.
    package let corrigible: [CorrigibleRow]
    /// Those of them in which the scanner found something.
    package let held: [FileRow]
    /// What the requester said of the credits that were sent.
    package let outcomes: [OutcomeView]
    package let fileLimit: ByteCount
    package let complete: [Choice<CompleteWord>]
    /// Why something is withheld.
    package let reasons: [Choice<WithholdingWord>]
    /// Signed in, so a certifying official can say so.
    package let canCertify: Bool
    package let isCertifying: Bool
    /// The school in whose place a state contact answers; empty otherwise.
    package let actsFor: String
    /// The requester wants the request stopped.
    package let cancelAsked: Bool
    /// What can be typed in; absent where records are taken as files only.
    package let typed: TypedSection?
    /// The request has ended; what is sent goes into a new one.
    package let isLate: Bool
    /// Whoever answers is a mailbox, and can say that nobody reads it for a while.
    package let canBeAway: Bool
    /// Only a part is asked; the rest is somebody else's to answer.
    package let isInPart: Bool
    /// Some came already: what cannot be sent is the rest.
    package let isSentInPart: Bool
    /// What a colleague's address must end in, for reading; empty where nothing can be passed on.
    package let colleagueEndings: String
    /// What the receiver will still lack; absent until its sender looks.
    package let look: AnswerLook?
    package let form: Form

    package init(
        base: String,
        number: RequestNumber,
        student: AnswerStudent,
        holder: String,
        requester: String,
        answerBy: CivilDate?,
        law: LawTag? = nil,
        hasMailed: Bool = false,
        message: String = "",
        parts: [PartQuestion],
        others: [PartQuestion] = [],
        earlier: [FileRow] = [],
        corrigible: [CorrigibleRow] = [],
        held: [FileRow] = [],
        outcomes: [OutcomeView] = [],
        fileLimit: ByteCount,
        complete: [Choice<CompleteWord>],
        reasons: [Choice<WithholdingWord>] = [],
        canCertify: Bool = false,
        isCertifying: Bool = false,
        actsFor: String = "",
        cancelAsked: Bool = false,
        typed: TypedSection? = nil,
        isLate: Bool = false,
        canBeAway: Bool = false,
        isInPart: Bool = false,
        isSentInPart: Bool = false,
        colleagueEndings: String = "",
        look: AnswerLook? = nil,
        form: Form = .empty
    ) {
        self.base = base
        self.number = number
        self.student = student
        self.holder = holder
        self.requester = requester
        self.answerBy = answerBy
        self.law = law
        self.hasMailed = hasMailed
        self.message = message
        self.parts = parts
        self.others = others
        hasOthers = others.contains {
            !$0.troubles.isEmpty || $0.choices.contains(where: \.isChosen)
        }
        self.earlier = earlier
        self.corrigible = corrigible
        self.held = held
        self.outcomes = outcomes
        self.fileLimit = fileLimit
        self.complete = complete
        self.reasons = reasons
        self.canCertify = canCertify
        self.isCertifying = isCertifying
        self.actsFor = actsFor
        self.cancelAsked = cancelAsked
        self.typed = typed
        self.isLate = isLate
        self.canBeAway = canBeAway
        self.isInPart = isInPart
        self.isSentInPart = isSentInPart
        self.colleagueEndings = colleagueEndings
        self.look = look
        self.form = form
    }
}

/// Whom the holder must find; shown only after the code was typed.
package struct AnswerStudent: Hashable, Sendable {
    package let name: String
    package let birthDate: CivilDate
    package let grade: Grade?
    package let number: String
    package let lastEnrolled: CivilDate?

    package init(
        name: String,
        birthDate: CivilDate,
        grade: Grade?,
        number: String = "",
        lastEnrolled: CivilDate? = nil
    ) {
        self.name = name
        self.birthDate = birthDate
        self.grade = grade
        self.number = number
        self.lastEnrolled = lastEnrolled
    }
}

/// What of one part is in the answer.
package struct PartQuestion: Hashable, Sendable {
    package let part: RecordPart
    /// The use that first needs it, where it is the first of its parts on the page.
    package let heading: SheetTitle?
    package let choices: [Choice<PartAnswer>]
    /// What an earlier answer said of it.
    package let earlier: PartWord?
    package let troubles: [FieldTrouble]
    /// The state need not hold it yet, so that nothing need be said of it.
    package let notYetHeld: PartStanding?

    package init(
        part: RecordPart,
        heading: SheetTitle? = nil,
        choices: [Choice<PartAnswer>],
        earlier: PartWord? = nil,
        notYetHeld: PartStanding? = nil,
        troubles: [FieldTrouble] = []
    ) {
        self.part = part
        self.heading = heading
        self.choices = choices
        self.earlier = earlier
        self.notYetHeld = notYetHeld
        self.troubles = troubles
    }

    /// The identifier of its group on the page.
    package static func input(_ part: RecordPart) -> String { "part-\(part.rawValue)" }
}

/// What a clerk can say of a part; the raw value is what the form sends.
package enum PartAnswer: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "partAnswer"

    case inFiles = "in-files"
    case none
    case toFollow = "to-follow"
    case withheld
    /// Somebody else at the office has it, and is asked for it.
    case colleague
}

/// Why a part is withheld; the raw value is the reason's code.
package enum WithholdingWord: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "withholding"

    case permission = "E2"
    case fees = "M5"
    case notVerified = "M10"
    case other = "E3"
}

/// Whether an answer is everything.
package enum CompleteWord: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "complete"

    case yes, no
}

/// What arrived (P14).
package struct ReceiptPage: Page {
    package static let template = "receipt"

    package let base: String
    package let number: RequestNumber
    /// The receipt's number.
    package let receipt: String
    package let requester: String
    package let receivedAt: LocalTime
    /// Who sent it.
    package let name: String
    package let title: String
    package let files: [FileRow]
    /// What was sent and goes to nobody, since the scanner found something in it.
    package let held: [FileRow]
    package let parts: [PartRow]
    /// Asked for, and nothing was said of it.
    package let lacking: [RecordPart]
    /// What a receiver cannot do without and a part that came does not say.
    package let lacks: [PartLacks]
    /// Asked for, nothing was said of it, and the state need not hold it yet.
    package let notYetHeld: [RecordPart]
    /// What of the files could not be read as data.
    package let problems: ProblemList
    /// What the requester said of the credits that were sent.
    package let outcomes: [OutcomeView]
    package let isComplete: Bool
    package let canSendMore: Bool
    /// Who can read them, such as `Yakima Valley High School: registrar, counselors`.
    package let readers: String

    package init(
        base: String,
        number: RequestNumber,
        receipt: String,
        requester: String,
        receivedAt: LocalTime,
        name: String,
        title: String,
        files: [FileRow],
        held: [FileRow] = [],
        parts: [PartRow],
        notYetHeld: [RecordPart] = [],
        lacking: [RecordPart] = [],
        lacks: [PartLacks] = [],
        problems: ProblemList = ProblemList(),
        outcomes: [OutcomeView] = [],
        isComplete: Bool,
        canSendMore: Bool,
        readers: String
    ) {
        self.base = base
        self.number = number
        self.receipt = receipt
        self.requester = requester
        self.receivedAt = receivedAt
        self.name = name
        self.title = title
        self.files = files
        self.held = held
        self.parts = parts
        self.lacking = lacking
        self.lacks = lacks
        self.notYetHeld = notYetHeld
        self.problems = problems
        self.outcomes = outcomes
        self.isComplete = isComplete
        self.canSendMore = canSendMore
        self.readers = readers
    }
}

/// One answer that was sent and still counts; `bundle` is its identifier.
package struct CorrigibleRow: Hashable, Sendable {
    package let bundle: String
    package let answeredAt: LocalTime
    package let files: Int
    package let isChosen: Bool

    package init(bundle: String, answeredAt: LocalTime, files: Int, isChosen: Bool = false) {
        self.bundle = bundle
        self.answeredAt = answeredAt
        self.files = files
        self.isChosen = isChosen
    }
}
