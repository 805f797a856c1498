import Rendering
import StudentRecords
import Testing
import Vocabulary

@Suite("The one-page record") struct RecordSheetTests {
    private static let old = RecordSource(name: "Weslaco East HS", date: Samples.day("2025-05-29"))
    private static let new = RecordSource(name: "Davis HS", date: Samples.day("2026-05-29"))

    static func record() throws -> MergedRecord {
        func entry(
            _ group: ElementGroup,
            _ source: RecordSource,
            standard: String? = nil,
            _ values: [Element: String]
        ) throws -> RecordEntry {
            RecordEntry(
                group,
                from: source,
                standard: standard,
                try values.reduce(into: [:]) { answers, pair in
                    answers[pair.key] = .value(try ElementValue.read(pair.value, for: pair.key))
                }
            )
        }
        return MergedRecord([
            StudentRecord([
                try entry(
                    .identity,
                    old,
                    [.firstName: "Marisol", .paternalSurname: "Reyes", .birthDate: "2010-03-27"]
                ),
                try entry(.birth, old, [.birthEvidence: "1"]),
                try entry(
                    .immunization,
                    old,
                    standard: "03",
                    [.immunizationDate: "2011-04-02", .immunizationType: "MMR"]
                ),
                try entry(
                    .immunization,
                    old,
                    standard: "03",
                    [.immunizationDate: "2014-08-01", .immunizationType: "MMR"]
                ),
                try entry(.medicalAlert, old, [.medicalAlert: "yes"]),
                try entry(
                    .course,
                    old,
                    standard: "02052",
                    [.courseTitle: "Algebra I", .creditsGranted: "1", .courseYear: "2024"]
                ),
            ]),
            StudentRecord([
                try entry(
                    .identity,
                    new,
                    [
                        .firstName: "Marysol <b>", .paternalSurname: "Reyes",
                        .birthDate: "2010-03-27",
                    ]
                ),
                try entry(
                    .course,
                    new,
                    standard: "02056",
                    [
                        .courseTitle: "Algebra II", .clockHours: "61", .gradeToDate: "84",
                        .courseSection: "03", .courseYear: "2025",
                    ]
                ),
            ]),
        ])
    }

    private static let plan = GraduationPlan(
        name: "Ayuda plan",
        state: nil,
        requirements: [
            .init(subject: "Mathematics", areas: [.mathematics], credits: Hundredths(400))
        ]
    )

    static func sheet(_ use: RecordUse, in language: Language = .english) throws -> RecordSheet {
        try Samples.shared.get().sheet(
            of: record(),
            for: use,
            statements: [.assessment: .toFollow],
            plan: plan,
            codes: .none,
            canAsk: true,
            in: language
        )
    }

    private func row(_ label: SheetLabel, _ sheet: RecordSheet) throws -> SheetRow {
        try #require(sheet.sections.flatMap(\.rows).first { $0.label == label })
    }

    @Test func `uses are cumulative: graduation shows credits, placement and enrollment`() throws {
        #expect(try Self.sheet(.enrollment).sections.map(\.use) == [.enrollment])
        #expect(try Self.sheet(.placement).sections.map(\.use) == [.enrollment, .placement])
        let full = try Self.sheet(.graduation)
        #expect(full.sections.map(\.use) == RecordUse.allCases)
        #expect(full.credits?.granted == "1.00")
        #expect(full.credits?.left == "3.00")
        #expect(full.credits?.unfinished.map(\.title) == ["Algebra II"])
        #expect(try Self.sheet(.placement).credits == nil)
    }

    @Test func `schools that disagree stand side by side, the newest first`() throws {
        let name = try row(.name, Self.sheet(.enrollment))
        #expect(name.values.map(\.text) == ["Marysol <b> Reyes", "Marisol Reyes"])
        #expect(name.values.allSatisfy { $0.isDisputed })
        #expect(name.values.first?.sources == ["Davis HS, May 29, 2026"])
        let birth = try row(.birthDate, Self.sheet(.enrollment))
        #expect(
            birth.values.map(\.text) == ["March 27, 2010", "March 27, 2010 (birth certificate)"]
        )
    }

    @Test func `doses are counted, alerts say whom to call, what is missing can be asked for`()
        throws
    {
        let sheet = try Self.sheet(.graduation)
        #expect(try row(.immunizations, sheet).values.map(\.text) == ["MMR ×2: 4/2/2011, 8/1/2014"])
        #expect(try row(.medicalAlerts, sheet).values.map(\.text) == ["Yes: call Weslaco East HS."])
        #expect(
            try row(.inProgress, sheet).values.map(\.text) == [
                "Algebra II (Section B, 61.00 h, 84.00 %)"
            ]
        )
        #expect(try row(.tests, sheet).standing == .toFollow)
        #expect(try row(.gradeLevel, sheet).standing == .missing)
        #expect(try row(.gradeLevel, sheet).canAsk)
    }

    @Test func `the page escapes what schools wrote and speaks Spanish`() throws {
        let renderer = try Samples.shared.get()
        let page = RecordSheetPage(
            number: Samples.number,
            studentName: "Marisol Reyes",
            uses: [Choice(.enrollment, isChosen: true)],
            sheet: try Self.sheet(.graduation, in: .spanish),
            signature: .checked,
            isComplete: true,
            holders: "Weslaco East HS",
            printedOn: Samples.day("2026-06-01"),
            printedBy: "Rosa Delgado",
            checkHost: "records.ayuda.example"
        )
        let html = renderer.render(page, chrome: Samples.chrome(.spanish))
        #expect(html.contains("Marysol &lt;b&gt; Reyes"))
        #expect(!html.contains("<b>"))
        #expect(html.contains("acta de nacimiento"))
        #expect(html.contains("29 de mayo de 2026"))
        #expect(html.contains("Matem"))
    }
}
