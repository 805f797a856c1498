import Rendering
import StudentRecords
import Testing
import Vocabulary

@Suite("How the one-page record says it") struct SheetReadingTests {
    private static func source(_ name: String, _ day: String) -> RecordSource {
        RecordSource(name: name, date: Samples.day(day))
    }
    private static let old = source("Weslaco East HS", "2025-05-29")
    private static let new = source("Davis HS", "2026-05-29")

    private static func entry(
        _ group: ElementGroup,
        _ source: RecordSource,
        _ values: [Element: String]
    ) throws -> RecordEntry {
        RecordEntry(
            group,
            from: source,
            try values.reduce(into: [:]) { answers, pair in
                answers[pair.key] = .value(try ElementValue.read(pair.value, for: pair.key))
            }
        )
    }

    private static func row(
        _ label: SheetLabel,
        of entries: [RecordEntry],
        in language: Language = .english
    ) throws -> SheetRow? {
        try Samples.shared.get().sheet(
            of: MergedRecord([StudentRecord(entries)]),
            for: .placement,
            codes: StandardCodes(vaccines: [], courses: [:]),
            in: language
        )
        .sections.flatMap(\.rows).first { $0.label == label }
    }

    @Test func `two schools that say the same birthday do not disagree over the paper`() throws {
        let row = try #require(
            try Self.row(
                .birthDate,
                of: [
                    Self.entry(.identity, Self.old, [.birthDate: "2010-03-27"]),
                    Self.entry(.identity, Self.new, [.birthDate: "2010-03-27"]),
                    Self.entry(.birth, Self.old, [.birthEvidence: "1"]),
                ]
            )
        )
        #expect(row.values.map(\.text) == ["March 27, 2010 (birth certificate)"])
        #expect(row.values.first?.sources.count == 2 && row.values.first?.isDisputed == false)
    }

    @Test func `what one school saw is no evidence for another school's birthday`() throws {
        let row = try #require(
            try Self.row(
                .birthDate,
                of: [
                    Self.entry(.identity, Self.old, [.birthDate: "2010-03-27"]),
                    Self.entry(.identity, Self.new, [.birthDate: "2010-03-28"]),
                    Self.entry(.birth, Self.old, [.birthEvidence: "1"]),
                ]
            )
        )
        #expect(
            row.values.map(\.text) == ["March 28, 2010", "March 27, 2010 (birth certificate)"]
        )
        #expect(row.values.allSatisfy { $0.isDisputed })
    }

    private static func dose(
        _ source: RecordSource,
        _ type: String,
        _ day: String,
        cvx: String? = nil
    ) throws -> RecordEntry {
        var dose = try entry(
            .immunization,
            source,
            [.immunizationType: type, .immunizationDate: day]
        )
        dose.standard = cvx
        return dose
    }

    @Test func `one dose told by two schools is one, and a combination counts for each group`()
        throws
    {
        let entries = try [
            Self.dose(Self.old, "DTaP", "2010-06-01"),
            Self.dose(Self.new, "DTaP", "2010-06-01", cvx: "20"),
            Self.dose(Self.new, "DTaP-Hep B-IPV", "2010-08-01", cvx: "110"),
            Self.dose(Self.old, "Polio", "2010-06-01"),
        ]
        let sheet = try Samples.shared.get().sheet(
            of: MergedRecord([StudentRecord(entries)]),
            for: .enrollment,
            codes: StandardCodes(
                vaccines: [
                    Vaccine(code: "20", name: "DTaP", groups: ["DTAP"]),
                    Vaccine(
                        code: "110",
                        name: "DTaP-Hep B-IPV",
                        groups: ["DTAP", "HepB", "POLIO"]
                    ),
                ],
                courses: [:]
            ),
            in: .english
        )
        let row = sheet.sections.flatMap(\.rows).first { $0.label == .immunizations }
        #expect(
            row?.values.map(\.text) == [
                "DTaP ×2: 6/1/2010, 8/1/2010", "Hepatitis B ×1: 8/1/2010",
                "Polio ×2: 6/1/2010, 8/1/2010",
            ]
        )
        #expect(row?.values.first?.sources.count == 2)
    }

    @Test func `the last school and grade stand first, with their years`() throws {
        let entries = try [
            Self.entry(
                .enrollment,
                Self.new,
                [.gradeLevel: "10", .enrollmentDate: "2025-08-19", .withdrawalDate: "2026-05-15"]
            ),
            Self.entry(
                .enrollment,
                Self.old,
                [.gradeLevel: "9", .enrollmentDate: "2024-08-14", .withdrawalDate: "2024-12-20"]
            ),
            Self.entry(.enrollment, Self.old, [.gradeLevel: "8"]),
        ]
        let grades = try #require(try Self.row(.gradeLevel, of: entries))
        #expect(grades.values.map(\.text) == ["10 (2025–2026)", "9 (2024)", "8"])
        let schools = try #require(try Self.row(.schools, of: entries))
        #expect(schools.values.first?.text.hasPrefix("Davis HS, August 19, 2025") == true)
    }

    @Test func `an alert gives the number to call, where its school gave one`() throws {
        let alert = try Self.entry(.medicalAlert, Self.old, [.medicalAlert: "yes"])
        let own = try Self.entry(
            .school,
            Self.old,
            [.schoolName: "Weslaco East HS", .phone: "(956) 969-6950"]
        )
        let other = try Self.entry(
            .school,
            Self.new,
            [.schoolName: "Davis HS", .phone: "(509) 573-2501"]
        )
        #expect(
            try Self.row(.medicalAlerts, of: [alert, own, other])?.values.map(\.text)
                == ["Yes: call Weslaco East HS, (956) 969-6950."]
        )
        #expect(
            try Self.row(.medicalAlerts, of: [alert, other])?.values.map(\.text)
                == ["Yes: call Weslaco East HS."]
        )
    }

    @Test func `that there is no alert is said, and is not the same as nothing said`() throws {
        let none = try Self.entry(.medicalAlert, Self.old, [.medicalAlert: "no"])
        #expect(
            try Self.row(.medicalAlerts, of: [none])?.values.map(\.text)
                == ["None, says Weslaco East HS."]
        )
        #expect(
            try Self.row(.medicalAlerts, of: [none], in: .spanish)?.values.map(\.text)
                == ["Ninguna, según Weslaco East HS."]
        )
        let silent = try Self.entry(.identity, Self.old, [.firstName: "Ana"])
        #expect(try Self.row(.medicalAlerts, of: [silent])?.values.isEmpty != false)
    }

    @Test func `a test has its month in words`() throws {
        let test = try Self.entry(
            .assessment,
            Self.old,
            [.assessmentName: "STAAR", .assessmentDate: "2025-05", .assessmentResult: "Meets"]
        )
        #expect(try Self.row(.tests, of: [test])?.values.map(\.text) == ["STAAR Meets, May 2025"])
        #expect(
            try Self.row(.tests, of: [test], in: .spanish)?.values.map(\.text)
                == ["STAAR Meets, mayo de 2025"]
        )
    }

    /// Unknown, none on file and withheld are three things, for single elements too.
    @Test func `an element that is withheld or not on file is said so`() throws {
        func parents(_ answer: ElementAnswer?) throws -> SheetRow? {
            var entry = RecordEntry(.parents, from: Self.old)
            for element in [Element.parent1FirstName, .parent1LastName] {
                entry.answers[element] = answer
            }
            return try Self.row(.parents, of: [entry])
        }
        #expect(try parents(.withheld)?.standing == .withheld)
        #expect(try parents(.noneOnFile)?.standing == .noneOnFile)
        #expect(try parents(nil)?.standing == .missing)
        var both = RecordEntry(.parents, from: Self.old)
        both.answers = [.parent1LastName: .value(.text("Reyes")), .parent2LastName: .withheld]
        #expect(try Self.row(.parents, of: [both])?.standing == nil)
        #expect(
            try Self.row(.parents, of: [both])?.values.map(\.text)
                == ["Reyes (second parent’s last name: withheld)"]
        )
    }
}
