package import Casework
import HTTPTypes
import Hummingbird
import Logging

/// Stands in front of the programming interface: who calls, how often, and with what.
package struct SystemGate: Sendable {
    /// Looks up who shows a key; `nil` for nobody.
    package typealias CallerLookup = @Sendable (String) async throws -> SystemCaller?

    /// Looks up who shows a certificate (DER), having proved that it holds the key.
    package typealias CertificateLookup = @Sendable ([UInt8]) async throws -> SystemCaller?

    /// How callers say who they are.
    enum Proof: Sendable {
        case key, certificate
    }

    let pages: any SystemPages
    let caller: CallerLookup
    let certified: CertificateLookup
    /// Calls of one key.
    let calls: RateLimiter
    /// Wrong keys from one address.
    let guesses: RateLimiter
    let limits: UploadForm.Limits

    package init(
        pages: any SystemPages,
        caller: @escaping CallerLookup,
        certified: @escaping CertificateLookup = { _ in nil },
        calls: RateLimiter,
        guesses: RateLimiter,
        limits: UploadForm.Limits = .init()
    ) {
        self.pages = pages
        self.caller = caller
        self.certified = certified
        self.calls = calls
        self.guesses = guesses
        self.limits = limits
    }

    func respond(
        to route: SystemRoute,
        _ request: Request,
        _ context: GatewayContext,
        by proof: Proof = .key,
        logger: Logger
    ) async -> Response {
        do {
            let visit = try await visit(route, request, context, proof)
            return try await pages.respond(to: route, visit)
        } catch {
            let problem = SystemProblem(error) ?? fault(error, context, logger)
            return problem.response(requestID: context.requestID)
        }
    }

    private func visit(
        _ route: SystemRoute,
        _ request: Request,
        _ context: GatewayContext,
        _ proof: Proof
    ) async throws -> SystemVisit {
        let definition = route.definition
        let caller =
            switch proof {
            case .key: try await identify(request, context)
            case .certificate: try await identifyByCertificate(request, context)
            }
        if case .wait(let seconds) = calls.tryOnce("\(caller.key.id)") {
            throw GatewayFailure.tooManyTries(seconds: seconds)
        }
        if let scope = definition.scope, !caller.key.scopes.contains(scope) {
            throw SystemProblem(.scopeMissing, "The scope \(scope.rawValue) is needed.")
        }
        var body: [UInt8] = []
        var upload: UploadForm?
        let type = (request.headers[.contentType] ?? "").lowercased()
        switch definition.body {
        case .none, .form, .stream: break
        case .json(let limit):
            body = try await bytes(of: request, limit: limit)
            guard type.split(separator: ";").first == "application/json" || body.isEmpty else {
                throw SystemProblem(.mediaTypeUnknown, "Send application/json.")
            }
            if body.isEmpty { body = Array("{}".utf8) }
        case .upload:
            guard
                let boundary = MultipartBoundary(contentType: type.isEmpty ? "" : rawType(request))
            else { throw SystemProblem(.mediaTypeUnknown, "Send multipart/form-data.") }
            upload = UploadForm(body: request.body, boundary: boundary)
        }
        return SystemVisit(
            request: request,
            caller: caller,
            requestID: context.requestID,
            parameters: VisitReader.parameters(of: definition, in: context),
            query: try FormFields(urlEncoded: (request.uri.query ?? "").utf8),
            body: body,
            uploadForm: upload,
            tell: { await context.tell($0) }
        )
    }

    // A boundary is case-sensitive, so the header is read as it came.
    private func rawType(_ request: Request) -> String { request.headers[.contentType] ?? "" }

    private func identify(
        _ request: Request,
        _ context: GatewayContext
    ) async throws -> SystemCaller {
        let fields = (request.headers[.authorization] ?? "").split(separator: " ")
        guard fields.count == 2, fields[0].lowercased() == "bearer" else {
            throw SystemProblem(.keyMissing, "Send it as \"Authorization: Bearer …\".")
        }
        // Whoever guesses waits; whoever has a key is not held up by a neighbour who guesses.
        if let caller = try await caller(String(fields[1])) { return caller }
        try noteGuess(context)
        throw SystemProblem(.keyMissing, "The key is unknown, over or revoked.")
    }

    private func identifyByCertificate(
        _ request: Request,
        _ context: GatewayContext
    ) async throws -> SystemCaller {
        // Two answers to "who calls" are one too many.
        guard request.headers[.authorization] == nil else {
            throw SystemProblem(.keyMissing, "Here the certificate counts: leave the key out.")
        }
        if let certificate = try await context.shownCertificate(),
            let caller = try await certified(certificate)
        {
            return caller
        }
        try noteGuess(context)
        throw SystemProblem(
            .keyMissing,
            "The certificate is not on file, is over or revoked, or is not for clients."
        )
    }

    private func noteGuess(_ context: GatewayContext) throws {
        if case .wait(let seconds) = guesses.tryOnce("\(context.address)") {
            throw GatewayFailure.tooManyTries(seconds: seconds)
        }
    }

    private func bytes(of request: Request, limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in request.body {
            guard bytes.count + piece.readableBytes <= limit else {
                throw GatewayFailure.tooLarge(limit: Int64(limit))
            }
            bytes.append(contentsOf: piece.readableBytesView)
        }
        return bytes
    }

    private func fault(
        _ error: any Error,
        _ context: GatewayContext,
        _ logger: Logger
    ) -> SystemProblem {
        if error is FormFields.Malformed { return SystemProblem(.malformed) }
        if FailureGate.isEndOfConnection(error) {
            return SystemProblem(.malformed, "The body ended early.")
        }
        // Its kind only: an error's own words may repeat what somebody sent.
        logger.error(
            "call failed",
            metadata: [
                "id": "\(context.requestID)",
                "route": "\(context.endpointPath ?? "none")",
                "kind": "\(type(of: error))",
            ]
        )
        return SystemProblem(.internalFault, "Tell the operator the instance of this problem.")
    }
}
