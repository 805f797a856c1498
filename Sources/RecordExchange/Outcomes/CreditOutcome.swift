package import StudentRecords
package import Vocabulary

/// What became of one answer at the school that received it: which credits count there, and when
/// the student was enrolled and placed.
///
/// A statement that is never changed: what is decided later is another one, and the latest counts.
package struct CreditOutcome: Hashable, Sendable, Codable {
    package typealias ID = Identifier<CreditOutcome>

    package let id: ID
    package let request: RecordRequest.ID
    package let bundle: RecordBundle.ID
    /// Who sent the record, and so may read this.
    package let holder: OrganizationID
    /// Counts the statements about a bundle from 1.
    package let number: Int
    package let at: Instant
    package let person: String
    package let enrolledOn: CivilDate?
    package let placedOn: CivilDate?
    package let lines: [CreditLine]

    package init(
        id: ID,
        request: RecordRequest.ID,
        bundle: RecordBundle.ID,
        holder: OrganizationID,
        number: Int,
        at: Instant,
        person: String,
        enrolledOn: CivilDate?,
        placedOn: CivilDate?,
        lines: [CreditLine]
    ) {
        self.id = id
        self.request = request
        self.bundle = bundle
        self.holder = holder
        self.number = number
        self.at = at
        self.person = person
        self.enrolledOn = enrolledOn
        self.placedOn = placedOn
        self.lines = lines
    }

    /// What was decided of all of it; `nil` while something is undecided.
    package var verdict: CreditLine.Verdict? {
        let verdicts = lines.map(\.verdict)
        guard !verdicts.isEmpty, !verdicts.contains(nil) else { return nil }
        let decided = Set(verdicts.compactMap(\.self))
        return decided.count == 1 ? decided.first : .partly
    }

    /// The sum of what was sent, where every amount is known.
    package var sent: Hundredths { lines.compactMap(\.sent).sum }
    /// The sum of what counts.
    package var accepted: Hundredths { lines.compactMap(\.accepted).sum }
    /// Whether amounts were decided that can be added up.
    package var hasAmounts: Bool { lines.contains { $0.accepted != nil } }

    /// The same words again.
    package func says(
        enrolledOn: CivilDate?,
        placedOn: CivilDate?,
        lines: [CreditLine]
    ) -> Bool {
        self.enrolledOn == enrolledOn && self.placedOn == placedOn && self.lines == lines
    }
}
