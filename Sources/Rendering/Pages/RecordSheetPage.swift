package import StudentRecords
package import Vocabulary

/// The one-page record by use (P10): what all answers to one request say, merged.
///
/// At `/requests/{number}/record?use=E|P|G`.
package struct RecordSheetPage: Page {
    package static let template = "record-sheet"

    package let number: RequestNumber
    package let studentName: String
    package let uses: [Choice<RecordUse>]
    package let sheet: RecordSheet
    /// Which parts of what was asked for are there.
    package let standings: PartStandings
    /// Every bundle it is made of is sealed, signed and checked.
    package let signature: SignatureWord
    package let isComplete: Bool
    package let holders: String
    package let printedOn: CivilDate
    package let printedBy: String
    package let checkHost: String

    package init(
        number: RequestNumber,
        studentName: String,
        uses: [Choice<RecordUse>],
        sheet: RecordSheet,
        standings: PartStandings = .none,
        signature: SignatureWord,
        isComplete: Bool,
        holders: String,
        printedOn: CivilDate,
        printedBy: String,
        checkHost: String
    ) {
        self.number = number
        self.studentName = studentName
        self.uses = uses
        self.sheet = sheet
        self.standings = standings
        self.signature = signature
        self.isComplete = isComplete
        self.holders = holders
        self.printedOn = printedOn
        self.printedBy = printedBy
        self.checkHost = checkHost
    }
}
