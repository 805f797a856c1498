package import RecordExchange
package import Vocabulary

/// The slip of paper that a school gives the family: its code, with the request's number and the
/// child's birth year, shows how far the request is and nothing else.
///
/// A request has one at most; a new one takes its place.
package struct FamilySlip: Hashable, Sendable {
    package let request: RecordRequest.ID
    package let issuedBy: StaffID
    package let issuedAt: Instant

    package init(request: RecordRequest.ID, issuedBy: StaffID, issuedAt: Instant) {
        self.request = request
        self.issuedBy = issuedBy
        self.issuedAt = issuedAt
    }

    /// Days after the end of a request for which its slip goes on answering.
    package static let daysAfterEnd: Int64 = 30

    /// Eight letters, 32 random bits: with thirty tries an hour at one number, somebody who knows
    /// number and birth year would need some eight thousand years for half of them.
    static func makeCode(from secrets: any SecretSource) -> String {
        LetterCode.make(count: 8, from: secrets)
    }

    /// What a slip is found by: everything on it at once, so that a wrong number, a wrong year and
    /// a wrong code are one and the same miss.
    static func key(
        _ number: RequestNumber,
        birthYear: Int,
        code: String,
        with secrets: any SecretSource
    ) -> String {
        let text = "slip|\(number)|\(birthYear)|\(LetterCode.folded(code))"
        return secrets.digest(of: Array(text.utf8)).description
    }
}

/// How far a request is, in a family's words.
package enum FamilyStage: String, Hashable, Sendable, CaseIterable {
    /// It is not yet clear which school has the records.
    case looking
    /// A school was asked.
    case asked
    case partly
    /// They are with the gateway, for the new school to take.
    case arrived
    /// The new school has them.
    case received
    /// Ended without records.
    case ended

    init(_ word: StatusWord) {
        self =
            switch word {
            case .draft, .findingTheSchool: .looking
            case .withTheSchool, .questionForYou: .asked
            case .partlyAnswered: .partly
            case .recordsReady: .arrived
            case .received: .received
            case .closed: .ended
            }
    }
}

/// All that a family is shown: no name, no place, no school.
package struct FamilyView: Hashable, Sendable {
    package let stage: FamilyStage
    /// When somebody acts next; `nil` once the records are there, and after the end.
    package let next: CivilDate?

    package init(stage: FamilyStage, next: CivilDate?) {
        self.stage = stage
        self.next = next
    }
}

/// A slip as it is printed; the code is known here and never again.
package struct PrintedSlip: Hashable, Sendable {
    package let number: RequestNumber
    /// `BCFG-HJKM`.
    package let code: String

    package init(number: RequestNumber, code: String) {
        self.number = number
        self.code = code
    }
}
