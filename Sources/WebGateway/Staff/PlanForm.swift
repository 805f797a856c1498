package import RecordExchange
package import Rendering
import StudentRecords
import Vocabulary

/// What somebody typed of a graduation plan: every problem at once, and every word kept.
package struct PlanForm {
    /// One line of the form that asks for something.
    private struct Line {
        let key: String
        let subject: String
    }

    package private(set) var form: Form
    /// `nil` where it cannot be read.
    package private(set) var content: PlanContent?
    private let typed: FormFields
    private let names: [String: String]
    private var lines: [Line] = []

    /// `names` are the subjects' by their keys, in the language of the page.
    package init(_ typed: FormFields, names: [String: String]) {
        self.typed = typed
        self.names = names
        form = Form(typed.typed(.planName, .planFirst, .planLast, .planCitation))
        let classes = readClasses()
        var requirements: [GraduationPlan.Requirement] = []
        for key in Self.keys {
            if let requirement = readSubject(key) { requirements.append(requirement) }
        }
        // Where the years cannot be read, the rest is judged as for every class.
        guard let holding = classes ?? ClassYears(from: ClassYears.possible.lowerBound) else {
            return
        }
        let draft = PlanContent(
            name: typed[.planName].trimmed,
            classes: holding,
            requirements: requirements,
            citation: typed[.planCitation].trimmed,
            isVerified: typed[.planVerified] == "yes"
        )
        let isEmpty = form.problems.allSatisfy { $0.field != .planCredits }
        refuse(draft.faults(beside: []).filter { $0 != .nothingNeeded || isEmpty })
        if form.problems.isEmpty { content = draft }
    }

    /// The areas of SCED in their order, and the electives.
    package static let keys = SubjectArea.allCases.map(\.rawValue) + [PlanSubjectRow.electives]

    private mutating func readClasses() -> ClassYears? {
        func year(_ field: FieldName) -> Int? {
            let text = typed[field].trimmed
            guard text.utf8.count == 4, let year = Int(text),
                ClassYears.possible.contains(year)
            else { return nil }
            return year
        }
        let first = year(.planFirst)
        if typed[.planFirst].trimmed.isEmpty {
            form.problems.append(FieldProblem(.planFirst, .planYearMissing))
        } else if first == nil {
            form.problems.append(FieldProblem(.planFirst, .planYearImpossible))
        }
        guard !typed[.planLast].trimmed.isEmpty else {
            return first.flatMap { ClassYears(from: $0) }
        }
        guard let last = year(.planLast) else {
            form.problems.append(FieldProblem(.planLast, .planYearImpossible))
            return nil
        }
        guard let first else { return nil }
        let classes = ClassYears(from: first, through: last)
        if classes == nil { form.problems.append(FieldProblem(.planLast, .planYearsReversed)) }
        return classes
    }

    /// `nil` where nothing is needed of it, or it cannot be read.
    private mutating func readSubject(_ key: String) -> GraduationPlan.Requirement? {
        let text = (typed[PlanSubjectRow.input(key)] ?? "").trimmed
        let called = (typed[PlanSubjectRow.calledInput(key)] ?? "").trimmed
        let spanish = (typed[PlanSubjectRow.spanishInput(key)] ?? "").trimmed
        let also = (typed[PlanSubjectRow.alsoInput(key)] ?? "").trimmed
        let area = SubjectArea(rawValue: key)
        let subject = names[key] ?? key
        guard !text.isEmpty else {
            if ![called, spanish, also].allSatisfy(\.isEmpty) {
                refuse(.planCreditsMissing(subject: subject), key)
            }
            return nil
        }
        let codes = also.split { $0 == " " || $0 == "," }.map { String($0) }
        let others = codes.compactMap { SubjectArea(rawValue: $0) }
        if others.count < codes.count { refuse(.planAreasUnknown(subject: subject), key) }
        guard let credits = Hundredths(text) else {
            refuse(.planCreditsUnreadable(subject: subject), key)
            return nil
        }
        lines.append(Line(key: key, subject: subject))
        return GraduationPlan.Requirement(
            subject: called.isEmpty ? area?.name ?? "Electives" : called,
            spanish: spanish.isEmpty ? nil : spanish,
            areas: (area.map { [$0] } ?? []) + others,
            credits: credits
        )
    }

    private mutating func refuse(_ trouble: FieldTrouble, _ key: String) {
        form.problems.append(
            FieldProblem(.planCredits, trouble, at: PlanSubjectRow.input(key))
        )
    }

    /// Says what the plan's own rules refused.
    package mutating func refuse(_ faults: [PlanFault]) {
        let limit = PlanContent.longestText
        for fault in faults {
            switch fault {
            case .nameMissing:
                form.problems.append(FieldProblem(.planName, .planNameMissing))
            case .nameTooLong:
                form.problems.append(FieldProblem(.planName, .tooLong(limit: limit)))
            case .nameUnprintable:
                form.problems.append(FieldProblem(.planName, .textUnprintable))
            case .citationTooLong:
                form.problems.append(FieldProblem(.planCitation, .tooLong(limit: limit)))
            case .citationUnprintable:
                form.problems.append(FieldProblem(.planCitation, .textUnprintable))
            case .citationMissing:
                form.problems.append(FieldProblem(.planCitation, .planCitationMissing))
            case .nothingNeeded:
                form.problems.append(FieldProblem(.planCredits, .planEmpty))
            case .subjectUnusable(let index):
                say(index) { .planNameUnusable(subject: $0) }
            case .creditsImpossible(let index):
                say(index) { .planCreditsUnreadable(subject: $0) }
            case .subjectTwice(let index):
                say(index) { .planSubjectTwice(subject: $0) }
            case .classesOverlap(let plan):
                form.problems.append(FieldProblem(.planFirst, .planYearsOverlap(plan: plan)))
            case .tooMany:
                form.problems.append(FieldProblem(.planName, .plansEnough))
            }
        }
    }

    /// Somebody changed or withdrew the version meanwhile.
    package mutating func refuseChanged() {
        form.problems.append(FieldProblem(.planName, .planChanged))
    }

    private mutating func say(_ index: Int, _ trouble: (String) -> FieldTrouble) {
        guard lines.indices.contains(index) else { return }
        refuse(trouble(lines[index].subject), lines[index].key)
    }

    /// The lines of the form as they were typed.
    package var rows: [PlanSubjectRow] {
        Self.keys.map { key in
            let input = PlanSubjectRow.input(key)
            return PlanSubjectRow(
                key: key,
                subject: names[key] ?? key,
                credits: typed[input] ?? "",
                called: typed[PlanSubjectRow.calledInput(key)] ?? "",
                spanish: typed[PlanSubjectRow.spanishInput(key)] ?? "",
                also: typed[PlanSubjectRow.alsoInput(key)] ?? "",
                troubles: form.problems.filter { $0.input == input }.map(\.trouble)
            )
        }
    }
}
