import Casework
import Hummingbird
import RecordExchange
import Rendering
import Vocabulary

/// Signing in, accepting an invitation, asking for an account.
extension OpenRoom {
    func signInPage(_ visit: Visit, _ form: Form) async throws -> Response {
        let next = visit.form["next"] ?? visit.query["next"] ?? ""
        let page = SignInPage(
            form: form,
            next: LocalPath(next)?.description ?? "",
            demoSignIns: try await demo?.signIns() ?? []
        )
        return frame.page(
            page,
            visit,
            status: form.problems.isEmpty ? .ok : .unprocessableContent
        )
    }

    func signIn(_ visit: Visit) async throws -> Response {
        let email = visit.form[.email]
        let password = visit.form[.password]
        var form = Form([.email: email])
        if email.isEmpty { form.problems.append(FieldProblem(.email, .emailMissing)) }
        if password.isEmpty { form.problems.append(FieldProblem(.password, .passwordMissing)) }
        guard form.problems.isEmpty else { return try await signInPage(visit, form) }
        let key = String(email.lowercased().prefix(254))
        try limits.password(of: key, from: visit.address)
        let account: StaffID
        let route: SecondFactorRoute
        switch try await desk.signIn(email: email, password: password) {
        case .refused:
            form.problems = [FieldProblem(.password, .signInFailed)]
            return try await signInPage(visit, form)
        case .secondFactor(let id): (account, route) = (id, .code)
        case .setUpSecondFactor(let id): (account, route) = (id, .setUp)
        }
        limits.passwordWasRight(of: key, from: visit.address)
        let next = LocalPath(visit.form["next"] ?? "")
        let path = next.map { route.path(query: ["next": $0.description]) } ?? route.path()
        return try await halfSignedIn(account, visit, goTo: path)
    }

    func invitationPage(_ visit: Visit, _ form: Form) async throws -> Response {
        let token = try visit.parameter("token")
        guard let account = try await desk.invitation(token: token),
            let membership = account.memberships.first
        else { throw GatewayFailure.gone }
        let page = InvitationPage(
            path: PublicRoute.invitation.path(token).description,
            name: account.name,
            email: account.email.description,
            organization: try await desk.name(of: membership.organization),
            role: RoleWord(membership.role),
            minimumLength: Desk.shortestPassword,
            form: form
        )
        return frame.page(
            page,
            visit,
            status: form.problems.isEmpty ? .ok : .unprocessableContent
        )
    }

    func acceptInvitation(_ visit: Visit) async throws -> Response {
        try limits.linkCode(from: visit.address)
        let password = visit.form[.password]
        let form = Self.chosenPassword(visit.form)
        guard form.problems.isEmpty else { return try await invitationPage(visit, form) }
        let account = try await desk.acceptInvitation(
            token: try visit.parameter("token"),
            password: password
        )
        return try await halfSignedIn(account, visit, goTo: SecondFactorRoute.setUp.path())
    }

    func askForAccountPage(
        _ visit: Visit,
        _ form: Form,
        role: StaffRole?
    ) async throws -> Response {
        let chosen = try await chosenSchool(visit)
        let page = AskForAccountPage(
            form: form,
            roles: Choice.list(
                Self.rolesToAskFor.map { RoleWord($0) },
                chosen: role.map { [RoleWord($0)] } ?? []
            ),
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

    func askForAccount(_ visit: Visit) async throws -> Response {
        var form = Form(visit.form.typed(.name, .title, .email))
        let role = StaffRole(rawValue: visit.form[.role])
        form.needName(else: .missing)
        form.limitNameAndTitle()
        let email = form.readEmail()
        if role.map(Self.rolesToAskFor.contains) != true {
            form.problems.append(FieldProblem(.role, .roleMissing))
        }
        guard case .school(let school) = OrganizationID(visit.form[.organization]) else {
            form.problems.append(FieldProblem(.organization, .organizationMissing))
            return try await askForAccountPage(visit, form, role: role)
        }
        guard form.problems.isEmpty, let role, let email else {
            return try await askForAccountPage(visit, form, role: role)
        }
        try limits.account(from: visit.address)
        try await desk.requestAccount(
            email: email,
            name: visit.form[.name],
            title: visit.form[.title],
            role: role,
            school: school,
            language: visit.language
        )
        return .seeOther(PublicRoute.accountAsked.path())
    }

    /// The school that was chosen before, in words, and as the form sends it along; both empty
    /// where there is none.
    func chosenSchool(_ visit: Visit) async throws -> (name: String, id: String) {
        let typed = visit.form.has(FieldName.organization.rawValue) ? visit.form : visit.query
        guard case .school(let id) = OrganizationID(typed[.organization]),
            let school = try await desk.school(id)
        else { return ("", "") }
        return ("\(school.name), \(schools.place(school))", typed[.organization])
    }

    /// A session that opens nothing but the second factor.
    func halfSignedIn(
        _ account: StaffID,
        _ visit: Visit,
        goTo path: LocalPath
    ) async throws -> Response {
        let token = try await sessions.start(
            .staff(account: account, secondFactorPassed: false),
            replacing: cookies.token(.staff, in: visit.request)
        )
        var response = Response.seeOther(path)
        cookies.set(token, .staff, in: &response)
        return response
    }

    private static let rolesToAskFor: [StaffRole] = [.registrar, .counselor, .recordsClerk]
}
