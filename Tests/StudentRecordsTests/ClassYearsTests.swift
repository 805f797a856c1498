import StudentRecords
import Testing
import Vocabulary

@Suite("Graduating classes") struct ClassYearsTests {
    private static let few = 2024...2031

    private func classes(_ first: Int, _ last: Int?) throws -> ClassYears {
        try #require(ClassYears(from: first, through: last))
    }

    @Test func `a span is of years that anybody means, in their order`() {
        #expect(ClassYears(from: 1989) == nil)
        #expect(ClassYears(from: 2101) == nil)
        #expect(ClassYears(from: 2027, through: 2026) == nil)
        #expect(ClassYears(from: 2027, through: 2101) == nil)
        #expect(ClassYears(from: 2027, through: 2027) != nil)
        #expect(ClassYears(from: 1990)?.last == nil)
    }

    @Test(arguments: few)
    func `two spans overlap exactly where one class lies in both`(first: Int) throws {
        let ends = Self.few.map { Optional($0) } + [nil]
        for last in ends where last.map({ $0 >= first }) ?? true {
            let one = try classes(first, last)
            for otherFirst in Self.few {
                for otherLast in ends where otherLast.map({ $0 >= otherFirst }) ?? true {
                    let other = try classes(otherFirst, otherLast)
                    let shared = (2020...2040).contains { year in
                        one.contains(year) && other.contains(year)
                    }
                    #expect(one.overlaps(other) == shared)
                    #expect(other.overlaps(one) == shared)
                }
            }
        }
    }

    @Test func `a grade says the class, and in July the grade of the coming school year`() throws {
        let may = try #require(CivilDate(year: 2026, month: 5, day: 18))
        let june = try #require(CivilDate(year: 2026, month: 6, day: 30))
        let july = try #require(CivilDate(year: 2026, month: 7, day: 1))
        #expect(ClassYears.graduating(.twelfth, on: may) == 2026)
        #expect(ClassYears.graduating(.twelfth, on: june) == 2026)
        #expect(ClassYears.graduating(.twelfth, on: july) == 2027)
        #expect(ClassYears.graduating(.ninth, on: may) == 2029)
        #expect(ClassYears.graduating(.first, on: may) == 2037)
        #expect(ClassYears.graduating(.kindergarten, on: may) == 2038)
        #expect(ClassYears.graduating(.prekindergarten, on: may) == 2039)
    }

    @Test(arguments: [.thirteenth, .ungraded, .adult, nil] as [Grade?])
    func `a grade that says no class says none`(grade: Grade?) throws {
        let day = try #require(CivilDate(year: 2026, month: 5, day: 18))
        #expect(ClassYears.graduating(grade, on: day) == nil)
    }

    private func plan(
        _ name: String,
        school: String? = nil,
        district: String? = nil,
        state: String? = nil,
        _ classes: ClassYears? = nil
    ) -> GraduationPlan {
        GraduationPlan(
            name: name,
            state: state.flatMap { StateCode($0) },
            school: school.flatMap { SchoolID($0) },
            district: district.flatMap { DistrictID($0) },
            classes: classes,
            requirements: []
        )
    }

    @Test func `the nearest office counts, whatever the order: school, district, state`() throws {
        let school = try #require(SchoolID("484496008851"))
        let texas = try #require(StateCode("TX"))
        let own = plan("Own", school: "484496008851")
        let district = plan("District", district: "4844960")
        let state = plan("State", state: "TX")
        let others = [
            plan("Other", school: "484496008852"), plan("Elsewhere", district: "4844961"),
            plan("Washington", state: "WA"),
        ]
        for plans in [[own, district, state] + others, others + [state, district, own]] {
            #expect(plans.plan(of: school, in: texas)?.name == "Own")
            let without = plans.filter { $0.school != school }
            #expect(without.plan(of: school, in: texas)?.name == "District")
            let left = without.filter { $0.name != "District" }
            #expect(left.plan(of: school, in: texas)?.name == "State")
            #expect(left.plan(of: school, in: nil) == nil)
        }
        #expect(others.plan(of: school, in: texas) == nil)
    }

    @Test func `a plan of other classes leaves the word to the next office`() throws {
        let school = try #require(SchoolID("484496008851"))
        let texas = try #require(StateCode("TX"))
        let plans = [
            plan("New", school: "484496008851", try classes(2029, nil)),
            plan("Old", school: "484496008851", try classes(2024, 2026)),
            plan("File", state: "TX"),
        ]
        #expect(plans.plan(of: school, in: texas, for: 2029)?.name == "New")
        #expect(plans.plan(of: school, in: texas, for: 2026)?.name == "Old")
        #expect(plans.plan(of: school, in: texas, for: 2027)?.name == "File")
        // Where the class cannot be told, the first one given counts: that of the latest classes.
        #expect(plans.plan(of: school, in: texas)?.name == "New")
    }
}
