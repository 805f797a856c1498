package import Casework
package import StudentRecords
package import Vocabulary

/// The one-page record by use (P10): what all answers to one request say, merged.
///
/// At `/requests/{number}/record?use=E|P|G`.
package struct RecordSheetPage: Page {
    package static let template = "record-sheet"

    package let number: RequestNumber
    package let studentName: String
    /// As the request has it.
    package let birthDate: CivilDate
    package let uses: [Choice<RecordUse>]
    package let use: String
    package let sheet: RecordSheet
    /// Which parts of what was asked for are there.
    package let standings: PartStandings
    /// What can be taken along, at `/requests/{number}/record/{file}?use=`.
    package let copies: [CopyLink]
    /// What a form that was asked for demands and the record does not say.
    package let lacking: ProblemList
    /// What the operator's schema said of the form that was asked for.
    package let schema: SchemaNotice
    /// The page was asked for as a PDF and cannot be made now.
    package let isPaperMissing: Bool
    /// Who stands behind it, and what their schools print on their transcripts.
    package let certified: [CertificationWord]
    package let legends: [String]
    /// Every bundle it is made of is sealed, signed and checked.
    package let signature: SignatureWord
    package let wholeness: Wholeness
    package let sent: [SentBy]
    /// Everything of each answer, at `/requests/{number}/bundles/{bundle}/everything`.
    package let archives: [SentArchive]
    /// Of several answers each has its own.
    package let hasManyArchives: Bool
    /// The page can be had as a PDF, which is what to print.
    package let papers: [CopyLink]
    package let printedOn: CivilDate
    package let printedBy: String
    package let checkHost: String

    package init(
        number: RequestNumber,
        studentName: String,
        birthDate: CivilDate,
        uses: [Choice<RecordUse>],
        use: RecordUse = .graduation,
        sheet: RecordSheet,
        standings: PartStandings = .none,
        copies: [CopyLink] = [],
        lacking: ProblemList = ProblemList(),
        schema: SchemaNotice = SchemaNotice(nil),
        isPaperMissing: Bool = false,
        certified: [CertificationWord] = [],
        legends: [String] = [],
        signature: SignatureWord,
        wholeness: Wholeness,
        sent: [SentBy],
        archives: [SentArchive] = [],
        printedOn: CivilDate,
        printedBy: String,
        checkHost: String
    ) {
        self.number = number
        self.studentName = studentName
        self.birthDate = birthDate
        self.uses = uses
        self.use = use.rawValue
        self.sheet = sheet
        self.standings = standings
        self.copies = copies
        self.lacking = lacking
        self.schema = schema
        self.isPaperMissing = isPaperMissing
        self.certified = certified
        self.legends = legends
        self.signature = signature
        self.wholeness = wholeness
        self.sent = sent
        self.archives = archives
        hasManyArchives = archives.count > 1
        papers = copies.filter { $0.kind == .pdf }
        self.printedOn = printedOn
        self.printedBy = printedBy
        self.checkHost = checkHost
    }
}

/// Who sent an answer, and on which day.
package struct SentBy: Hashable, Sendable {
    package let holder: String
    package let on: CivilDate

    package init(holder: String, on: CivilDate) {
        self.holder = holder
        self.on = on
    }
}

/// One answer with all its files, to take along.
package struct SentArchive: Hashable, Sendable {
    package let bundle: String
    package let holder: String

    package init(bundle: String, holder: String) {
        self.bundle = bundle
        self.holder = holder
    }
}

/// Why a transcript was not given out although the record has all it needs.
package struct SchemaNotice: Hashable, Sendable {
    package let differs: Bool
    package let isUnreadable: Bool
    /// The first of them.
    package let rows: [SchemaDifference]
    package let more: Int

    package init(_ refusal: SchemaRefusal?) {
        var found: [SchemaDifference] = []
        if case .differs(let differences) = refusal { found = differences }
        differs = !found.isEmpty
        isUnreadable = refusal == .unreadable
        rows = Array(found.prefix(ProblemList.most))
        more = found.count - rows.count
    }
}

/// One form in which the record can be taken along.
package struct CopyLink: Hashable, Sendable {
    package let kind: CopyWord
    package let file: String

    package init(kind: CopyWord, file: String) {
        self.kind = kind
        self.file = file
    }
}

/// The forms, in words.
package enum CopyWord: Hashable, Sendable, Worded {
    package static let words = "copy"

    case pdf, json, pesc, edFi
    case csv(group: ElementGroup)
}

extension ElementGroup: Worded {
    package static let words = "group"
}
