import HTTPTypes
import Hummingbird

/// Turns away whatever is not addressed to this gateway, before anything else looks at it.
struct HostGate: RouterMiddleware {
    let site: SiteAddress

    func handle(
        _ request: Request,
        context: GatewayContext,
        next: @concurrent (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        // The framework moves the first Host into the authority and leaves a second one behind.
        guard let authority = request.head.authority, !authority.isEmpty,
            request.headers[values: .host].isEmpty
        else { return Self.refusal(.badRequest) }
        guard site.accepts(authority: authority) else { return Self.refusal(.misdirectedRequest) }
        // An address for systems says itself which methods it takes.
        let isForSystems = request.uri.path.utf8.starts(with: "/api/".utf8)
        guard [.get, .head, .post].contains(request.method) || isForSystems else {
            return Self.refusal(.methodNotAllowed, allow: "GET, HEAD, POST")
        }
        guard request.uri.string.utf8.count <= 4_096 else { return Self.refusal(.uriTooLong) }
        return try await next(request, context)
    }

    private static func refusal(_ status: HTTPResponse.Status, allow: String? = nil) -> Response {
        var headers: HTTPFields = [.contentType: "text/plain; charset=utf-8"]
        headers[.allow] = allow
        return Response(
            status: status,
            headers: headers,
            body: .init(byteBuffer: .init(string: status.description + "\n"))
        )
    }
}
