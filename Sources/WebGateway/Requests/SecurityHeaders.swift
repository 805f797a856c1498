import HTTPTypes
import Hummingbird

/// Tells browsers what pages of ours never do, so that a slip of ours cannot be used.
struct SecurityHeaders: RouterMiddleware {
    /// Everything from here, nothing inline, nowhere framed.
    static let contentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        + "form-action 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"

    let isSecure: Bool

    func handle(
        _ request: Request,
        context: GatewayContext,
        next: @concurrent (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        set(.contentSecurityPolicy, Self.contentPolicy, in: &response)
        set(.contentTypeOptions, "nosniff", in: &response)
        // An answer link is a secret: it must not travel to another site, nor between our pages.
        set(.referrerPolicy, "no-referrer", in: &response)
        set(.frameOptions, "DENY", in: &response)
        set(.crossOriginOpenerPolicy, "same-origin", in: &response)
        set(.crossOriginResource, "same-origin", in: &response)
        set(.permissionsPolicy, "geolocation=(), microphone=(), payment=()", in: &response)
        set(.cacheControl, "no-store", in: &response)
        if isSecure {
            set(.strictTransportSecurity, "max-age=31536000; includeSubDomains", in: &response)
        }
        return response
    }

    // What a route sets itself is stricter (downloads) or meant (assets) and stays.
    private func set(_ name: HTTPField.Name, _ value: String, in response: inout Response) {
        if response.headers[name] == nil { response.headers[name] = value }
    }
}
