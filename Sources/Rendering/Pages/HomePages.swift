package import Vocabulary

/// The front page for someone who is not signed in.
package struct WelcomePage: Page {
    package static let template = "welcome"

    package init() {}
}

/// The two doors (P1).
package struct HomePage: Page {
    package static let template = "home"

    package let name: String
    package let organization: String
    /// Absent for someone who does not ask for records.
    package let asking: AskingDoor?
    /// Absent for someone who does not answer.
    package let answering: AnsweringDoor?
    /// Absent for someone who watches no state.
    package let queue: QueueDoor?
    /// The reader's own school is closed by its calendar.
    package let closedUntil: CivilDate?
    /// Who gets what is asked of it meanwhile.
    package let summerContact: String
    /// Where both are changed; empty for someone who may not.
    package let contactsPath: String

    package init(
        name: String,
        organization: String,
        asking: AskingDoor?,
        answering: AnsweringDoor?,
        queue: QueueDoor?,
        closedUntil: CivilDate? = nil,
        summerContact: String = "",
        contactsPath: String = ""
    ) {
        self.name = name
        self.organization = organization
        self.asking = asking
        self.answering = answering
        self.queue = queue
        self.closedUntil = closedUntil
        self.summerContact = summerContact
        self.contactsPath = contactsPath
    }
}

/// The door "a student came to us".
package struct AskingDoor: Hashable, Sendable {
    package let open: Int
    package let ready: Int
    package let questions: Int
    package let drafts: [DraftRow]

    package init(open: Int, ready: Int, questions: Int, drafts: [DraftRow]) {
        self.open = open
        self.ready = ready
        self.questions = questions
        self.drafts = drafts
    }
}

/// A request that was begun.
package struct DraftRow: Hashable, Sendable {
    package let id: String
    /// Empty where no name was typed yet.
    package let studentName: String
    package let changedAt: LocalTime

    package init(id: String, studentName: String, changedAt: LocalTime) {
        self.id = id
        self.studentName = studentName
        self.changedAt = changedAt
    }
}

/// The door "a school asked us".
package struct AnsweringDoor: Hashable, Sendable {
    package let waiting: Int
    package let oldestDue: CivilDate?

    package init(waiting: Int, oldestDue: CivilDate?) {
        self.waiting = waiting
        self.oldestDue = oldestDue
    }
}

/// The door "nobody answered".
package struct QueueDoor: Hashable, Sendable {
    package let stateName: String
    package let waiting: Int

    package init(stateName: String, waiting: Int) {
        self.stateName = stateName
        self.waiting = waiting
    }
}
