import Casework
import Hummingbird
import RecordExchange
import Rendering
import Vocabulary

/// Looking for somebody at a school that nobody reaches.
extension StaffRoom {
    func findContactPage(_ visit: StaffVisit) async throws -> Response {
        try await findContactPage(visit, form: nil)
    }

    /// `form`: what was typed; `nil` where nothing was yet.
    private func findContactPage(_ visit: StaffVisit, form typed: Form?) async throws -> Response {
        let number = try number(visit)
        let search = try await desk.contactSearch(for: number, by: visit.actor)
        let school = search.school
        let suggested = search.inquiry.suggested
        var form = typed ?? .empty
        if typed == nil, let suggested {
            form.values[.name] = suggested.name
            form.values[.email] = suggested.email
        }
        var phones: [PhoneRow] = []
        if let phone = school.phone {
            phones.append(PhoneRow(organization: school.name, phone: phone))
        }
        if let phone = search.districtPhone {
            phones.append(PhoneRow(organization: school.districtName, phone: phone))
        }
        let page = FindContactPage(
            path: StaffRoute.submitQueueContact.path(number.description).description,
            backPath: StaffRoute.queueRow.path(number.description).description,
            number: number,
            holder: school.name,
            place: schools.place(school),
            phones: phones,
            contacts: try await contactRows(of: school),
            suggested: suggested?.email ?? "",
            contactsPath: StaffRoute.organization.path(search.holder.description).description,
            isSpanish: form.values[.language] == Language.spanish.rawValue,
            isChecked: form.values[.contactChecked] == "yes",
            form: form
        )
        return frame.page(
            page,
            visit,
            door: .queue,
            status: form.problems.isEmpty ? .ok : .unprocessableContent
        )
    }

    func findContact(_ visit: StaffVisit) async throws -> Response {
        let number = try number(visit)
        let search = try await desk.contactSearch(for: number, by: visit.actor)
        guard let role = search.holder.contactRoles.first else { throw GatewayFailure.conflict }
        let typed = visit.visit.form
        var form = Form(
            typed.typed(.name, .title, .email, .phone, .language, .contactChecked)
        )
        form.needName()
        form.limitNameAndTitle()
        let email = form.readEmail()
        let phone = form.readPhone()
        guard form.problems.isEmpty, let email else {
            return try await findContactPage(visit, form: form)
        }
        do {
            try await desk.addFoundContact(
                ContactDraft(
                    role: role,
                    name: typed[.name],
                    title: typed[.title],
                    email: email,
                    phone: phone,
                    language: Language(rawValue: typed[.language]) ?? .english,
                    isChecked: typed[.contactChecked] == "yes"
                ),
                for: number,
                by: visit.actor
            )
        } catch CaseworkFailure.alreadyThere {
            form.problems.append(FieldProblem(.email, .emailCameBack))
            return try await findContactPage(visit, form: form)
        }
        return seeOther(.queueRow, number.description, done: .contactFound)
    }

    // MARK: Who is known

    /// A custodian is of no one state, and whoever asks the requester waits for it.
    func hasOwnContacts(_ inquiry: Inquiry) -> Bool {
        if case .custodian = inquiry.holder { return false }
        return inquiry.status != .question
    }

    func contactRows(of school: School?) async throws -> [ContactRow] {
        guard let school else { return [] }
        let contacts = try await desk.contacts(around: school)
        var rows: [ContactRow] = []
        for contact in contacts {
            let organization = try await desk.name(of: contact.organization)
            rows.append(ContactRow(contact, organization: organization))
        }
        return rows
    }

    func suggested(_ inquiry: Inquiry, beside contacts: [ContactRow]) -> SuggestedRow? {
        guard let suggested = inquiry.suggested,
            !contacts.contains(where: { $0.email == suggested.email.lowercased() })
        else { return nil }
        return SuggestedRow(inquiry, at: inquiry.holder)
    }

    func contactsPath(of school: School?) -> String {
        guard let school else { return "" }
        let organization = school.custodian ?? .school(school.id)
        return StaffRoute.organization.path(organization.description).description
    }
}
