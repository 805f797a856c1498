import RecordExchange
import SeededNumbers
import Testing
import Vocabulary

@Suite("Time that the state gives a holder") struct ExtensionTests {
    private static let open = SchoolCalendar(recesses: [])

    private func clock(until given: String) throws -> InquiryClock {
        var clock = Fixture.clock(askedOn: try day("2026-05-18"))
        clock.take(.askRecordsOffice, on: clock.askedOn, calendar: Self.open)
        clock.extend(until: try day(given))
        return clock
    }

    @Test func `the ladder waits for the day and looks again on the next working day`() throws {
        let clock = try clock(until: "2026-05-29")
        let due = Ladder.next(clock, calendar: Self.open, policy: .standard)
        #expect(due?.step == .extensionDue)
        // A Friday is still good; the Monday after it is not.
        #expect(due?.on == (try day("2026-06-01")))
    }

    @Test func `another day takes the place of the one given, also an earlier one`() throws {
        var clock = try clock(until: "2026-05-29")
        clock.extend(until: try day("2026-05-21"))
        #expect(clock.waitsUntil == (try day("2026-05-21")))
    }

    @Test func `when it passed the rungs begin again, and nobody is asked twice`() throws {
        var clock = try clock(until: "2026-05-29")
        clock.take(.extensionDue, on: try day("2026-06-01"), calendar: Self.open)
        #expect(clock.extendedUntil == nil && clock.promisedFor == nil)
        #expect(clock.columnSince == (try day("2026-06-01")))
        #expect(clock.done == [.askRecordsOffice] && clock.level == .onTime)
    }

    @Test func `of a promise and a day that was given the later one counts`() throws {
        var clock = Fixture.clock(askedOn: try day("2026-05-18"))
        clock.promise(try day("2026-05-22"))
        clock.extend(until: try day("2026-05-27"))
        #expect(clock.waitsUntil == (try day("2026-05-27")))
        #expect(Ladder.next(clock, calendar: Self.open, policy: .standard)?.step == .extensionDue)
        // The same promise, said again by looking at the page, takes nothing away.
        clock.promise(try day("2026-05-22"))
        #expect(clock.extendedUntil == (try day("2026-05-27")))
    }

    @Test func `a new promise of the holder stands in its place`() throws {
        var clock = try clock(until: "2026-06-03")
        clock.promise(try day("2026-05-27"))
        #expect(clock.extendedUntil == nil)
        #expect(try clock.waitsUntil == day("2026-05-27"))
    }

    @Test func `a question and its answer take no time back`() throws {
        var clock = try clock(until: "2026-06-03")
        clock.pause()
        clock.restart(on: try day("2026-05-26"), calendar: Self.open)
        #expect(clock.waitsUntil == (try day("2026-06-03")))
        clock.restart(on: try day("2026-06-03"), calendar: Self.open)
        #expect(clock.waitsUntil == nil)
        clock.extend(until: try day("2026-06-05"))
        clock.stop()
        #expect(clock.waitsUntil == nil)
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `it moves neither the cap nor the law's date`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let start = WorkingDays.first(onOrAfter: Fixture.anyDay(&generator))
        var clock = InquiryClock(askedOn: start, calendar: Self.open)
        clock.take(.askRecordsOffice, on: start, calendar: Self.open)
        let given = start.advanced(by: Int.random(in: 1...15, using: &generator))
        let lawful = start.advanced(
            by: Int.random(in: 1...start.days(to: given), using: &generator)
        )
        clock.extend(until: given)
        let outlook = Ladder.outlook(
            clock,
            calendar: Self.open,
            policy: .standard,
            lawful: lawful
        )
        let cap = outlook.first { $0.step == .cap }
        #expect(cap?.on == start.advanced(by: Ladder.Policy.standard.capAfter))
        let state = outlook.first { $0.step == .tellState }
        #expect(state?.on == max(start, WorkingDays.last(onOrBefore: lawful)))
    }
}
