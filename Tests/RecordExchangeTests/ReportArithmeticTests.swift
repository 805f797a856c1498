import RecordExchange
import SeededNumbers
import Testing
import Vocabulary

@Suite("Percentiles count what never came") struct PercentileTests {
    @Test(
        arguments: [
            ([], 0, Wait.notReached, Wait.notReached),
            ([], 3, .notReached, .notReached),
            ([60], 1, .minutes(60), .minutes(60)),
            ([60], 2, .minutes(60), .notReached),
            ([60], 3, .notReached, .notReached),
            ([30, 10, 20], 3, .minutes(20), .minutes(30)),
            ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 10, .minutes(5), .minutes(9)),
            ([1, 2, 3, 4, 5, 6, 7, 8, 9], 10, .minutes(5), .minutes(9)),
            ([1, 2, 3, 4, 5, 6, 7, 8], 10, .minutes(5), .notReached),
        ] as [([Int], Int, Wait, Wait)]
    )
    func `the rank is over all that was asked`(
        arrived: [Int],
        of count: Int,
        median: Wait,
        ninetieth: Wait
    ) {
        let figures = Percentiles(arrived: arrived, of: count)
        #expect(figures.median == median)
        #expect(figures.ninetieth == ninetieth)
        #expect(figures.arrived == arrived.count)
        #expect(figures.count == count)
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `it is the smallest wait within which that share of all had come`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let arrived = (0..<Int(random.next() % 40)).map { _ in Int(random.next() % 50) }
        let count = arrived.count + Int(random.next() % 30)
        let figures = Percentiles(arrived: arrived, of: count)
        for (percent, found) in [(50, figures.median), (90, figures.ninetieth)] {
            func share(_ minutes: Int) -> Int { arrived.count { $0 <= minutes } * 100 }
            switch found {
            case .minutes(let minutes):
                #expect(share(minutes) >= percent * count)
                #expect(share(minutes - 1) < percent * count)
            case .notReached:
                #expect(count == 0 || arrived.count * 100 < percent * count)
            }
        }
        // One more that never comes never makes a percentile smaller.
        let more = Percentiles(arrived: arrived, of: count + 1)
        #expect(more.median >= figures.median || count == 0)
        #expect(more.ninetieth >= figures.ninetieth || count == 0)
    }

    @Test(arguments: [
        (0, "0"), (1, "0.1"), (144, "0.1"), (145, "0.2"), (1_440, "1"), (1_441, "1.1"),
        (6_480, "4.5"), (14_400, "10"),
    ])
    func `days are rounded up to a tenth`(minutes: Int, days: String) {
        #expect(Wait.minutes(minutes).days == days)
    }

    @Test func `what has not come has no days, and is the longest`() {
        #expect(Wait.notReached.days == nil)
        #expect(Wait.minutes(.max) < .notReached)
        #expect(!(Wait.notReached < .notReached))
    }

    @Test func `a wait is in started minutes and never negative`() {
        let start = Instant(millisecondsSince1970: 1_000_000)
        #expect(Wait(from: start, to: start) == .minutes(0))
        #expect(Wait(from: start, to: start.advanced(bySeconds: 1)) == .minutes(1))
        #expect(Wait(from: start, to: start.advanced(bySeconds: 60)) == .minutes(1))
        #expect(Wait(from: start, to: start.advanced(bySeconds: 61)) == .minutes(2))
        #expect(Wait(from: start, to: start.advanced(bySeconds: -61)) == .minutes(0))
    }
}

@Suite("The share answered in time") struct ShareWithinTests {
    private static func waits(_ days: [Int?]) -> [ShareWithin.Waited] {
        days.enumerated().map { number, days in
            ShareWithin.Waited(
                student: Int64(number),
                wait: days.map { .minutes($0 * 1_440) } ?? .notReached
            )
        }
    }

