package import Casework
package import StudentRecords
package import Vocabulary

extension EarlierPurpose: Worded {
    package static let words = "earlierPurpose"
}

extension EarlierRequest.Link: Worded {
    package static let words = "earlierLink"
}

/// What all answers for one student say, those of earlier requests too, merged by element.
///
/// At `/requests/{number}/earlier?purpose=…&use=…`; without a purpose it asks for one.
package struct EarlierPage: Page {
    package static let template = "earlier"

    package let number: RequestNumber
    package let studentName: String
    package let purposes: [Choice<EarlierPurpose>]
    /// What was stated; empty before.
    package let purpose: String
    /// Absent until a purpose is stated.
    package let record: EarlierRecord?
    package let form: Form

    package init(
        number: RequestNumber,
        studentName: String,
        purposes: [Choice<EarlierPurpose>],
        purpose: String = "",
        record: EarlierRecord? = nil,
        form: Form = .empty
    ) {
        self.number = number
        self.studentName = studentName
        self.purposes = purposes
        self.purpose = purpose
        self.record = record
        self.form = form
    }
}

/// The merged record and where it comes from.
package struct EarlierRecord: Hashable, Sendable {
    package let uses: [Choice<RecordUse>]
    package let sheet: RecordSheet
    package let standings: PartStandings
    package let requests: [EarlierRow]
    /// No other request is certainly this student's.
    package let isAlone: Bool

    package init(
        uses: [Choice<RecordUse>],
        sheet: RecordSheet,
        standings: PartStandings,
        requests: [EarlierRow]
    ) {
        self.uses = uses
        self.sheet = sheet
        self.standings = standings
        self.requests = requests
        isAlone = requests.count < 2
    }
}

/// One request whose answers are in the view.
package struct EarlierRow: Hashable, Sendable {
    package let number: RequestNumber
    package let filedOn: CivilDate
    package let link: EarlierRequest.Link
    /// Names of those that answered; empty where nothing came.
    package let holders: String
    package let answers: Int
    /// Of those, in files that cannot be read as data.
    package let filesOnly: Int

    package init(
        number: RequestNumber,
        filedOn: CivilDate,
        link: EarlierRequest.Link,
        holders: String,
        answers: Int,
        filesOnly: Int
    ) {
        self.number = number
        self.filedOn = filedOn
        self.link = link
        self.holders = holders
        self.answers = answers
        self.filesOnly = filesOnly
    }
}
