package import Vocabulary

/// How long the law of a state gives its schools to send a record, as somebody of the state
/// entered it.
///
/// It draws the ladder forward, and puts nothing off: on its last day the state contact has what
/// waits, on the working day before the district (decision 36).
package struct StatutoryLimit: Hashable, Sendable, Codable {
    /// What is counted.
    package enum Unit: String, Sendable, CaseIterable, Codable {
        case schoolDay, workingDay, calendarDay
    }

    /// The day after which counting begins.
    package enum Start: String, Sendable, CaseIterable, Codable {
        /// The day the school was asked.
        case asked
        /// The student's first day at the new school; the day it was asked where that is later or
        /// nobody named the first.
        case enrolled
    }

    /// For which requests it holds.
    package enum Scope: String, Sendable, CaseIterable, Codable {
        case every, otherStates, sameState, militaryFamilies
    }

    package let days: Int
    package let unit: Unit
    package let start: Start
    package let scope: Scope
    /// Weekdays of the summer recess that are no holidays count as school days, as in California.
    package let countsSummer: Bool
    /// Where it stands, and whether somebody compared it with the text.
    package let citation: String
    package let isVerified: Bool

    package init(
        days: Int,
        unit: Unit,
        start: Start = .asked,
        scope: Scope = .every,
        countsSummer: Bool = false,
        citation: String,
        isVerified: Bool
    ) {
        self.days = days
        self.unit = unit
        self.start = start
        self.scope = scope
        self.countsSummer = countsSummer
        self.citation = citation
        self.isVerified = isVerified
    }

    /// The numbers of days that a limit can have, most limits of one state, and the longest
    /// citation in bytes.
    package static let possibleDays = 1...366
    package static let mostOfAState = 12
    package static let longestCitation = 1_000

    /// Tells the limits of one state apart: a second one of a name replaces the first.
    package var name: String {
        "\(days)-\(unit.rawValue)-\(start.rawValue)-\(scope.rawValue)\(countsSummer ? "-summer" : "")"
    }

    /// Whether it holds for a request to a school of `holderState`.
    package func covers(_ request: RecordRequest, holderState: StateCode) -> Bool {
        switch scope {
        case .every: true
        case .otherStates: request.requesterState != holderState
        case .sameState: request.requesterState == holderState
        case .militaryFamilies: request.urgentGrounds.contains(.militaryFamily)
        }
    }

    /// The day after which counting begins, for a request to a school that was asked on a day.
    package func countedFrom(_ request: RecordRequest, askedOn: CivilDate) -> CivilDate {
        switch start {
        case .asked: askedOn
        case .enrolled: max(request.startDate ?? askedOn, askedOn)
        }
    }

    /// The last day that is still in time; `nil` where the calendar has too few school days within
    /// four years to tell.
    package func lastDay(after start: CivilDate, calendar: SchoolCalendar) -> CivilDate? {
        switch unit {
        case .calendarDay: return start.advanced(by: days)
        case .workingDay: return WorkingDays.day(days, after: start)
        case .schoolDay: break
        }
        var (day, left) = (start, days)
        for _ in 0..<Self.furthest {
            day = day.advanced(by: 1)
            if counts(day, calendar) { left -= 1 }
            if left == 0 { return day }
        }
        return nil
    }

    private static let furthest = 4 * 366

    private func counts(_ day: CivilDate, _ calendar: SchoolCalendar) -> Bool {
        guard WorkingDays.isWorkingDay(day) else { return false }
        let recesses = calendar.recesses.filter { $0.contains(day) }
        return recesses.allSatisfy { countsSummer && $0.kind == .summer }
    }
}

/// One limit with its date, for one inquiry.
package struct StatutoryDue: Hashable, Sendable {
    package let limit: StatutoryLimit
    /// The state whose law it is.
    package let state: StateCode
    /// Counting began after this day.
    package let countedFrom: CivilDate
    /// The last day that is in time.
    package let on: CivilDate

    /// The first of the limits that hold for a request to run out; `nil` where none does.
    package static func first(
        of limits: [StatutoryLimit],
        for request: RecordRequest,
        askedOn: CivilDate,
        in state: StateCode,
        calendar: SchoolCalendar
    ) -> Self? {
        limits.filter { $0.covers(request, holderState: state) }
            .compactMap { limit in
                let from = limit.countedFrom(request, askedOn: askedOn)
                return limit.lastDay(after: from, calendar: calendar)
                    .map { Self(limit: limit, state: state, countedFrom: from, on: $0) }
            }
            .min { ($0.on, $0.limit.name) < ($1.on, $1.limit.name) }
    }

    /// Calendar days past the last day; zero while there is time.
    package func daysLate(on today: CivilDate) -> Int { max(0, on.days(to: today)) }
}
