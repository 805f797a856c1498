import Casework
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// Saying, without an account, where a school answers record requests.
extension OpenRoom {
    func claimPage(_ visit: Visit, _ form: Form) async throws -> Response {
        let typed = visit.form.has(FieldName.organization.rawValue) ? visit.form : visit.query
        var name = ""
        if case .school(let id) = OrganizationID(typed[.organization]),
            let school = try await desk.school(id)
        {
            name = "\(school.name), \(schools.place(school))"
        }
        let page = ClaimPage(
            form: form,
            search: try await schools.search(visit),
            organization: name,
            organizationID: name.isEmpty ? "" : typed[.organization]
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
        if !typed[.name].utf8.contains(where: { $0 > 32 }) {
            form.problems.append(FieldProblem(.name, .nameMissing))
        }
        let limit = ContactDraft.longestField
        for field in [FieldName.name, .title] where typed[field].utf8.count > limit {
            form.problems.append(FieldProblem(field, .tooLong(limit: limit)))
        }
        for field in [FieldName.name, .title] where typed[field].hasControl {
            form.problems.append(FieldProblem(field, .controlCharacter))
        }
        let email = try? EmailAddress(parsing: typed[.email].lowercased())
        if email == nil {
            let trouble: FieldTrouble = typed[.email].isEmpty ? .emailMissing : .emailMalformed
            form.problems.append(FieldProblem(.email, trouble))
        }
        let phone = typed[.phone]
        if !phone.isEmpty, !ContactDraft.isPhone(phone) {
            form.problems.append(FieldProblem(.phone, .phoneMalformed))
        }
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
                phone: phone.isEmpty ? nil : phone,
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
