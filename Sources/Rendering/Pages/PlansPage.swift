package import StudentRecords
package import Vocabulary

/// The graduation plans of a school, a district or a state, and the form of one.
///
/// Posts to its own path; per subject `credits-{key}`, `called-{key}`, `spanish-{key}` and
/// `also-{key}`. `{path}/withdraw` takes `plan`.
package struct PlansPage: Page {
    package static let template = "plans"

    package let path: String
    package let backPath: String
    package let name: String
    package let inForce: [PlanRow]
    /// What was replaced or withdrawn, the last one first.
    package let former: [PlanRow]
    package let subjects: [PlanSubjectRow]
    package let isVerified: Bool
    /// The version that the form takes the place of; empty for a new plan.
    package let replaces: String
    /// The name of that version's plan.
    package let replacesName: String
    package let form: Form

    package init(
        path: String,
        backPath: String,
        name: String,
        inForce: [PlanRow],
        former: [PlanRow] = [],
        subjects: [PlanSubjectRow],
        isVerified: Bool = false,
        replaces: String = "",
        replacesName: String = "",
        form: Form = .empty
    ) {
        self.path = path
        self.backPath = backPath
        self.name = name
        self.inForce = inForce
        self.former = former
        self.subjects = subjects
        self.isVerified = isVerified
        self.replaces = replaces
        self.replacesName = replacesName
        self.form = form
    }
}

/// One version of a plan.
package struct PlanRow: Hashable, Sendable {
    /// One subject of it.
    package struct Need: Hashable, Sendable {
        package let subject: String
        package let credits: String

        package init(subject: String, credits: String) {
            self.subject = subject
            self.credits = credits
        }
    }

    package let id: String
    package let planName: String
    package let version: String
    package let firstClass: String
    /// Empty where it is for every class from the first on.
    package let lastClass: String
    package let needs: [Need]
    package let total: String
    package let citation: String
    package let isVerified: Bool
    package let since: CivilDate
    package let enteredBy: String
    /// Absent while it is in force.
    package let until: CivilDate?
    package let endedBy: String

    package init(
        id: String,
        planName: String,
        version: Int,
        classes: ClassYears,
        needs: [Need],
        total: String,
        citation: String,
        isVerified: Bool,
        since: CivilDate,
        enteredBy: String,
        until: CivilDate? = nil,
        endedBy: String = ""
    ) {
        self.id = id
        self.planName = planName
        self.version = String(version)
        firstClass = String(classes.first)
        lastClass = classes.last.map { String($0) } ?? ""
        self.needs = needs
        self.total = total
        self.citation = citation
        self.isVerified = isVerified
        self.since = since
        self.enteredBy = enteredBy
        self.until = until
        self.endedBy = endedBy
    }
}

/// One line of the form: a subject area of SCED, or whatever fills the electives.
package struct PlanSubjectRow: Hashable, Sendable {
    /// The area's two digits, or `any`.
    package let key: String
    package let subject: String
    /// As typed.
    package let credits: String
    package let called: String
    package let spanish: String
    package let also: String
    package let isElective: Bool
    package let troubles: [FieldTrouble]
    /// What stands folded away was filled in, or is wrong.
    package let isOpen: Bool

    package init(
        key: String,
        subject: String,
        credits: String = "",
        called: String = "",
        spanish: String = "",
        also: String = "",
        troubles: [FieldTrouble] = []
    ) {
        self.key = key
        self.subject = subject
        self.credits = credits
        self.called = called
        self.spanish = spanish
        self.also = also
        isElective = key == Self.electives
        self.troubles = troubles
        isOpen = !troubles.isEmpty || ![called, spanish, also].allSatisfy(\.isEmpty)
    }

    /// The key of what any course can fill.
    package static let electives = "any"
    /// The input of the amount, to which its problems lead.
    package static func input(_ key: String) -> String { "credits-\(key)" }
    package static func calledInput(_ key: String) -> String { "called-\(key)" }
    package static func spanishInput(_ key: String) -> String { "spanish-\(key)" }
    package static func alsoInput(_ key: String) -> String { "also-\(key)" }
}

/// What a plan calls the courses that no other subject takes.
package enum PlanSubjectWord: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "planSubject"

    case electives
}
