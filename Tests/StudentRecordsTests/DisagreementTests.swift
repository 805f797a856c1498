import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

@Suite("What schools tell differently") struct DisagreementTests {
    private static func groups(
        _ doses: [(String, String)]
    ) throws -> [ImmunizationTally.Group] {
        let entries = try doses.map { school, day in
            try Samples.entry(
                .immunization,
                from: Samples.source(school),
                [.immunizationType: "MMR", .immunizationDate: day]
            )
        }
        return ImmunizationTally(MergedRecord([StudentRecord(entries)]), codes: .none).groups
    }

    private static func disputed(_ doses: [(String, String)]) throws -> [String] {
        try groups(doses).flatMap(\.disputed).compactMap { $0.day?.description }.sorted()
    }

    @Test func `doses of two schools a day apart may be one, and both stay`() throws {
        let doses = [("East", "2011-01-05"), ("West", "2011-01-06"), ("East", "2014-08-01")]
        #expect(try Self.disputed(doses) == ["2011-01-05", "2011-01-06"])
        #expect(try Self.groups(doses).map(\.doses.count) == [3])
    }

    @Test(arguments: [("2011-02-01", true), ("2011-02-02", false)])
    func `four weeks apart they are two`(day: String, isDisputed: Bool) throws {
        let found = try Self.disputed([("East", "2011-01-05"), ("West", day)])
        #expect(found.isEmpty != isDisputed)
    }

    @Test func `a school that tells of both doses says that they are two`() throws {
        #expect(try Self.disputed([("East", "2011-01-05"), ("East", "2011-01-20")]).isEmpty)
        let told = [("East", "2011-01-05"), ("East", "2011-01-20"), ("West", "2011-01-20")]
        #expect(try Self.disputed(told).isEmpty)
    }

    @Test(arguments: 0..<60)
    func `what is disputed does not hang on the order, and nobody disputes alone`(
        seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        let doses = (0..<Int.random(in: 0...8, using: &generator)).map { _ in
            (
                "School \(Int.random(in: 0...2, using: &generator))",
                "2011-0\(Int.random(in: 1...4, using: &generator))-1"
                    + "\(Int.random(in: 0...9, using: &generator))"
            )
        }
        let found = try Self.disputed(doses)
        let shuffled = try Self.disputed(doses.shuffled(using: &generator))
        #expect(found == shuffled)
        #expect(found.count != 1)
        if Set(doses.map(\.0)).count < 2 { #expect(found.isEmpty) }
    }

    private static let place = SchoolPlace(name: "Davis HS")

    private static func stay(
        _ school: String,
        _ first: String,
        _ last: String?
    ) throws -> RecordEntry {
        var values: [Element: String] = [.enrollmentDate: first]
        values[.withdrawalDate] = last
        var entry = try Samples.entry(.enrollment, from: Samples.source(school), values)
        entry.place = place
        return entry
    }

    @Test(
        arguments: [
            ("2024-08-15", "2024-12-20", 2), ("2024-12-20", nil, 2), ("2024-12-21", nil, 0),
        ] as [(String, String?, Int)]
    )
    func `overlapping stays at one school that two schools tell of may be one`(
        first: String,
        last: String?,
        count: Int
    ) throws {
        func disputed(_ other: String) throws -> Int {
            try MergedRecord([
                StudentRecord([
                    Self.stay("Davis HS", "2024-08-14", "2024-12-20"),
                    Self.stay(other, first, last),
                ])
            ]).disputedStays.count
        }
        #expect(try disputed("Weslaco East HS") == count)
        #expect(try disputed("Davis HS") == 0)
    }

    @Test func `credits that may be counted twice are told from those that are not`() throws {
        func undisputed(_ courses: [(String, String, String)]) throws -> [String] {
            let entries = try courses.map { title, school, credits in
                var entry = try Samples.course(
                    title,
                    from: Samples.source(school),
                    credits: credits
                )
                entry.place = SchoolPlace(name: school)
                return entry
            }
            let credits = CreditAccrual(MergedRecord([StudentRecord(entries)]), plan: nil)
            return [credits.granted.description, credits.undisputed.description]
        }
        let (east, west) = (("Art", "East", "1"), ("art", "West", ".5"))
        #expect(try undisputed([east, ("Band", "West", ".5")]) == ["1.50", "1.50"])
        #expect(try undisputed([east, west]) == ["1.50", "0.50"])
        #expect(try undisputed([west, west]) == ["1.00", "1.00"])
        #expect(try undisputed([]) == ["0.00", "0.00"])
    }
}
