import Casework
import HTTPTypes
import Hummingbird
import NIOCore
import RecordExchange
import Synchronization
import Vocabulary

/// Bodies that come in several pieces: draft-ietf-httpbis-resumable-upload.
extension SystemRoom {
    /// A partner's sealed bundle, whole or its beginning.
    func takeBundle(_ visit: SystemVisit) async throws -> Response {
        let type = visit.request.headers[.contentType] ?? ""
        guard
            ["application/cms", "application/pkcs7-mime", "application/octet-stream"].contains(
                String(type.prefix { $0 != ";" }).lowercased()
            )
        else { throw SystemProblem(.mediaTypeUnknown, "Send application/cms.") }
        return try await begin(.sealedBundle, visit)
    }

    /// Begins an upload and takes what comes with the request.
    func begin(_ purpose: UploadPurpose, _ visit: SystemVisit) async throws -> Response {
        let fields = visit.request.headers
        let head = try ResumableHead(fields)
        if let offset = head?.offset, offset != 0 {
            throw SystemProblem(.uploadOffsetWrong, expected: 0)
        }
        let upload = try await desk.beginUpload(
            purpose,
            mediaType: fields[.contentType] ?? "",
            length: head.map(\.length) ?? fields[.contentLength].flatMap(ResumableHead.integer),
            digest: try head.map(\.digest) ?? Self.digest(fields),
            limit: limits.total,
            by: visit.actor
        )
        if head != nil { await announce(upload, visit) }
        do {
            let received = try await receive(visit.request.body, into: upload, visit)
            guard head?.isLast ?? true else {
                return unfinished(received, status: .created)
            }
            var response = try await finish(received, visit)
            response.headers[.location] = path(of: upload)
            return response
        } catch {
            // Whoever does not know that it can be continued never will.
            if head == nil { await forget(upload, visit) }
            throw error
        }
    }

    /// Says where the upload can be gone on with, to whom understands it, before its first byte
    /// came: it is worth most where the connection breaks in the middle of the first request.
    ///
    /// As long as it is a draft, a client names the version it speaks; those with `max-age` among
    /// the limits are 7 and 8.
    private func announce(_ upload: PartialUpload, _ visit: SystemVisit) async {
        guard let version = visit.request.headers[.uploadDraftInteropVersion],
            ["7", "8"].contains(version)
        else { return }
        await visit.tell(
            .uploadResumable(
                at: path(of: upload),
                limits: Self.uploadLimits(limits),
                version: version
            )
        )
    }

