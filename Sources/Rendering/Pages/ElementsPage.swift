package import StudentRecords
package import Vocabulary

/// Every minimum data element, typed in where no file holds it: an answer in its own right, which
/// joins what else is sent to the same inquiry.
///
/// Posts to `{base}/elements`; the button `more` brings the page back with one row more of a group.
package struct ElementsPage: Page {
    package static let template = "elements"

    package let base: String
    package let number: RequestNumber
    package let requester: String
    /// What was asked for, and what was added.
    package let groups: [TypedGroup]
    /// Groups of which no row is on the page.
    package let others: [Choice<ElementGroup>]
    package let complete: [Choice<CompleteWord>]
    /// Only a part is asked; the rest is somebody else's to answer.
    package let isInPart: Bool
    package let canCertify: Bool
    package let isCertifying: Bool
    package let form: Form

    package init(
        base: String,
        number: RequestNumber,
        requester: String,
        groups: [TypedGroup],
        others: [Choice<ElementGroup>] = [],
        complete: [Choice<CompleteWord>],
        isInPart: Bool = false,
        canCertify: Bool = false,
        isCertifying: Bool = false,
        form: Form = .empty
    ) {
        self.base = base
        self.number = number
        self.requester = requester
        self.groups = groups
        self.others = others
        self.complete = complete
        self.isInPart = isInPart
        self.canCertify = canCertify
        self.isCertifying = isCertifying
        self.form = form
    }
}

/// The rows of one group of elements.
package struct TypedGroup: Hashable, Sendable {
    package let group: ElementGroup
    /// As forms name it.
    package let value: String
    package let count: Int
    /// Something was typed in it, is wrong with it, or it was just asked for.
    package let isOpen: Bool
    package let canAdd: Bool
    package let rows: [TypedRow]

    package init(_ group: ElementGroup, rows: [TypedRow], isOpen: Bool = false, canAdd: Bool) {
        self.group = group
        value = group.rawValue
        count = rows.count
        self.isOpen = isOpen || rows.contains { $0.boxes.contains(where: \.isUsed) }
        self.canAdd = canAdd
        self.rows = rows
    }

    /// The field that says how many rows of a group the page has.
    package static func rowsField(_ group: ElementGroup) -> String { "rows-\(group.rawValue)" }
}

/// One entry of a group.
package struct TypedRow: Hashable, Sendable {
    package let row: Int
    package let boxes: [ElementBox]

    package init(row: Int, boxes: [ElementBox]) {
        self.row = row
        self.boxes = boxes
    }
}

/// One element of one row: a list where it has codes, a box for anything else, and beside it what
/// can be said where nothing is typed.
package struct ElementBox: Hashable, Sendable {
    package let element: Element
    package let field: String
    /// The field that says why nothing is typed; a list says it itself.
    package let absentField: String
    package let isText: Bool
    package let value: String
    package let choices: [CodeChoice]
    package let absent: [Choice<AbsentWord>]
    package let troubles: [FieldTrouble]
    package let isUsed: Bool

    package init(
        _ element: Element,
        in group: ElementGroup,
        row: Int,
        value: String = "",
        absent: AbsentWord? = nil,
        troubles: [FieldTrouble] = []
    ) {
        self.element = element
        field = Self.field(element, in: group, row: row)
        absentField = Self.absentField(element, in: group, row: row)
        choices = CodeChoice.list(of: element, chosen: value)
        isText = choices.isEmpty
        self.value = value
        self.absent = Choice.list(AbsentWord.allCases, chosen: absent.map { [$0] } ?? [])
        self.troubles = troubles
        isUsed = !value.isEmpty || absent != nil || !troubles.isEmpty
    }

    /// The name of its field, which stays: a browser or a script may have kept it.
    package static func field(_ element: Element, in group: ElementGroup, row: Int) -> String {
        "e" + key(element, in: group, row: row)
    }

    /// The name of the field that says why nothing is typed.
    package static func absentField(_ element: Element, in group: ElementGroup, row: Int) -> String
    {
        "a" + key(element, in: group, row: row)
    }

    private static func key(_ element: Element, in group: ElementGroup, row: Int) -> String {
        // The subject area stands with requirements and with courses.
        let isBorrowed = element.group != group
        return "\(element.rawValue)\(isBorrowed ? "-\(group.rawValue)" : "")-\(row)"
    }
}

/// What is said of an element without a value; nothing at all means that it is unknown.
package enum AbsentWord: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "absent"

    case none
    case withheld
}

/// One value of an element's list.
package struct CodeChoice: Hashable, Sendable {
    package let value: String
    /// Its words: of the one page of a record, of this page, or a subject's.
    package let sheet: SheetCode?
    package let code: CodeWord?
    package let subject: SubjectArea?
    package let isChosen: Bool

    /// Empty where the element has no list.
    package static func list(of element: Element, chosen: String) -> [Self] {
        let definition = element.definition
        if element == .subjectArea {
            return SubjectArea.allCases.map { area in
                Self(
                    value: area.rawValue,
                    sheet: nil,
                    code: nil,
                    subject: area,
                    isChosen: area.rawValue == chosen
                )
            }
        }
        if definition.kind == .flag {
            return [("yes", CodeWord.yes), ("no", CodeWord.no)].map { value, word in
                Self(
                    value: value,
                    sheet: nil,
                    code: word,
                    subject: nil,
                    isChosen: value == chosen
                )
            }
        }
        guard definition.kind == .code else { return [] }
        return definition.codes.map { code in
            let key = "\(element.rawValue).\(code.token)"
            let sheet = SheetCode(rawValue: key)
            return Self(
                value: code.token,
                sheet: sheet,
                code: sheet == nil ? CodeWord(key, label: code.label) : nil,
                subject: nil,
                isChosen: code.token == chosen
            )
        }
    }
}

/// Words of code lists that the one page of a record does not say.
package enum CodeWord: Hashable, Sendable, Worded {
    package static let words = "codeWord"

    case yes, no
    case grade(number: Int)
    case eligibilityExpired, graduated, passedGED, dropout, deceased
    case regularSchool, regularTermProgram, summerProject, yearRoundProject, residencyOnly
    case regularCourse, notApplicable
    case stateAssessment, advancedPlacementTest, languageTest, exitExam, testOfGED
    case specialEducationTest, earlyChildhoodTest, otherTest
    case proficiencyLevel, percentileRank, passFail, normalCurve, sectionsCompleted
    /// Of a list that has no words here, as the report prints it.
    case printed(label: String)

    package init(_ key: String, label: String) {
        if let known = Self.known[key] {
            self = known
        } else if key.hasPrefix("20."), let number = Int(key.dropFirst(3)) {
            self = .grade(number: number)
        } else {
            self = .printed(label: label)
        }
    }

    private static let known: [String: Self] = [
        "39.01": .eligibilityExpired, "39.02": .graduated, "39.03": .passedGED,
        "39.04": .dropout, "39.05": .deceased,
        "55.01": .regularSchool, "55.02": .regularTermProgram, "55.03": .summerProject,
        "55.04": .yearRoundProject, "55.05": .residencyOnly,
        "63.01": .regularCourse, "63.07": .notApplicable,
        "72.01": .stateAssessment, "72.02": .advancedPlacementTest, "72.03": .languageTest,
        "72.04": .exitExam, "72.05": .testOfGED, "72.06": .specialEducationTest,
        "72.07": .earlyChildhoodTest, "72.Other": .otherTest,
        "75.01": .proficiencyLevel, "75.02": .percentileRank, "75.03": .passFail,
        "75.04": .normalCurve, "75.05": .sectionsCompleted,
    ]
}
