/// What the report's table says of one element, with our reading of its kind and group.
package struct ElementDefinition: Hashable, Sendable {
    package let element: Element
    /// As printed: also its column in CSV files.
    package let name: String
    /// As printed; empty for the elements of the qualifying move.
    package let uses: [RecordUse]
    package let kind: ElementKind
    package let group: ElementGroup
    /// The phase, from 1 to 3, from which a state is expected to hold it.
    package let phase: Int
    package let repeats: Bool
    package let definition: String
    /// The code list; empty where the table prints none.
    package let codes: [CodeValue]

    init(
        _ element: Element,
        _ name: String,
        uses: String,
        _ kind: ElementKind,
        _ group: ElementGroup,
        phase: Int,
        repeats: Bool,
        _ definition: String,
        codes: [CodeValue] = []
    ) {
        self.element = element
        self.name = name
        self.uses = uses.unicodeScalars.compactMap { RecordUse(rawValue: String($0)) }
        self.kind = kind
        self.group = group
        self.phase = phase
        self.repeats = repeats
        self.definition = definition
        self.codes = codes
    }

    /// All 65 in the order of their numbers.
    package static let all = studentRows + enrollmentAndHealthRows + schoolRows + courseRows

    fileprivate static let byElement = Dictionary(
        all.map { ($0.element, $0) },
        uniquingKeysWith: { first, _ in first }
    )

    fileprivate static let byGroup: [ElementGroup: [Element]] = Dictionary(
        uniqueKeysWithValues: ElementGroup.allCases.map { group in
            let own = all.filter { $0.group == group }.map(\.element)
            return (group, group == .course ? [.subjectArea] + own : own)
        }
    )
}

/// One value of a code list.
package struct CodeValue: Hashable, Sendable {
    /// As printed, also with its leading zeros; `nil` where none is printed.
    package let code: String?
    package let label: String
    package let definition: String

    init(_ code: String?, _ label: String, _ definition: String = "") {
        self.code = code
        self.label = label
        self.definition = definition
    }

    /// What is written in files: the code, or the label where there is none.
    package var token: String { code ?? label }
}

/// How an element's value is read and written.
package enum ElementKind: String, Sendable, CaseIterable {
    case identifier, text, date, month, year, code, flag
    case stateCode, countryCode, zip, phone
    /// Hundredths of a Carnegie unit or of a clock hour.
    case amount
    case percentage
}

/// The five headings of the report's table.
package enum ElementCategory: String, Sendable, CaseIterable {
    case student, school, graduationPlan, courseHistory, assessment
}

/// Elements that belong to one entry, such as one course.
package enum ElementGroup: String, Sendable, CaseIterable, Codable {
    case identity, stateIdentifier, birth, parents, guardian
    case enrollment
    case educationAlert = "edAlert"
    case medicalAlert = "medAlert"
    case immunization, qualifyingMove, eligibility
    case school, graduationRequirement, course, assessment

    /// In the order of their numbers; a course can also say its subject area (61).
    package var elements: [Element] {
        ElementDefinition.byGroup[self] ?? []
    }

    /// Whether a student's record can hold more than one entry of it.
    package var repeats: Bool {
        ElementDefinition.all.contains { $0.group == self && $0.repeats }
    }

    /// The part in which it is asked for and sent.
    package var part: RecordPart {
        switch self {
        case .identity, .stateIdentifier, .birth, .parents, .guardian, .enrollment,
            .qualifyingMove, .eligibility, .school:
            .enrollment
        case .immunization: .immunization
        case .medicalAlert: .healthAlert
        case .educationAlert: .specialEducation
        case .graduationRequirement, .course: .transcript
        case .assessment: .assessment
        }
    }
}

extension Element {
    package var definition: ElementDefinition {
        guard let definition = ElementDefinition.byElement[self] else {
            preconditionFailure("element \(rawValue) has no row")
        }
        return definition
    }

    package var name: String { definition.name }
    package var group: ElementGroup { definition.group }

    package var category: ElementCategory {
        switch rawValue {
        case ...39: .student
        case ...56: .school
        case ...61: .graduationPlan
        case ...70: .courseHistory
        default: .assessment
        }
    }
}
