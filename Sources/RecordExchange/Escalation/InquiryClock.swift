package import Vocabulary

/// How far an inquiry has climbed the ladder: everything `Ladder.next` needs, and nothing it
/// could read from a wall clock.
package struct InquiryClock: Hashable, Sendable, Codable {
    /// The day the holder was first asked, in the holder's zone.
    ///
    /// The hard cap counts from here.
    package let askedOn: CivilDate
    package private(set) var column: Ladder.Column
    /// The day from which this column's rungs are counted.
    package private(set) var columnSince: CivilDate
    package private(set) var done: [Ladder.Step]
    package private(set) var level: ClockLevel
    /// While the holder has promised a day, only the promise and the cap can come due.
    package private(set) var promisedFor: CivilDate?
    /// No longer running: answered, refused or withdrawn.
    package private(set) var isStopped: Bool

    package init(askedOn day: CivilDate, calendar: SchoolCalendar) {
        askedOn = day
        column = Ladder.column(on: day, calendar: calendar)
        columnSince = day
        done = []
        level = .onTime
        isStopped = false
    }

    /// Records that a rung was climbed on `day`.
    package mutating func take(
        _ step: Ladder.Step,
        on day: CivilDate,
        calendar: SchoolCalendar
    ) {
        switch step {
        case .changeColumn:
            column = Ladder.column(on: day, calendar: calendar)
            columnSince = day
            // The other column starts from its first rung, with the school's own fair time; the
            // level stays, so that an owner is never lost.
            done = done.filter { $0 == .cap }
        case .promiseDue:
            promisedFor = nil
            column = Ladder.column(on: day, calendar: calendar)
            columnSince = day
            done = done.filter { $0 == .cap || $0 == .askRecordsOffice }
        default:
            if !done.contains(step) { done.append(step) }
        }
        level = max(level, Self.level(of: step))
    }

    /// The holder promised `day`; the ladder waits for it.
    package mutating func promise(_ day: CivilDate) {
        promisedFor = day
        isStopped = false
    }

    /// Starts again from `day`, as after a question was answered or a record was not accepted.
    package mutating func restart(on day: CivilDate, calendar: SchoolCalendar) {
        promisedFor = nil
        isStopped = false
        column = Ladder.column(on: day, calendar: calendar)
        columnSince = day
        done = [column == .inSession ? .askRecordsOffice : .askSummerContacts]
    }

    package mutating func stop() {
        isStopped = true
        promisedFor = nil
    }

    private static func level(of step: Ladder.Step) -> ClockLevel {
        switch step {
        case .askRecordsOffice, .askSummerContacts, .changeColumn, .promiseDue: .onTime
        case .askBackup, .remind: .reminded
        case .tellDistrict: .district
        case .tellState, .remindState: .state
        case .cap: .capped
        }
    }
}
