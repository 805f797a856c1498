import PaperFormat
import Rendering
import StudentRecords
import Testing
import Vocabulary

@Suite("The record in words for paper") struct PrintedRecordTests {
    private static let facts = PrintedFacts(
        number: Samples.number,
        student: StudentSummary(
            name: "Xóchitl Núñez",
            birthDate: Samples.day("2010-03-27"),
            grade: nil,
            number: ""
        ),
        sentBy: ["Weslaco East High School, Weslaco, Texas"],
        sentTo: "Davis High School",
        answeredAt: [],
        certified: [.certifyingOfficial(name: "Ana Treviño", title: "Registrar")],
        uses: RecordUse.allCases,
        wholeness: .partial,
        notes: ["", "Ask us about biology."],
        parts: [
            PartRow(part: .transcript, state: .sent), PartRow(part: .assessment, state: .toFollow),
        ],
        checkAddress: "https://records.ayuda.example/check?number=\(Samples.number)",
        at: Instant(millisecondsSince1970: 0)
    )

    static func printed(
        _ sheet: RecordSheet?,
        in language: Language = .english
    ) throws -> PrintedRecord {
        try Samples.shared.get().printed(sheet, facts, in: language)
    }

    @Test func `whose it is, who sent and who certified it stand first`() throws {
        let record = try Self.printed(try RecordSheetTests.sheet(.graduation))
        #expect(record.heading == "Xóchitl Núñez")
        let facts = Dictionary(uniqueKeysWithValues: record.facts.map { ($0.label, $0.values) })
        #expect(facts["Date of birth"] == ["March 27, 2010"])
        #expect(facts["Sent to"] == ["Davis High School"])
        // The web page's colon is not part of a label on paper, and what is empty is left out.
        #expect(facts["Certified by"]?.first?.contains("Ana Treviño") == true)
        #expect(facts["Note from the school"] == ["Ask us about biology."])
        #expect(facts["Grade"] == nil)
        #expect(facts["Complete?"] == ["Partial"])
        #expect(record.checkAddress == Self.facts.checkAddress)
    }

    @Test func `its title names no student`() throws {
        for language in Language.allCases {
            let record = try Self.printed(nil, in: language)
            #expect(record.title.contains(Samples.number.description))
            #expect(!record.title.contains("chitl"))
            #expect(!record.foot.contains("chitl"))
        }
    }

    @Test(arguments: RecordUse.allCases)
    func `it says what the web page says, use by use`(use: RecordUse) throws {
        let sheet = try RecordSheetTests.sheet(use)
        let record = try Self.printed(sheet)
        // The parts come last.
        #expect(record.sections.count == sheet.sections.count + 1)
        for (section, printed) in zip(sheet.sections, record.sections) {
            let texts = section.rows.flatMap(\.values).map(\.text)
            let values = printed.facts.flatMap(\.values).joined(separator: "\n")
            for text in texts { #expect(values.contains(text)) }
            #expect(printed.facts.count == section.rows.count)
        }
        #expect((record.table != nil) == (use == .graduation))
        #expect(record.sections.last?.facts.map(\.values) == [["In the files"], ["Will follow"]])
    }

    @Test func `the table adds up as on the page, and every row has each column`() throws {
        let sheet = try RecordSheetTests.sheet(.graduation)
        let table = try #require(try Self.printed(sheet).table)
        #expect(table.head == ["Subject", "Needed", "Granted", "In progress", "Left"])
        #expect(table.rows.allSatisfy { $0.count == table.head.count })
        #expect(table.rows.count == (sheet.credits?.rows.count ?? 0) + 1)
        #expect(table.rows.last?.first == "Total")
        #expect(table.rows.last?[2] == sheet.credits?.granted)
        #expect(table.rows.last?[4] == sheet.credits?.left)
    }

    @Test func `where schools disagree each stands with who says it`() throws {
        let sheet = try RecordSheetTests.sheet(.enrollment)
        let disputed = sheet.sections.flatMap(\.rows).flatMap(\.values).filter(\.isDisputed)
        let values = try Self.printed(sheet).sections.flatMap(\.facts).flatMap(\.values)
        #expect(!disputed.isEmpty)
        for value in disputed {
            #expect(values.contains("\(value.text) (\(value.sources.joined(separator: "; ")))"))
        }
    }

    @Test func `in Spanish no English is left`() throws {
        let english = try Self.printed(try RecordSheetTests.sheet(.graduation))
        let spanish = try Self.printed(
            try RecordSheetTests.sheet(.graduation, in: .spanish),
            in: .spanish
        )
        func labels(_ record: PrintedRecord) -> Set<String> {
            Set(
                (record.facts + record.sections.flatMap(\.facts)).map(\.label)
                    + record.sections.map(\.title) + (record.table?.head.prefix(1) ?? [])
            )
        }
        #expect(labels(english).isDisjoint(with: labels(spanish)))
    }

    @Test func `of more lines than paper is for, the count is said`() throws {
        let source = RecordSource(name: "Weslaco East HS", date: Samples.day("2026-05-18"))
        let courses = (1...1_000).map { number in
            RecordEntry(
                .course,
                from: source,
                [
                    .courseTitle: .value(.text("Course \(number)")),
                    .clockHours: .value(.amount(Hundredths(100 * number))),
                ]
            )
        }
        let sheet = try Samples.shared.get().sheet(
            of: MergedRecord([StudentRecord(courses)]),
            for: .graduation,
            codes: .none,
            in: .english
        )
        let list = try #require(try Self.printed(sheet).lists.first)
        #expect(list.lines.count == 201)
        #expect(list.lines.last == "… + 800")
    }
}
