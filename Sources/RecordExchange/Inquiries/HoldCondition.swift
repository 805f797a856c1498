package import Vocabulary

/// What a holder waits for before it can send, in the words of PESC's hold types.
package struct HoldCondition: Hashable, Sendable, Codable {
    /// PESC's hold names, and three of the plan's own: the last ones but `other`.
    package enum Code: String, Sendable, CaseIterable, Codable {
        /// No hold at all: PESC's word for "send at once".
        case now
        case afterGradesPosted
        case afterGradesChanged
        case afterSpecifiedTerm
        case afterSpecifiedDate
        case afterDegreeAwarded
        case afterCorrespondenceCourseCompleted
        /// Somebody must go and look in a paper archive.
        case offlineRecordSearch
        case feesOutstanding
        /// The one person who can do it is away.
        case staffReturn
        case other

        /// The names that a holder can give as a reason to wait.
        package static let choices = allCases.filter { $0 != .now }
    }

    package let code: Code
    /// The day on which it should be fulfilled; without one, the holder is asked again after a
    /// while.
    package let until: CivilDate?

    /// `nil` where it is no condition: `now`, and a date without the date.
    package init?(_ code: Code, until: CivilDate? = nil) {
        if code == .now || code == .afterSpecifiedDate && until == nil { return nil }
        self.code = code
        self.until = until
    }

    /// The day after which the holder is asked again.
    ///
    /// A condition without a date is looked at again after `reviewAfter` working days: nothing
    /// waits for a day nobody named.
    package func due(from today: CivilDate, reviewAfter: Int) -> CivilDate {
        until ?? WorkingDays.day(reviewAfter, after: today)
    }
}
