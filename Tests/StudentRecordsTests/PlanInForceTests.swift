import StudentRecords
import Testing
import Vocabulary

/// Whose plan a student's credits are held against.
@Suite("The plan in force") struct PlanInForceTests {
    private static let east = "484496008851"

    private static func plan(
        _ name: String,
        _ state: String,
        school: String? = nil
    ) -> GraduationPlan {
        GraduationPlan(
            name: name,
            state: StateCode(state),
            school: school.flatMap { SchoolID($0) },
            requirements: [
                .init(subject: "Mathematics", areas: [.mathematics], credits: Hundredths(400))
            ]
        )
    }

    private static let own = plan("Cascada", "WA")
    private static let texas = plan("Texas", "TX")
    private static let ofEast = plan("East's own", "TX", school: east)

    /// What one school says of where the student is to graduate.
    private static func naming(
        _ code: String?,
        _ state: String?,
        on day: String = "2026-05-29",
        flag: String = "yes"
    ) throws -> RecordEntry {
        var values: [Element: String] = [
            .schoolName: "Weslaco East HS", .designatedForGraduation: flag,
        ]
        values[.schoolCode] = code
        values[.state] = state
        return try Samples.entry(
            .school,
            from: try Samples.source("Weslaco East HS", day),
            values
        )
    }

    private static func requirement() throws -> RecordEntry {
        try Samples.entry(
            .graduationRequirement,
            from: try Samples.source("Davis HS", "2026-05-29"),
            [.subjectArea: "English", .subjectRequirement: "3"]
        )
    }

    private static func inForce(
        _ entries: [RecordEntry],
        _ entered: [GraduationPlan]
    ) -> PlanInForce? {
        PlanInForce(
            for: MergedRecord([StudentRecord(entries)]),
            entered: entered,
            own: own
        )
    }

    @Test func `the designated school's own plan goes before every other`() throws {
        let found = try Self.inForce(
            [Self.naming(Self.east, "TX"), Self.requirement()],
            [Self.own, Self.texas, Self.ofEast]
        )
        #expect(found?.plan.name == "East's own")
        #expect(found?.owner == .designated(school: "Weslaco East HS"))
    }

    @Test func `its state's plan counts where the school entered none`() throws {
        let found = try Self.inForce([Self.naming(Self.east, "TX")], [Self.own, Self.texas])
        #expect(found?.plan.name == "Texas")
        #expect(found?.owner == .designated(school: "Weslaco East HS"))
    }

    @Test func `its district's plan goes before its state's, for the student's class`() throws {
        let district = GraduationPlan(
            name: "District's",
            state: nil,
            district: DistrictID(Self.east.prefix(7)),
            classes: ClassYears(from: 2028),
            requirements: Self.texas.requirements
        )
        let record = MergedRecord([StudentRecord([try Self.naming(Self.east, "TX")])])
        let names = [nil, 2027, 2028].map { (year: Int?) in
            PlanInForce(
                for: record,
                entered: [Self.texas, district],
                own: Self.own,
                graduating: year
            )?.plan.name
        }
        #expect(names == ["District's", "Texas", "District's"])
        #expect(PlanInForce.place(in: record)?.school.description == Self.east)
        #expect(PlanInForce.place(in: MergedRecord([])) == nil)
    }

    @Test(arguments: [nil, "WE-12", "48449600885"])
    func `a school without its number has no entered plan`(code: String?) throws {
        let entered = [Self.texas, Self.ofEast]
        #expect(try Self.inForce([Self.naming(code, "TX")], entered)?.owner == .requester)
        let both = try [Self.naming(code, "TX"), Self.requirement()]
        #expect(Self.inForce(both, entered)?.owner == .record)
    }

    @Test func `a school that is not designated says nothing`() throws {
        let entries = [try Self.naming(Self.east, "TX", flag: "no")]
        let found = Self.inForce(entries, [Self.texas, Self.ofEast])
        #expect(found?.plan.name == "Cascada" && found?.owner == .requester)
    }

    @Test func `where nobody entered one for it, the record's own plan counts`() throws {
        let entries = try [Self.naming(Self.east, "TX"), Self.requirement()]
        let found = Self.inForce(entries, [Self.own])
        #expect(found?.owner == .record && found?.plan.total == Hundredths(300))
    }

    @Test func `of two schools that were named, the last one counts`() throws {
        let west = Self.plan("West's own", "WA", school: "531011001689")
        let entries = try [
            Self.naming(Self.east, "TX", on: "2024-05-01"),
            Samples.entry(
                .school,
                from: try Samples.source("Davis HS", "2026-05-01"),
                [
                    .schoolName: "Davis HS", .schoolCode: "531011001689",
                    .designatedForGraduation: "yes",
                ]
            ),
        ]
        for entries in [entries, entries.reversed()] {
            let found = Self.inForce(entries, [Self.texas, Self.ofEast, west])
            #expect(found?.plan.name == "West's own")
        }
        // Nor is the older one's plan taken for the newer school.
        #expect(Self.inForce(entries, [Self.texas, Self.ofEast])?.owner == .requester)
    }

    @Test func `without any there is none`() {
        #expect(PlanInForce(for: MergedRecord([]), entered: [Self.texas, Self.ofEast]) == nil)
    }
}
