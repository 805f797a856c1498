import Casework
import Hummingbird
import RecordExchange
import Rendering
import Vocabulary

/// Who answers for an organisation, and when it is closed.
extension StaffRoom {
    func contacts(_ visit: StaffVisit) async throws -> Response {
        var mine: [OrganizationRow] = []
        let organizations = visit.actor.organizations(as: Set(StaffRole.allCases))
        for organization in organizations
        where try await desk.mayKeep(organization, by: visit.actor) {
            let contacts = try await desk.contacts(of: organization)
            mine.append(
                OrganizationRow(
                    id: organization.description,
                    name: try await desk.name(of: organization),
                    contacts: contacts.count,
                    unconfirmed: contacts.count { $0.confirmedOn == nil }
                )
            )
        }
        var search = try await schools.search(visit.visit)
        search = search.leading { "school:\($0)" }
        let page = ContactsPage(
            search: search,
            mine: mine,
            canSearch: visit.keepsMany,
            claimed: try await claimedOffices(visit)
        )
        return frame.page(page, visit, door: .contacts)
    }

    func organization(_ visit: StaffVisit) async throws -> Response {
        try await organization(visit, form: .empty)
    }

    private func organization(
        _ visit: StaffVisit,
        form: Form,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let id = try organizationID(visit)
        let canEdit = try await desk.mayKeep(id, by: visit.actor)
        // Whoever keeps one school has no business with another one's addresses.
        guard canEdit || visit.keepsMany else { throw GatewayFailure.notFound }
        let name = try await desk.name(of: id)
        var closedUntil: CivilDate?
        if case .school(let school) = id {
            closedUntil = try await desk.prospect(of: school).reopens
        }
        var rulePath = ""
        if case .state(let state) = id, canEdit {
            rulePath = StaffRoute.stateRule.path(state.description).description
        }
        var legendPath = ""
        switch id {
        case .school, .district:
            if canEdit { legendPath = StaffRoute.legend.path(id.description).description }
        case .state, .project, .custodian, .gateway: break
        }
        var plansPath = ""
        switch id {
        case .school, .district, .state:
            if canEdit { plansPath = StaffRoute.plans.path(id.description).description }
        case .project, .custodian, .gateway: break
        }
        let suggestions = try await suggestions(for: id, visit)
        var form = form
        let asked = visit.visit.query["suggested"]
        if let taken = suggestions.first(where: { $0.id.description == asked })?.suggested {
            form.values[.name] = form.values[.name] ?? taken.name
            form.values[.email] = form.values[.email] ?? taken.email
        }
        let page = ContactPage(
            organizationID: id.description,
            name: name,
            closedUntil: closedUntil,
            rows: try await desk.contacts(of: id).map { ContactRow($0, organization: name) },
            canEdit: canEdit,
            roles: Choice.list(
                id.contactRoles,
                chosen: form.values[.contactRole].flatMap(Contact.Role.init(rawValue:))
                    .map { [$0] } ?? []
            ),
            isChecked: form.values[.contactChecked] == "yes",
            isSpanish: form.values[.language] == Language.spanish.rawValue,
            hasSummer: id.contactRoles.contains(.summer),
            calendar: try await calendarSection(of: id, form),
            rulePath: rulePath,
            legendPath: legendPath,
            plansPath: plansPath,
            suggested: suggestions.compactMap { SuggestedRow($0, at: id) },
            form: form
        )
        return frame.page(page, visit, door: .contacts, status: status)
    }

    private func calendarSection(
        of id: OrganizationID,
        _ form: Form
    ) async throws -> CalendarSection? {
        switch id {
        case .school, .district, .state: break
        case .project, .custodian, .gateway: return nil
        }
        let kept = try await desk.keptCalendar(of: id)
        let today = try await desk.today(of: id)
        var inheritedFrom = ""
        if let owner = kept.owner, owner != id { inheritedFrom = try await desk.name(of: owner) }
        return CalendarSection(
            inheritedFrom: inheritedFrom,
            closures: kept.calendar.recesses.filter { $0.last >= today }
                .sorted { ($0.first, $0.last) < ($1.first, $1.last) }
                .map { ClosureRow($0) },
            kinds: Choice.list(
                SchoolCalendar.Recess.Kind.allCases,
                chosen: form.values[.closureKind]
                    .flatMap(SchoolCalendar.Recess.Kind.init(rawValue:)).map { [$0] } ?? []
            )
        )
    }

