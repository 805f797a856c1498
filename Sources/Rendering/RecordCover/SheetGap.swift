import StudentRecords
import Vocabulary

/// What a school says in place of a value: neither is the same as saying nothing.
package enum SheetGap: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "sheetGap"

    case withheld, noneOnFile

    init?(_ answer: ElementAnswer?) {
        switch answer {
        case .withheld: self = .withheld
        case .noneOnFile: self = .noneOnFile
        case .value, .unreadable, nil: return nil
        }
    }
}

/// Short names of elements that share a line or a row with others, by their numbers.
package enum SheetElement: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "sheetElement"

    case paternalSurname = "3"
    case maternalSurname = "4"
    case firstName = "5"
    case middleName = "6"
    case generation = "7"
    case birthEvidence = "10"
    case birthCity = "11"
    case birthState = "12"
    case birthCountry = "13"
    case firstParentLastName = "14"
    case firstParentFirstName = "15"
    case secondParentLastName = "16"
    case secondParentFirstName = "17"
    case guardianLastName = "18"
    case guardianFirstName = "19"
    case educationAlertResolution = "23"
    case medicalAlertResolution = "26"
    case gradeLevel = "20"
    case immunizationType = "30"
    case schoolName = "41"
    case addressFirstLine = "42"
    case addressSecondLine = "43"
    case addressThirdLine = "44"
    case city = "45"
    case district = "46"
    case state = "47"
    case zip = "48"
    case phone = "51"
    case enrollmentType = "55"
    case designatedForGraduation = "56"
    case subjectArea = "61"
    case courseTitle = "62"
    case courseType = "63"
    case courseYear = "64"
    case courseSection = "65"
    case termType = "66"
    case gradeToDate = "67"
    case clockHours = "68"
    case assessmentName = "71"
    case assessmentType = "72"
    case assessmentDate = "73"
    case assessmentResult = "74"
    case resultType = "75"
}

extension SheetBuilder {
    /// What the entries say of one thing in place of an element's value; `nil` where one of them
    /// gives a value, or none says anything.
    func gap(_ element: Element, in entries: [RecordEntry]) -> SheetGap? {
        let answers = entries.compactMap { $0.answers[element] }
        guard !answers.contains(where: { $0.value != nil || $0.isUnreadable }) else { return nil }
        // That one school has it and keeps it back matters more than that another has none.
        let gaps = answers.compactMap { SheetGap($0) }
        return gaps.contains(.withheld) ? .withheld : gaps.first
    }

    /// What stands in a place of its own instead of a value: `withheld`.
    func cell(_ element: Element, in entries: [RecordEntry]) -> String? {
        gap(element, in: entries).map { renderer.sentence($0, in: language) }
    }

    /// What stands among other values: `middle name, suffix: none on file`.
    func note(_ elements: [Element], in entries: [RecordEntry]) -> String? {
        let notes = SheetGap.allCases.compactMap { gap -> String? in
            let found = elements.filter { self.gap($0, in: entries) == gap }
            guard !found.isEmpty else { return nil }
            let names = found.map { label(of: $0) }.joined(separator: ", ")
            return "\(names): \(renderer.sentence(gap, in: language))"
        }
        return notes.isEmpty ? nil : notes.joined(separator: "; ")
    }

    /// An element's short name; the report's own where it always has a line of its own.
    func label(of element: Element) -> String {
        SheetElement(rawValue: "\(element.rawValue)").map { renderer.sentence($0, in: language) }
            ?? element.name
    }

    /// The newest text of an element, or what stands in its place.
    func said(_ element: Element, of merged: MergedEntry) -> String? {
        merged.text(element) ?? note([element], in: merged.entries)
    }

    /// The title of a course, or what its school says instead.
    func titled(_ entry: RecordEntry) -> String? {
        entry.text(.courseTitle) ?? note([.courseTitle], in: [entry])
    }
}
