import Operations
import Testing

@Suite("Doctor: graduation plans") struct GraduationPlanCheckTests {
    @Test func `none, some and a file that cannot be read`() {
        #expect(!PlaceChecks.graduationPlans(nil).isFault)
        #expect(
            PlaceChecks.graduationPlans(.success(3)) == .ok("graduation-plans", "3 on file")
        )
        let finding = PlaceChecks.graduationPlans(.failure(CheckTrouble("row 3: credits")))
        guard case .fault(let what, let cure) = finding.verdict else {
            Issue.record("not a fault")
            return
        }
        #expect(what == "row 3: credits")
        #expect(cure.contains("records.graduation_plans_file"))
    }
}
