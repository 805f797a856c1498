package import StudentRecords

/// The one page of a record by use, in words of one language.
package struct RecordSheet: Hashable, Sendable {
    package let sections: [SheetSection]
    package let credits: SheetCredits?
    /// What credit was granted for, course by course.
    package let courses: SheetCourses?
    /// Schools and days the values come from, newest first.
    package let sources: [String]
    /// What of the files could not be read or contradicts itself; the first of many.
    package let problems: ProblemList

    /// Without a value, and nothing is said about it.
    package var isEmpty: Bool { sources.isEmpty }
}

/// What one use needs.
package struct SheetSection: Hashable, Sendable {
    package let use: RecordUse
    package let title: SheetTitle
    package let rows: [SheetRow]
}

/// One line of the page.
package struct SheetRow: Hashable, Sendable {
    package let label: SheetLabel
    package let values: [SheetValue]
    /// What stands in place of a value.
    package let standing: SheetStanding?
    /// Missing, and the page offers to ask for this part; absent otherwise.
    package let asksFor: AskedPart?
    /// The elements' numbers, for whoever must look them up.
    package let elements: String
    /// What is seldom looked up, folded away and not printed.
    package var details: [String] = []
}

/// One thing that is said, and by whom.
package struct SheetValue: Hashable, Sendable {
    package let text: String
    package let sources: [String]
    /// Schools say different things.
    package let isDisputed: Bool
}

/// The credits by subject.
package struct SheetCredits: Hashable, Sendable {
    /// One subject; `subject` is empty for courses that no requirement takes.
    package struct Row: Hashable, Sendable {
        package let subject: String
        package let needed: String
        package let granted: String
        package let left: String
        package let courses: Int
        package let hours: String
        package let surplus: String
        package let hasThreeThirds: Bool
        package let isSubjectUnknown: Bool
    }

    /// A course that was left before credit was granted.
    package struct Unfinished: Hashable, Sendable {
        package let title: String
        package let section: String
        package let hours: String
        package let grade: String
        package let school: String
    }

    package let plan: String
    package let hasPlan: Bool
    package let schools: Int
    package let rows: [Row]
    package let needed: String
    package let granted: String
    package let left: String
    /// Courses that are in progress, and their hours.
    package let courses: Int
    package let hours: String
    package let unfinished: [Unfinished]
    /// Courses that stand in no sum, and why.
    package let notCounted: [String]
    /// Of the granted credits, those that remain where nothing is counted twice; empty where that
    /// is all of them.
    package let undisputed: String
    package let hasThreeThirds: Bool
    package let hasSurplus: Bool
}

/// The headings of the page.
package enum SheetTitle: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "sheetTitle"

    case enroll, place, graduate

    package init(_ use: RecordUse) {
        switch use {
        case .enrollment: self = .enroll
        case .placement: self = .place
        case .graduation: self = .graduate
        }
    }
}

/// What a line of the page is about.
package enum SheetLabel: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "sheetRow"

    case name, birthDate, gender, birthPlace, recordNumber, stateNumber, parents, guardian
    case schools, immunizations, medicalAlerts, educationAlerts
    case gradeLevel, language, tests, inProgress, notCounted
    case designated, credits
}

/// Why a line has no value.
package enum SheetStanding: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "sheetStanding"

    case inFiles, unsaid, missing, noneOnFile, toFollow, withheld, notYetHeld

    package init?(_ standing: Completeness.Standing) {
        switch standing {
        case .there: return nil
        case .inFiles: self = .inFiles
        case .unsaid: self = .unsaid
        case .missing: self = .missing
        case .noneOnFile: self = .noneOnFile
        case .toFollow: self = .toFollow
        case .withheld: self = .withheld
        case .notYetHeld: self = .notYetHeld
        }
    }
}

/// Words of code lists that stand on the page, by element and code.
package enum SheetCode: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "sheetCode"

    case female = "8.01"
    case male = "8.02"
    case birthCertificate = "10.01"
    case otherDocument = "10.02"
    case selfReport = "10.03"
    case ungraded = "20.013"
    case preschool = "20.014"
    case kindergarten = "20.015"
    case outOfSchool = "20.016"
    case fullYear = "65.01"
    case sectionA = "65.02"
    case sectionB = "65.03"
    case honors = "63.02"
    case preAdvancedPlacement = "63.03"
    case advancedPlacement = "63.04"
    case internationalBaccalaureate = "63.05"
    case highSchoolEquivalent = "63.06"
    case termFullYear = "66.01"
    case semester = "66.02"
    case trimester = "66.03"
    case quarter = "66.04"
    case quinmester = "66.05"
    case regularSchool = "55.01"
    case termProgram = "55.02"
    case summerProject = "55.03"
    case yearRoundProject = "55.04"
    case residencyOnly = "55.05"
    case achievementTest = "72.01"
    case advancedPlacementTest = "72.02"
    case languageTest = "72.03"
    case exitExam = "72.04"
    case equivalencyTest = "72.05"
    case specialEducationTest = "72.06"
    case earlyChildhoodTest = "72.07"
    case otherTest = "72.Other"
    case proficiencyLevel = "75.01"
    case percentileRank = "75.02"
    case passOrFail = "75.03"
    case normalCurve = "75.04"
    case sectionsPassed = "75.05"
}

/// A part to ask for, as the address of a form names it.
package struct AskedPart: Hashable, Sendable {
    package let value: String
    /// The line of the page that is missing of a part that came; empty where all of it is.
    package let line: String

    package init(_ part: RecordPart, line: SheetLabel? = nil) {
        value = part.rawValue
        self.line = line?.rawValue ?? ""
    }
}

/// The beginning of a message to the holder.
package enum AskWord: Hashable, Sendable, Worded {
    package static let words = "askFor"

    case part(name: String)
}
