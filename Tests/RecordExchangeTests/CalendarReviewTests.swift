import RecordExchange
import SeededNumbers
import Testing
import Vocabulary

@Suite("Looking at a calendar before it replaces another") struct CalendarReviewTests {
    private func stretch(
        _ first: String,
        _ last: String,
        _ kind: SchoolCalendar.Recess.Kind = .longBreak
    ) throws -> SchoolCalendar.Recess {
        .init(kind: kind, name: "\(first)", first: try day(first), last: try day(last))
    }

    private func review(
        _ recesses: [SchoolCalendar.Recess],
        staffed: [SchoolCalendar.StaffDays] = [],
        replacing before: [SchoolCalendar.Recess] = []
    ) -> CalendarReview {
        CalendarReview(
            of: SchoolCalendar(recesses: recesses, staffDays: staffed),
            replacing: SchoolCalendar(recesses: before)
        )
    }

    @Test func `what comes and what goes is told, and what stays is not`() throws {
        let winter = try stretch("2025-12-22", "2026-01-02")
        let spring = try stretch("2026-03-16", "2026-03-20")
        let summer = try stretch("2026-06-08", "2026-08-14", .summer)
        let found = review([summer, winter], replacing: [winter, spring])
        #expect(found.added == [summer] && found.removed == [spring])
        #expect(found.troubles.isEmpty && !found.changesNothing)
        #expect(review([winter], replacing: [winter]).changesNothing)
    }

    @Test func `two breaks with days in common are refused, a holiday inside a break is not`()
        throws
    {
        let winter = try stretch("2025-12-22", "2026-01-02")
        let again = try stretch("2026-01-02", "2026-01-09")
        let holiday = try stretch("2025-12-25", "2025-12-25", .holiday)
        #expect(review([again, holiday, winter]).troubles == [.overlap(winter, again)])
        #expect(review([holiday, winter]).troubles.isEmpty)
        #expect(review([winter, winter]).troubles == [.overlap(winter, winter)])
    }

    @Test func `one that lies in another hides none that overlaps later`() throws {
        let summer = try stretch("2026-06-08", "2026-08-14", .summer)
        let inside = try stretch("2026-06-15", "2026-06-19")
        let late = try stretch("2026-08-10", "2026-08-21")
        #expect(
            review([summer, inside, late]).troubles
                == [.overlap(summer, inside), .overlap(summer, late)]
        )
    }

    @Test(arguments: [
        // Over a weekend nothing opens; a holiday is no opening either.
        ("2026-01-12", 0), ("2026-01-13", 1), ("2026-01-14", 2), ("2026-01-15", 3),
    ])
    func `an opening of one or two working days is a gap`(second: String, days: Int) throws {
        let first = try stretch("2026-01-05", "2026-01-09")
        let next = try stretch(second, "2026-01-30")
        let expected: [CalendarReview.Trouble] =
            (1...2).contains(days) ? [.gap(first, next, workingDays: days)] : []
        #expect(review([first, next]).troubles == expected)
    }

    @Test func `days on which staff works are meant`() throws {
        let first = try stretch("2026-01-05", "2026-01-09")
        let next = try stretch("2026-01-14", "2026-01-30")
        let staff = SchoolCalendar.StaffDays(
            name: "Planning",
            first: try day("2026-01-12"),
            last: try day("2026-01-13")
        )
        #expect(review([first, next], staffed: [staff]).troubles.isEmpty)
    }

    @Test(arguments: [1, 2, 3])
    func `a calendar has an overlap exactly where two breaks share a day`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let calendar = Fixture.anyCalendar(around: try day("2026-02-26"), &random)
            let found = CalendarReview(of: calendar, replacing: SchoolCalendar(recesses: []))
            let breaks = calendar.recesses.filter { $0.kind != .holiday }
            let isShared = breaks.indices.contains { one in
                breaks.indices.contains { other in
                    one < other && breaks[one].first <= breaks[other].last
                        && breaks[other].first <= breaks[one].last
                }
            }
            let isTold = found.troubles.contains { trouble in
                if case .overlap = trouble { true } else { false }
            }
            #expect(isTold == isShared, "\(calendar)")
        }
    }
}