    @Test func `each step counts what came within its days, of all`() {
        let days = Array(repeating: 1, count: 10) + Array(repeating: 5, count: 10)
        let shown = ShareWithin.shown(
            Self.waits(days.map(Optional.some) + Array(repeating: nil, count: 5))
        )
        #expect(
            shown.map(\.days) == [1, 2, 4, 7, 10, 20, 30, nil]
        )
        #expect(shown.map(\.count) == [10, 10, 10, 20, 20, 20, 20, 20])
        #expect(shown.map(\.percent) == [40, 40, 40, 80, 80, 80, 80, 80])
    }

    @Test func `a step that tells a few students apart is left out`() {
        let days = [1, 1] + Array(repeating: 3, count: 5) + Array(repeating: 9, count: 6)
        let shown = ShareWithin.shown(Self.waits(days.map(Optional.some)))
        #expect(shown.map(\.days) == [4, 7, 10, 20, 30, nil])
        #expect(shown.map(\.count) == [7, 7, 13, 13, 13, 13])
    }

    @Test func `all but a few is not shown either`() {
        let days = Array(repeating: 1, count: 20) + Array(repeating: 25, count: 3)
        let shown = ShareWithin.shown(Self.waits(days.map(Optional.some)))
        #expect(shown.allSatisfy { $0.count == 23 })
        #expect(shown.map(\.days) == [30, nil])
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `no two shown steps, and no step and all, differ by a few students`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let waits = (0..<Int(random.next() % 60)).map { _ in
            ShareWithin.Waited(
                student: Int64(random.next() % 30),
                wait: random.next() % 4 == 0
                    ? .notReached : .minutes(Int(random.next() % (40 * 1_440)))
            )
        }
        let shown = ShareWithin.shown(waits)
        guard Set(waits.map(\.student)).count >= Suppression.fewest else {
            // Then "all" is not shown either, and no step may be.
            #expect(shown.isEmpty || waits.isEmpty)
            return
        }
        func students(_ days: Int?) -> Set<Int> {
            Set(
                waits.indices.filter {
                    waits[$0].wait <= .minutes(days.map { $0 * 1_440 } ?? .max)
                }
            )
        }
        var steps: [Set<Int>] = [[]]
        for share in shown {
            steps.append(students(share.days))
            #expect(share.count == steps.last?.count)
        }
        steps.append(Set(waits.indices))
        for (low, one) in steps.enumerated() {
            for other in steps[low...] {
                let between = Set(other.subtracting(one).map { waits[$0].student })
                #expect(between.isEmpty || between.count >= Suppression.fewest)
            }
        }
    }
}

@Suite("The months of a report") struct ReportPeriodTests {
    private func day(_ text: String) throws -> CivilDate {
        try #require(CivilDate(iso8601: text))
    }

    @Test func `a school year runs from July to June`() throws {
        let autumn = ReportPeriod(schoolYearOf: try day("2026-11-22"))
        #expect(autumn.firstDay == (try day("2026-07-01")))
        #expect(autumn.lastDay == (try day("2027-06-30")))
        #expect(autumn.schoolYear == 2027)
        #expect(ReportPeriod(schoolYearOf: try day("2027-06-30")) == autumn)
        #expect(ReportPeriod(schoolYearOf: try day("2027-07-01")) != autumn)
    }

    @Test func `two months in either order are the same months`() throws {
        let march = try #require(ReportPeriod.Month("2028-03"))
        let february = try #require(ReportPeriod.Month("2028-02"))
        #expect(ReportPeriod(march, february) == ReportPeriod(february, march))
        #expect(ReportPeriod(february, february).lastDay == (try day("2028-02-29")))
        #expect(ReportPeriod(march, february).schoolYear == nil)
    }

    @Test(
        arguments: [
            "", "2026", "2026-13", "2026-00", "2026-1", "26-01", "2026-01-01", "2026/01",
            // The month after it has no year of four digits: it ended the program.
            "9999-12", "2201-01", "1899-12",
        ]
    )
    func `what is no month is not read as one`(text: String) {
        #expect(ReportPeriod.Month(text) == nil)
    }

    @Test func `a month is read as it was written, and counted`() {
        for number in 2024 * 12..<2029 * 12 {
            let month = ReportPeriod.Month(number: number)
            #expect(month.number == number)
            #expect(ReportPeriod.Month(month.description) == month)
            #expect(ReportPeriod.Month(of: month.firstDay) == month)
        }
    }
}
