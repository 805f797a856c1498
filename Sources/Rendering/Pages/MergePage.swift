package import RecordExchange
package import Vocabulary

/// Two requests of one school for one student: which goes on, and what becomes of the other.
///
/// Posts `number`, the one that goes on, to `/requests/{number}/merge`.
package struct MergePage: Page {
    package static let template = "request-merge"

    package let number: RequestNumber
    /// The name for the requester, initials at the state's desk.
    package let student: String
    package let backPath: String
    /// Those it can go on as.
    package let choices: [TwinRow]
    /// Those it cannot go on as, and why.
    package let others: [TwinRow]
    package let form: Form

    package init(
        number: RequestNumber,
        student: String,
        backPath: String,
        choices: [TwinRow],
        others: [TwinRow],
        form: Form = .empty
    ) {
        self.number = number
        self.student = student
        self.backPath = backPath
        self.choices = choices
        self.others = others
        self.form = form
    }
}

/// Another open request of the same school for the same student.
package struct TwinRow: Hashable, Sendable {
    package let number: RequestNumber
    package let path: String
    package let filedBy: String
    package let filedOn: CivilDate
    /// Empty where no school is asked.
    package let holder: String
    package let status: StatusWord
    package let obstacle: TwinObstacle
    /// Where this one is merged into the one that is looked at; empty where that is not possible.
    package let mergePath: String
    /// The only one: chosen already.
    package let isChosen: Bool

    package init(
        number: RequestNumber,
        path: String,
        filedBy: String,
        filedOn: CivilDate,
        holder: String,
        status: StatusWord,
        obstacle: TwinObstacle = .none,
        mergePath: String = "",
        isChosen: Bool = false
    ) {
        self.number = number
        self.path = path
        self.filedBy = filedBy
        self.filedOn = filedOn
        self.holder = holder
        self.status = status
        self.obstacle = obstacle
        self.mergePath = mergePath
        self.isChosen = isChosen
    }
}

/// Why a request cannot go on as another.
package enum TwinObstacle: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "twin"

    case none, hasRecords, bothHaveRecords, notNow
}

/// A last school that nobody could name: who looks for it, and what can be done meanwhile.
package struct SchoolTask: Hashable, Sendable {
    package let kind: SchoolTaskKind
    /// What the family says of the last school; may be empty.
    package let told: String
    package let stateName: String
    /// Who has it; empty where the directory has nobody.
    package let person: String
    package let phone: String

    package init(
        kind: SchoolTaskKind,
        told: String,
        stateName: String,
        person: String = "",
        phone: String = ""
    ) {
        self.kind = kind
        self.told = told
        self.stateName = stateName
        self.person = person
        self.phone = phone
    }
}

package enum SchoolTaskKind: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "schoolTask"

    case outsideUnitedStates, unknown
}
