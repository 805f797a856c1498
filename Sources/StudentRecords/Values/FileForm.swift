/// What the form of a file should have been, apart from any element.
package enum FileForm: Hashable, Sendable {
    /// A fault that needs no number; the raw value is what tools and `record.json` say.
    package enum Rule: String, Hashable, Sendable, CaseIterable {
        case entryList = "a list of entries"
        case elementColumns = "columns named as the minimum data elements"
        case readJSON = "a record as JSON: ours, or an Ed-Fi transcript; nothing was read"
        case wholeJSON = "well-formed JSON of ordinary depth; nothing was read"
        case ordinaryFile = "a record of at most 16 MiB; nothing was read"
        case closedQuote =
            "a quotation mark that is closed again; from here on nothing was read"
        case shortRow = "a row of at most a million bytes; from here on nothing was read"
        case fewColumns = "at most 2,000 columns; from here on nothing was read"
        case transcript = "HighSchoolTranscript with a Student"
        case oneStudent = "one student in a file; only the first was read"
        case noDocumentType = "XML without a document type"
        case ordinarySize = "XML of ordinary depth and size"
        case fewerEntries = "12,000 entries in a file; only the first were read"
        case creditEarned = "CourseCreditEarned"
        case carnegieUnits = "CarnegieUnits"
        case vaccineCode = "a CVX code of the federal list"
        case courseCode = "a SCED code of two or five digits"
        case listedCourse = "a course of the federal list (SCED); the code was kept as it was sent"
        case schoolName = "the school's name beside its number"
        case noCode = "no code: only immunizations, courses and requirements have one"
        case parentOrGuardian = "a father, a mother and one guardian"
        case lastName = "a last name"
        case courseTitle = "a course title"
        case sameBirthDate =
            "the birth date of the student who was asked for; is the file another child's?"
        case sameFirstName =
            "the first name of the student who was asked for; is the file another child's?"
        case sameLastName =
            "the last name of the student who was asked for; is the file another child's?"
    }

    case rule(Rule)
    case cells(Int)
    case wellFormed(line: Int)
    /// Of a file that another program wrote.
    case words(String)

    /// For logs, tools and files; pages have their own words.
    package var description: String {
        switch self {
        case .rule(let rule): rule.rawValue
        case .cells(let count): "\(count) cells"
        case .wellFormed(let line): "well-formed XML; the first fault is on line \(line)"
        case .words(let words): words
        }
    }
}

extension Allowed {
    package static func form(_ rule: FileForm.Rule) -> Self { .structure(.rule(rule)) }
}
