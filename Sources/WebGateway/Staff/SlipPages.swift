import Casework
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// Paper for the family: the slip with which they see how far a request is.
extension StaffRoom {
    func slipPage(_ visit: StaffVisit) async throws -> Response {
        try await slipPage(visit, slip: nil)
    }

    /// The page is the answer itself: its code is not kept, so no other page could show it.
    func makeSlip(_ visit: StaffVisit) async throws -> Response {
        let slip = try await desk.makeFamilySlip(of: try number(visit), by: visit.actor)
        return try await slipPage(visit, slip: SlipToPrint(code: slip.code))
    }

    private func slipPage(_ visit: StaffVisit, slip: SlipToPrint?) async throws -> Response {
        let number = try number(visit)
        let summary = try await desk.request(number, by: visit.actor)
        let earlier = slip == nil ? try await desk.familySlip(of: number, by: visit.actor) : nil
        let page = SlipPage(
            number: number,
            studentName: summary.request.student.name.full,
            spanishPath: PublicRoute.family.path().description,
            englishPath: PublicRoute.familyInEnglish.path().description,
            madeAt: earlier.map { local($0.issuedAt, summary.request.requesterState) },
            slip: slip
        )
        return frame.page(page, visit, door: .requests)
    }
}
