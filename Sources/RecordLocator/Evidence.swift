/// What two identities have in common and where they conflict, in levels.
///
/// The level numbers are the columns of the table of weights; a new level goes last.
struct Evidence: Hashable, Sendable {
    /// In the order of the table of weights.
    enum Aspect: Int, CaseIterable, Sendable {
        case birthDay, given, middle, surnames, kin, parents, parentSurnames, number, gender
        case generation, place, household, witnesses

        var levels: Int {
            switch self {
            case .birthDay: BirthDay.Relation.allCases.count
            case .given: Given.allCases.count
            case .middle: Middle.allCases.count
            case .surnames: Surnames.allCases.count
            case .kin: Kin.allCases.count
            case .parents: Parents.allCases.count
            case .parentSurnames: ParentSurnames.allCases.count
            case .number: Number.allCases.count
            case .gender: Same.allCases.count
            case .generation: Generation.allCases.count
            case .place: Place.allCases.count
            case .household: Household.allCases.count
            case .witnesses: Self.mostWitnesses
            }
        }

        /// Rows of a person, written differently; more count as this many.
        static let mostWitnesses = 4
    }

    /// The first given name of each.
    enum Given: UInt8, CaseIterable, Sendable {
        case missing, same, similar, nickname
        /// One's first given name is another of the other's.
        case amongOthers
        case initial
        /// Given name and surname stand in each other's place.
        case exchanged
        /// Three letters alike at the beginning: no match, but less of a conflict.
        case sameBeginning
        case conflict
        /// One's first given name begins as an initial among the other's does.
        case amongInitials
        /// One's given name is a surname of the other's, but not the other way round.
        case halfExchanged
        /// One stands within the other, or a third of the letters differ: less of a conflict.
        case resembling

        /// The first given names are settled: they are one name, or may be.
        var isSettled: Bool {
            self != .conflict && self != .sameBeginning && self != .resembling
        }
    }

    /// Given names besides the one that `Given` is about.
    enum Middle: UInt8, CaseIterable, Sendable {
        case missing, same, initial, conflict, initialConflict
        /// One side has none.
        case oneSided
    }

    enum Surnames: UInt8, CaseIterable, Sendable {
        case missing, same, exchanged, similar
        /// One surname; the other is missing on one side.
        case one, oneSimilar
        /// Both have just one.
        case single, singleSimilar
        /// One; the other of each differs.
        case oneConflict
        /// One; the other of one side is a parent's surname.
        case oneAndKin
        /// None, but one is a parent's surname.
        case kinOnly
        case conflict
        /// Two, and further ones that differ.
        case twoConflict
    }

    /// Whether a surname that the other lacks is one of the other's parents'.
    enum Kin: UInt8, CaseIterable, Sendable {
        case unknown, confirmed, unconfirmed
    }

    /// The parents' given names.
    enum Parents: UInt8, CaseIterable, Sendable {
        case missing, one, both, oneConflict, conflict, bothConflict
    }

    enum ParentSurnames: UInt8, CaseIterable, Sendable {
        case missing, same, one, conflict
    }

    /// The numbers their states gave them.
    enum Number: UInt8, CaseIterable, Sendable {
        case missing, same, slip, otherInState, other
    }

    enum Same: UInt8, CaseIterable, Sendable {
        case missing, same, conflict
    }

    enum Generation: UInt8, CaseIterable, Sendable {
        case missing, same, conflict
        /// One has none: left out, or another person's.
        case oneSided
    }

    enum Place: UInt8, CaseIterable, Sendable {
        case missing, sameCity, sameState, sameCountry, otherCity, otherState, otherCountry
    }

    /// What brothers and sisters share where the given name is another's, or is in doubt: together
    /// and not two by two it tells a twin from a child who goes by another name.
    enum Household: UInt8, CaseIterable, Sendable {
        /// No other child: the given name agrees, or the state vouches.
        case notInQuestion
        case sameDayParentsAndSurnames, sameDayAndParents, sameDayAndSurnames, sameDay
        case family, neither
    }

    private(set) var levels = SIMD16<UInt8>(repeating: 0)
    /// The natural logarithm of how many others in an index of one row would agree as much.
    var rarity: Float = 0

    subscript(_ aspect: Aspect) -> UInt8 {
        get { levels[aspect.rawValue] }
        set { levels[aspect.rawValue] = newValue }
    }

    /// Judges what other levels say together, and how many rows say it.
    mutating func conclude(witnesses: Int = 1) {
        let household = household
        self[.household] = household.rawValue
        // Where the name agrees, a person on file more often is no other person for it.
        self[.witnesses] =
            household == .notInQuestion
            ? 0 : UInt8(min(max(witnesses, 1), Aspect.mostWitnesses) - 1)
    }

    private var household: Household {
        switch given {
        case .conflict, .sameBeginning, .resembling, .amongInitials, .halfExchanged: break
        default: return .notInQuestion
        }
        guard number != .same else { return .notInQuestion }
        let isParents = [.one, .both].contains(parents)
        let isSurnames = [.same, .exchanged, .similar].contains(surnames)
        guard [.same, .exchanged].contains(birthDay) else {
            return isParents || isSurnames ? .family : .neither
        }
        if isParents { return isSurnames ? .sameDayParentsAndSurnames : .sameDayAndParents }
        return isSurnames ? .sameDayAndSurnames : .sameDay
    }

    var birthDay: BirthDay.Relation {
        BirthDay.Relation(rawValue: self[.birthDay]) ?? .missing
    }
    var given: Given { Given(rawValue: self[.given]) ?? .missing }
    var middle: Middle { Middle(rawValue: self[.middle]) ?? .missing }
    var surnames: Surnames { Surnames(rawValue: self[.surnames]) ?? .missing }
    var kin: Kin { Kin(rawValue: self[.kin]) ?? .unknown }
    var parents: Parents { Parents(rawValue: self[.parents]) ?? .missing }
    var number: Number { Number(rawValue: self[.number]) ?? .missing }
    var gender: Same { Same(rawValue: self[.gender]) ?? .missing }
}
