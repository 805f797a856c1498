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
    /// The holder's open question, in its own words; may be empty where a reason asks.
    package let question: String
    /// What the holder's reason to send nothing asks of the requester.
    package let askedAbout: AskedAbout?
    /// Either of them.
    package let hasQuestion: Bool
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
    /// `note`, for the answer to a question; `ask`, for a message.
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
        question: String = "",
        askedAbout: AskedAbout? = nil,
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
        self.question = question
        self.askedAbout = askedAbout
        hasQuestion = !question.isEmpty || askedAbout != nil
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
