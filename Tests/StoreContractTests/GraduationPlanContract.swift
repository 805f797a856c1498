import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("Graduation plans on file")
struct GraduationPlanContract {
    private func plan(
        _ number: Int,
        of organization: OrganizationID,
        from first: Int,
        minute: Int64 = 0
    ) throws -> EnteredPlan {
        EnteredPlan(
            id: .numbered(number),
            organization: organization,
            version: number,
            content: PlanContent(
                name: "Diploma \"ñ\" \(number)",
                classes: try #require(ClassYears(from: first)),
                requirements: [
                    GraduationPlan.Requirement(
                        subject: "Arts",
                        spanish: "Artes",
                        areas: [.arts, .business],
                        credits: Hundredths(33)
                    )
                ],
                citation: "Code 7",
                isVerified: true
            ),
            entered: deed(minute)
        )
    }

    private func deed(_ minute: Int64) -> EnteredPlan.Deed {
        EnteredPlan.Deed(
            staff: .numbered(9),
            name: "Ana",
            at: Instant.noon("2026-05-18").advanced(bySeconds: minute * 60),
            on: .on("2026-05-18")
        )
    }

    @Test(arguments: Backend.allCases)
    func `every version comes back, those in force apart, each office's own`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let oak = School.oak.organization
        let old = try plan(1, of: oak, from: 2024)
        let new = try plan(2, of: oak, from: 2027, minute: 1)
        let other = try plan(3, of: .state(.texas), from: 2025)
        var ended = try plan(4, of: oak, from: 2020, minute: 2)
        ended.ended = deed(3)
        var last = try plan(5, of: oak, from: 2020, minute: 4)
        last.ended = deed(5)
        try await store.write { [ended, last] session in
            for plan in [old, new, other, ended, last] { try session.save(plan) }
        }

        let (inForce, former, one, none) = try await store.read { session in
            (
                try session.plansInForce(of: oak),
                try session.formerPlans(of: oak, limit: 10),
                try session.enteredPlan(.numbered(3)),
                try session.enteredPlan(.numbered(99))
            )
        }
        #expect(inForce == [new, old])
        #expect(former == [last, ended])
        #expect(one == other && none == nil)
        let newest = try await store.read { try $0.formerPlans(of: oak, limit: 1) }
        #expect(newest == [last])
    }

    @Test(arguments: Backend.allCases)
    func `a plan that ended is found among the former ones alone`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let oak = School.oak.organization
        var plan = try plan(1, of: oak, from: 2027)
        try await store.write { [plan] in try $0.save(plan) }
        plan.ended = deed(1)
        try await store.write { [plan] in try $0.save(plan) }

        let (inForce, former) = try await store.read { session in
            (try session.plansInForce(of: oak), try session.formerPlans(of: oak, limit: 10))
        }
        #expect(inForce.isEmpty && former == [plan])
    }
}
