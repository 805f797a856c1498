import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

@Suite("Files that are read one after the other") struct RecordReadingTests {
    private static func problems(_ count: Int) -> [RecordProblem] {
        (0..<count).map { RecordProblem(.birthDate, at: "row \($0)", found: "x", allowed: .date) }
    }

    @Test(arguments: 0..<60)
    func `every problem of every file is listed or counted`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var reading = RecordReading()
        var all = 0
        var entries = 0
        for file in 0..<Int.random(in: 1...5, using: &generator) {
            var next = RecordReading(
                problems: Self.problems(Int.random(in: 0...700, using: &generator))
            )
            next.unlisted = Int.random(in: 0...9, using: &generator)
            let source = try Samples.source("School \(file)")
            next.record.entries = [RecordEntry(.identity, from: source, [.gender: .withheld])]
            all += next.problems.count + next.unlisted
            entries += 1
            reading.add(next, of: "file-\(file).csv")
            #expect(reading.problems.count + reading.unlisted == all)
            #expect(reading.problems.count <= RecordReading.mostProblems)
            #expect(reading.record.entries.count == entries)
        }
        // None is left out while there is room, and each says in which file it is.
        #expect(reading.unlisted == 0 || reading.problems.count > 0)
        for problem in reading.problems {
            #expect(problem.place.hasPrefix("file-"))
            #expect(problem.place.contains(".csv, row "))
        }
    }

    @Test func `a contradiction beyond the list is counted, and what is urgent comes first`()
        throws
    {
        let today = try #require(Samples.today)
        let source = try Samples.source("A")
        let dose = try Samples.entry(
            .immunization,
            from: source,
            [.immunizationDate: "2030-01-01"]
        )
        var reading = RecordReading(
            record: StudentRecord([dose]),
            problems: Self.problems(RecordReading.mostProblems)
        )
        reading.addContradictions(today: today)
        #expect(reading.problems.count == RecordReading.mostProblems)
        #expect(reading.unlisted == 1)
        let urgent = RecordProblem(nil, at: "identity 1", found: "", allowed: .once)
        reading.putFirst([urgent])
        #expect(reading.problems.first == urgent)
        #expect(reading.problems.count == RecordReading.mostProblems)
        #expect(reading.unlisted == 2)
    }

    @Test func `the list is full at its limit and not before`() {
        var reading = RecordReading(problems: Self.problems(RecordReading.mostProblems - 1))
        reading.add(RecordReading(problems: Self.problems(2)), of: "b.csv")
        #expect(reading.problems.count == RecordReading.mostProblems)
        #expect(reading.problems.last?.place == "b.csv, row 0")
        #expect(reading.unlisted == 1)
        reading.add(RecordReading(problems: Self.problems(1)), of: "c.csv")
        #expect(reading.unlisted == 2)
    }

    @Test func `a problem quotes no more than a line, and nothing that a screen would obey`() {
        let long = String(repeating: "ñ", count: 5_000)
        let problem = RecordProblem(
            .firstName,
            at: long,
            found: "a\u{1B}[2J\n" + long,
            allowed: .once
        )
        .inside(long)
        #expect(problem.place.utf8.count < 400)
        #expect(problem.found.utf8.count < 400)
        for scalar in (problem.place + problem.found).unicodeScalars {
            #expect(scalar.properties.generalCategory != .control)
        }
        #expect(problem.element == .firstName)
        #expect(problem.allowed == .once)
    }
}
