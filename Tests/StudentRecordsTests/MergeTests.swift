import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

@Suite("Records of several schools, merged") struct MergeTests {
    @Test func `two schools that disagree stand side by side, the newest first`() throws {
        let old = try Samples.source("Weslaco East HS", "2025-05-29")
        let new = try Samples.source("Yakima Valley HS", "2026-05-29")
        let merged = try MergedRecord([
            StudentRecord([
                Samples.entry(.identity, from: old, [.firstName: "Maria", .gender: "1"])
            ]),
            StudentRecord([
                Samples.entry(.identity, from: new, [.firstName: "María", .gender: "1"])
            ]),
        ])
        let identity = try #require(merged.first(.identity))
        #expect(
            identity.answers(.firstName).map(\.answer) == [
                .value(.text("María")), .value(.text("Maria")),
            ]
        )
        #expect(identity.answers(.gender).first?.sources == [new, old])
        #expect(identity.disputed == [.firstName])
        #expect(merged.sources == [new, old])
    }

    @Test func `the same course from two schools is one course, two rows of one school stay two`()
        throws
    {
        let first = try Samples.source("A")
        let second = try Samples.source("B", "2026-06-01")
        let row = try Samples.course("Algebra I", from: first, credits: "1")
        let again = try Samples.course("ALGEBRA  I", from: second, credits: "1")
        let merged = MergedRecord([StudentRecord([row, row]), StudentRecord([again])])
        let courses = merged.entries(of: .course)
        #expect(courses.count == 2)
        #expect(courses.map(\.sources.count).sorted() == [1, 2])
    }

    @Test func `unknown, none on file and withheld are three things`() throws {
        let source = try Samples.source("A")
        var entry = RecordEntry(.identity, from: source)
        entry.answers[.gender] = .withheld
        entry.answers[.generation] = .noneOnFile
        let identity = try #require(MergedRecord([StudentRecord([entry])]).first(.identity))
        #expect(identity.answers(.gender).map(\.answer) == [.withheld])
        #expect(identity.answers(.generation).map(\.answer) == [.noneOnFile])
        #expect(identity.answers(.middleName).isEmpty)
    }

    @Test(arguments: 0..<60)
    func `the order of the records does not matter and nothing that was said is lost`(
        seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        let records = try (0..<Int.random(in: 1...4, using: &generator)).map { _ in
            try Self.record(&generator)
        }
        let merged = MergedRecord(records)
        #expect(MergedRecord(records.shuffled(using: &generator)) == merged)
        #expect(MergedRecord(records + records) == merged)
        for entry in records.flatMap(\.entries) {
            for (element, answer) in entry.answers {
                #expect(
                    merged.entries(of: entry.group).contains { one in
                        one.answers(element).contains {
                            $0.answer == answer && $0.sources.contains(entry.source)
                        }
                    }
                )
            }
        }
        for one in merged.entries {
            let dates = one.entries.map(\.source.date)
            #expect(dates == dates.sorted(by: >))
        }
    }

    private static func record(_ generator: inout SeededGenerator) throws -> StudentRecord {
        let source = try Samples.source(
            ["A", "B", "C"].randomElement(using: &generator) ?? "A",
            ["2025-05-29", "2026-01-15", "2026-05-29"].randomElement(using: &generator) ?? ""
        )
        return StudentRecord(
            try (0..<Int.random(in: 0...8, using: &generator)).map { _ in
                switch Int.random(in: 0..<3, using: &generator) {
                case 0:
                    try Samples.entry(
                        .identity,
                        from: source,
                        [.firstName: Bool.random(using: &generator) ? "Ana" : "Anna"]
                    )
                case 1:
                    try Samples.entry(
                        .immunization,
                        from: source,
                        standard: Bool.random(using: &generator) ? "03" : "21",
                        [.immunizationDate: "2011-04-0\(Int.random(in: 1...3, using: &generator))"]
                    )
                default:
                    try Samples.course(
                        "Course \(Int.random(in: 0..<3, using: &generator))",
                        from: source,
                        credits: Bool.random(using: &generator) ? "0.5" : "1"
                    )
                }
            }
        )
    }
}
