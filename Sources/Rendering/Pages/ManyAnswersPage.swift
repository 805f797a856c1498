package import StudentRecords
package import Vocabulary

/// Many requests answered from the files of one export, at `/many-answers`.
///
/// Files go there with `inquiry` (many) where requests were chosen; `job`, `choice-N`, `complete`
/// and `certifies` go to `/many-answers/send`.
package struct ManyAnswersPage: Page {
    package static let template = "many-answers"

    /// Empty for all that the reader may answer.
    package let chosen: [RequestNumber]
    package let stage: ManyStage?
    /// The reader's files were lost with a restart.
    package let isLost: Bool
    /// The reader's files are on their way: others wait.
    package let isBusy: Bool
    /// In whose name the answers go out.
    package let person: String
    package let title: String
    /// The reader answers in the place of schools.
    package let isInPlace: Bool
    package let canCertify: Bool
    package let fileLimit: ByteCount
    package let form: Form

    package init(
        chosen: [RequestNumber] = [],
        stage: ManyStage? = nil,
        isLost: Bool = false,
        person: String,
        title: String,
        isInPlace: Bool = false,
        canCertify: Bool = false,
        fileLimit: ByteCount,
        form: Form = .empty
    ) {
        self.chosen = chosen
        self.stage = stage
        self.isLost = isLost
        isBusy = stage?.isMoving ?? false
        self.person = person
        self.title = title
        self.isInPlace = isInPlace
        self.canCertify = canCertify
        self.fileLimit = fileLimit
        self.form = form
    }
}

/// Where the reader's files are.
package struct ManyStage: Hashable, Sendable {
    package let job: String
    package let word: ManyStageWord
    package let isMoving: Bool
    package let canSend: Bool
    /// They were sent: lines say what became of them.
    package let isDone: Bool
    /// They were looked at, and nothing in them goes to anybody.
    package let isForNobody: Bool
    package let lines: [ManyLine]
    package let refusals: [ManyRefusal]

    package init(
        job: String,
        word: ManyStageWord,
        isMoving: Bool = false,
        canSend: Bool = false,
        isDone: Bool = false,
        lines: [ManyLine] = [],
        refusals: [ManyRefusal] = []
    ) {
        self.job = job
        self.word = word
        self.isMoving = isMoving
        self.canSend = canSend
        self.isDone = isDone
        if case .looked = word { isForNobody = lines.isEmpty } else { isForNobody = false }
        self.lines = lines
        self.refusals = refusals
    }
}

/// How far the files are.
package enum ManyStageWord: Hashable, Sendable, Worded {
    package static let words = "manyStage"

    case waiting
    case looking(done: Int, all: Int)
    case looked(certain: Int, doubtful: Int)
    case sending(done: Int, all: Int)
    case sent(count: Int, others: Int)
    case tooManyOpen, interrupted
}

/// What goes to one request.
package struct ManyLine: Hashable, Sendable {
    /// Its place among the lines, from 0.
    package let index: String
    package let files: String
    /// Of a table; empty for whole files.
    package let rows: String
    /// Absent where nobody is meant, or a person must say who.
    package let number: RequestNumber?
    package let school: String
    package let requester: String
    package let student: String
    package let grade: Grade?
    package let word: ManyLineWord
    package let parts: [RecordPart]
    package let lacking: [RecordPart]
    package let problems: ProblemList
    /// Whom it may mean; empty where nothing is to be decided.
    package let choices: [ManyChoice]

    package init(
        index: String,
        files: String,
        rows: String = "",
        number: RequestNumber? = nil,
        school: String = "",
        requester: String = "",
        student: String = "",
        grade: Grade? = nil,
        word: ManyLineWord,
        parts: [RecordPart] = [],
        lacking: [RecordPart] = [],
        problems: ProblemList = ProblemList(),
        choices: [ManyChoice] = []
    ) {
        self.index = index
        self.files = files
        self.rows = rows
        self.number = number
        self.school = school
        self.requester = requester
        self.student = student
        self.grade = grade
        self.word = word
        self.parts = parts
        self.lacking = lacking
        self.problems = problems
        self.choices = choices
    }
}

/// An open request that a line may mean.
package struct ManyChoice: Hashable, Sendable {
    package let value: String
    package let number: RequestNumber
    package let student: String
    package let grade: Grade?
    package let school: String
    package let requester: String

    package init(
        value: String,
        number: RequestNumber,
        student: String,
        grade: Grade?,
        school: String,
        requester: String
    ) {
        self.value = value
        self.number = number
        self.student = student
        self.grade = grade
        self.school = school
        self.requester = requester
    }
}

/// Whom a line means, or what became of it.
package enum ManyLineWord: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "manyLine"

    case certain, contradicts, several, inPart, nobody
    case sent, sentInPart, sentBefore, notChosen, notNow, unreadable, failed
}

/// A row or a file that goes to nobody.
package struct ManyRefusal: Hashable, Sendable {
    package let file: String
    /// 0 for the whole file.
    package let row: Int
    package let hasRow: Bool
    package let reason: ManyRefusalWord

    package init(file: String, row: Int, reason: ManyRefusalWord) {
        self.file = file
        self.row = row
        hasRow = row > 0
        self.reason = reason
    }
}

/// Why it goes to nobody.
package enum ManyRefusalWord: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "manyRefusal"

    case notARecord, nobodyNamed, requestMalformed, birthDateMalformed, cutOff
    case tooManyStudents
}
