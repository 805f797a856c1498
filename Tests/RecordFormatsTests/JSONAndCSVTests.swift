import HostileInput
import RecordFormats
import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

@Suite("Our JSON and CSV") struct JSONAndCSVTests {
    @Test(arguments: 0..<25)
    func `a record with hostile texts in every element comes back as it was`(
        seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        let record = try FormatSamples.hostileRecord(&generator)
        let json = try RecordJSON.write(record)
        #expect(RecordFile.format(of: json) == .json)
        let back = try #require(
            RecordFile.read(
                json,
                from: FormatSamples.source("Elsewhere"),
                codes: FormatSamples.codes
            )
        )
        #expect(back.problems.isEmpty)
        #expect(back.record == record)
        #expect(try RecordJSON.write(back.record) == json)

        var entries: [RecordEntry] = []
        for (_, text) in RecordCSV.write(record) {
            let reading = try FormatSamples.read(text)
            #expect(reading.problems.isEmpty)
            entries += reading.record.entries
        }
        #expect(entries == ElementGroup.allCases.flatMap { record.entries(of: $0) })
    }

    @Test
    func
        `a table is read with its columns in any order, in American dates, with all problems at once`()
        throws
    {
        let reading = try FormatSamples.read(
            """
            Immunization Date;Immunization Type;Colour
            4/2/2011;MMR;red
            2/30/2012;MMR;red
            4/2/12;DTaP;
            ;;
            5/3/2012;DTaP;

            """
        )
        #expect(reading.record.entries.count == 4)
        #expect(reading.record.entries.map(\.standard) == ["03", "03", "20", "20"])
        #expect(reading.record.entries.last?.text(.immunizationDate) == "2012-05-03")
        #expect(reading.problems.map(\.place) == ["row 1", "row 3", "row 4"])
        #expect(reading.problems.map(\.found) == ["Colour", "2/30/2012", "4/2/12"])
        #expect(reading.problems.last?.element == .immunizationDate)
        #expect(reading.problems.last?.allowed == .date)
    }

    @Test(
        arguments: [
            ("\u{FEFF}Course Title,Credits Granted\r\nÁlgebra I,.5\r\n", "Álgebra I"),
            ("62\t70\nAlgebra I\t0.50\n", "Algebra I"),
            ("course title,CREDITS GRANTED\n\"Algebra, \"\"honors\"\"\",1", "Algebra, \"honors\""),
        ]
    )
    func `columns are known by name or number, whatever separates them`(
        text: String,
        title: String
    ) throws {
        let reading = try FormatSamples.read(text)
        #expect(reading.problems.isEmpty)
        #expect(reading.record.entries.first?.text(.courseTitle) == title)
        #expect(reading.record.entries.first?.amount(.creditsGranted) != nil)
    }

    @Test func `a table in a spreadsheet's own encodings keeps its accents`() throws {
        let text = "First Name,Last Name1\nJosé,Muñoz\n"
        let western = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        let wide: [UInt8] =
            [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] as [UInt8] }
        for bytes in [western, wide] {
            let reading = try #require(
                RecordFile.read(bytes, from: FormatSamples.source(), codes: .none)
            )
            #expect(reading.record.entries.first?.text(.firstName) == "José")
            #expect(reading.record.entries.first?.text(.paternalSurname) == "Muñoz")
        }
    }

    @Test func `what is wrong in JSON is listed with its entry, and the rest is read`() throws {
        let reading = try FormatSamples.read(
            """
            {"mochilaRecord": 1, "entries": [
              {"group": "course", "sced": "2", "values": {"62": "Algebra I", "70": -0.5, "68": 61.25, "9": "x"}},
              {"group": "nonsense"},
              {"group": "immunization", "cvx": "9999", "values": {"29": ["2011"]}, "withheld": [30]},
              {"group": "identity", "values": {"8": "7"}, "noneOnFile": [7, 999],
               "source": {"name": "Elsewhere", "school": "12", "date": "yesterday"}}
            ]}
            """
        )
        #expect(reading.record.entries.map(\.group) == [.course, .immunization, .identity])
        #expect(reading.record.entries.first?.amount(.clockHours)?.description == "61.25")
        #expect(
            reading.record.entries.last?.answers == [
                .generation: .noneOnFile, .gender: .unreadable("7"),
            ]
        )
        #expect(reading.problems.count == 10)
        #expect(Set(reading.problems.map(\.place)).count >= 4)
        #expect(reading.problems.contains { $0.element == .creditsGranted && $0.found == "-0.5" })
    }

    @Test(arguments: 0..<25)
    func `what could not be read and why travels in the record's own file`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var reading = RecordReading(record: try FormatSamples.hostileRecord(&generator))
        let allowed: [Allowed] = [
            .date, .month, .year, .flag, .stateCode, .zip, .phone, .amount, .percentage,
            .shortText, .schoolNumber, .once, .element, .oneOf(["01 Female", "02 Male"]),
            .between(CivilDate(dayNumber: 9_000), nil), .between(nil, CivilDate(dayNumber: 9_000)),
            .between(CivilDate(dayNumber: 1), CivilDate(dayNumber: 9)), .form(.oneStudent),
            .structure(.cells(4)), .structure(.wellFormed(line: 9)), .structure(.words("a list")),
        ]
        for index in reading.record.entries.indices {
            let elements = reading.record.entries[index].group.elements
            guard let element = elements.randomElement(using: &generator),
                (try? ElementValue.read("\u{202E}?", for: element)) == nil
            else { continue }
            reading.record.entries[index].answers[element] = .unreadable(
                "no, \"it\" is not \(seed)"
            )
            reading.problems.append(
                RecordProblem(
                    element,
                    at: "row \(index)",
                    found: "=\(index)",
                    allowed: allowed.randomElement(using: &generator) ?? .date
                )
            )
        }
        reading.unlisted = Int.random(in: 0...3, using: &generator)

        let json = try RecordJSON.write(reading)
        let back = try #require(
            RecordFile.read(
                json,
                from: try FormatSamples.source("Elsewhere"),
                codes: FormatSamples.codes
            )
        )

        #expect(back.problems == reading.problems)
        #expect(back.unlisted == reading.unlisted)
        #expect(back.record == reading.record)
        #expect(try RecordJSON.write(back) == json)
    }

    @Test func `credits written as a word come back from every format as the word`() throws {
        let reading = try FormatSamples.read("Course Title,Credits Granted\nArt,one\n")
        #expect(reading.record.entries.first?.answers[.creditsGranted] == .unreadable("one"))
        let table = try #require(RecordCSV.write(reading.record).first)
        let again = try FormatSamples.read(table.text)
        #expect(again.record == reading.record)
        #expect(again.problems.map(\.found) == ["one"])
    }

    @Test func `a list of problems that makes no sense is left out, and the record is read`() throws
    {
        let reading = try FormatSamples.read(
            """
            {"mochilaRecord": 1, "moreProblems": -7, "problems": [7, {"place": "row 1"},
              {"place": "row 2", "found": "x", "allowed": "nonsense"},
              {"place": "row 3", "found": "x", "allowed": "between", "among": ["soon"]},
              {"place": "row 4", "element": 999, "found": "x", "allowed": "date"}],
             "entries": [{"group": "course", "values": {"62": "Art"},
              "unreadable": {"70": "one", "62": "two", "9": "x", "64": []}}]}
            """
        )
        #expect(reading.record.entries.first?.answers.count == 2)
        #expect(reading.record.entries.first?.answers[.creditsGranted] == .unreadable("one"))
        #expect(reading.problems.map(\.place) == ["entry 1 (course)", "row 4"])
        #expect(reading.problems.last?.element == nil)
        #expect(reading.unlisted == 0)
    }

    @Test func `problems of several files name their file, and the longest list has an end`() {
        let many = (0..<RecordReading.mostProblems).map {
            RecordProblem(nil, at: "row \($0)", found: "x", allowed: .date)
        }
        var whole = RecordReading()
        whole.add(RecordReading(problems: [many[0]]), of: "a.csv")
        whole.add(RecordReading(problems: many), of: "b\n.csv")
        #expect(whole.problems.count == RecordReading.mostProblems)
        #expect(whole.problems.first?.place == "a.csv, row 0")
        #expect(whole.problems.last?.place.hasPrefix("b\u{FFFD}.csv, row") == true)
        #expect(whole.unlisted == 1)
    }

    @Test(
        arguments: [
            "", "{", "[]", "{}", "{\"a\":1}", "name,town\nA,B\n", "<html></html>", "%PDF-1.7",
            "hello", String(repeating: "[", count: 100_000), "{\"mochilaRecord\":",
        ]
    )
    func `what is no record is not taken for one`(text: String) throws {
        #expect(
            try RecordFile.read(Array(text.utf8), from: FormatSamples.source(), codes: .none) == nil
        )
    }

    @Test func `no mutation of a file ends the program or yields a value outside its list`() throws
    {
        var generator = SeededGenerator(seed: 6)
        let record = try FormatSamples.hostileRecord(&generator)
        var originals = [try RecordJSON.write(record)]
        originals += RecordCSV.write(record).map { Array($0.text.utf8) }
        originals.append(try FormatSamples.fixture("ed-fi-transcript-composite.json"))
        originals.append(try FormatSamples.fixture("pesc-hs-transcript-1.5-bc-batch.xml"))
        for _ in 0..<300 {
            let original = originals.randomElement(using: &generator) ?? []
            let bytes = generator.mutant(of: original)
            guard
                let reading = RecordFile.read(
                    bytes,
                    from: try FormatSamples.source(),
                    codes: FormatSamples.codes
                )
            else { continue }
            for entry in reading.record.entries {
                for (element, answer) in entry.answers {
                    guard let value = answer.value else { continue }
                    #expect(try ElementValue.read(value.token, for: element) == value)
                }
            }
        }
    }
}
