package import RecordExchange
package import StudentRecords

/// What a state says of records: its phase, and which copies its schools accept.
///
/// Posts to `/states/{code}/rule`.
package struct StateRulePage: Page {
    package static let template = "state-rule"

    package let code: String
    package let stateName: String
    package let phases: [Choice<PhaseWord>]
    package let electronic: [Choice<RecordUse>]
    package let handCarried: [Choice<RecordUse>]
    package let isVerified: Bool
    /// What stands there now is the demonstration's.
    package let isMadeUp: Bool
    /// What its law gives its schools, as far as somebody entered it; kept by
    /// `/states/{code}/limits`.
    package let limits: [LimitRow]
    package let units: [Choice<StatutoryLimit.Unit>]
    package let starts: [Choice<StatutoryLimit.Start>]
    package let scopes: [Choice<StatutoryLimit.Scope>]
    package let isSummerChosen: Bool
    package let form: Form

    package init(
        code: String,
        stateName: String,
        phases: [Choice<PhaseWord>],
        electronic: [Choice<RecordUse>],
        handCarried: [Choice<RecordUse>],
        isVerified: Bool = false,
        isMadeUp: Bool = false,
        limits: [LimitRow] = [],
        units: [Choice<StatutoryLimit.Unit>] = [],
        starts: [Choice<StatutoryLimit.Start>] = [],
        scopes: [Choice<StatutoryLimit.Scope>] = [],
        isSummerChosen: Bool = false,
        form: Form = .empty
    ) {
        self.code = code
        self.stateName = stateName
        self.phases = phases
        self.electronic = electronic
        self.handCarried = handCarried
        self.isVerified = isVerified
        self.isMadeUp = isMadeUp
        self.limits = limits
        self.units = units
        self.starts = starts
        self.scopes = scopes
        self.isSummerChosen = isSummerChosen
        self.form = form
    }
}

/// The report's three phases, in words.
package enum PhaseWord: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "dataPhase"

    case first, second, third

    package init(_ phase: DataPhase) {
        self =
            switch phase {
            case .first: .first
            case .second: .second
            case .third: .third
            }
    }

    package var phase: DataPhase {
        switch self {
        case .first: .first
        case .second: .second
        case .third: .third
        }
    }
}
