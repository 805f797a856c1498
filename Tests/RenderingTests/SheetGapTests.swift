import PaperFormat
import Rendering
import StudentRecords
import Testing
import Vocabulary

/// Unknown, none on file and withheld are three things, also beside other values.
@Suite("What a school says in place of a value") struct SheetGapTests {
    private static let old = RecordSource(name: "Weslaco East HS", date: Samples.day("2025-05-29"))
    private static let new = RecordSource(name: "Davis HS", date: Samples.day("2026-05-29"))

    private static func entry(
        _ group: ElementGroup,
        from source: RecordSource = old,
        _ values: [Element: String],
        gaps: [Element: ElementAnswer] = [:]
    ) throws -> RecordEntry {
        var entry = RecordEntry(group, from: source, gaps)
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

    private static func texts(
        _ label: SheetLabel,
        _ entries: [RecordEntry],
        in language: Language = .english
    ) throws -> [String]? {
        try sheet(entries, in: language).sections.flatMap(\.rows).first { $0.label == label }?
            .values.map(\.text)
    }

    @Test(
        arguments: [
            (.withheld, "Ana Reyes (middle name: withheld)"),
            (.noneOnFile, "Ana Reyes (middle name: none on file)"),
            (.value(.text("Luz")), "Ana Luz Reyes"), (nil, "Ana Reyes"),
        ] as [(ElementAnswer?, String)]
    )
    func `a middle name that is withheld, not on file, given or unknown`(
        answer: ElementAnswer?,
        text: String
    ) throws {
        var name = try Self.entry(.identity, [.firstName: "Ana", .paternalSurname: "Reyes"])
        name.answers[.middleName] = answer
        #expect(try Self.texts(.name, [name]) == [text])
    }

    @Test func `both words stand in Spanish, each with its elements`() throws {
        let name = try Self.entry(
            .identity,
            [.firstName: "Ana", .paternalSurname: "Reyes"],
            gaps: [.middleName: .withheld, .generation: .noneOnFile, .maternalSurname: .noneOnFile]
        )
        #expect(
            try Self.texts(.name, [name], in: .spanish) == [
                "Ana Reyes (segundo nombre: no se envía; "
                    + "apellido materno, sufijo: no hay en el expediente)"
            ]
        )
    }

    @Test func `what one school withholds and another gives is known`() throws {
        let names = try [
            Self.entry(
                .identity,
                from: Self.new,
                [.firstName: "Ana", .paternalSurname: "Reyes"],
                gaps: [.middleName: .withheld]
            ),
            Self.entry(
                .identity,
                from: Self.old,
                [.firstName: "Ana", .middleName: "Luz", .paternalSurname: "Reyes"]
            ),
        ]
        #expect(try Self.texts(.name, names) == ["Ana Reyes", "Ana Luz Reyes"])
    }

    @Test func `a school that keeps its alert back is no school without one`() throws {
        let alerts = try [
            Self.entry(.medicalAlert, from: Self.new, [.medicalAlert: "no"]),
            Self.entry(.medicalAlert, from: Self.old, [:], gaps: [.medicalAlert: .withheld]),
        ]
        let row = try #require(
            try Self.sheet(alerts).sections.flatMap(\.rows).first { $0.label == .medicalAlerts }
        )
        #expect(
            Set(row.values.map(\.text)) == ["None, says Davis HS.", "withheld (Weslaco East HS)"]
        )
        #expect(!row.values.contains { $0.isDisputed } && row.standing == nil)
    }

    @Test func `days of a school say why they are not there`() throws {
        let stays = try [
            Self.entry(
                .enrollment,
                [.enrollmentDate: "2024-08-14"],
                gaps: [.withdrawalDate: .withheld]
            ),
            Self.entry(.enrollment, from: Self.new, [.enrollmentDate: "2025-08-19"]),
        ]
        #expect(
            try Self.texts(.schools, stays) == [
                "Davis HS, August 19, 2025 – …", "Weslaco East HS, August 14, 2024 – withheld",
            ]
        )
    }

    @Test func `a dose keeps the word in place of its day, and a list kept back is told`() throws {
        let doses = try [
            Self.entry(
                .immunization,
                [.immunizationType: "MMR"],
                gaps: [.immunizationDate: .withheld]
            ),
            Self.entry(
                .immunization,
                from: Self.new,
                [:],
                gaps: [.immunizationDate: .noneOnFile, .immunizationType: .noneOnFile]
            ),
        ]
        #expect(
            try Self.texts(.immunizations, doses) == [
                "MMR ×1: withheld", "none on file (Davis HS)",
            ]
        )
    }

    private static let courses: [RecordEntry] = [
        RecordEntry(
            .course,
            from: old,
            [
                .courseTitle: .value(.text("Algebra I")), .finalGrade: .withheld,
                .courseYear: .noneOnFile, .courseType: .withheld,
                .creditsGranted: .value(.amount(Hundredths(100))),
            ]
        ),
        RecordEntry(
            .course,
            from: old,
            [
                .courseTitle: .withheld, .finalGrade: .value(.text("B")),
                .creditsGranted: .value(.amount(Hundredths(50))),
            ]
        ),
        RecordEntry(
            .course,
            from: old,
            [
                .courseTitle: .value(.text("Chemistry")), .clockHours: .withheld,
                .gradeToDate: .noneOnFile,
            ]
        ),
    ]

    @Test func `each cell of a course has the word in place of its value`() throws {
        let sheet = try Self.sheet(Self.courses)
        let found = try #require(sheet.courses).schools.flatMap(\.courses)
        let algebra = try #require(found.first { $0.title == "Algebra I" })
        #expect(algebra.grade == "withheld" && algebra.term == "year: none on file")
        #expect(algebra.kind == "level: withheld" && algebra.credits == "1.00")
        #expect(found.contains { $0.title == "course title: withheld" && $0.grade == "B" })
        let begun = try #require(sheet.credits?.unfinished.first)
        #expect(begun.title == "Chemistry" && begun.hours == "clock hours: withheld")
        #expect(begun.grade == "grade to date: none on file")
        #expect(
            try Self.texts(.inProgress, Self.courses)
                == ["Chemistry (clock hours: withheld; grade to date: none on file)"]
        )
    }

    @Test(arguments: Language.allCases)
    func `paper says it as the page does`(language: Language) throws {
        let sheet = try Self.sheet(Self.courses, in: language)
        let printed = try PrintedRecordTests.printed(sheet, in: language)
        let lines = printed.lists.flatMap(\.lines).joined(separator: "\n")
        let rows = printed.sections.flatMap(\.facts).flatMap(\.values).joined(separator: "\n")
        let word = language == .english ? "withheld" : "no se envía"
        #expect(lines.contains("Algebra I ("))
        #expect(lines.components(of: word) == 4)
        #expect(rows.components(of: word) == 1)
    }
}

extension String {
    /// How often a text stands in it.
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
