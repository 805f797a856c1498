import StudentRecords
import Testing
import Vocabulary

@Suite("Checking a record") struct RecordCheckTests {
    @Test func `all contradictions are listed at once, and nothing is removed`() throws {
        let source = try Samples.source("A")
        let record = try StudentRecord([
            Samples.entry(.identity, from: source, [.birthDate: "2010-03-27"]),
            Samples.entry(
                .immunization,
                from: source,
                [.immunizationDate: "2009-01-01", .immunizationType: "MMR"]
            ),
            Samples.entry(
                .enrollment,
                from: source,
                [.enrollmentDate: "2025-08-19", .withdrawalDate: "2025-08-18"]
            ),
            Samples.course("Algebra I", from: source, credits: "1"),
            Samples.course("algebra i", from: source, credits: "1"),
            Samples.entry(.assessment, from: source, [.assessmentDate: "2027-01"]),
        ])
        let problems = record.problems(today: try #require(Samples.today))
        #expect(
            problems.map(\.element) == [
                .immunizationDate, .withdrawalDate, .courseTitle, .assessmentDate,
            ]
        )
        #expect(
            problems.map(\.place) == [
                "immunization 1", "enrollment 1", "course 2, as course 1", "assessment 1",
            ]
        )
        #expect(problems.map(\.found) == ["2009-01-01", "2025-08-18", "algebra i", "2027-01"])
        #expect(record.entries.count == 6)
    }

    @Test func `a sound record has no problem`() throws {
        let source = try Samples.source("A")
        let record = try StudentRecord([
            Samples.entry(.identity, from: source, [.birthDate: "2010-03-27"]),
            Samples.entry(
                .immunization,
                from: source,
                [.immunizationDate: "2010-03-27", .immunizationType: "HepB"]
            ),
            Samples.entry(
                .immunization,
                from: source,
                [.immunizationDate: "2010-05-27", .immunizationType: "HepB"]
            ),
            Samples.entry(
                .enrollment,
                from: source,
                [.enrollmentDate: "2025-08-19", .withdrawalDate: "2025-08-19"]
            ),
            Samples.course("Algebra I", from: source, year: "2024", credits: "1"),
            Samples.course("Algebra I", from: source, year: "2025", credits: "1"),
        ])
        #expect(record.problems(today: try #require(Samples.today)).isEmpty)
    }

    @Test func `ten thousand courses are checked and merged in one go`() throws {
        let source = try Samples.source("A")
        let courses = try (0..<10_000).map {
            try Samples.course("Course \($0)", from: source, credits: "0.01")
        }
        let record = StudentRecord(courses)
        #expect(record.problems(today: try #require(Samples.today)).isEmpty)
        let credits = CreditAccrual(MergedRecord([record]), plan: nil)
        #expect(credits.granted.description == "100.00")
    }
}

@Suite("Completeness") struct CompletenessTests {
    @Test func `parts are there, in files, missing, to follow, withheld or not yet held`() throws {
        let source = try Samples.source("A")
        let record = try MergedRecord([
            StudentRecord([
                Samples.entry(
                    .identity,
                    from: source,
                    [.firstName: "Ana", .paternalSurname: "Ruiz", .birthDate: "2010-03-27"]
                ),
                Samples.entry(
                    .course,
                    from: source,
                    [.courseTitle: "Algebra I", .clockHours: "61"]
                ),
            ])
        ])
        let full = Completeness(
            of: record,
            for: .graduation,
            statements: [.immunization: .sent, .healthAlert: .withheld, .assessment: .toFollow]
        )
        let standings = Dictionary(
            full.rows.map { ($0.part, $0.standing) },
            uniquingKeysWith: { a, _ in a }
        )
        #expect(
            standings == [
                .enrollment: .there, .immunization: .inFiles, .healthAlert: .withheld,
                .transcript: .there, .partialCredit: .there, .specialEducation: .missing,
                .assessment: .toFollow,
            ]
        )
        #expect(full.rows.first?.missing == [.birthEvidence, .gradeLevel])
        #expect(full.rows.first { $0.part == .partialCredit }?.missing == [.gradeToDate])
        #expect(!full.isComplete)
    }

    @Test func `what a state need not hold yet is not missing`() {
        let empty = MergedRecord([])
        let first = Completeness(of: empty, for: .graduation, phase: 1)
        #expect(
            first.rows.map(\.standing) == [
                .missing, .notYetHeld, .notYetHeld, .notYetHeld, .notYetHeld, .notYetHeld,
                .notYetHeld,
            ]
        )
        let third = Completeness(of: empty, for: .graduation, phase: 3)
        #expect(third.rows.allSatisfy { $0.standing == .missing })
        #expect(
            Completeness(of: empty, for: .enrollment).rows.map(\.part) == RecordUse.enrollment.parts
        )
    }

    @Test func `what was looked for in vain, and what is kept back, is said`() throws {
        let source = try Samples.source("A")
        let record = MergedRecord([
            StudentRecord([
                RecordEntry(.immunization, from: source, [.immunizationDate: .noneOnFile]),
                RecordEntry(.medicalAlert, from: source, [.medicalAlert: .withheld]),
            ])
        ])
        let rows = Completeness(of: record, for: .enrollment).rows
        #expect(rows.map(\.standing) == [.missing, .noneOnFile, .withheld])
    }
}
