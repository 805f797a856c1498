/// When evidence is strong enough to say it.
///
/// Naming the wrong child discloses that child; asking a person to choose costs a minute. So
/// certainty needs every part to agree, and nobody else near.
enum MatchPolicy {
    /// Below this a match is not shown at all.
    static let shown = 0.2
    static let probable = 0.8
    static let certain = 0.99
    static let certainOfPart = 0.999_5
    /// Another person this likely makes everybody uncertain.
    static let rival = 0.05

    /// The probability that two identities among `entries` are one person's.
    static func likelihood(of comparison: IdentityComparison, among entries: Int) -> Double {
        let odds = comparison.bits - Double(max(64, entries)).logarithmToBaseTwo
        return 1 / (1 + (-odds).powerOfTwo)
    }

    /// The grade of one match by itself; `nil` where it must not be shown.
    static func grade(of comparison: IdentityComparison, likelihood: Double) -> MatchGrade? {
        // A sibling or twin, unless the state says it is the same student.
        if comparison.given == .differ, !comparison.idIsSame { return nil }
        guard likelihood >= shown else { return nil }
        guard likelihood >= probable, !comparison.secondGivenNameDiffers else { return .possible }
        guard isComplete(comparison) else { return .probable }
        // One surname on one side leaves room for a namesake, unless the name is a rare one.
        let needed = comparison.idIsSame || comparison.surnamesAreSame ? certain : certainOfPart
        return likelihood >= needed ? .certain : .probable
    }

    /// Every part agrees: birth date, given name and surnames, or the state's number vouches.
    private static func isComplete(_ comparison: IdentityComparison) -> Bool {
        guard comparison.isFreeOfConflict, comparison.surnamesShared > 0 else { return false }
        if comparison.idIsSame {
            return comparison.birthDateIsSame || comparison.birthDateIsExchanged
        }
        guard comparison.birthDateIsSame else { return false }
        switch comparison.given {
        case .same: return true
        case .nickname: return comparison.surnamesShared > 1
        case .similar, .initial, .middleNameUsed, .exchanged, .differ: return false
        }
    }
}
