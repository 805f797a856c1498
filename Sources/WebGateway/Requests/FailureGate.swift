import Casework
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import Vocabulary

/// The one place where errors become pages.
struct FailureGate: RouterMiddleware {
    let pages: any FailurePages
    let logger: Logger

    func handle(
        _ request: Request,
        context: GatewayContext,
        next: @concurrent (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let failure = failure(for: error, context: context)
            if request.uri.path.utf8.starts(with: "/api/".utf8) {
                let problem = SystemProblem(failure) ?? SystemProblem(.internalFault)
                return problem.response(requestID: context.requestID)
            }
            let language = LanguageChoice(request).language
            var response = Response.page(
                pages.page(for: failure, language: language),
                status: failure.status
            )
            response.headers[.contentLanguage] = language.rawValue
            if case .tooManyTries(let seconds) = failure {
                response.headers[.retryAfter] = String(seconds)
            }
            return response
        }
    }

    private func failure(for error: any Error, context: GatewayContext) -> GatewayFailure {
        if let failure = error as? GatewayFailure { return failure }
        if let refusal = error as? CaseworkFailure { return GatewayFailure(refusal) }
        if let failure = error as? StorageFailure, case .diskFull = failure { return .diskFull }
        if case .diskFull? = error as? FileRefusal { return .diskFull }
        if let refused = error as? HTTPError {
            switch refused.status.code {
            case 404, 405: return .notFound
            case 400..<500: return .malformed
            default: break
            }
        }
        if Self.isEndOfConnection(error) { return .cutShort }
        // Its kind only: an error's own words may repeat what somebody typed.
        logger.error(
            "request failed",
            metadata: [
                "id": "\(context.requestID)",
                "route": "\(context.endpointPath ?? "none")",
                "kind": "\(type(of: error))",
            ]
        )
        return .internalFault(requestID: context.requestID)
    }

    // What the parser, the socket or a stopping server say when the rest of a request will not
    // come: nobody will read the answer, and it is no fault of ours.
    static func isEndOfConnection(_ error: any Error) -> Bool {
        error is HTTPParserError || error is ChannelError || error is IOError
            || error is CancellationError
    }
}