    /// Where it stands.
    func uploadState(_ visit: SystemVisit) async throws -> Response {
        let upload = try await ownUpload(visit)
        var response = Response.json(SystemView.Upload(upload))
        if visit.request.method == .head { response = Response(status: .noContent) }
        mark(&response, upload)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// The next bytes.
    func appendUpload(_ visit: SystemVisit) async throws -> Response {
        let fields = visit.request.headers
        guard (fields[.contentType] ?? "").lowercased() == "application/partial-upload" else {
            throw SystemProblem(.mediaTypeUnknown, "Send application/partial-upload.")
        }
        guard let head = try ResumableHead(fields), let offset = head.offset else {
            throw SystemProblem(.malformed, "Upload-Complete and Upload-Offset are needed.")
        }
        var upload = try await ownUpload(visit)
        if let length = head.length, upload.offset == offset, upload.answer == nil {
            upload = try await desk.noteLength(
                length,
                of: upload.id,
                by: visit.actor.id,
                limit: limits.total
            )
        }
        // Looked at in what is written to from here on: what an earlier connection left may have
        // been added a moment ago.
        guard upload.answer == nil else { throw UploadRefusal.finished }
        guard upload.offset == offset else {
            throw UploadRefusal.wrongOffset(expected: upload.offset)
        }
        let received = try await receive(visit.request.body, into: upload, visit)
        guard head.isLast else { return unfinished(received, status: .noContent) }
        return try await finish(received, visit)
    }

    func cancelUpload(_ visit: SystemVisit) async throws -> Response {
        let id: PartialUpload.ID = try visit.identifier("upload")
        try await claims.holding(id) {
            for file in try await desk.cancelUpload(id, by: visit.actor.id) {
                try? pieces.remove(file)
            }
        }
        return Response(status: .noContent)
    }

    /// What may be sent, for whoever asks before it begins.
    static func uploadLimits(_ limits: UploadForm.Limits) -> String {
        "max-size=\(limits.total), max-age=\(PartialUpload.patience)"
    }

    // MARK: Pieces

    /// Keeps what comes, piece by piece: each is durable and on file before the next one begins.
    ///
    /// What came before a connection ended stays.
    private func receive(
        _ body: RequestBody,
        into upload: PartialUpload,
        _ visit: SystemVisit
    ) async throws -> PartialUpload {
        var upload = upload
        var piece: (any IncomingFile)?
        var count: Int64 = 0
        do {
            for try await bytes in body where bytes.readableBytes > 0 {
                let end = upload.offset + count + Int64(bytes.readableBytes)
                guard end <= limits.total else {
                    throw UploadRefusal.tooLarge(limit: limits.total)
                }
                guard end <= upload.length ?? .max else { throw UploadRefusal.lengthContradicted }
                let writer: any IncomingFile
                if let piece {
                    writer = piece
                } else {
                    writer = try await pieces.receive(
                        name: "piece",
                        limit: PartialUpload.pieceSize + (16 << 20)
                    )
                    piece = writer
                }
                try await writer.take(bytes)
                count += Int64(bytes.readableBytes)
                if count >= PartialUpload.pieceSize {
                    piece = nil
                    upload = try await keep(writer, in: upload, visit)
                    count = 0
                }
            }
        } catch {
            let isRefused = error is UploadRefusal || error is FileRefusal
            if let piece {
                if isRefused || count == 0 {
                    await piece.abandon()
                } else {
                    let upload = upload
                    // The connection's end may cancel this task, and must not cancel the keeping.
                    _ = try? await Task { try await keep(piece, in: upload, visit) }.value
                }
            }
            throw error
        }
        guard let piece else { return upload }
        return try await keep(piece, in: upload, visit)
    }

    private func keep(
        _ piece: any IncomingFile,
        in upload: PartialUpload,
        _ visit: SystemVisit
    ) async throws -> PartialUpload {
        let file = try await piece.finish()
        do {
            return try await desk.add(
                .init(file: file.id, byteCount: file.byteCount),
                at: upload.offset,
                to: upload.id,
                by: visit.actor.id,
                limit: limits.total
            )
        } catch {
            try? pieces.remove(file.id)
            throw error
        }
    }

    func forget(
        _ upload: PartialUpload,
        arrived: Int64? = nil,
        _ visit: SystemVisit
    ) async {
        let (desk, pieces, account) = (desk, pieces, visit.actor.id)
        await Task {
            let files = try? await desk.cancelUpload(upload.id, arrived: arrived, by: account)
            for file in files ?? [] {
                try? pieces.remove(file)
            }
        }.value
    }

    // MARK: The whole

    /// Does with the whole what it was sent for, and keeps the answer.
    ///
    /// Where the program ends in between, the upload stands at its end without an answer, and an
    /// empty last piece does this again: both purposes are done once however often they are asked.
    private func finish(_ upload: PartialUpload, _ visit: SystemVisit) async throws -> Response {
        try await claims.holding(upload.id) {
            if let length = upload.length, upload.offset != length {
                throw UploadRefusal.lengthContradicted
            }
            let reader = JoinedPieces(try await desk.pieces(of: upload.id), in: pieces)
            // Somebody else may have added to it, or finished it, in the meantime.
            guard reader.byteCount == upload.offset else { throw UploadRefusal.finished }
            let answer: JSONAnswer
            do {
                answer = try await answerTo(upload, reader, visit)
            } catch {
                guard let problem = SystemProblem(error), problem.isFinal else { throw error }
                answer = problem.answer(requestID: visit.requestID)
            }
            let files = try await desk.noteAnswered(upload.id, answer.kept)
            for file in files { try? pieces.remove(file) }
            var response = answer.response
            response.headers[.uploadComplete] = "?1"
            response.headers[.uploadOffset] = String(upload.offset)
            return response
        }
    }

    private func answerTo(
        _ upload: PartialUpload,
        _ reader: JoinedPieces,
        _ visit: SystemVisit
    ) async throws -> JSONAnswer {
        if let digest = upload.digest, try await bundles.digest(of: reader) != digest {
            throw SystemProblem(.digestDiffers, "Nothing was filed. Send it again from the start.")
        }
        switch upload.target {
        case .sealedBundle(let partner):
            // Each opening takes a process and three times the bundle's room.
            let receipt = try await turns.taking(partner) {
                try await bundles.take(reader, from: partner)
            }
            guard receipt.verdict == .accepted else {
                var problem = SystemProblem(.bundleRefused, receipt.explanation)
                problem.receipt = .init(receipt)
                throw problem
            }
            return JSONAnswer(SystemView.TakenBundle(receipt), status: .created)
        case .records(let inquiry):
            guard let boundary = MultipartBoundary(contentType: upload.mediaType) else {
                throw SystemProblem(.mediaTypeUnknown, "Send multipart/form-data.")
            }
            let body = RequestBody(asyncSequence: FileBody(reader: reader))
            let form = UploadForm(body: body, boundary: boundary)
            return try await keepRecords(form, for: inquiry, visit).answer
        }
    }

    // MARK: Heads

    private func ownUpload(_ visit: SystemVisit) async throws -> PartialUpload {
        try await desk.partialUpload(try visit.identifier("upload"), of: visit.actor.id)
    }

    private func path(of upload: PartialUpload) -> String {
        SystemRoute.upload.path("\(upload.id)").description
    }

    private func unfinished(
        _ upload: PartialUpload,
        status: HTTPResponse.Status
    ) -> Response {
        var response =
            status == .noContent
            ? Response(status: status) : .json(SystemView.Upload(upload), status: status)
        mark(&response, upload)
        if status == .created { response.headers[.location] = path(of: upload) }
        return response
    }

    private func mark(_ response: inout Response, _ upload: PartialUpload) {
        response.headers[.uploadComplete] = upload.answer == nil ? "?0" : "?1"
        response.headers[.uploadOffset] = String(upload.offset)
        response.headers[.uploadLimit] = Self.uploadLimits(limits)
        if let length = upload.length { response.headers[.uploadLength] = String(length) }
    }

    private static func digest(_ fields: HTTPFields) throws -> SHA256Digest? {
        guard let text = fields[.reprDigest] else { return nil }
        guard let digest = ResumableHead.sha256(text) else {
            throw SystemProblem(
                .malformed,
                issues: [.init(pointer: "Repr-Digest", detail: "must be sha-256=:base64:")]
            )
        }
        return digest
    }
}

/// Uploads that are being finished or removed: by one caller at a time.
package final class UploadClaims: Sendable {
    private let held = Mutex<Set<PartialUpload.ID>>([])

    package init() {}

    func holding<Value: Sendable>(
        _ id: PartialUpload.ID,
        _ work: () async throws -> Value
    ) async throws -> Value {
        guard held.withLock({ $0.insert(id).inserted }) else {
            throw SystemProblem(.notPossibleNow, "It is being finished at this moment.")
        }
        defer { held.withLock { _ = $0.remove(id) } }
        return try await work()
    }
}

extension IncomingFile {
    fileprivate func take(_ bytes: ByteBuffer) async throws {
        let staging = UnsafeMutableRawBufferPointer.allocate(
            byteCount: bytes.readableBytes,
            alignment: 16
        )
        defer { staging.deallocate() }
        bytes.withUnsafeReadableBytes { staging.copyMemory(from: $0) }
        try await write(UnsafeRawBufferPointer(staging))
    }
}

extension SystemView {
    struct Upload: Encodable {
        struct Result: Encodable {
            let status: Int
            let mediaType: String
            /// As it was given.
            let body: String
        }

        let id: String
        let complete: Bool
        let offset: Int64
        let length: Int64?
        let expires: String
        /// Absent until the whole was taken or refused.
        let result: Result?

        init(_ upload: PartialUpload) {
            id = upload.id.description
            complete = upload.answer != nil
            offset = upload.offset
            length = upload.length
            expires = SystemView.time(upload.expiresAt)
            result = upload.answer.map {
                Result(status: $0.status, mediaType: $0.mediaType, body: $0.body)
            }
        }
    }

    struct TakenBundle: Encodable {
        let verdict: String
        let receipt: ReceiptItem.Signed

        init(_ receipt: SealedReceiptText) {
            verdict = receipt.verdict.rawValue
            self.receipt = .init(receipt)
        }
    }
}

extension SystemView.ReceiptItem.Signed {
    init(_ receipt: SealedReceiptText) {
        self.init(text: receipt.text, signature: receipt.signature)
    }
}
