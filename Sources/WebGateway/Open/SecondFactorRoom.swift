package import Casework
import HTTPTypes
package import Hummingbird
import Rendering
import Vocabulary

/// The pages between the password and the second factor.
package struct SecondFactorRoom: SecondFactorPages {
    private let desk: Desk
    private let frame: PageFrame
    private let sessions: SessionDesk
    private let cookies: SessionCookies
    private let limits: TryLimits
    private let demo: DemoStage?

    /// `demo`: `nil` in a real installation.
    package init(
        desk: Desk,
        frame: PageFrame,
        sessions: SessionDesk,
        cookies: SessionCookies,
        limits: TryLimits,
        demo: DemoStage?
    ) {
        self.desk = desk
        self.frame = frame
        self.sessions = sessions
        self.cookies = cookies
        self.limits = limits
        self.demo = demo
    }

    package func respond(
        to route: SecondFactorRoute,
        _ visit: SecondFactorVisit
    ) async throws -> Response {
        guard let (_, account) = try await desk.actor(visit.account) else {
            try await sessions.end(visit.visit.session)
            return .seeOther(PublicRoute.signIn.path())
        }
        // Who has an app is never shown a secret again; who has none sets one up first.
        switch route {
        case .code, .submitCode:
            guard account.oneTimeConfirmed else {
                return .seeOther(SecondFactorRoute.setUp.path())
            }
        case .setUp, .submitSetUp:
            guard !account.oneTimeConfirmed else {
                return .seeOther(SecondFactorRoute.code.path())
            }
        }
        switch route {
        case .code, .setUp: return try await page(route, visit, .empty)
        case .submitCode, .submitSetUp: return try await submit(route, visit)
        }
    }

    private func submit(
        _ route: SecondFactorRoute,
        _ visit: SecondFactorVisit
    ) async throws -> Response {
        let code = visit.visit.form[.oneTimeCode]
        guard code.utf8.contains(where: { $0 > 32 }) else {
            let form = Form(problems: [FieldProblem(.oneTimeCode, .oneTimeCodeMissing)])
            return try await page(route, visit, form)
        }
        try limits.secondFactor(of: visit.account.description)
        let browser =
            cookies.token(.browser, in: visit.visit.request) ?? SessionToken(from: desk.secrets)
        let isRight = try await desk.passSecondFactor(
            visit.account,
            code: code,
            browser: browser.digest(by: desk.secrets)
        )
        guard isRight else {
            let form = Form(problems: [FieldProblem(.oneTimeCode, .oneTimeCodeWrong)])
            return try await page(route, visit, form)
        }
        let token = try await sessions.start(
            .staff(account: visit.account, secondFactorPassed: true),
            replacing: visit.visit.session
        )
        let next = LocalPath(visit.visit.form["next"] ?? "")
        var response = Response.seeOther(next ?? StaffRoute.home.path())
        cookies.set(token, .staff, in: &response)
        cookies.set(browser, .browser, in: &response)
        return response
    }

    private func page(
        _ route: SecondFactorRoute,
        _ visit: SecondFactorVisit,
        _ form: Form
    ) async throws -> Response {
        let status: HTTPResponse.Status =
            form.problems.isEmpty ? .ok : .unprocessableContent
        let demoCode = try await demo?.oneTimeCode(visit.account) ?? ""
        switch route {
        case .code, .submitCode:
            let next = visit.visit.form["next"] ?? visit.visit.query["next"] ?? ""
            let page = SecondFactorPage(
                form: form,
                next: LocalPath(next)?.description ?? "",
                demoCode: demoCode
            )
            return frame.page(page, visit.visit, status: status)
        case .setUp, .submitSetUp:
            let setup = try await desk.beginSecondFactor(visit.account)
            let page = SetUpSecondFactorPage(
                form: form,
                secret: Self.grouped(setup.secretText.revealed),
                otpauth: setup.address.revealed,
                demoCode: demoCode
            )
            return frame.page(page, visit.visit, status: status)
        }
    }

    /// In groups of four, for typing.
    private static func grouped(_ text: String) -> String {
        let letters = Array(text.utf8)
        return stride(from: 0, to: letters.count, by: 4)
            .map { String(decoding: letters[$0..<min($0 + 4, letters.count)], as: UTF8.self) }
            .joined(separator: " ")
    }
}
