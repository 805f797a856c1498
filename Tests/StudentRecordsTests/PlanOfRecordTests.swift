import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

/// Whose plan it is that a student's credits are held against, where records bring plans along.
@Suite("The graduation plan of a record") struct PlanOfRecordTests {
    /// What one school says on one day: its requirements by subject, and whether the student is to
    /// graduate there.
    private static func record(
        _ school: String,
        _ day: String,
        _ credits: [String: String],
        designated: Bool = false
    ) throws -> StudentRecord {
        let source = try Samples.source(school, day)
        var entries = try credits.sorted { $0.key < $1.key }.map { subject, credits in
            try Samples.entry(
                .graduationRequirement,
                from: source,
                [.subjectArea: subject, .subjectRequirement: credits]
            )
        }
        if designated {
            entries.append(
                try Samples.entry(
                    .school,
                    from: source,
                    [.schoolName: school, .designatedForGraduation: "yes", .state: "TX"]
                )
            )
        }
        return StudentRecord(entries)
    }

    private static func figures(_ plan: GraduationPlan?) -> [String: Int] {
        Dictionary(
            uniqueKeysWithValues: (plan?.requirements ?? []).map { ($0.subject, $0.credits.count) }
        )
    }

    @Test func `two schools' plans are never mixed: the newest counts where none is designated`()
        throws
    {
        let old = try Self.record("East", "2024-05-01", ["Mathematics": "3", "Religion": "2"])
        let new = try Self.record("West", "2026-05-01", ["Mathematics": "4", "Science": "3"])
        for records in [[old, new], [new, old]] {
            let plan = try #require(GraduationPlan(of: MergedRecord(records)))
            #expect(Self.figures(plan) == ["Mathematics": 400, "Science": 300])
            #expect(plan.total == Hundredths(700))
        }
    }

    @Test func `the school where the student is to graduate goes before a newer one`() throws {
        let home = try Self.record(
            "East",
            "2024-05-01",
            ["Mathematics": "3", "Science": "2"],
            designated: true
        )
        let here = try Self.record("West", "2026-05-01", ["Mathematics": "4", "English": "4"])
        let plan = try #require(GraduationPlan(of: MergedRecord([here, home])))
        #expect(Self.figures(plan) == ["Mathematics": 300, "Science": 200])
        #expect(plan.name == "East" && plan.state == StateCode("TX"))
    }

    @Test func `of one school every answer counts, and of one subject the newest word`() throws {
        let first = try Self.record(
            "East",
            "2026-05-01",
            ["Mathematics": "3", "Science": "2"],
            designated: true
        )
        let corrected = try Self.record("East", "2026-05-09", ["Mathematics": "4"])
        let plan = GraduationPlan(of: MergedRecord([first, corrected]))
        #expect(Self.figures(plan) == ["Mathematics": 400, "Science": 200])
    }

    @Test func `a school that asks for nothing readable has no plan`() throws {
        let source = try Samples.source("East")
        let silent: [ElementAnswer] = [.noneOnFile, .withheld, .unreadable("four")]
        for answer in silent {
            var entry = try Samples.entry(
                .graduationRequirement,
                from: source,
                [.subjectArea: "Mathematics"]
            )
            entry.answers[.subjectRequirement] = answer
            #expect(GraduationPlan(of: MergedRecord([StudentRecord([entry])])) == nil)
            let other = try Self.record("West", "2020-05-01", ["Science": "3"])
            let plan = GraduationPlan(of: MergedRecord([StudentRecord([entry]), other]))
            #expect(Self.figures(plan) == ["Science": 300])
        }
    }

    @Test(arguments: 0..<60)
    func `every requirement of a plan is one that its school states`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let subjects = ["Mathematics", "Science", "English", "Arts", "Religion"]
        var stated: [String: [String: Int]] = [:]
        var records: [StudentRecord] = []
        for index in 0..<Int.random(in: 1...4, using: &generator) {
            let credits = Dictionary(
                uniqueKeysWithValues: subjects.shuffled(using: &generator)
                    .prefix(Int.random(in: 1...4, using: &generator))
                    .map { ($0, Int.random(in: 1...16, using: &generator) * 25) }
            )
            let school = "School \(index)"
            stated[school] = credits
            records.append(
                try Self.record(
                    school,
                    "202\(index)-05-01",
                    credits.mapValues { Hundredths($0).description },
                    designated: Bool.random(using: &generator)
                )
            )
        }
        let merged = MergedRecord(records.shuffled(using: &generator))
        let plan = GraduationPlan(of: merged)
        #expect(stated.values.contains(Self.figures(plan)))
        let accrual = CreditAccrual(merged, plan: plan)
        #expect(accrual.needed?.count == Self.figures(plan).values.reduce(0, +))
        #expect(accrual.left == accrual.needed)
    }
}
