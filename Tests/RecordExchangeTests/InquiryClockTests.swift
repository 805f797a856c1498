import RecordExchange
import Testing
import Vocabulary

@Suite("Clock of an inquiry") struct InquiryClockTests {
    private static let open = SchoolCalendar(recesses: [])

    private static func calendar(closed first: String, _ last: String) throws -> SchoolCalendar {
        SchoolCalendar(recesses: [
            SchoolCalendar.Recess(
                kind: .longBreak,
                name: "Break",
                first: try day(first),
                last: try day(last)
            )
        ])
    }

    @Test func `starts in the calendar's column, on time and with nothing done`() throws {
        let calendar = try Self.calendar(closed: "2026-12-21", "2027-01-01")
        let closed = InquiryClock(askedOn: try day("2026-12-22"), calendar: calendar)
        #expect(closed.column == .closed && closed.columnSince == closed.askedOn)
        let open = InquiryClock(askedOn: try day("2026-12-18"), calendar: calendar)
        #expect(open.column == .inSession)
        for clock in [closed, open] {
            #expect(clock.done.isEmpty && clock.level == .onTime && clock.promisedFor == nil)
            #expect(!clock.isPaused && !clock.isStopped)
        }
    }

    @Test func `a rung taken twice is done once`() {
        var clock = Fixture.clock()
        clock.take(.remind, on: clock.askedOn, calendar: Self.open)
        let once = clock
        clock.take(.remind, on: clock.askedOn.advanced(by: 3), calendar: Self.open)
        #expect(clock == once)
    }

    @Test func `a change of column forgets the rungs, not the cap and not the level`() throws {
        let calendar = try Self.calendar(closed: "2026-06-05", "2026-08-12")
        var clock = InquiryClock(askedOn: try day("2026-05-10"), calendar: calendar)
        for step in [Ladder.Step.askRecordsOffice, .askBackup, .remind, .tellDistrict, .cap] {
            clock.take(step, on: try day("2026-06-01"), calendar: calendar)
        }
        clock.take(.changeColumn, on: try day("2026-06-05"), calendar: calendar)
        #expect(clock.column == .closed)
        #expect(clock.columnSince == (try? day("2026-06-05")))
        #expect(clock.done == [.cap])
        #expect(clock.level == .capped)
        #expect(clock.askedOn == (try? day("2026-05-10")))
    }

    @Test func `a change that was slept through asks nobody twice`() throws {
        // Closed for three days, and the worker comes back after them.
        let calendar = try Self.calendar(closed: "2026-06-10", "2026-06-12")
        var clock = InquiryClock(askedOn: try day("2026-06-08"), calendar: calendar)
        clock.take(.askRecordsOffice, on: clock.askedOn, calendar: calendar)
        let next = Ladder.next(clock, calendar: calendar, policy: .standard)
        #expect(next?.step == .askBackup)

        clock.take(.changeColumn, on: try day("2026-06-30"), calendar: calendar)
        #expect(clock.column == .inSession)
        #expect(clock.done == [.askRecordsOffice])
    }

    @Test func `a promise that passes starts the rungs again, without asking twice`() throws {
        var clock = Fixture.clock(askedOn: try day("2026-05-18"))
        for step in [Ladder.Step.askRecordsOffice, .askBackup, .remind] {
            clock.take(step, on: clock.askedOn, calendar: Self.open)
        }
        clock.promise(try day("2026-06-01"))
        clock.take(.promiseDue, on: try day("2026-06-02"), calendar: Self.open)
        #expect(clock.promisedFor == nil)
        #expect(clock.done == [.askRecordsOffice])
        #expect(clock.columnSince == (try? day("2026-06-02")))
    }

    @Test func `a later promise replaces an earlier one`() throws {
        var clock = Fixture.clock()
        clock.promise(try day("2026-06-01"))
        clock.promise(try day("2026-05-25"))
        #expect(clock.promisedFor == (try? day("2026-05-25")))
    }

    @Test func `pausing, resuming, promising and stopping exclude one another`() throws {
        let promised = try day("2026-06-01")
        let moves: [(String, (inout InquiryClock) -> Void)] = [
            ("pause", { $0.pause() }), ("resume", { $0.resume() }), ("stop", { $0.stop() }),
            ("promise", { $0.promise(promised) }),
            ("restart", { $0.restart(on: promised, calendar: Self.open) }),
        ]
        for (first, move) in moves {
            for (second, then) in moves {
                var clock = Fixture.clock()
                move(&clock)
                then(&clock)
                #expect(clock.isPaused == (second == "pause"), "\(first), \(second)")
                #expect(clock.isStopped == (second == "stop"), "\(first), \(second)")
                let keepsPromise = second == "promise" || first == "promise" && second == "resume"
                #expect((clock.promisedFor != nil) == keepsPromise, "\(first), \(second)")
            }
        }
    }

    @Test(arguments: [
        (ClockLevel.onTime, 0), (.reminded, 1), (.district, 2), (.state, 3), (.capped, 4),
    ])
    func `levels are numbered as the plan numbers them`(level: ClockLevel, number: Int) {
        #expect(level.rawValue == number)
        #expect(ClockLevel.allCases.filter { $0 < level }.count == number)
    }
}
