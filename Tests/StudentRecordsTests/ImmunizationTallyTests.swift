import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

@Suite("Immunizations by vaccine group") struct ImmunizationTallyTests {
    private static let codes = StandardCodes(
        vaccines: [
            Vaccine(code: "20", name: "DTaP", groups: ["DTAP"]),
            Vaccine(code: "03", name: "MMR", groups: ["MMR"]),
            Vaccine(code: "94", name: "MMRV", groups: ["MMR", "VARICELLA"]),
            Vaccine(code: "110", name: "DTaP-Hep B-IPV", groups: ["DTAP", "HepB", "POLIO"]),
            Vaccine(code: "115", name: "Tdap", groups: ["Td", "TDAP"]),
            Vaccine(code: "99", name: "RESERVED", groups: []),
        ],
        courses: [:]
    )

    private static func dose(
        _ type: String?,
        _ day: String?,
        cvx: String? = nil,
        from school: String = "East"
    ) throws -> RecordEntry {
        var values: [Element: String] = [:]
        values[.immunizationType] = type
        values[.immunizationDate] = day
        return try Samples.entry(
            .immunization,
            from: Samples.source(school),
            standard: cvx,
            values
        )
    }

    /// `DTaP 2: 2010-06-01 2010-08-01`, one line a group.
    private static func lines(_ records: [[RecordEntry]]) -> [String] {
        ImmunizationTally(MergedRecord(records.map { StudentRecord($0) }), codes: codes).groups
            .map { group in
                let days = group.doses.map { $0.day?.description ?? $0.unreadable ?? "-" }
                return "\(group.name) \(days.count): \(days.joined(separator: " "))"
            }
    }

    @Test func `a combination is a dose of each of its groups`() throws {
        let lines = try Self.lines([
            [
                Self.dose(nil, "2010-08-01", cvx: "110"), Self.dose(nil, "2014-06-01", cvx: "94"),
                Self.dose("DTaP", "2010-06-01", cvx: "20"),
            ]
        ])
        #expect(
            lines == [
                "DTaP 2: 2010-06-01 2010-08-01", "Hepatitis B 1: 2010-08-01", "MMR 1: 2014-06-01",
                "Polio 1: 2010-08-01", "Varicella 1: 2014-06-01",
            ]
        )
    }

    @Test func `one dose is one, however many schools tell of it and by what name`() throws {
        let east = try [Self.dose("DTaP", "2010-06-01", cvx: "20"), Self.dose("MMR", "2011-06-01")]
        let west = try [
            Self.dose("dtap", "2010-06-01", from: "West"),
            Self.dose("MMR", "2011-06-01", cvx: "03", from: "West"),
        ]
        let records = [StudentRecord(east), StudentRecord(west)]
        let groups = ImmunizationTally(MergedRecord(records), codes: Self.codes).groups
        #expect(groups.map(\.name) == ["DTaP", "MMR"])
        #expect(groups.map(\.doses.count) == [1, 1])
        #expect(groups.allSatisfy { Set($0.sources.map(\.name)) == ["East", "West"] })
    }

    @Test func `a vaccine that no list knows is a group of its own under the school's word`()
        throws
    {
        let lines = try Self.lines([
            [
                Self.dose("BCG", "2010-03-28"), Self.dose("bcg", "2010-03-28", from: "West"),
                Self.dose("Polio", "2010-06-01"), Self.dose("Something", "2011-01-01", cvx: "99"),
            ]
        ])
        #expect(
            lines == ["BCG 1: 2010-03-28", "Polio 1: 2010-06-01", "Something 1: 2011-01-01"]
        )
    }

    @Test func `doses without a day, or with one that is none, are each counted and stand last`()
        throws
    {
        var unreadable = try Self.dose("MMR", nil)
        unreadable.answers[.immunizationDate] = .unreadable("2/30/2011")
        let lines = try Self.lines([
            [
                Self.dose("MMR", nil), unreadable, Self.dose("MMR", "2014-08-01"),
                Self.dose("MMR", "2011-04-02"),
            ]
        ])
        #expect(lines == ["MMR 4: 2011-04-02 2014-08-01 - 2/30/2011"])
    }

    @Test(arguments: [ElementAnswer.noneOnFile, .withheld])
    func `that none is on file, or is given out, is no dose`(answer: ElementAnswer) throws {
        let source = try Samples.source("East")
        let row = RecordEntry(.immunization, from: source, [.immunizationType: answer])
        #expect(Self.lines([[row]]).isEmpty)
    }

    @Test(arguments: 0..<80)
    func `the doses of a group are the days on which one of its vaccines was given`(
        seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        var given: [String: Set<String>] = [:]
        let names = [
            "DTAP": "DTaP", "HepB": "Hepatitis B", "POLIO": "Polio", "VARICELLA": "Varicella",
            "TDAP": "Tdap",
        ]
        let records = try (0..<3).map { school in
            try (0..<Int.random(in: 0...9, using: &generator)).map { _ in
                let vaccine = try #require(
                    Self.codes.vaccines.dropLast().randomElement(using: &generator)
                )
                let day = "201\(Int.random(in: 0...4, using: &generator))-06-01"
                for group in vaccine.groups {
                    given[names[group] ?? group, default: []].insert(day)
                }
                // By code, or by a name that the list knows.
                let isCoded = Bool.random(using: &generator)
                return try Self.dose(
                    isCoded ? nil : vaccine.name,
                    day,
                    cvx: isCoded ? vaccine.code : nil,
                    from: "School \(school)"
                )
            }
        }
        let lines = Self.lines(records.shuffled(using: &generator))
        let expected = given.sorted { $0.key < $1.key }.map { name, days in
            "\(name) \(days.count): \(days.sorted().joined(separator: " "))"
        }
        #expect(lines == expected)
    }
}
