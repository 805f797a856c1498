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
            .init(subject: "Mathematics", areas: [.mathematics], credits: Hundredths(400)),
            .init(
                subject: "Money and life",
                spanish: "Dinero y vida",
                areas: [.business],
                credits: Hundredths(50)
            ),
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

    @Test func `a subject of the plan has its name in the language of the page`() throws {
        let names = try Language.allCases.map { language in
            try Self.sheet(.graduation, in: language).credits?.rows.prefix(2).map(\.subject)
        }
        #expect(names == [["Mathematics", "Money and life"], ["Matemáticas", "Dinero y vida"]])
    }

    /// The plan's name as the page has it, of a record that names its designated school or not.
    private static func planWords(
        _ designated: [Element: String],
        entered: [GraduationPlan],
        own: GraduationPlan? = RecordSheetTests.plan,
        in language: Language = .english
    ) throws -> String? {
        let school = RecordEntry(
            .school,
            from: old,
            try designated.reduce(into: [:]) { answers, pair in
                answers[pair.key] = .value(try ElementValue.read(pair.value, for: pair.key))
            }
        )
        let requirement = RecordEntry(
            .graduationRequirement,
            from: old,
            [
                .subjectArea: .value(.text("Mathematics")),
                .subjectRequirement: .value(.amount(Hundredths(300))),
            ]
        )
        return try Samples.shared.get().sheet(
            of: MergedRecord([StudentRecord(own == nil ? [requirement] : [school])]),
            for: .graduation,
            plans: entered,
            plan: own,
            codes: .none,
            in: language
        )
        .credits?.plan
    }

    @Test func `the page says whose plan it is`() throws {
        let named: [Element: String] = [
            .schoolName: "Weslaco East HS", .schoolCode: "484496008851", .state: "TX",
            .designatedForGraduation: "yes",
        ]
        let texas = GraduationPlan(
            name: "Texas plan",
            state: StateCode("TX"),
            requirements: Self.plan.requirements
        )
        #expect(
            try Self.planWords(named, entered: [texas])
                == "Texas plan, for Weslaco East HS, where the student expects to graduate"
        )
        #expect(
            try Self.planWords(named, entered: [texas], in: .spanish)
                == "Texas plan, para Weslaco East HS, donde el estudiante espera graduarse"
        )
        #expect(
            try Self.planWords(named, entered: []) == "Ayuda plan, of the school that asked"
        )
        #expect(
            try Self.planWords(named, entered: [texas], own: nil)
                == "the plan in the record itself"
        )
    }

    @Test func `uses are cumulative: graduation shows credits, placement and enrollment`() throws {
        #expect(try Self.sheet(.enrollment).sections.map(\.use) == [.enrollment])
        #expect(try Self.sheet(.placement).sections.map(\.use) == [.enrollment, .placement])
        let full = try Self.sheet(.graduation)
        #expect(full.sections.map(\.use) == RecordUse.allCases)
        #expect(full.credits?.granted == "1.00")
        #expect(full.credits?.left == "3.50")
        #expect(full.credits?.unfinished.map(\.title) == ["Algebra II"])
        #expect(try Self.sheet(.placement).credits == nil)
    }

    @Test func `schools that disagree stand side by side, the newest first`() throws {
        let name = try row(.name, Self.sheet(.enrollment))
        #expect(name.values.map(\.text) == ["Marysol <b> Reyes", "Marisol Reyes"])
        #expect(name.values.allSatisfy { $0.isDisputed })
        #expect(name.values.first?.sources == ["Davis HS, May 29, 2026"])
        let birth = try row(.birthDate, Self.sheet(.enrollment))
        // The same day, once with what it rests on, is no disagreement.
        #expect(birth.values.map(\.text) == ["March 27, 2010 (birth certificate)"])
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
        #expect(try row(.gradeLevel, sheet).asksFor == AskedPart(.enrollment, line: .gradeLevel))
    }

    @Test(arguments: [
        (SheetLabel.educationAlerts, RecordPart.specialEducation, false),
        (.parents, .enrollment, true), (.birthPlace, .enrollment, true),
        (.designated, .enrollment, true), (.language, .assessment, true),
    ])
    func `a line that nobody filled can be asked for by its own name`(
        label: SheetLabel,
        part: RecordPart,
        isLineOfPart: Bool
    ) throws {
        let test = RecordEntry(
            .assessment,
            from: Self.old,
            [.assessmentName: .value(.text("STAAR")), .assessmentResult: .value(.text("Meets"))]
        )
        let sheet = try Samples.shared.get().sheet(
            of: MergedRecord([
                StudentRecord([
                    RecordEntry(.identity, from: Self.old, [.firstName: .value(.text("Ana"))]),
                    test,
                ])
            ]),
            for: .graduation,
            codes: .none,
            canAsk: true,
            in: .english
        )
        let line = try row(label, sheet)
        #expect(line.standing == .missing && line.values.isEmpty)
        #expect(line.asksFor == AskedPart(part, line: isLineOfPart ? label : nil))
    }

    @Test func `a child with a guardian is not asked for parents`() throws {
        let guardian = RecordEntry(
            .guardian,
            from: Self.old,
            [.guardianLastName: .value(.text("Ortega"))]
        )
        let sheet = try Samples.shared.get().sheet(
            of: MergedRecord([StudentRecord([guardian])]),
            for: .enrollment,
            codes: .none,
            canAsk: true,
            in: .english
        )
        let labels = sheet.sections.flatMap(\.rows).map(\.label)
        #expect(labels.contains(.guardian) && !labels.contains(.parents))
    }

    @Test func `the page escapes what schools wrote and speaks Spanish`() throws {
        let renderer = try Samples.shared.get()
        let page = RecordSheetPage(
            number: Samples.number,
            studentName: "Marisol Reyes",
            birthDate: Samples.day("2010-03-27"),
            uses: [Choice(.enrollment, isChosen: true)],
            sheet: try Self.sheet(.graduation, in: .spanish),
            signature: .checked,
            wholeness: .complete,
            sent: [SentBy(holder: "Weslaco East HS", on: Samples.day("2026-05-29"))],
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

    // MARK: What could not be read

    /// A school that writes credits as a word, withholds others, and misspells a date.
    private static func unread() throws -> MergedRecord {
        func course(_ title: String, _ credits: ElementAnswer?) -> RecordEntry {
            var entry = RecordEntry(
                .course,
                from: new,
                standard: "05154",
                [.courseTitle: .value(.text(title))]
            )
            entry.answers[.creditsGranted] = credits
            return entry
        }
        return MergedRecord([
            StudentRecord([
                course("Art", .unreadable("one")), course("Band", .withheld),
                course("Choir", .noneOnFile), course("Drama", .value(.amount(Hundredths(50)))),
                RecordEntry(
                    .immunization,
                    from: new,
                    standard: "03",
                    [
                        .immunizationType: .value(.text("MMR")),
                        .immunizationDate: .unreadable("2/30/2011"),
                    ]
                ),
            ])
        ])
    }

    private static func unreadSheet(_ language: Language = .english) throws -> RecordSheet {
        try Samples.shared.get().sheet(
            of: unread(),
            for: .graduation,
            problems: [
                RecordProblem(
                    .creditsGranted,
                    at: "courses.csv, row 5",
                    found: "one",
                    allowed: .amount
                )
            ],
            plan: plan,
            codes: .none,
            in: language
        )
    }

    @Test func `a course whose credits cannot be read is not in progress, and says why`() throws {
        let sheet = try Self.unreadSheet()
        #expect(try row(.inProgress, sheet).values.map(\.text) == ["Choir"])
        #expect(
            try row(.notCounted, sheet).values.map(\.text) == [
                "Art: credits not readable, “one” as sent. Not counted.",
                "Band: credits withheld by the school. Not counted.",
            ]
        )
        let credits = try #require(sheet.credits)
        #expect(credits.granted == "0.50")
        #expect(credits.unfinished.map(\.title) == ["Choir"])
        #expect(
            credits.notCounted.first
                == "Art: credits not readable, “one” as sent. Not counted. Davis HS, May 29, 2026"
        )
        #expect(credits.notCounted.count == 2)
    }

    @Test func `a dose whose date cannot be read keeps the date as it was sent`() throws {
        #expect(
            try row(.immunizations, Self.unreadSheet()).values.map(\.text) == [
                "MMR ×1: “2/30/2011” as sent, not readable as a date"
            ]
        )
        #expect(
            try row(.immunizations, Self.unreadSheet(.spanish)).values.first?.text
                .contains("tal como llegó") == true
        )
    }

    @Test func `the page lists where, which element, what was found and what is read`() throws {
        let problem = try #require(Self.unreadSheet().problems.rows.first)
        #expect(
            problem.place
                == .inside(outer: .other(text: "courses.csv"), place: .row(number: 5))
        )
        #expect(problem.element == "70 Credits Granted")
        #expect(problem.found == "one")
        #expect(problem.allowed == .amount)
    }

    @Test(arguments: [0, 1, 20, 21, 300], [0, 5])
    func `a long list of problems says how many more there are`(count: Int, unlisted: Int) {
        let problems = (0..<count).map {
            RecordProblem(nil, at: "row \($0)", found: "x", allowed: .date)
        }
        let list = ProblemList(problems, unlisted: unlisted)
        #expect(list.rows.count == min(count, ProblemList.most))
        #expect(list.rows.count + list.more == count + unlisted)
        #expect(ProblemList(problems, showsFound: false).rows.allSatisfy { $0.found.isEmpty })
    }

    @Test func `who may not see what stands in a record reads no day of birth in a bound`() throws {
        let born = try #require(CivilDate(iso8601: "2010-03-27"))
        let problem = RecordProblem(
            .immunizationDate,
            at: "row 1",
            found: "1990-05-01",
            allowed: .between(born, nil)
        )
        #expect(ProblemList([problem]).rows.map(\.allowed) == [.from(first: born)])
        #expect(ProblemList([problem], showsFound: false).rows.map(\.allowed) == [.possibleDay])
    }
}
