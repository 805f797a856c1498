package import Casework
package import RecordExchange
package import Vocabulary

/// What the law of the asked school's state gives it, beside the dates that are ours.
package struct LawPanel: Hashable, Sendable {
    package let sentence: LawWord
    package let citation: String
    /// Somebody compared it with the text of the law.
    package let isVerified: Bool
    package let isOver: Bool

    package init(sentence: LawWord, citation: String, isVerified: Bool, isOver: Bool = false) {
        self.sentence = sentence
        self.citation = citation
        self.isVerified = isVerified
        self.isOver = isOver
    }

    package init(_ law: LawShown) {
        let span = LawSpan(law.due.limit)
        self.init(
            sentence: law.daysLate > 0
                ? .passed(
                    state: law.stateName,
                    span: span,
                    until: law.due.on,
                    late: .calendarDays(count: law.daysLate)
                ) : .gives(state: law.stateName, span: span, until: law.due.on),
            citation: law.due.limit.citation,
            isVerified: law.due.limit.isVerified,
            isOver: law.daysLate > 0
        )
    }
}

/// What the law gives, and how it stands today.
package enum LawWord: Hashable, Sendable, Worded {
    package static let words = "lawWord"

    case gives(state: String, span: LawSpan, until: CivilDate)
    case passed(state: String, span: LawSpan, until: CivilDate, late: LawSpan)
}

/// So many days of one kind.
package enum LawSpan: Hashable, Sendable, Worded {
    package static let words = "lawSpan"

    case schoolDays(count: Int)
    case workingDays(count: Int)
    case calendarDays(count: Int)

    package init(_ limit: StatutoryLimit) {
        self =
            switch limit.unit {
            case .schoolDay: .schoolDays(count: limit.days)
            case .workingDay: .workingDays(count: limit.days)
            case .calendarDay: .calendarDays(count: limit.days)
            }
    }
}

/// The law's date in a list.
package enum LawTag: Hashable, Sendable, Worded {
    package static let words = "lawTag"

    case until(day: CivilDate)
    case over(days: Int)

    package init(_ law: LawShown) {
        self = law.daysLate > 0 ? .over(days: law.daysLate) : .until(day: law.due.on)
    }
}

/// A limit on the page where a state's rules are entered.
package struct LimitRow: Hashable, Sendable {
    /// What a form sends to take it out.
    package let name: String
    package let span: LawSpan
    package let start: StatutoryLimit.Start
    package let scope: StatutoryLimit.Scope
    package let countsSummer: Bool
    package let citation: String
    package let isVerified: Bool

    package init(_ limit: StatutoryLimit) {
        name = limit.name
        span = LawSpan(limit)
        start = limit.start
        scope = limit.scope
        countsSummer = limit.countsSummer
        citation = limit.citation
        isVerified = limit.isVerified
    }
}

extension StatutoryLimit.Unit: Worded {
    package static let words = "limitUnit"
}

extension StatutoryLimit.Start: Worded {
    package static let words = "limitStart"
}

extension StatutoryLimit.Scope: Worded {
    package static let words = "limitScope"
}
