import Casework
import Hummingbird
import RecordExchange
import Rendering
import Vocabulary

/// Choosing a new password by a link that is mailed.
extension OpenRoom {
    func askForRecoveryPage(_ visit: Visit, _ form: Form) -> Response {
        frame.page(
            RecoveryAskPage(form: form),
            visit,
            status: form.problems.isEmpty ? .ok : .unprocessableContent
        )
    }

    /// Answers in the same words, and after the same time, whether or not the address is known.
    func askForRecovery(_ visit: Visit) async throws -> Response {
        let started = ContinuousClock.now
        let email = visit.form[.email]
        var form = Form([.email: email])
        guard form.readEmail() != nil else { return askForRecoveryPage(visit, form) }
        try limits.account(from: visit.address)
        try await desk.askForRecovery(email: email)
        try await Task.sleep(until: started + familyPace, clock: .continuous)
        return .seeOther(PublicRoute.recoverySent.path())
    }

    func recoveryPage(_ visit: Visit, _ form: Form) async throws -> Response {
        let token = try visit.parameter("token")
        guard let account = try await desk.recovery(token: token) else {
            return recoveryOver(visit)
        }
        let page = RecoveryPage(
            path: PublicRoute.recovery.path(token).description,
            email: account.email.description,
            minimumLength: Desk.shortestPassword,
            form: form
        )
        return frame.page(
            page,
            visit,
            status: form.problems.isEmpty ? .ok : .unprocessableContent
        )
    }

    /// Every session of the account ends; this browser goes on to the second factor.
    func recover(_ visit: Visit) async throws -> Response {
        try limits.linkCode(from: visit.address)
        let form = Self.chosenPassword(visit.form)
        guard form.problems.isEmpty else { return try await recoveryPage(visit, form) }
        let token = try visit.parameter("token")
        guard let account = try await desk.recovery(token: token) else {
            return recoveryOver(visit)
        }
        // Before, so that an end of the program in between leaves none; and after, for those that
        // the old password opened meanwhile.
        try await sessions.endAll(ofAccount: account.id)
        let id: StaffID
        do {
            id = try await desk.recover(token: token, password: visit.form[.password])
        } catch CaseworkFailure.invitationInvalid {
            return recoveryOver(visit)
        }
        try await sessions.endAll(ofAccount: id)
        let route = account.oneTimeConfirmed ? SecondFactorRoute.code : .setUp
        return try await halfSignedIn(id, visit, goTo: route.path())
    }

    /// The link was used, is too old, or never was one: what to do instead.
    private func recoveryOver(_ visit: Visit) -> Response {
        frame.page(RecoveryOverPage(), visit, status: .gone)
    }

    /// What is wrong with a password that somebody chose.
    static func chosenPassword(_ fields: FormFields) -> Form {
        var form = Form()
        let password = fields[.password]
        // Nothing was chosen yet that could be repeated.
        guard !password.isEmpty else {
            form.problems.append(FieldProblem(.password, .passwordMissing))
            return form
        }
        if password.count < Desk.shortestPassword {
            let trouble = FieldTrouble.passwordTooShort(minimum: Desk.shortestPassword)
            form.problems.append(FieldProblem(.password, trouble))
        } else if password.utf8.count > 1_024 {
            form.problems.append(FieldProblem(.password, .tooLong(limit: 1_024)))
        }
        if password != fields[.passwordAgain] {
            form.problems.append(FieldProblem(.passwordAgain, .passwordsDiffer))
        }
        return form
    }
}
