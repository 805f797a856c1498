import Hummingbird
import Logging

/// One line a request, for operators.
///
/// Routes are logged by their pattern, never by what was in the path or the query, so that no link,
/// number or name can get into a log.
struct RequestLog: RouterMiddleware {
    let logger: Logger

    func handle(
        _ request: Request,
        context: GatewayContext,
        next: @concurrent (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        let started = ContinuousClock.now
        var response = try await next(request, context)
        let spent = ContinuousClock.now - started
        response.headers[.requestID] = context.requestID
        logger.log(
            level: response.status.code >= 500 ? .error : .info,
            "request",
            metadata: [
                "id": "\(context.requestID)",
                "method": "\(Self.shown(request.method.rawValue))",
                "route": "\(context.endpointPath ?? "none")",
                "status": "\(response.status.code)",
                "address": "\(context.address)",
                "milliseconds": "\(spent / .milliseconds(1))",
            ]
        )
        return response
    }

    private static func shown(_ method: String) -> String {
        ["GET", "HEAD", "POST"].contains(method) ? method : "other"
    }
}
