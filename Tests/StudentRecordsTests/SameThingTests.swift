import StudentRecords
import Testing
import Vocabulary

/// What two schools must agree in for their rows to be about one thing, group by group.
@Suite("The same thing said by two schools") struct SameThingTests {
    /// A group, the elements by which a thing is known there, and others in which schools may
    /// disagree about one and the same thing.
    struct Rule: Sendable, CustomStringConvertible {
        let group: ElementGroup
        let known: [Element: String]
        let disputed: [Element: (String, String)]

        var description: String { group.rawValue }
    }

    static let rules: [Rule] = [
        Rule(
            group: .identity,
            known: [:],
            disputed: [.firstName: ("María", "Maria"), .paternalSurname: ("Reyes", "Ortega")]
        ),
        Rule(
            group: .birth,
            known: [:],
            disputed: [.birthCity: ("Reynosa", "Mission"), .birthCountry: ("MX", "US")]
        ),
        Rule(
            group: .parents,
            known: [:],
            disputed: [.parent1FirstName: ("Ana", "Anna"), .parent2LastName: ("Luna", "Soto")]
        ),
        Rule(
            group: .guardian,
            known: [:],
            disputed: [.guardianFirstName: ("Rosa", "Rose")]
        ),
        Rule(
            group: .enrollment,
            known: [.enrollmentDate: "2025-08-20"],
            disputed: [.withdrawalDate: ("2026-05-01", "2026-05-04"), .gradeLevel: ("09", "010")]
        ),
        Rule(
            group: .immunization,
            known: [.immunizationDate: "2011-03-27", .immunizationType: "MMR"],
            disputed: [:]
        ),
        Rule(
            group: .school,
            known: [.schoolCode: "484496008851"],
            disputed: [.schoolName: ("Weslaco East", "Weslaco East HS"), .zip: ("78596", "78599")]
        ),
        Rule(
            group: .course,
            known: [
                .courseTitle: "Algebra I", .courseYear: "2025", .courseSection: "02",
            ],
            disputed: [
                .creditsGranted: ("0.5", "1"), .finalGrade: ("A", "B"), .clockHours: ("60", "90"),
            ]
        ),
        Rule(
            group: .assessment,
            known: [.assessmentName: "STAAR", .assessmentDate: "2026-04"],
            disputed: [.assessmentResult: ("4012", "4021")]
        ),
        Rule(
            group: .educationAlert,
            known: [.educationAlert: "yes"],
            disputed: [.educationAlertResolution: ("2025-01-07", "2025-02-07")]
        ),
        Rule(
            group: .medicalAlert,
            known: [.medicalAlert: "yes"],
            disputed: [.medicalAlertResolution: ("2025-01-07", "2025-02-07")]
        ),
        Rule(
            group: .stateIdentifier,
            known: [.stateStudentIdentificationNumber: "TX-1234567"],
            disputed: [:]
        ),
        Rule(
            group: .qualifyingMove,
            known: [.qualifyingArrivalDate: "2026-03-01"],
            disputed: [
                .qualifyingFromCity: ("Reynosa", "Río Bravo"), .qualifyingToState: ("TX", "WA"),
            ]
        ),
        Rule(
            group: .graduationRequirement,
            known: [.subjectArea: "Mathematics"],
            disputed: [.subjectRequirement: ("3", "4")]
        ),
    ]

    private func entry(
        _ rule: Rule,
        _ school: String,
        _ date: String,
        known: [Element: String]? = nil,
        newer: Bool = false
    ) throws -> RecordEntry {
        var values = known ?? rule.known
        for (element, pair) in rule.disputed { values[element] = newer ? pair.1 : pair.0 }
        return try Samples.entry(rule.group, from: Samples.source(school, date), values)
    }

