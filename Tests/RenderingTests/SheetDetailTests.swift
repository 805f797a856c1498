import PaperFormat
import Rendering
import StudentRecords
import Testing
import Vocabulary

@Suite("What a page says beside the value itself") struct SheetDetailTests {
    private static let source = RecordSource(
        name: "Weslaco East HS",
        date: Samples.day("2025-05-29")
    )

    private static func entry(
        _ group: ElementGroup,
        _ values: [Element: String]
    ) throws -> RecordEntry {
        var entry = RecordEntry(group, from: source)
        for (element, text) in values {
            entry.answers[element] = .value(try ElementValue.read(text, for: element))
        }
        return entry
    }

    private static func row(
        _ label: SheetLabel,
        _ entries: [RecordEntry],
        for use: RecordUse = .placement,
        in language: Language = .english
    ) throws -> SheetRow? {
        try Samples.shared.get().sheet(
            of: MergedRecord([StudentRecord(entries)]),
            for: use,
            codes: .none,
            in: language
        )
        .sections.flatMap(\.rows).first { $0.label == label }
    }

    @Test func `a result stands with its metric and the kind of its test`() throws {
        let test = try Self.entry(
            .assessment,
            [
                .assessmentName: "STAAR", .assessmentResult: "72", .resultType: "02",
                .assessmentType: "01", .assessmentDate: "2025-05",
            ]
        )
        #expect(
            try Self.row(.tests, [test])?.values.map(\.text)
                == ["STAAR 72 (percentile rank), achievement or state test, May 2025"]
        )
        #expect(
            try Self.row(.tests, [test], in: .spanish)?.values.map(\.text)
                == ["STAAR 72 (percentil), examen estatal o de aprovechamiento, mayo de 2025"]
        )
    }

    @Test func `a language test does not repeat the name of its line`() throws {
        let test = try Self.entry(
            .assessment,
            [
                .assessmentName: "TELPAS", .assessmentResult: "3", .resultType: "01",
                .assessmentType: "03",
            ]
        )
        #expect(
            try Self.row(.language, [test])?.values.map(\.text)
                == ["TELPAS 3 (proficiency level)"]
        )
        #expect(try Self.row(.tests, [test])?.values.isEmpty != false)
    }

    @Test(arguments: [Element.assessmentType, .resultType, .enrollmentType])
    func `every code of the list has words of the page`(element: Element) {
        for code in element.definition.codes {
            let known = SheetCode(rawValue: "\(element.rawValue).\(code.token)")
            #expect(known != nil, "\(element) \(code.token)")
        }
    }

    @Test func `the kind of an enrollment stands with its grade, for placement only`() throws {
        let days: [Element: String] = [.enrollmentDate: "2025-06-02", .enrollmentType: "03"]
        let graded = try Self.entry(
            .enrollment,
            days.merging([.gradeLevel: "9"]) { first, _ in first }
        )
        #expect(
            try Self.row(.gradeLevel, [graded])?.values.map(\.text)
                == ["9, summer or intersession migrant project (2025)"]
        )
        #expect(try Self.row(.gradeLevel, [graded], for: .enrollment) == nil)
        let bare = try Self.entry(.enrollment, days)
        #expect(
            try Self.row(.gradeLevel, [bare])?.values.map(\.text)
                == ["Not provided, summer or intersession migrant project (2025)"]
        )
    }

    private static func school() throws -> RecordEntry {
        var school = try entry(
            .school,
            [
                .schoolName: "Weslaco East HS", .address1: "810 S Pleasantview Dr",
                .city: "Weslaco", .state: "TX", .district: "Weslaco ISD",
                .phone: "(956) 969-6950",
            ]
        )
        school.answers[.zip] = .withheld
        return school
    }

    @Test func `where a school is and its phone stand folded with the schools`() throws {
        let row = try #require(try Self.row(.schools, [Self.school()], for: .enrollment))
        #expect(
            row.details == [
                "Weslaco East HS, 810 S Pleasantview Dr, Weslaco, TX, Weslaco ISD, "
                    + "(956) 969-6950, ZIP: withheld – Weslaco East HS, May 29, 2025"
            ]
        )
        #expect(row.elements == "41, 54, 21, 42, 43, 44, 45, 47, 48, 46, 51")
        let stay = try Self.entry(.enrollment, [.enrollmentDate: "2024-08-14"])
        #expect(try Self.row(.schools, [stay])?.details.isEmpty == true)
    }

    @Test func `the fold is on the page, and not on paper`() throws {
        let sheet = try Samples.shared.get().sheet(
            of: MergedRecord([StudentRecord([Self.school()])]),
            for: .enrollment,
            codes: .none,
            in: .english
        )
        let page = RecordSheetPage(
            number: Samples.number,
            studentName: "Marisol Reyes",
            birthDate: Samples.day("2010-03-27"),
            uses: [Choice(.enrollment, isChosen: true)],
            sheet: sheet,
            signature: .checked,
            wholeness: .complete,
            sent: [],
            printedOn: Samples.day("2026-06-01"),
            printedBy: "Rosa Delgado",
            checkHost: "records.ayuda.example"
        )
        let html = try Samples.shared.get().render(page, chrome: Samples.chrome(.english))
        #expect(html.contains("Addresses and phones") && html.contains("(956) 969-6950"))
        let printed = try PrintedRecordTests.printed(sheet)
        let paper = printed.sections.flatMap(\.facts).flatMap(\.values)
        #expect(!paper.contains { $0.contains("969-6950") })
    }
}