    func organizationID(_ visit: StaffVisit) throws -> OrganizationID {
        guard let id = OrganizationID(try visit.visit.parameter("organization")) else {
            throw GatewayFailure.notFound
        }
        return id
    }

    // MARK: Contacts

    func saveContact(_ visit: StaffVisit) async throws -> Response {
        let id = try organizationID(visit)
        let typed = visit.visit.form
        var form = Form(
            typed.typed(
                .contactRole,
                .name,
                .title,
                .email,
                .phone,
                .language,
                .contactChecked,
                .termFirstMonth,
                .termFirstDay,
                .termFirstYear,
                .termLastMonth,
                .termLastDay,
                .termLastYear
            )
        )
        let role = Contact.Role(rawValue: typed[.contactRole])
            .flatMap { id.contactRoles.contains($0) ? $0 : nil }
        if role == nil { form.problems.append(FieldProblem(.contactRole, .roleMissing)) }
        form.needName()
        form.limitNameAndTitle()
        let email = form.readEmail()
        let phone = form.readPhone()
        let term = role == .summer ? term(&form) : nil
        guard form.problems.isEmpty, let role, let email else {
            return try await organization(visit, form: form, status: .unprocessableContent)
        }
        try await desk.keepContact(
            ContactDraft(
                role: role,
                name: typed[.name],
                title: typed[.title],
                email: email,
                phone: phone,
                language: Language(rawValue: typed[.language]) ?? .english,
                isChecked: typed[.contactChecked] == "yes",
                term: term
            ),
            of: id,
            by: visit.actor
        )
        return seeOther(.organization, id.description, done: .contactSaved)
    }

    /// When a summer contact is there; both days or neither.
    private func term(_ form: inout Form) -> Contact.Term? {
        let boxes: [FieldName] = [
            .termFirstMonth, .termFirstDay, .termFirstYear, .termLastMonth, .termLastDay,
            .termLastYear,
        ]
        guard boxes.contains(where: { !(form.values[$0] ?? "").isEmpty }) else { return nil }
        let first = day(
            .termFirst,
            Array(boxes.prefix(3)),
            (.firstDayMissing, .firstDayImpossible),
            &form
        )
        let last = day(
            .termLast,
            Array(boxes.suffix(3)),
            (.lastDayMissing, .lastDayImpossible),
            &form
        )
        guard let first, let last else { return nil }
        let term = Contact.Term(first: first, last: last)
        if term == nil { form.problems.append(FieldProblem(.termLast, .lastBeforeFirst)) }
        return term
    }

    func confirmContact(_ visit: StaffVisit) async throws -> Response {
        let id = try organizationID(visit)
        try await desk.confirmContact(try contactID(visit), of: id, by: visit.actor)
        return seeOther(.organization, id.description, done: .contactConfirmed)
    }

    func askContact(_ visit: StaffVisit) async throws -> Response {
        let id = try organizationID(visit)
        do {
            try await desk.askContact(try contactID(visit), of: id, by: visit.actor)
        } catch CaseworkFailure.notPossibleNow {
            return seeOther(.organization, id.description, done: .nothingDone)
        }
        return seeOther(.organization, id.description, done: .contactAsked)
    }

    func endContact(_ visit: StaffVisit) async throws -> Response {
        let id = try organizationID(visit)
        try await desk.endContact(try contactID(visit), of: id, by: visit.actor)
        return seeOther(.organization, id.description, done: .contactEnded)
    }

    /// Whom those who were asked by mistake named instead, the last of each inquiry.
    private func suggestions(
        for id: OrganizationID,
        _ visit: StaffVisit
    ) async throws -> [Inquiry] {
        guard try await desk.mayKeep(id, by: visit.actor) else { return [] }
        return try await desk.suggestions(for: id, by: visit.actor)
    }

    private func contactID(_ visit: StaffVisit) throws -> Contact.ID {
        guard let id = Contact.ID(visit.visit.form["id"] ?? "") else {
            throw GatewayFailure.notFound
        }
        return id
    }

    // MARK: Closed days

