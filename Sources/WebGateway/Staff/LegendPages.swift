import Casework
import Hummingbird
import RecordExchange
import Rendering
import Vocabulary

/// What a school or a district prints on its transcripts.
extension StaffRoom {
    func legend(_ visit: StaffVisit) async throws -> Response {
        let id = try organizationID(visit)
        let legend = try await desk.legend(of: id, by: visit.actor)
        return try await legendPage(id, Form([.transcriptLegend: legend?.text ?? ""]), visit)
    }

    func saveLegend(_ visit: StaffVisit) async throws -> Response {
        let id = try organizationID(visit)
        // Whose it is comes before what is wrong with it.
        _ = try await desk.legend(of: id, by: visit.actor)
        let typed = visit.visit.form[.transcriptLegend]
        do {
            try await desk.keepLegend(try TranscriptLegend(typed), of: id, by: visit.actor)
        } catch let refusal as TranscriptLegend.Refusal {
            let trouble: FieldTrouble
            switch refusal {
            case .empty:
                try await desk.keepLegend(nil, of: id, by: visit.actor)
                return seeOther(.organization, id.description, done: .legendSaved)
            case .tooLong: trouble = .tooLong(limit: TranscriptLegend.longestText)
            case .unprintable: trouble = .textUnprintable
            }
            let form = Form(
                [.transcriptLegend: typed],
                problems: [FieldProblem(.transcriptLegend, trouble)]
            )
            return try await legendPage(id, form, visit, status: .unprocessableContent)
        }
        return seeOther(.organization, id.description, done: .legendSaved)
    }

    private func legendPage(
        _ id: OrganizationID,
        _ form: Form,
        _ visit: StaffVisit,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let page = LegendPage(
            path: StaffRoute.legend.path(id.description).description,
            backPath: StaffRoute.organization.path(id.description).description,
            name: try await desk.name(of: id),
            form: form
        )
        return frame.page(page, visit, door: .contacts, status: status)
    }
}
