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
    /// While the holder has promised a day, only the promise, the statutory limit and the cap can
    /// come due.
    package private(set) var promisedFor: CivilDate?
    /// The state contact gave the holder until this day; absent where nobody did.
    ///
    /// The ladder waits for it as for a promise.
    package private(set) var extendedUntil: CivilDate?
    /// The holder asked and waits for the requester: only the statutory limit and the cap can
    /// come due.
    package private(set) var isPaused: Bool
    /// The requester wants it stopped: on this day it is, unless the holder sent or objected.
    package private(set) var cancelOn: CivilDate?
    /// No longer running: answered, refused or withdrawn.
    package private(set) var isStopped: Bool
    /// The column it began in; absent in clocks from before this was kept.
    private var firstColumn: Ladder.Column?

    package init(askedOn day: CivilDate, calendar: SchoolCalendar) {
        askedOn = day
        column = Ladder.column(on: day, calendar: calendar)
        firstColumn = column
        columnSince = day
        done = []
        level = .onTime
        isPaused = false
        isStopped = false
    }

    /// The holder was closed by its calendar on the day it was first asked.
    package var beganClosed: Bool { (firstColumn ?? column) == .closed }

    /// Records that a rung was climbed on `day`.
    package mutating func take(
        _ step: Ladder.Step,
        on day: CivilDate,
        calendar: SchoolCalendar
    ) {
        switch step {
        case .changeColumn:
            // The other column starts from its first rung, with the school's own fair time; the
            // level stays, so that an owner is never lost.
            begin(on: day, calendar: calendar)
        // Whichever is due is the later one: the other has passed as well.
        case .promiseDue, .extensionDue:
            promisedFor = nil
            extendedUntil = nil
            begin(on: day, calendar: calendar)
        default:
            if !done.contains(step) { done.append(step) }
        }
        level = max(level, Self.level(of: step))
    }

    /// The holder promised `day`; the ladder waits for it, the law and the cap do not.
    package mutating func promise(_ day: CivilDate) {
        // A new word of the holder takes the place of what it was given; the same one, said
        // again, does not.
        if promisedFor != day { extendedUntil = nil }
        promisedFor = day
        isPaused = false
        isStopped = false
    }

    /// The state contact gives the holder until `day`, in place of any day it was given before;
    /// the ladder waits for it, the law and the cap do not.
    package mutating func extend(until day: CivilDate) {
        extendedUntil = day
    }

    /// The day that the ladder waits for: what was promised or given, whichever is later.
    package var waitsUntil: CivilDate? {
        [promisedFor, extendedUntil].compactMap { $0 }.max()
    }

    /// Starts again from `day`, as after a question was answered or a record was not accepted.
    package mutating func restart(on day: CivilDate, calendar: SchoolCalendar) {
        promisedFor = nil
        // Time that was given is not taken back by what the holder or the requester says.
        if let given = extendedUntil, given <= day { extendedUntil = nil }
        isPaused = false
        isStopped = false
        begin(on: day, calendar: calendar)
    }

    /// The holder asked a question: its rungs wait, the statutory limit and the cap do not.
    package mutating func pause() {
        promisedFor = nil
        isPaused = true
        isStopped = false
    }

    /// The requester wants it stopped; the holder has until `day` to say otherwise.
    package mutating func awaitCancel(on day: CivilDate) {
        cancelOn = day
    }

    /// The holder sent after all, so there is nothing left to cancel.
    package mutating func forgetCancel() {
        cancelOn = nil
    }

    /// Runs on from where it stood.
    package mutating func resume() {
        isPaused = false
        isStopped = false
    }

    package mutating func stop() {
        isPaused = false
        isStopped = true
        promisedFor = nil
        extendedUntil = nil
        cancelOn = nil
    }

    /// Counts the rungs from `day`.
    ///
    /// Who was asked in this column is not asked a second time, and neither the cap nor the law's
    /// reminders are repeated;
    /// whoever stands at the other column's first rung is asked.
    private mutating func begin(on day: CivilDate, calendar: SchoolCalendar) {
        let before = column
        column = Ladder.column(on: day, calendar: calendar)
        columnSince = day
        let opening: Ladder.Step = column == .inSession ? .askRecordsOffice : .askSummerContacts
        done = done.filter { step in
            [.cap, .remindLaw, .remindLawHalfway].contains(step)
                || step == opening && column == before
        }
    }

    private static func level(of step: Ladder.Step) -> ClockLevel {
        switch step {
        case .askRecordsOffice, .askSummerContacts, .changeColumn, .promiseDue, .extensionDue,
            .confirmCancel:
            .onTime
        case .askBackup, .remind, .remindLaw, .remindLawHalfway: .reminded
        case .tellDistrict: .district
        case .tellState, .remindState: .state
        case .cap: .capped
        }
    }
}
