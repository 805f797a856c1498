package import RecordExchange
package import Vocabulary

/// Where is it (P9).
///
/// Actions post to `/requests/{number}/…`.
package struct TrackerPage: Page {
    package static let template = "tracker"

    package let number: RequestNumber
    package let studentName: String
    package let holder: String
    package let status: StatusWord
    package let due: DueWord
    package let next: NextStep
    /// What the law gives the school.
    package let law: LawPanel?
    package let steps: [TrackStep]
    /// Retries and technical events.
    package let folded: [TrackStep]
    /// What the schools ask, each with a form of its own.
    package let questions: [QuestionRow]
    package let holderPhone: String
    package let holderPhoneOf: String
    /// Records are there: the link to them is shown.
    package let canReadRecords: Bool
    /// Which parts of what was asked for came, once an answer did.
    package let standings: PartStandings
    package let actions: [TrackerAction]
    package let isFollower: Bool
    /// The school that reads what the requester writes; empty where none does.
    package let reader: String
    /// Nobody could be asked yet; `nil` where a school is.
    package let task: SchoolTask?
    /// Likely duplicates.
    package let twins: [TwinRow]
    /// The answers that came, and which of them were another student's.
    package let recalls: [RecallLink]
    /// The request that goes on in its place.
    package let mergedInto: RequestNumber?
    /// `ask`, for a message; what was typed as an answer stands beside its question.
    package let form: Form

    package init(
        number: RequestNumber,
        studentName: String,
        holder: String,
        status: StatusWord,
        due: DueWord,
        next: NextStep,
        law: LawPanel? = nil,
        steps: [TrackStep],
        folded: [TrackStep] = [],
        questions: [QuestionRow] = [],
        holderPhone: String = "",
        holderPhoneOf: String = "",
        canReadRecords: Bool = false,
        standings: PartStandings = .none,
        actions: [TrackerAction],
        isFollower: Bool = false,
        reader: String = "",
        task: SchoolTask? = nil,
        twins: [TwinRow] = [],
        recalls: [RecallLink] = [],
        mergedInto: RequestNumber? = nil,
        form: Form = .empty
    ) {
        self.number = number
        self.studentName = studentName
        self.holder = holder
        self.status = status
        self.due = due
        self.next = next
        self.law = law
        self.steps = steps
        self.folded = folded
        self.questions = questions
        self.holderPhone = holderPhone
        self.holderPhoneOf = holderPhoneOf
        self.canReadRecords = canReadRecords
        self.standings = standings
        self.actions = actions
        self.isFollower = isFollower
        self.reader = reader
        self.task = task
        self.twins = twins
        self.recalls = recalls
        self.mergedInto = mergedInto
        self.form = form
    }
}

/// What one school asks of the requester, and the form that answers it.
package struct QuestionRow: Hashable, Sendable {
    /// The identifier of its text area.
    package let input: String
    package let inquiry: String
    package let school: String
    /// The school's own words; may be empty where a reason asks.
    package let question: String
    /// What the school's reason to send nothing asks of the requester.
    package let askedAbout: AskedAbout?
    /// An answer that was refused, as it was typed.
    package let typed: String
    package let trouble: FieldTrouble?

    package init(
        index: Int,
        inquiry: String,
        school: String,
        question: String,
        askedAbout: AskedAbout? = nil,
        typed: String = "",
        trouble: FieldTrouble? = nil
    ) {
        input = Self.input(index)
        self.inquiry = inquiry
        self.school = school
        self.question = question
        self.askedAbout = askedAbout
        self.typed = typed
        self.trouble = trouble
    }

    /// No two text areas of a page have one identifier.
    package static func input(_ index: Int) -> String {
        index == 0 ? "note" : "note-\(index + 1)"
    }
}

/// What can be done on the tracker.
///
/// `answerQuestion`, `accept`, `remind` and `reopen` post at once;
/// the others lead to a page of their own.
package enum TrackerAction: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "action"

    case answerQuestion, accept, reject, remind, addLocation, askInParallel, cancel, reopen
}

/// One step of the story.
package struct TrackStep: Hashable, Sendable {
    package let phase: Phase
    package let heading: StepHeading
    package let detail: StepDetail
    /// What a person wrote.
    package let note: String
    /// Absent for what is still to come.
    package let at: LocalTime?
    package let person: String
    /// The day of a step to come, where it has one.
    package let on: CivilDate?

    package init(
        phase: Phase,
        heading: StepHeading,
        detail: StepDetail = .none,
        note: String = "",
        at: LocalTime? = nil,
        person: String = "",
        on: CivilDate? = nil
    ) {
        self.phase = phase
        self.heading = heading
        self.detail = detail
        self.note = note
        self.at = at
        self.person = person
        self.on = on
    }
}

/// Past, now or to come.
package enum Phase: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "phase"

    case past, now, future
}
