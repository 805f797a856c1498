import RecordExchange
import ReferenceData
import Testing
import Vocabulary

@Suite("Zone clock") struct ZoneClockTests {
    private func clock() throws -> ZoneClock {
        try ZoneClock(states: Loaded.directory.get().states)
    }

    @Test(arguments: [
        ("TX", "2026-07-02", 8, 0, 1_782_997_200, "CDT"),
        ("TX", "2026-01-15", 8, 0, 1_768_485_600, "CST"),
        ("WA", "2026-07-02", 8, 0, 1_783_004_400, "PDT"),
        ("AZ", "2026-07-02", 8, 0, 1_783_004_400, "MST"),
        ("FL", "2026-03-08", 1, 59, 1_772_953_140, "EST"),
        ("PR", "2026-12-31", 23, 59, 1_798_775_940, "AST"),
        ("GU", "2026-01-01", 0, 30, 1_767_191_400, "ChST"),
    ])
    func `a wall clock's time is one instant and back`(
        code: String,
        day: String,
        hour: Int,
        minute: Int,
        seconds: Int64,
        zone: String
    ) throws {
        let clock = try clock()
        let state = try #require(StateCode(code))
        let date = try #require(CivilDate(iso8601: day))
        let instant = clock.instant(on: date, hour: hour, minute: minute, in: state)
        #expect(instant.millisecondsSince1970 == seconds * 1_000)
        let local = clock.localTime(at: instant, in: state)
        #expect(local == LocalTime(date: date, hour: hour, minute: minute, zone: zone))
        #expect(clock.date(at: instant, in: state) == date)
    }

    @Test func `the hour that summer time leaves out is moved on`() throws {
        let clock = try clock()
        let texas = try #require(StateCode("TX"))
        let day = try #require(CivilDate(iso8601: "2026-03-08"))
        let instant = clock.instant(on: day, hour: 2, minute: 30, in: texas)
        let local = clock.localTime(at: instant, in: texas)
        #expect(local == LocalTime(date: day, hour: 3, minute: 30, zone: "CDT"))
    }

    @Test func `the hour that comes twice is the earlier one`() throws {
        let clock = try clock()
        let texas = try #require(StateCode("TX"))
        let day = try #require(CivilDate(iso8601: "2026-11-01"))
        let instant = clock.instant(on: day, hour: 1, minute: 30, in: texas)
        #expect(clock.localTime(at: instant, in: texas).zone == "CDT")
        let later = instant.advanced(bySeconds: 3_600)
        let local = clock.localTime(at: later, in: texas)
        #expect(local == LocalTime(date: day, hour: 1, minute: 30, zone: "CST"))
    }

    @Test func `every day of two years begins and ends in every state`() throws {
        let clock = try clock()
        let first = try #require(CivilDate(iso8601: "2025-12-30"))
        for state in StateCode.all {
            for offset in stride(from: 0, to: 730, by: 1) {
                let day = first.advanced(by: offset)
                let noon = clock.instant(on: day, hour: 12, in: state)
                #expect(clock.date(at: noon, in: state) == day)
            }
        }
    }

    @Test func `midnights are 23 to 25 hours apart`() throws {
        let clock = try clock()
        let state = try #require(StateCode("CA"))
        let first = try #require(CivilDate(iso8601: "2026-01-01"))
        var lengths: Set<Int64> = []
        for offset in 0..<365 {
            let start = clock.instant(on: first.advanced(by: offset), in: state)
            let end = clock.instant(on: first.advanced(by: offset + 1), in: state)
            lengths.insert(start.seconds(to: end) / 3_600)
        }
        #expect(lengths == [23, 24, 25])
    }

    @Test func `instants before 1970 have their day too`() throws {
        let clock = try clock()
        let state = try #require(StateCode("NY"))
        let instant = Instant(millisecondsSince1970: -1)
        let local = clock.localTime(at: instant, in: state)
        #expect(local.date.description == "1969-12-31")
        #expect(local.hour == 18)
        #expect(local.minute == 59)
    }

    @Test func `a zone this machine does not know is named`() throws {
        let texas = try #require(StateCode("TX"))
        let entry = StateEntry(code: texas, name: "Texas", timeZone: "America/Nowhere")
        let problem = #expect(throws: ZoneClock.UnknownZone.self) {
            try ZoneClock(states: [entry])
        }
        #expect(problem?.state == texas)
        #expect(problem?.zone == "America/Nowhere")
        #expect(problem?.description.contains("tzdata") == true)
    }
}