    func addClosure(_ visit: StaffVisit) async throws -> Response {
        let id = try organizationID(visit)
        let typed = visit.visit.form
        var form = Form(
            typed.typed(
                .closureKind,
                .closureName,
                .closureFirstMonth,
                .closureFirstDay,
                .closureFirstYear,
                .closureLastMonth,
                .closureLastDay,
                .closureLastYear
            )
        )
        let kind = SchoolCalendar.Recess.Kind(rawValue: typed[.closureKind])
        if kind == nil { form.problems.append(FieldProblem(.closureKind, .closureKindMissing)) }
        let name = typed[.closureName]
        if !name.utf8.contains(where: { $0 > 32 }) {
            form.problems.append(FieldProblem(.closureName, .missing))
        } else if name.utf8.count > ContactDraft.longestField {
            let limit = ContactDraft.longestField
            form.problems.append(FieldProblem(.closureName, .tooLong(limit: limit)))
        }
        let first = day(
            .closureFirst,
            [.closureFirstMonth, .closureFirstDay, .closureFirstYear],
            (.firstDayMissing, .firstDayImpossible),
            &form
        )
        let last = day(
            .closureLast,
            [.closureLastMonth, .closureLastDay, .closureLastYear],
            (.lastDayMissing, .lastDayImpossible),
            &form
        )
        if let first, let last {
            if last < first {
                form.problems.append(FieldProblem(.closureLast, .lastBeforeFirst))
            } else if last < (try await desk.today(of: id)) {
                form.problems.append(FieldProblem(.closureLast, .dayPast))
            } else if first.days(to: last) >= CalendarFile.longestSpan {
                form.problems.append(FieldProblem(.closureLast, .closureTooLong))
            }
        }
        guard form.problems.isEmpty, let kind, let first, let last else {
            return try await organization(visit, form: form, status: .unprocessableContent)
        }
        let closure = SchoolCalendar.Recess(kind: kind, name: name, first: first, last: last)
        try await desk.addClosure(closure, of: id, by: visit.actor)
        return seeOther(.organization, id.description, done: .calendarChanged)
    }

    private func day(
        _ field: FieldName,
        _ boxes: [FieldName],
        _ troubles: (missing: FieldTrouble, impossible: FieldTrouble),
        _ form: inout Form
    ) -> CivilDate? {
        let typed = boxes.map { form.values[$0] ?? "" }
        switch RequestDraft.date(month: typed[0], day: typed[1], year: typed[2]) {
        case .missing: form.problems.append(FieldProblem(field, troubles.missing))
        case .impossible: form.problems.append(FieldProblem(field, troubles.impossible))
        case .day(let day): return day
        }
        return nil
    }

    func removeClosure(_ visit: StaffVisit) async throws -> Response {
        let id = try organizationID(visit)
        guard let first = CivilDate(iso8601: visit.visit.form[.closureFirst]),
            let last = CivilDate(iso8601: visit.visit.form[.closureLast])
        else { throw GatewayFailure.notFound }
        try await desk.removeClosure(from: first, through: last, of: id, by: visit.actor)
        return seeOther(.organization, id.description, done: .calendarChanged)
    }
}

extension StaffVisit {
    /// Looks after more than one office, so looks for them by name.
    fileprivate var keepsMany: Bool {
        actor.memberships.contains {
            [.district, .stateContact, .administrator].contains($0.role)
        }
    }
}

extension SchoolSearch {
    /// The same hits under identifiers of organisations, as links of the contacts pages need them.
    fileprivate func leading(_ identifier: (String) -> String) -> SchoolSearch {
        SchoolSearch(
            form: form,
            states: states,
            wasAsked: wasAsked,
            total: total,
            hasMore: hasMore,
            leftOutZIP: leftOutZIP,
            schools: schools.map { hit in
                SchoolHit(
                    id: identifier(hit.id),
                    name: hit.name,
                    place: hit.place,
                    district: hit.district,
                    grades: hit.grades,
                    phone: hit.phone,
                    custodian: hit.custodian,
                    isChosen: hit.isChosen
                )
            }
        )
    }
}

extension SuggestedRow {
    /// `nil` where nobody was named.
    init?(_ inquiry: Inquiry, at organization: OrganizationID) {
        guard let suggested = inquiry.suggested else { return nil }
        let form = StaffRoute.organization.path(
            organization.description,
            query: ["suggested": inquiry.id.description]
        )
        self.init(
            name: suggested.name,
            email: suggested.email,
            note: suggested.note,
            takePath: "\(form)#add"
        )
    }
}
