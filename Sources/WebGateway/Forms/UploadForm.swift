package import Casework
package import Hummingbird
import NIOCore

/// One file of an upload that stands in the drop.
package struct UploadedFile: Hashable, Sendable {
    /// The form field it came in.
    package let field: String
    package let file: DroppedFile
}

/// What an upload brought.
package struct UploadOutcome: Sendable {
    package var fields = FormFields()
    package var files: [UploadedFile] = []
    /// Files that were not taken, each with the reason; the others were.
    package var refusals: [FileRefusal] = []
}

/// An upload on its way: the fields and files of a `multipart/form-data` body.
///
/// Made by the route's guard, which knows the form's token: nothing is stored before the token has
/// come and matched, and it must come first.
package struct UploadForm: Sendable {
    /// How much one upload may bring.
    package struct Limits: Hashable, Sendable {
        /// The whole body, in bytes.
        package var total: Int64
        /// One file, in bytes.
        package var file: Int64
        package var files: Int
        /// One text field, in bytes.
        package var field: Int

        /// A sealed bundle holds at most 1 GiB less 16 MiB; the last MiB is for what we add.
        package static let largestAnswer: Int64 = (1 << 30) - (17 << 20)

        package init(
            total: Int64 = largestAnswer,
            file: Int64 = largestAnswer,
            files: Int = 100,
            field: Int = 64 << 10
        ) {
            self.total = total
            self.file = file
            self.files = files
            self.field = field
        }
    }

    private let body: RequestBody
    private let boundary: MultipartBoundary
    private let tokens: [FormToken]?

    /// `tokens`: any of them will do; `nil` for systems, which show a key before the body is read.
    package init(body: RequestBody, boundary: MultipartBoundary, tokens: [FormToken]? = nil) {
        self.body = body
        self.boundary = boundary
        self.tokens = tokens
    }

    /// Reads the body to its end and puts each file into the drop as it arrives.
    ///
    /// A refused file does not stop the others, except where the disk is full. Files that are whole
    /// stay when the connection ends early: `each` has been told of them.
    ///
    /// `pace`: throws `UploadPace.TooSlow` where it is not kept up.
    ///
    /// `each`: told of every file that is durable, before the next one is read.
    package func receive(
        into drop: any FileReceiver,
        limits: Limits = .init(),
        pace: UploadPace? = nil,
        each: @escaping @Sendable (UploadedFile) async throws -> Void = { _ in }
    ) async throws -> UploadOutcome {
        var reception = UploadReception(drop: drop, limits: limits, tokens: tokens, each: each)
        var parser = MultipartParser(boundary: boundary)
        do {
            var total: Int64 = 0
            for try await bytes in body {
                total += Int64(bytes.readableBytes)
                guard total <= limits.total else {
                    throw GatewayFailure.tooLarge(limit: limits.total)
                }
                try pace?.check(total)
                parser.feed(bytes)
                while let event = try parser.next() { try await reception.take(event) }
            }
            try parser.finish()
            reception.freeBuffer()
            return try reception.outcome()
        } catch {
            await reception.abandon()
            reception.freeBuffer()
            switch error {
            case MultipartParser.Malformed.cutShort: throw GatewayFailure.cutShort
            case is MultipartParser.Malformed, is FormFields.Malformed:
                throw GatewayFailure.malformed
            default: throw error
            }
        }
    }
}
