/// What two identities have in common and where they conflict, in levels.
///
/// The level numbers are the columns of the table of weights; a new level goes last.
struct Evidence: Hashable, Sendable {
    /// In the order of the table of weights.
    enum Aspect: Int, CaseIterable, Sendable {
        case birthDay, given, middle, surnames, kin, parents, parentSurnames, number, gender
        case generation, place

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
            }
        }
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

        /// The first given names are settled: they are one name, or may be.
        var isSettled: Bool { self != .conflict && self != .sameBeginning }
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

    private(set) var levels = SIMD16<UInt8>(repeating: 0)
    /// The natural logarithm of how many others in an index of one row would agree as much.
    var rarity: Float = 0

    subscript(_ aspect: Aspect) -> UInt8 {
        get { levels[aspect.rawValue] }
        set { levels[aspect.rawValue] = newValue }
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
