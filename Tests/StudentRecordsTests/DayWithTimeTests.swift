import StudentRecords
import Testing
import Vocabulary

/// Systems write a time behind the day; what is no time is not passed over.
@Suite("A day with a time") struct DayWithTimeTests {
    private static func read(_ text: String) -> CivilDate? {
        guard case .date(let day) = try? ElementValue.read(text, for: .birthDate) else {
            return nil
        }
        return day
    }

    @Test(arguments: [
        "T00:00:00", "T23:59:59Z", "T00:00:00.000", "T12:00", "T00:00:00-06:00", "T07:30:00+00:00",
    ])
    func `a time changes nothing of the day`(time: String) {
        #expect(Self.read("2010-03-27" + time) == CivilDate(year: 2010, month: 3, day: 27))
    }

    @Test(arguments: ["T", "Tomorrow", "Tbd", "T?", "T00:00 or the day before", "T<b>", "TT"])
    func `anything else behind it makes the whole unreadable`(rest: String) {
        #expect(Self.read("2010-03-27" + rest) == nil)
    }

    @Test(arguments: ["2010-02-30T00:00:00", "2010-13-01T00:00:00", "10-03-27T00:00:00"])
    func `a day that is on no calendar is not saved by its time`(text: String) {
        #expect(Self.read(text) == nil)
    }
}
