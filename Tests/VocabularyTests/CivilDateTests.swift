import Testing
import Vocabulary

@Suite("Civil date") struct CivilDateTests {
    @Test func `every day from 1900 to 2100 survives being written and read`() throws {
        let first = try #require(CivilDate(year: 1900, month: 1, day: 1))
        let last = try #require(CivilDate(year: 2100, month: 12, day: 31))
        for number in first.dayNumber...last.dayNumber {
            let day = CivilDate(dayNumber: number)
            #expect(CivilDate(iso8601: day.description) == day)
        }
    }

    @Test(arguments: [
        ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2026-05-18", 20_591),
    ])
    func `counts days from 1970`(text: String, number: Int) {
        #expect(CivilDate(iso8601: text)?.dayNumber == number)
    }

    @Test(arguments: [
        "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "26-04-01", "2026-4-1", "",
        "2026-04-01-", "２０２６-04-01", "2026-04-0a", "+026-04-01",
    ])
    func `a day that is not on the calendar is refused`(text: String) {
        #expect(CivilDate(iso8601: text) == nil)
    }

    @Test func `knows the weekday`() {
        // 2026-05-18 is a Monday.
        #expect(CivilDate(iso8601: "2026-05-18")?.weekday == 1)
        #expect(CivilDate(iso8601: "1969-12-31")?.weekday == 3)
    }

    @Test(arguments: -400...400)
    func `seven days on is the same weekday`(number: Int) {
        let day = CivilDate(dayNumber: number)
        #expect((1...7).contains(day.weekday))
        #expect(day.advanced(by: 7).weekday == day.weekday)
    }
}
