import Operations
import Synchronization
import Testing
import Vocabulary

/// Every place keeps UTC.
let universal = PlaceTime(
    localTime: { instant, _ in
        let day = Int(instant.millisecondsSince1970 / 86_400_000)
        let minutes = Int(instant.millisecondsSince1970 / 60_000) % 1_440
        return LocalTime(
            date: CivilDate(dayNumber: day),
            hour: minutes / 60,
            minute: minutes % 60,
            zone: "UTC"
        )
    },
    instant: { day, hour, _ in
        Instant(millisecondsSince1970: Int64(day.dayNumber) * 86_400_000 + Int64(hour) * 3_600_000)
    }
)

/// A source of time that tests move.
final class HandTime: Sendable {
    private let milliseconds = Mutex<Int64>(0)

    var now: Instant { Instant(millisecondsSince1970: milliseconds.withLock { $0 }) }

    func advance(_ seconds: Int64) { milliseconds.withLock { $0 += seconds * 1_000 } }
}

@Suite("Clocks")
struct ClockTests {
    private let texas: StateCode
    private let day: CivilDate

    init() throws {
        texas = try #require(StateCode("TX"))
        day = try #require(CivilDate(iso8601: "2026-05-18"))
    }

    @Test func `the demonstration's clock starts where it is told and goes on by itself`() {
        let hand = HandTime()
        let clock = DemonstrationClock(
            on: day,
            hour: 9,
            in: texas,
            places: universal,
            source: { hand.now }
        )
        #expect(clock.today(in: texas) == day)
        #expect(clock.local(clock.now(), in: texas).hour == 9)
        hand.advance(3_600)
        #expect(clock.local(clock.now(), in: texas).hour == 10)
    }

    @Test func `it is set forward and never back`() {
        let hand = HandTime()
        let clock = DemonstrationClock(
            on: day,
            hour: 9,
            in: texas,
            places: universal,
            source: { hand.now }
        )
        let july = clock.instant(of: day.advanced(by: 50), hour: 6, in: texas)
        clock.set(to: july)
        #expect(clock.now() == july)
        clock.set(to: clock.instant(of: day, hour: 0, in: texas))
        #expect(clock.now() == july)
        hand.advance(5)
        #expect(clock.now() == july.advanced(bySeconds: 5))
    }

    @Test func `a source that goes back does not take the clock along`() {
        let hand = HandTime()
        let start = Instant(millisecondsSince1970: 1_000_000)
        let clock = DemonstrationClock(start: start, places: universal, source: { hand.now })
        hand.advance(-100)
        #expect(clock.now() == start)
    }

    @Test func `the machine's clock agrees with the calendar of the places`() {
        let clock = SystemClock(places: universal)
        let now = clock.now()
        #expect(clock.local(now, in: texas).date == clock.today(in: texas))
        // Long after this was written and before it matters no more.
        #expect(now.millisecondsSince1970 > 1_750_000_000_000)
    }
}
