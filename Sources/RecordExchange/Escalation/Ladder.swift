package import Vocabulary

/// Who must act next on an unanswered inquiry.
///
/// A level with an owner, never a state, so that it cannot hide the true status.
package enum ClockLevel: Int, Sendable, CaseIterable, Codable, Comparable {
    case onTime = 0
    case reminded = 1
    case district = 2
    case state = 3
    case capped = 4

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// The ladder: what happens, and to whom it goes, when an inquiry is not answered.
///
/// A pure function of the inquiry's clock, the school's calendar and the policy; it never reads a
/// clock and never acts.
package enum Ladder {
    /// The two columns: a school that is closed by its calendar takes the summer path.
    package enum Column: String, Sendable, CaseIterable, Codable {
        case inSession, closed
    }

    /// One rung.
    package enum Step: String, Sendable, CaseIterable, Codable {
        /// Mail the answer link to the records office.
        case askRecordsOffice
        case askBackup
        case remind
        /// Remind whoever was asked of the law's date, when half of its time is over.
        case remindLawHalfway
        /// Remind whoever was asked that the law's date is near.
        case remindLaw
        case tellDistrict
        /// The state contact takes over: at the statutory limit, or one working day into a closure.
        case tellState
        /// At once to the summer contact, the migrant education project and the district.
        case askSummerContacts
        /// Remind the state contact; the requester's state contact is copied.
        case remindState
        /// The hard cap: the state contact must act or close with a reason.
        case cap
        /// The school closed or opened while the request waited.
        case changeColumn
        /// The promised day passed.
        case promiseDue
        /// The day until which the state contact gave the holder time passed.
        case extensionDue
        /// Nobody at the holder objected to the cancellation.
        case confirmCancel
    }

    /// A step and the day it is due, in the holder's zone.
    package struct Due: Hashable, Sendable {
        package let step: Step
        package let on: CivilDate
    }

    /// The column a calendar puts a day in.
    package static func column(on day: CivilDate, calendar: SchoolCalendar) -> Column {
        calendar.closure(on: day) == nil ? .inSession : .closed
    }

    /// The next thing that will happen by itself, never earlier than the clock has run.
    ///
    /// `lawful`: the last day that the law gives the holder, where one is known.
    ///
    /// - Returns: `nil` only when the clock was stopped, or when every rung that is not paused has
    ///   been climbed; then the inquiry has an owner, the state contact, at level 4.
    package static func next(
        _ clock: InquiryClock,
        calendar: SchoolCalendar,
        policy: Policy,
        lawful: CivilDate? = nil
    ) -> Due? {
        guard !clock.isStopped else { return nil }
        if let day = clock.cancelOn {
            return Due(step: .confirmCancel, on: WorkingDays.first(onOrAfter: day))
        }
        var candidates: [Due] = []
        if !clock.isPaused, let awaited = clock.waitsUntil {
            // The day after, since the named day itself is still good.
            let day = WorkingDays.first(onOrAfter: awaited.advanced(by: 1))
            let isPromise = clock.promisedFor == awaited
            candidates.append(Due(step: isPromise ? .promiseDue : .extensionDue, on: day))
            // No promise, no condition and no time that was given moves the law's own date.
            if !clock.done.contains(.tellState),
                let limit = lawfulDay(of: .tellState, clock, lawful: lawful), limit < day
            {
                candidates.append(Due(step: .tellState, on: limit))
            }
        } else {
            candidates += rungs(of: clock, policy: policy)
                .filter { !clock.done.contains($0.step) }
                .map { rung in
                    let day = WorkingDays.day(rung.after, after: clock.columnSince)
                    let drawn = lawfulDay(of: rung.step, clock, lawful: lawful)
                    return Due(step: rung.step, on: drawn.map { min($0, day) } ?? day)
                }
            candidates += lawReminders(clock, policy: policy, lawful: lawful)
            if !clock.isPaused, let change = nextChange(clock, calendar: calendar) {
                candidates.append(Due(step: .changeColumn, on: change))
            }
        }
        if !clock.done.contains(.cap) {
            candidates.append(Due(step: .cap, on: clock.askedOn.advanced(by: policy.capAfter)))
        }
        return candidates.min { ($0.on, order($0.step)) < ($1.on, order($1.step)) }
    }

    /// What is still to come by itself if nobody acts, in order; for "what happens next".
    package static func outlook(
        _ clock: InquiryClock,
        calendar: SchoolCalendar,
        policy: Policy,
        lawful: CivilDate? = nil
    ) -> [Due] {
        var clock = clock
        var steps: [Due] = []
        // Twelve rungs at most, twice as many with a change of column in between.
        while steps.count < 24,
            let due = next(clock, calendar: calendar, policy: policy, lawful: lawful)
        {
            steps.append(due)
            if due.step == .confirmCancel { break }
            clock.take(due.step, on: due.on, calendar: calendar)
        }
        return steps
    }

    /// The day to which the law draws a rung forward; it puts none off.
    ///
    /// The state has it on the law's own day, the district on the working day before. A clock that
    /// began again after the law's date is pressed by the policy alone.
    private static func lawfulDay(
        of step: Step,
        _ clock: InquiryClock,
        lawful: CivilDate?
    ) -> CivilDate? {
        guard let lawful, lawful > clock.columnSince else { return nil }
        let day =
            switch step {
            case .tellState: WorkingDays.last(onOrBefore: lawful)
            case .tellDistrict:
                WorkingDays.last(
                    onOrBefore: WorkingDays.last(onOrBefore: lawful).advanced(by: -1)
                )
            default: CivilDate?.none
            }
        return day.map { max($0, clock.columnSince) }
    }

    /// When half of the law's time is over, and so many working days before its date, each once.
    ///
    /// Not where the law gives less time than that, nor while the holder waits for the requester.
    private static func lawReminders(
        _ clock: InquiryClock,
        policy: Policy,
        lawful: CivilDate?
    ) -> [Due] {
        guard let lawful, !clock.isPaused else { return [] }
        var reminders: [Due] = []
        if policy.lawReminderBefore > 0 {
            // The latest working day with so many after it, up to the law's own.
            var day = lawful
            while day > clock.askedOn,
                !WorkingDays.isWorkingDay(day)
                    || WorkingDays.count(after: day, through: lawful) < policy.lawReminderBefore
            {
                day = day.advanced(by: -1)
            }
            reminders.append(Due(step: .remindLaw, on: day))
        }
        if policy.lawReminderAtPercent > 0 {
            let days = clock.askedOn.days(to: lawful) * policy.lawReminderAtPercent / 100
            let day = WorkingDays.last(onOrBefore: clock.askedOn.advanced(by: days))
            // The ladder's own reminder of that day, or the later one, says the same.
            let remind = WorkingDays.day(policy.remindAfter, after: clock.columnSince)
            if day != remind, reminders.allSatisfy({ day < $0.on }) {
                reminders.append(Due(step: .remindLawHalfway, on: day))
            }
        }
        return reminders.filter { $0.on > clock.askedOn && !clock.done.contains($0.step) }
    }

    private static func rungs(
        of clock: InquiryClock,
        policy: Policy
    ) -> [(step: Step, after: Int)] {
        switch clock.column {
        // The service clock pauses, the statutory one runs on.
        case .inSession where clock.isPaused: [(.tellState, policy.stateAfter)]
        case .closed where clock.isPaused: []
        case .inSession:
            [
                (.askRecordsOffice, 0), (.askBackup, policy.backupAfter),
                (.remind, policy.remindAfter), (.tellDistrict, policy.districtAfter),
                (.tellState, policy.stateAfter),
            ]
        case .closed:
            [
                (.askSummerContacts, 0), (.tellState, policy.stateAfterWhenClosed),
                (.remindState, policy.remindStateAfterWhenClosed),
            ]
        }
    }

    /// The first working day since the column began on which the calendar says the other column.
    ///
    /// That day itself only where the calendar was changed since.
    private static func nextChange(_ clock: InquiryClock, calendar: SchoolCalendar) -> CivilDate? {
        // Between the edges of recesses nothing changes, so only the edges are looked at.
        (calendar.edges.filter { $0 > clock.columnSince } + [clock.columnSince])
            .map(WorkingDays.first(onOrAfter:))
            .filter { column(on: $0, calendar: calendar) != clock.column }
            .min()
    }

    // On one day: first who is to be asked changes, then the rungs from the lowest.
    private static func order(_ step: Step) -> Int {
        switch step {
        case .promiseDue, .extensionDue, .confirmCancel: 0
        case .changeColumn: 1
        case .askRecordsOffice, .askSummerContacts: 2
        case .askBackup: 3
        case .remind: 4
        case .remindLawHalfway: 5
        case .remindLaw: 6
        case .tellDistrict: 7
        case .tellState: 8
        case .remindState: 9
        case .cap: 10
        }
    }
}
