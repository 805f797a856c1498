import Casework
import HTTPTypes
import Hummingbird
import Vocabulary

/// Turns a request into a visit: parameters, language, and the body with its form token checked.
struct VisitReader: Sendable {
    let site: SiteAddress
    let secrets: any SecretSource

    /// `others`: sessions whose pages may hold this form too; their tokens count as well.
    func visit(
        _ request: Request,
        context: GatewayContext,
        definition: RouteDefinition,
        session: SessionToken,
        alsoFrom others: [SessionToken] = [],
        language: Language
    ) async throws -> Visit {
        let formToken = FormToken(for: session, by: secrets)
        let accepted = [formToken] + others.map { FormToken(for: $0, by: secrets) }
        var form = FormFields()
        var uploadForm: UploadForm?
        if definition.changesState {
            guard RequestSource.mayBeOurs(request, site: site) else {
                throw GatewayFailure.formNotOurs
            }
        }
        switch definition.body {
        case .none, .json, .stream: break
        case .form(let limit):
            form = try await readForm(of: request, limit: limit)
            let typed = form[FormToken.field]
            guard accepted.contains(where: { $0.matches(typed) }) else {
                throw GatewayFailure.formNotOurs
            }
        case .upload:
            guard let type = request.headers[.contentType],
                let boundary = MultipartBoundary(contentType: type)
            else { throw GatewayFailure.malformed }
            uploadForm = UploadForm(body: request.body, boundary: boundary, tokens: accepted)
        }
        return Visit(
            request: request,
            language: language,
            address: context.address,
            requestID: context.requestID,
            formToken: formToken,
            form: form,
            query: try fields(of: (request.uri.query ?? "").utf8),
            session: session,
            parameters: Self.parameters(of: definition, in: context),
            uploadForm: uploadForm
        )
    }

    private func readForm(of request: Request, limit: Int) async throws -> FormFields {
        // Other types come from other sites without a question asked (text/plain) or not from
        // forms of ours at all.
        let type = (request.headers[.contentType] ?? "").lowercased()
        guard type.split(separator: ";").first == "application/x-www-form-urlencoded" else {
            throw GatewayFailure.malformed
        }
        var bytes: [UInt8] = []
        for try await piece in request.body {
            guard bytes.count + piece.readableBytes <= limit else {
                throw GatewayFailure.tooLarge(limit: Int64(limit))
            }
            bytes.append(contentsOf: piece.readableBytesView)
        }
        return try fields(of: bytes)
    }

    private func fields(of bytes: some Collection<UInt8>) throws(GatewayFailure) -> FormFields {
        do {
            return try FormFields(urlEncoded: bytes)
        } catch {
            throw .malformed
        }
    }

    static func parameters(
        of definition: RouteDefinition,
        in context: GatewayContext
    ) -> [String: String] {
        let names = definition.pattern.split(separator: "/").compactMap { segment in
            segment.utf8.first == UInt8(ascii: "{") ? segment.dropFirst().dropLast() : nil
        }
        return Dictionary(
            names.compactMap { name in
                // The framework hands segments over as they were sent.
                context.parameters.get(String(name))
                    .flatMap { LocalPath.decoded($0) }
                    .map { (String(name), $0) }
            },
            uniquingKeysWith: { first, _ in first }
        )
    }
}
