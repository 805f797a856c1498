import RecordFormats
import SeededNumbers
import StudentRecords
import Testing

@Suite("Hostile tables") struct HostileTableTests {
    /// A reader of RFC 4180 that shares nothing with ours.
    private static func cells(_ text: String) -> [[String]] {
        var rows: [[String]] = [[]]
        var cell = String.UnicodeScalarView()
        var isQuoted = false
        var scalars = Array(text.unicodeScalars)[...]
        while let scalar = scalars.popFirst() {
            switch (isQuoted, scalar) {
            case (true, "\"") where scalars.first == "\"":
                cell.append(scalar)
                scalars.removeFirst()
            case (_, "\""): isQuoted.toggle()
            case (false, ","), (false, "\n"):
                rows[rows.count - 1].append(String(cell))
                cell.removeAll()
                if scalar == "\n" { rows.append([]) }
            case (false, "\r"): continue
            default: cell.append(scalar)
            }
        }
        return rows.filter { !$0.isEmpty }
    }

    private static let alphabet = "'\"=+-@;:,()|!%<>&\\/ aAñ李é0noneile fwithd".unicodeScalars.map {
        $0
    }

    private static func nasty(_ generator: inout SeededGenerator) -> String {
        var view = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 1...12, using: &generator) {
            view.append(alphabet.randomElement(using: &generator) ?? "=")
        }
        return String(view).trimmed
    }

    @Test func `of more entries than any student has the first are read, and it is said`() throws {
        let rows = (1...12_002).map { "Course \($0),A" }
        let text = "Course Title,Final Grade\n" + rows.joined(separator: "\n") + "\n"
        let reading = try FormatSamples.read(text)
        #expect(reading.record.entries.count == 12_000)
        #expect(reading.problems.map(\.allowed) == [.form(.fewerEntries)])
        #expect(reading.problems.map(\.place) == ["entry 12001"])
    }

    @Test(arguments: 0..<40)
    func `a spreadsheet finds no formula in what is written, and we find the text again`(
        seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        var titles = ["=1+1", "'=1+1", "@SUM(A1)", "-2", "+3", "(withheld)", "'(none on file)"]
        titles += (0..<40).map { _ in Self.nasty(&generator) }.filter { !$0.isEmpty }
        let record = StudentRecord(
            try titles.map { title in
                RecordEntry(
                    .course,
                    from: try FormatSamples.source(title),
                    place: SchoolPlace(name: title),
                    [.courseTitle: .value(try ElementValue.read(title, for: .courseTitle))]
                )
            }
        )
        let text = try #require(RecordCSV.write(record).first).text
        let rows = Self.cells(text)
        let head = try #require(rows.first)
        #expect(rows.count == titles.count + 1)
        for row in rows {
            #expect(row.count == head.count)
            for cell in row {
                let first = cell.unicodeScalars.first
                #expect(first.map { "=+-@\t\r".unicodeScalars.contains($0) } != true, "\(cell)")
            }
        }
        let back = try FormatSamples.read(text)
        #expect(back.problems.isEmpty)
        #expect(back.record.entries.map { $0.text(.courseTitle) } == titles)
        #expect(back.record.entries.map(\.source.name) == titles)
        #expect(back.record.entries.map { $0.place?.name } == titles)
    }

    @Test func `a table of one element is ours where our own columns stand beside it`() throws {
        let record = StudentRecord([
            RecordEntry(
                .stateIdentifier,
                from: try FormatSamples.source(),
                [.stateStudentIdentificationNumber: .value(.text("0042"))]
            )
        ])
        let text = try #require(RecordCSV.write(record).first).text
        #expect(try FormatSamples.read(text).record == record)
        // One known word alone is in many tables that are no record.
        let other = "State,Town\nTX,Weslaco\n"
        #expect(
            try RecordFile.read(Array(other.utf8), from: FormatSamples.source(), codes: .none)
                == nil
        )
    }

    @Test func `ten thousand courses are read, and ten thousand faults are counted`() throws {
        let good = (1...10_000).map { "Course \($0),0.01\n" }.joined()
        let all = try FormatSamples.read("Course Title,Credits Granted\n" + good)
        #expect(all.problems.isEmpty && all.unlisted == 0)
        #expect(
            all.record.entries.compactMap { $0.amount(.creditsGranted) }.sum.description
                == "100.00"
        )
        let bad = (1...10_000).map { "Course \($0),-1\n" }.joined()
        let none = try FormatSamples.read("Course Title,Credits Granted\n" + bad)
        #expect(none.record.entries.count == 10_000)
        #expect(none.record.entries.allSatisfy { $0.amount(.creditsGranted) == nil })
        #expect(none.problems.count == RecordReading.mostProblems)
        #expect(none.problems.count + none.unlisted == 10_000)
        #expect(none.problems.last?.place == "row \(RecordReading.mostProblems + 1)")
    }

    @Test func `a quotation mark that is never closed is said, and the rows before it are kept`()
        throws
    {
        let reading = try FormatSamples.read(
            "Course Title,Credits Granted\nAlgebra I,1\n\"Biology,0.5\nArt,1\n"
        )
        #expect(reading.record.entries.map { $0.text(.courseTitle) } == ["Algebra I"])
        #expect(reading.problems.map(\.place) == ["row 3"])
        let long = String(repeating: "x", count: 1 << 20)
        let row = try FormatSamples.read("Course Title,Credits Granted\nA,1\n\(long)x,1\nB,1\n")
        #expect(row.record.entries.map { $0.text(.courseTitle) } == ["A"])
        #expect(row.problems.map(\.place) == ["row 3"])
    }

    @Test func `rows that are too long, too short or about no school are read and listed`() throws {
        let reading = try FormatSamples.read(
            """
            Course Title,Credits Granted,Source School,Source NCES School Id,Source Date
            Algebra I,1,Elsewhere,12,2026-05-29,and,more
            Biology
            Art,1,Elsewhere,484496008851,29.5.2026
            """
        )
        #expect(
            reading.record.entries.map { $0.text(.courseTitle) } == ["Algebra I", "Biology", "Art"]
        )
        #expect(reading.problems.map(\.place) == ["row 2", "row 2", "row 4"])
        #expect(reading.problems.map(\.found) == ["7 cells", "12", "29.5.2026"])
    }

    @Test func `no answer of a school is lost between unknown, none on file and withheld`() throws {
        let source = try FormatSamples.source()
        let record = StudentRecord([
            RecordEntry(
                .identity,
                from: source,
                [
                    .firstName: .value(.text("(withheld)")), .middleName: .withheld,
                    .generation: .noneOnFile,
                ]
            )
        ])
        let text = try #require(RecordCSV.write(record).first).text
        #expect(try FormatSamples.read(text).record == record)
    }

    @Test(arguments: 0..<80)
    func `random bytes as a table end nothing and invent nothing`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let heads = ["Course Title", "Credits Granted", "70", "Birth Date", "Colour", "\"", ""]
        var text = "Course Title,Credits Granted"
        for _ in 0..<Int.random(in: 0...6, using: &generator) {
            text += "," + (heads.randomElement(using: &generator) ?? "")
        }
        text += "\n"
        for _ in 0..<Int.random(in: 0...400, using: &generator) {
            let pieces = [
                ",", "\n", "\r", "\"", "1", "0.5", "-", "Algebra", " ", "\t", ";", "\u{85}",
            ]
            text += pieces.randomElement(using: &generator) ?? ","
        }
        guard
            let reading = RecordFile.read(
                Array(text.utf8),
                from: try FormatSamples.source(),
                codes: FormatSamples.codes
            )
        else { return }
        for entry in reading.record.entries {
            #expect(!entry.answers.isEmpty)
            for (element, answer) in entry.answers {
                #expect(entry.group.elements.contains(element))
                if case .unreadable(let text) = answer {
                    #expect(!text.hasControl && text.utf8.count <= 243)
                    continue
                }
                let value = try #require(answer.value)
                #expect(try ElementValue.read(value.token, for: element) == value)
            }
        }
        for problem in reading.problems {
            #expect(problem.place.hasPrefix("row "))
            #expect(!problem.found.hasControl)
        }
    }
}