    @Test(arguments: rules)
    func `two schools that mean one thing are merged, and both stand with their names`(
        rule: Rule
    ) throws {
        let old = try entry(rule, "East", "2025-05-29")
        let new = try entry(rule, "West", "2026-05-29", newer: true)

        let merged = MergedRecord([StudentRecord([old]), StudentRecord([new])])

        let one = try #require(merged.first(rule.group))
        #expect(merged.entries.count == 1)
        #expect(one.entries == [new, old])
        #expect(Set(one.disputed) == Set(rule.disputed.keys))
        for (element, pair) in rule.disputed {
            let answers = one.answers(element)
            #expect(answers.map { $0.sources.map(\.name) } == [["West"], ["East"]])
            #expect(one.value(element) == (try ElementValue.read(pair.1, for: element)))
        }
        for element in rule.known.keys {
            let answers = one.answers(element)
            #expect(answers.map { $0.sources.map(\.name) } == [["West", "East"]])
        }
    }

    @Test(arguments: rules)
    func `what differs in anything by which it is known is another thing`(rule: Rule) throws {
        let others: [Element: String] = [
            .enrollmentDate: "2025-08-21", .immunizationDate: "2012-03-27",
            .immunizationType: "DTaP", .schoolCode: "531011001689", .courseTitle: "Algebra II",
            .courseYear: "2024", .courseSection: "03", .assessmentName: "STAAR EOC",
            .assessmentDate: "2026-05", .educationAlert: "no", .medicalAlert: "no",
            .stateStudentIdentificationNumber: "TX-7654321", .qualifyingArrivalDate: "2026-03-02",
            .subjectArea: "Science",
        ]
        for element in rule.known.keys {
            var known = rule.known
            let other: String = try #require(others[element])
            known[element] = other
            let merged = MergedRecord([
                StudentRecord([try entry(rule, "East", "2025-05-29")]),
                StudentRecord([try entry(rule, "West", "2026-05-29", known: known)]),
            ])
            #expect(merged.entries(of: rule.group).count == 2, "\(element)")
            #expect(merged.entries(of: rule.group).allSatisfy { $0.disputed.isEmpty })
        }
    }

    @Test(arguments: rules)
    func `one school's second row of the same thing stays a second row`(rule: Rule) throws {
        let row = try entry(rule, "East", "2025-05-29")
        let again = try entry(rule, "East", "2025-05-29", newer: true)

        let merged = MergedRecord([StudentRecord([row, again])])

        #expect(merged.entries(of: rule.group).map(\.entries.count) == [1, 1])
    }

    @Test(arguments: rules)
    func `the same record given twice says nothing more`(rule: Rule) throws {
        let record = StudentRecord([try entry(rule, "East", "2025-05-29")])

        #expect(MergedRecord([record, record]) == MergedRecord([record]))
    }

    @Test(arguments: rules)
    func `a school that looked in vain does not hide what another one knows`(rule: Rule) throws {
        guard let (element, pair) = rule.disputed.first else { return }
        let old = try entry(rule, "East", "2025-05-29")
        for answer in [ElementAnswer.noneOnFile, .withheld, .unreadable("?")] {
            var new = try entry(rule, "West", "2026-05-29", newer: true)
            new.answers[element] = answer
            let one = try #require(
                MergedRecord([StudentRecord([new]), StudentRecord([old])]).first(rule.group)
            )
            #expect(one.value(element) == (try ElementValue.read(pair.0, for: element)))
            #expect(one.answers(element).map(\.answer).first == answer)
            #expect(!one.disputed.contains(element))
            #expect(one.unreadable(element) == nil)
        }
    }

    @Test func `names of things are compared without their capitals, points and spaces`() throws {
        let titles = ["Algebra I", "ALGEBRA I", " algebra  i", "Algebra, I."]
        let records = try titles.enumerated().map { index, title in
            StudentRecord([
                try Samples.course(title, from: Samples.source("School \(index)"), credits: "1")
            ])
        }
        #expect(MergedRecord(records).entries.count == 1)
    }

    @Test func `one course taken at two schools is two courses`() throws {
        let source = try Samples.source("East")
        var here = try Samples.course("Algebra I", from: source, credits: "0.5")
        var there = here
        here.place = SchoolPlace(school: SchoolID("484496008851"), name: "East")
        there.place = SchoolPlace(school: SchoolID("531011001689"), name: "West")

        let merged = MergedRecord([StudentRecord([here]), StudentRecord([there])])

        #expect(merged.entries(of: .course).compactMap(\.place?.name).sorted() == ["East", "West"])
    }
}
