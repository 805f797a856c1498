import Casework
import Hummingbird
import RecordExchange
import Rendering
import Vocabulary

/// Accounts and the audit log.
extension StaffRoom {
    // MARK: People

    func people(
        _ visit: StaffVisit,
        form: Form,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let accounts = try await desk.people(by: visit.actor)
        var rows: [PersonRow] = []
        for account in accounts {
            guard let membership = account.memberships.first else { continue }
            rows.append(
                PersonRow(
                    id: account.id.description,
                    name: account.name,
                    title: account.title,
                    email: account.email.description,
                    role: RoleWord(membership.role),
                    organization: try await desk.name(of: membership.organization),
                    state: AccountWord(account.status),
                    canDisable: account.status == .active && account.id != visit.actor.id
                )
            )
        }
        var organizations: [NamedChoice] = []
        for organization in Set(accounts.flatMap(\.memberships).map(\.organization))
            .sorted(by: { $0.description < $1.description })
        {
            organizations.append(
                NamedChoice(
                    value: organization.description,
                    label: try await desk.name(of: organization),
                    isChosen: form.values[.organization] == organization.description
                )
            )
        }
        let isAdministrator = visit.actor.memberships.contains { $0.role == .administrator }
        let roles: [RoleWord] =
            isAdministrator ? RoleWord.allCases : [.registrar, .counselor, .recordsClerk]
        let page = PeoplePage(
            waiting: rows.filter { $0.state == .requested },
            people: rows.filter { $0.state != .requested },
            roles: Choice.list(
                roles,
                chosen: form.values[.role].flatMap(RoleWord.init(rawValue:)).map { [$0] } ?? []
            ),
            organizations: organizations,
            form: form
        )
        return frame.page(page, visit, door: .people, status: status)
    }

    func invite(_ visit: StaffVisit) async throws -> Response {
        let typed = visit.visit.form
        var form = Form(typed.typed(.name, .title, .email, .role, .organization))
        let email = form.readEmail()
        form.needName(else: .missing)
        let role = StaffRole(rawValue: typed[.role])
        if role == nil { form.problems.append(FieldProblem(.role, .roleMissing)) }
        let organization = OrganizationID(typed[.organization])
        if organization == nil {
            form.problems.append(FieldProblem(.organization, .organizationMissing))
        }
        guard form.problems.isEmpty, let email, let role, let organization else {
            return try await people(visit, form: form, status: .unprocessableContent)
        }
        do {
            try await desk.invite(
                email: email,
                name: typed[.name],
                title: typed[.title],
                membership: .init(role: role, organization: organization),
                language: visit.visit.language,
                by: visit.actor
            )
        } catch CaseworkFailure.alreadyThere {
            form.problems.append(FieldProblem(.email, .emailTaken))
            return try await people(visit, form: form, status: .unprocessableContent)
        }
        return seeOther(.people, done: .invited)
    }

    func approve(_ visit: StaffVisit) async throws -> Response {
        try await desk.approveAccount(try visit.visit.identifier("account"), by: visit.actor)
        return seeOther(.people, done: .approved)
    }

    func decline(_ visit: StaffVisit) async throws -> Response {
        try await desk.declineAccount(try visit.visit.identifier("account"), by: visit.actor)
        return seeOther(.people, done: .declined)
    }

    func disable(_ visit: StaffVisit) async throws -> Response {
        let account = try visit.visit.identifier("account", of: Staff.self)
        try await desk.disableAccount(account, by: visit.actor)
        try await sessions.endAll(ofAccount: account)
        return seeOther(.people, done: .disabled)
    }

    // MARK: Audit

    func audit(_ visit: StaffVisit) async throws -> Response {
        let size: Int64 = 100
        let log = try await desk.auditLog(
            before: visit.visit.query["before"].flatMap { Int64($0) },
            limit: Int(size),
            by: visit.actor
        )
        let oldest = log.entries.last?.sequence ?? 0
        let older =
            oldest > 1
            ? StaffRoute.audit.path(query: ["before": String(oldest)]).description : ""
        let page = AuditPage(
            rows: log.entries.map { entry in
                AuditRow(
                    sequence: Int(entry.sequence),
                    at: local(entry.at, Self.capital),
                    actor: entry.actor,
                    action: entry.action,
                    subject: entry.subject,
                    detail: entry.detail,
                    hash: DigestText(entry.hash.description)
                )
            },
            isUnbroken: log.isUnbroken,
            total: Int(log.total),
            olderPath: older
        )
        return frame.page(page, visit, door: .audit)
    }
}

extension AccountWord {
    fileprivate init(_ status: StaffAccount.Status) {
        switch status {
        case .requested: self = .requested
        case .invited: self = .invited
        case .active: self = .active
        case .disabled: self = .disabled
        }
    }
}
