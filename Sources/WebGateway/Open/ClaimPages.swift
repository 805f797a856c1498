import Casework
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// Saying, without an account, where a school answers record requests.
extension OpenRoom {
    func claimPage(_ visit: Visit, _ form: Form) async throws -> Response {
        let chosen = try await chosenSchool(visit)
        let page = ClaimPage(
            form: form,
            search: try await schools.search(visit),
            organization: chosen.name,
            organizationID: chosen.id
        )
        return frame.page(
            page,
            visit,
            status: form.problems.isEmpty ? .ok : .unprocessableContent
        )
    }

    /// Answers in the same words, and after the same time, whoever is on the list.
    func claim(_ visit: Visit) async throws -> Response {
        let started = ContinuousClock.now
        let typed = visit.form
        var form = Form(typed.typed(.name, .title, .email, .phone))
        form.needName()
        form.limitNameAndTitle()
        for field in [FieldName.name, .title] where typed[field].hasControl {
            form.problems.append(FieldProblem(field, .controlCharacter))
        }
        let email = form.readEmail()
        let phone = form.readPhone()
        guard case .school(let school) = OrganizationID(typed[.organization]) else {
            form.problems.append(FieldProblem(.organization, .organizationMissing))
            return try await claimPage(visit, form)
        }
        guard form.problems.isEmpty, let email else { return try await claimPage(visit, form) }
        try limits.claim(email, from: visit.address)
        do {
            try await desk.claimOffice(
                school,
                name: typed[.name],
                title: typed[.title],
                email: email,
                phone: phone,
                language: visit.language
            )
        } catch CaseworkFailure.schoolUnknown {
            form.problems = [FieldProblem(.organization, .schoolUnknown)]
            return try await claimPage(visit, form)
        }
        try await Task.sleep(until: started + familyPace, clock: .continuous)
        return .seeOther(PublicRoute.claimSent.path())
    }
}
