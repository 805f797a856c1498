package import Casework
import HTTPTypes
package import Hummingbird
package import Logging
package import RecordExchange
import Vocabulary

/// The whole web application: the route tables, the guards in front of them and the pages behind.
///
/// Each audience has its own table, its own kind of visit and its own pages, so that a page for one
/// cannot be reached by another: the types do not fit.
package struct Gateway: Sendable {
    /// Looks up who an account is now; `nil` where it may not sign in any more.
    package typealias PersonLookup = @Sendable (StaffID) async throws -> SessionPerson?

    /// Everything that answers.
    package struct Pages: Sendable {
        package var open: any PublicPages
        package var secondFactor: any SecondFactorPages
        package var link: any LinkPages
        package var staff: any StaffPages
        package var systems: SystemGate
        package var failures: any FailurePages

        package init(
            open: any PublicPages,
            secondFactor: any SecondFactorPages,
            link: any LinkPages,
            staff: any StaffPages,
            systems: SystemGate,
            failures: any FailurePages
        ) {
            self.open = open
            self.secondFactor = secondFactor
            self.link = link
            self.staff = staff
            self.systems = systems
            self.failures = failures
        }
    }

    private let site: SiteAddress
    private let pages: Pages
    private let desk: SessionDesk
    private let person: PersonLookup
    private let secrets: any SecretSource
    private let cookies: SessionCookies
    private let reader: VisitReader
    private let isDemonstration: Bool
    private let logger: Logger

    /// `isDemonstration`: whether the routes of the demonstration exist.
    package init(
        site: SiteAddress,
        pages: Pages,
        desk: SessionDesk,
        person: @escaping PersonLookup,
        secrets: any SecretSource,
        isDemonstration: Bool,
        logger: Logger
    ) {
        self.site = site
        self.pages = pages
        self.desk = desk
        self.person = person
        self.secrets = secrets
        cookies = SessionCookies(isSecure: site.isSecure)
        reader = VisitReader(site: site, secrets: secrets)
        self.isDemonstration = isDemonstration
        self.logger = logger
    }

    /// The router, made from the five tables and from nothing else.
    package func makeRouter() -> Router<GatewayContext> {
        let router = Router(context: GatewayContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: RequestLog(logger: logger))
        router.add(middleware: SecurityHeaders(isSecure: site.isSecure))
        router.add(middleware: HostGate(site: site))
        router.add(middleware: FailureGate(pages: pages.failures, logger: logger))
        add(PublicRoute.self, to: router) { try await open($0, $1, $2) }
        add(SecondFactorRoute.self, to: router) { try await secondFactor($0, $1, $2) }
        add(LinkRoute.self, to: router) { try await link($0, $1, $2) }
        add(StaffRoute.self, to: router) { try await staff($0, $1, $2) }
        add(SystemRoute.self, to: router) { [pages, logger] in
            await pages.systems.respond(to: $0, $1, $2, logger: logger)
        }
        refuseOtherMethods(in: router)
        return router
    }

    /// The router for systems that show a certificate: their table and nothing else.
    package func makeCertificateRouter() -> Router<GatewayContext> {
        let router = Router(context: GatewayContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: RequestLog(logger: logger))
        router.add(middleware: SecurityHeaders(isSecure: site.isSecure))
        router.add(middleware: HostGate(site: site))
        router.add(middleware: FailureGate(pages: pages.failures, logger: logger))
        add(SystemRoute.self, to: router) { [pages, logger] in
            await pages.systems.respond(to: $0, $1, $2, by: .certificate, logger: logger)
        }
        refuseOtherMethods(in: router)
        return router
    }

    /// Systems are told which methods an address takes; pages are found or not.
    private func refuseOtherMethods(in router: Router<GatewayContext>) {
        let all = Dictionary(grouping: SystemRoute.allCases, by: \.definition.pattern)
        for (pattern, routes) in all {
            let taken = routes.map(\.definition.method.rawValue)
            let allowed = taken + (taken.contains("GET") ? ["HEAD"] : [])
            let takesUploads = routes.contains { $0.definition.isResumable }
            for name in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"]
            where !taken.contains(name) {
                guard let method = HTTPRequest.Method(name) else { continue }
                if takesUploads, method == .options {
                    addOptions(pattern, allowed, to: router)
                    continue
                }
                router.on(RouterPath(pattern), method: method) { _, context in
                    var problem = SystemProblem(.methodUnknown)
                    problem.methods = allowed.sorted()
                    return problem.response(requestID: context.requestID)
                }
            }
        }
    }

    /// What may be uploaded in pieces, as draft-ietf-httpbis-resumable-upload lets a client ask.
    private func addOptions(
        _ pattern: String,
        _ allowed: [String],
        to router: Router<GatewayContext>
    ) {
        let limits = SystemRoom.uploadLimits(pages.systems.limits)
        router.on(RouterPath(pattern), method: .options) { _, _ in
            Response(
                status: .noContent,
                headers: [
                    .allow: (allowed + ["OPTIONS"]).sorted().joined(separator: ", "),
                    .uploadLimit: limits,
                ]
            )
        }
    }

    private func add<Table: RouteTable>(
        _: Table.Type,
        to router: Router<GatewayContext>,
        answer: @escaping @Sendable (Table, Request, GatewayContext) async throws -> Response
    ) {
        for route in Table.allCases {
            let definition = route.definition
            guard isDemonstration || !definition.isDemonstrationOnly else { continue }
            router.on(
                RouterPath(definition.pattern),
                method: definition.method.http
            ) { request, context in
                var response = try await answer(route, request, context)
                remember(request, in: &response)
                return response
            }
        }
    }

    private func open(
        _ route: PublicRoute,
        _ request: Request,
        _ context: GatewayContext
    ) async throws -> Response {
        let known = cookies.token(.form, in: request)
        // A form without the cookie came from no page of ours; any token will refuse it.
        let session = known ?? SessionToken(from: secrets)
        // The demonstration's clock stands on every page, with that page's token.
        let others = [.staff, .answerLink].compactMap { cookies.token($0, in: request) }
        // Files are read by the page itself; nobody who was on no page of ours gets that far.
        if route.definition.body == .upload, known == nil, others.isEmpty {
            throw GatewayFailure.formNotOurs
        }
        let visit = try await reader.visit(
            request,
            context: context,
            definition: route.definition,
            session: session,
            alsoFrom: others,
            language: LanguageChoice(request).language
        )
        var response = try await pages.open.respond(to: route, visit)
        if known == nil, Self.isPage(response) { cookies.set(session, .form, in: &response) }
        return labelled(response, visit.language)
    }

    private func secondFactor(
        _ route: SecondFactorRoute,
        _ request: Request,
        _ context: GatewayContext
    ) async throws -> Response {
        guard let token = cookies.token(.staff, in: request),
            let session = try await desk.session(token),
            case .staff(let account, let hasPassed) = session.holder
        else { return try signInFirst(request, route.definition) }
        // Nobody sets a new second factor up from a session that has one already.
        guard !hasPassed else { return .seeOther(StaffRoute.home.path()) }
        let visit = try await reader.visit(
            request,
            context: context,
            definition: route.definition,
            session: token,
            language: LanguageChoice(request).language
        )
        let answer = SecondFactorVisit(visit: visit, account: account)
        return labelled(
            try await pages.secondFactor.respond(to: route, answer),
            visit.language
        )
    }

    private func link(
        _ route: LinkRoute,
        _ request: Request,
        _ context: GatewayContext
    ) async throws -> Response {
        guard let token = cookies.token(.answerLink, in: request),
            let session = try await desk.session(token),
            case .answerLink(let answerLink, let inquiry) = session.holder,
            context.parameters.get("inquiry") == inquiry.description
        else { throw GatewayFailure.answerSessionOver }
        let visit = try await reader.visit(
            request,
            context: context,
            definition: route.definition,
            session: token,
            language: LanguageChoice(request).language
        )
        let answer = LinkVisit(visit: visit, link: answerLink, inquiry: inquiry)
        return labelled(try await pages.link.respond(to: route, answer), visit.language)
    }

    private func staff(
        _ route: StaffRoute,
        _ request: Request,
        _ context: GatewayContext
    ) async throws -> Response {
        let definition = route.definition
        guard let token = cookies.token(.staff, in: request),
            let session = try await desk.session(token),
            case .staff(let account, let hasPassed) = session.holder
        else { return try signInFirst(request, definition) }
        guard hasPassed else {
            guard !definition.changesState else { throw GatewayFailure.signedOut }
            return .seeOther(SecondFactorRoute.code.path())
        }
        guard let person = try await person(account) else {
            try await desk.end(token)
            return try signInFirst(request, definition)
        }
        guard person.actor.memberships.contains(where: { definition.roles.contains($0.role) })
        else { throw GatewayFailure.forbidden }
        let choice = LanguageChoice(request)
        let visit = try await reader.visit(
            request,
            context: context,
            definition: definition,
            session: token,
            language: choice.explicit ?? person.language
        )
        let answer = StaffVisit(
            visit: visit,
            actor: person.actor,
            organizationName: person.organizationName
        )
        return labelled(try await pages.staff.respond(to: route, answer), visit.language)
    }

    private func signInFirst(
        _ request: Request,
        _ definition: RouteDefinition
    ) throws(GatewayFailure) -> Response {
        guard !definition.changesState else { throw .signedOut }
        return .seeOther(PublicRoute.signIn.path(query: ["next": request.uri.string]))
    }

    private func labelled(_ response: Response, _ language: Language) -> Response {
        guard Self.isPage(response), response.headers[.contentLanguage] == nil else {
            return response
        }
        var response = response
        response.headers[.contentLanguage] = language.rawValue
        return response
    }

    /// Keeps a language chosen by `?lang=` for a year.
    private func remember(_ request: Request, in response: inout Response) {
        guard let language = LanguageChoice(request).requested else { return }
        response.setCookie(
            Cookie(
                name: "lang",
                value: language.rawValue,
                maxAge: 365 * 86_400,
                path: "/",
                secure: site.isSecure,
                httpOnly: true,
                sameSite: .lax
            )
        )
    }

    private static func isPage(_ response: Response) -> Bool {
        response.headers[.contentType]?.utf8.starts(with: "text/html".utf8) == true
    }
}
