package import StudentRecords
package import Vocabulary

/// What was wrong in a record or in the files it was made from, for whoever can mend it and for
/// whoever reads the rest.
package struct ProblemList: Hashable, Sendable {
    /// One problem: where it stands, what was found and what would have been read.
    package struct Row: Hashable, Sendable {
        package let place: PlaceWord
        /// The element's number and its name as printed in the report, which files use as well.
        package let element: String
        /// Empty where nothing was found, or where the reader may not see it.
        package let found: String
        package let allowed: AllowedWord
    }

    package let rows: [Row]
    /// How many there are beyond the rows.
    package let more: Int

    /// Rows that a page shows.
    package static let most = 20

    /// `showsFound` is false for readers who may not see what stands in the record.
    package init(
        _ problems: [RecordProblem] = [],
        unlisted: Int = 0,
        showsFound: Bool = true,
        showsDays: Bool = true
    ) {
        rows = problems.prefix(Self.most).map { problem in
            Row(
                place: PlaceWord(problem.place),
                element: problem.element.map { "\($0.rawValue) \($0.name)" } ?? "",
                found: showsFound ? problem.found : "",
                allowed: AllowedWord(problem.allowed, showsDays: showsFound && showsDays)
            )
        }
        more = problems.count - rows.count + unlisted
    }
}

/// What would have been read, in words of a page.
package enum AllowedWord: Hashable, Sendable, Worded {
    package static let words = "allowed"

    case date, month, year, flag, stateCode, zip, phone, amount, percentage, shortText
    case schoolNumber, once, element
    /// Between days that the reader may not see: the first may be the day of birth.
    case possibleDay
    case oneOf(values: String)
    case between(first: CivilDate, last: CivilDate)
    case from(first: CivilDate)
    case upTo(last: CivilDate)
    case structure(form: FormWord)

    package init(_ allowed: Allowed, showsDays: Bool = true) {
        self =
            switch allowed {
            case .between where !showsDays: .possibleDay
            case .date: .date
            case .month: .month
            case .year: .year
            case .flag: .flag
            case .stateCode: .stateCode
            case .zip: .zip
            case .phone: .phone
            case .amount: .amount
            case .percentage: .percentage
            case .shortText: .shortText
            case .schoolNumber: .schoolNumber
            case .once: .once
            case .element: .element
            case .oneOf(let tokens): .oneOf(values: tokens.joined(separator: ", "))
            case .between(let first?, let last?): .between(first: first, last: last)
            case .between(let first?, nil): .from(first: first)
            case .between(nil, let last?): .upTo(last: last)
            case .between(nil, nil): .date
            case .structure(let form): .structure(form: FormWord(form))
            }
    }
}

/// What the form of a file should have been, in words of a page.
package enum FormWord: Hashable, Sendable, Worded {
    package static let words = "fileForm"

    case entryList, elementColumns, readJSON, wholeJSON, ordinaryFile
    case closedQuote, shortRow, fewColumns
    case transcript, oneStudent, noDocumentType, ordinarySize, fewerEntries
    case creditEarned, carnegieUnits, vaccineCode, courseCode, listedCourse, schoolName, noCode
    case parentOrGuardian, lastName, courseTitle
    case sameBirthDate, sameFirstName, sameLastName
    case cells(count: Int)
    case wellFormed(line: Int)
    /// Of a file that another program wrote, as it stands there.
    case other(words: String)

    package init(_ form: FileForm) {
        self =
            switch form {
            case .rule(let rule): Self(rule)
            case .cells(let count): .cells(count: count)
            case .wellFormed(let line): .wellFormed(line: line)
            case .words(let words): .other(words: words)
            }
    }

    private init(_ rule: FileForm.Rule) {
        self =
            switch rule {
            case .entryList: .entryList
            case .elementColumns: .elementColumns
            case .readJSON: .readJSON
            case .wholeJSON: .wholeJSON
            case .ordinaryFile: .ordinaryFile
            case .closedQuote: .closedQuote
            case .shortRow: .shortRow
            case .fewColumns: .fewColumns
            case .transcript: .transcript
            case .oneStudent: .oneStudent
            case .noDocumentType: .noDocumentType
            case .ordinarySize: .ordinarySize
            case .fewerEntries: .fewerEntries
            case .creditEarned: .creditEarned
            case .carnegieUnits: .carnegieUnits
            case .vaccineCode: .vaccineCode
            case .courseCode: .courseCode
            case .listedCourse: .listedCourse
            case .schoolName: .schoolName
            case .noCode: .noCode
            case .parentOrGuardian: .parentOrGuardian
            case .lastName: .lastName
            case .courseTitle: .courseTitle
            case .sameBirthDate: .sameBirthDate
            case .sameFirstName: .sameFirstName
            case .sameLastName: .sameLastName
            }
    }
}
