package import Vocabulary

/// Where a value comes from: the school that says it, and the day from which its statement is.
package struct RecordSource: Hashable, Sendable {
    package var school: SchoolID?
    package var name: String
    package var date: CivilDate

    package init(school: SchoolID? = nil, name: String, date: CivilDate) {
        self.school = school
        self.name = name
        self.date = date
    }
}

/// What a source says of one element.
///
/// A source that says nothing of an element has no answer for it: unknown, none on file, withheld
/// and unreadable are four different things.
package enum ElementAnswer: Hashable, Sendable {
    case value(ElementValue)
    /// The text as it was sent, cut and made harmless: no value is guessed from it, and it is not
    /// nothing either.
    case unreadable(String)
    /// The school looked and has nothing.
    case noneOnFile
    /// The school has it and does not send it.
    case withheld

    package var value: ElementValue? {
        if case .value(let value) = self { value } else { nil }
    }

    package var isUnreadable: Bool {
        if case .unreadable = self { true } else { false }
    }
}

/// Values that belong together, such as one course, from one source.
package struct RecordEntry: Hashable, Sendable {
    package let group: ElementGroup
    package var source: RecordSource
    /// The school the entry is about, where that is not the source: a transcript lists courses
    /// of earlier schools.
    package var place: SchoolPlace?
    /// A CVX code for an immunization; a SCED course or subject area for a course and for a
    /// requirement.
    package var standard: String?
    package var answers: [Element: ElementAnswer]

    package init(
        _ group: ElementGroup,
        from source: RecordSource,
        place: SchoolPlace? = nil,
        standard: String? = nil,
        _ answers: [Element: ElementAnswer] = [:]
    ) {
        self.group = group
        self.source = source
        self.place = place
        self.standard = standard
        self.answers = answers
    }

    package func value(_ element: Element) -> ElementValue? { answers[element]?.value }
    package func text(_ element: Element) -> String? { value(element)?.token }

    package func date(_ element: Element) -> CivilDate? {
        if case .date(let date) = value(element) { date } else { nil }
    }

    package func amount(_ element: Element) -> Hundredths? {
        if case .amount(let amount) = value(element) { amount } else { nil }
    }

    /// What was sent of an element and could not be read.
    package func unreadable(_ element: Element) -> String? {
        if case .unreadable(let text) = answers[element] { text } else { nil }
    }

    /// The SCED subject area of a course or requirement: by its code, or by its subject's name.
    package var subject: SubjectArea? {
        if let standard, let area = SubjectArea(code: standard) { return area }
        return text(.subjectArea).flatMap(SubjectArea.init(named:))
    }
}

/// A school by its name and, where known, its NCES number.
package struct SchoolPlace: Hashable, Sendable {
    package var school: SchoolID?
    package var name: String

    package init(school: SchoolID? = nil, name: String) {
        self.school = school
        self.name = name
    }
}

/// What one or several schools say of a student, entry by entry.
package struct StudentRecord: Hashable, Sendable {
    package var entries: [RecordEntry]

    package init(_ entries: [RecordEntry] = []) {
        self.entries = entries
    }

    package func entries(of group: ElementGroup) -> [RecordEntry] {
        entries.filter { $0.group == group }
    }

    package var isEmpty: Bool { entries.allSatisfy(\.answers.isEmpty) }
}
