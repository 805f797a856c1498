import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

@Suite("One thing as several schools describe it") struct MergedEntryTests {
    /// The only course of records that each say one course of the same name.
    private static func course(_ rows: [RecordEntry]) throws -> MergedEntry {
        let merged = MergedRecord(rows.map { StudentRecord([$0]) })
        let courses = merged.entries(of: .course)
        #expect(courses.count == 1)
        return try #require(courses.first)
    }

    @Test func `schools that say the same are named together, the newest first`() throws {
        let rows = try [("A", "2024-05-01"), ("B", "2026-05-01"), ("C", "2025-05-01")].map {
            try Samples.course("Algebra I", from: Samples.source($0.0, $0.1), credits: "1")
        }
        let course = try Self.course(rows)
        let answers = course.answers(.creditsGranted)
        #expect(answers.count == 1)
        #expect(answers.first?.sources.map(\.name) == ["B", "C", "A"])
        #expect(course.sources.map(\.name) == ["B", "C", "A"])
        #expect(course.disputed.isEmpty)
    }

    @Test func `the newest value counts, and the older ones stand beside it`() throws {
        let rows = try [("A", "2024-05-01", "0.5"), ("B", "2026-05-01", "1")].map {
            try Samples.course("Algebra I", from: Samples.source($0.0, $0.1), credits: $0.2)
        }
        let course = try Self.course(rows)
        #expect(course.amount(.creditsGranted) == Hundredths(100))
        #expect(course.text(.creditsGranted) == "1.00")
        #expect(course.answers(.creditsGranted).map(\.sources.count) == [1, 1])
        #expect(course.disputed == [.creditsGranted])
    }

    @Test func `what the newest school cannot say, an older one can`() throws {
        var newest = try Samples.course("Algebra I", from: Samples.source("New", "2026-05-01"))
        newest.answers[.creditsGranted] = .unreadable("one")
        let older = try Samples.course(
            "Algebra I",
            from: Samples.source("Old", "2025-05-01"),
            credits: "1"
        )
        let alone = try Self.course([newest])
        #expect(alone.unreadable(.creditsGranted) == "one")
        #expect(alone.amount(.creditsGranted) == nil)
        let both = try Self.course([older, newest])
        #expect(both.unreadable(.creditsGranted) == nil)
        #expect(both.amount(.creditsGranted) == Hundredths(100))
        // Something unreadable is no other value.
        #expect(both.disputed.isEmpty)
        #expect(both.answers(.creditsGranted).map(\.answer).first == .unreadable("one"))
    }

    @Test func `a code that one school gives says the subject for all`() throws {
        let plain = try Samples.course("Algebra I", from: Samples.source("New", "2026-05-01"))
        let coded = try Samples.course(
            "Algebra I",
            from: Samples.source("Old", "2025-05-01"),
            standard: "02052"
        )
        let course = try Self.course([plain, coded])
        #expect(course.standard == "02052")
        #expect(course.subject == .mathematics)
        #expect(try Self.course([plain]).subject == nil)
    }

    @Test(arguments: 0..<60)
    func `every source of an answer gave it, and every answer has its sources`(
        seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        let rows = try (0..<Int.random(in: 1...6, using: &generator)).map { _ in
            let day = "202\(Int.random(in: 3...6, using: &generator))-05-01"
            let name = "School \(Int.random(in: 0...9, using: &generator))"
            var row = try Samples.course("Algebra I", from: Samples.source(name, day))
            let answers: [ElementAnswer] = [
                .noneOnFile, .withheld, .unreadable("?"), .value(.amount(Hundredths(50))),
                .value(.amount(Hundredths(100))),
            ]
            if let answer = answers.randomElement(using: &generator) {
                row.answers[.creditsGranted] = answer
            }
            return row
        }
        let merged = MergedRecord(rows.map { StudentRecord([$0]) })
        for course in merged.entries(of: .course) {
            let answers = course.answers(.creditsGranted)
            #expect(Set(answers.map(\.answer)).count == answers.count)
            for said in answers {
                #expect(!said.sources.isEmpty)
                #expect(Set(said.sources).count == said.sources.count)
                for source in said.sources {
                    #expect(
                        course.entries.contains {
                            $0.source == source && $0.answers[.creditsGranted] == said.answer
                        }
                    )
                }
            }
            let values = answers.compactMap(\.answer.value)
            #expect(course.value(.creditsGranted) == values.first)
            #expect(course.disputed.contains(.creditsGranted) == (values.count > 1))
            #expect(
                (course.unreadable(.creditsGranted) != nil)
                    == (values.isEmpty && answers.contains { $0.answer.isUnreadable })
            )
            let days = course.sources.map(\.date)
            #expect(days == days.sorted(by: >))
        }
    }

    @Test func `a record without a word is empty, one that looked in vain is not`() throws {
        let source = try Samples.source("A")
        #expect(StudentRecord().isEmpty)
        #expect(StudentRecord([RecordEntry(.identity, from: source)]).isEmpty)
        let looked = RecordEntry(.identity, from: source, [.generation: .noneOnFile])
        #expect(!StudentRecord([looked]).isEmpty)
        #expect(
            MergedRecord([StudentRecord([RecordEntry(.identity, from: source)])]).entries.isEmpty
        )
        #expect(MergedRecord([]).first(.identity) == nil)
    }
}
