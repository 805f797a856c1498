package import Casework
import RecordExchange
import RecordLocator
import Vocabulary

extension Person {
    /// Whose number is made of `number`.
    package static func sample(_ number: Int, numbered bits: UInt64? = nil) -> Self {
        Self(
            id: .numbered(number),
            number: StudentRecordNumber(bits: bits ?? UInt64(number)),
            mintedAt: .noon("2026-05-01", plusSeconds: Int64(number))
        )
    }
}

extension NearMatch {
    /// Of the people 1 and 2.
    package static func sample(_ number: Int) -> Self {
        Self(
            id: .numbered(number),
            .numbered(2),
            .numbered(1),
            reasons: [.sameBirthDate],
            foundAt: .noon("2026-05-02", plusSeconds: Int64(number))
        )
    }
}

extension PersonProposal {
    /// To merge the people 1 and 2.
    package static func sample(_ number: Int) -> Self {
        Self(
            id: .numbered(number),
            change: .merge(from: .numbered(2), into: .numbered(1)),
            people: [.numbered(1), .numbered(2)],
            note: "",
            proposedBy: .numbered(9),
            proposedAt: .noon("2026-05-03", plusSeconds: Int64(number))
        )
    }
}

extension PersonDoubt {
    /// About the person of the same number: the entries 1 and 2 were not born on one day.
    package static func sample(_ number: Int) -> Self {
        Self(
            id: .numbered(number),
            person: .numbered(number),
            conflicts: [EntryConflict(.numbered(2), .numbered(1), reasons: [.birthDateDiffers])],
            foundAt: .noon("2026-05-02", plusSeconds: Int64(number))
        )
    }
}
