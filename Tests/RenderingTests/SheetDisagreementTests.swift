import PaperFormat
import Rendering
import StudentRecords
import Testing
import Vocabulary

@Suite("What schools tell differently, on the page") struct SheetDisagreementTests {
    private static let old = RecordSource(name: "Weslaco East HS", date: Samples.day("2025-05-29"))
    private static let new = RecordSource(name: "Davis HS", date: Samples.day("2026-05-29"))

    private static func entry(
        _ group: ElementGroup,
        _ source: RecordSource,
        _ values: [Element: String]
    ) throws -> RecordEntry {
        var entry = RecordEntry(group, from: source)
        for (element, text) in values {
            entry.answers[element] = .value(try ElementValue.read(text, for: element))
        }
        return entry
    }

    private static func sheet(
        _ entries: [RecordEntry],
        in language: Language = .english
    ) throws -> RecordSheet {
        try Samples.shared.get().sheet(
            of: MergedRecord([StudentRecord(entries)]),
            for: .graduation,
            codes: .none,
            in: language
        )
    }

    private static func row(_ label: SheetLabel, _ sheet: RecordSheet) throws -> SheetRow {
        try #require(sheet.sections.flatMap(\.rows).first { $0.label == label })
    }

    private static func doses() throws -> [RecordEntry] {
        try [(old, "2011-01-05"), (new, "2011-01-06"), (old, "2014-08-01")].map { source, day in
            try entry(.immunization, source, [.immunizationType: "MMR", .immunizationDate: day])
        }
    }

    @Test func `doses that may be one stand with who says each, and how many are undisputed`()
        throws
    {
        let value = try #require(
            try Self.row(.immunizations, Self.sheet(Self.doses())).values.first
        )
        #expect(
            value.text
                == "MMR ×3, 1 undisputed, schools differ: "
                + "1/5/2011 (Weslaco East HS, May 29, 2025), 1/6/2011 (Davis HS, May 29, 2026), "
                + "8/1/2014"
        )
        // The fold tells of each dose who says it.
        #expect(
            value.sources == [
                "1/5/2011: Weslaco East HS, May 29, 2025", "1/6/2011: Davis HS, May 29, 2026",
                "8/1/2014: Weslaco East HS, May 29, 2025",
            ]
        )
        let spanish = try Self.row(.immunizations, Self.sheet(Self.doses(), in: .spanish))
        #expect(spanish.values.first?.text.contains("1 sin discrepancia") == true)
    }

    @Test func `overlapping stays at one school stand side by side with their sources`() throws {
        var told = try Self.entry(
            .enrollment,
            Self.new,
            [.enrollmentDate: "2024-08-15", .withdrawalDate: "2024-12-20"]
        )
        told.place = SchoolPlace(name: "Weslaco East HS")
        let own = try Self.entry(
            .enrollment,
            Self.old,
            [.enrollmentDate: "2024-08-14", .withdrawalDate: "2024-12-20"]
        )
        let later = try Self.entry(.enrollment, Self.new, [.enrollmentDate: "2025-08-19"])
        let values = try Self.row(.schools, Self.sheet([told, own, later])).values
        #expect(values.map(\.isDisputed) == [false, true, true])
        #expect(values.last?.sources == ["Weslaco East HS, May 29, 2025"])
    }

    @Test func `of credits that may stand twice the page and paper say what remains`() throws {
        let courses = try [Self.old, Self.new].map { source in
            var course = try Self.entry(
                .course,
                source,
                [.courseTitle: "Algebra I", .creditsGranted: "1", .courseYear: "2024"]
            )
            course.place = SchoolPlace(name: source.name)
            return course
        }
        let sheet = try Self.sheet(courses)
        #expect(sheet.credits?.granted == "2.00" && sheet.credits?.undisputed == "1.00")
        let small = try PrintedRecordTests.printed(sheet).lists.flatMap(\.lines)
        #expect(small.contains { $0.hasSuffix("not counted twice: 1.00") })
        let alone = try Self.sheet(Array(courses.prefix(1)))
        #expect(alone.credits?.undisputed.isEmpty == true)
    }
}
