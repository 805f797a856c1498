import Casework
import Hummingbird
import NIOCore
import Rendering
import Synchronization
import Vocabulary

/// Somebody shows a receipt and its signature.
extension OpenRoom {
    func checkReceipt(_ visit: Visit) async throws -> Response {
        try limits.receipt(from: visit.address)
        let drop = SmallFiles(secrets: desk.secrets)
        let upload = try await visit.upload().receive(
            into: drop,
            limits: .init(total: 512 << 10, file: 256 << 10, files: 2, field: 4 << 10)
        )
        let isSignature = { (file: UploadedFile) in
            file.file.name.lowercased().utf8.suffix(4).elementsEqual(".p7s".utf8)
        }
        var form = Form()
        var shown: ShownReceipt?
        if upload.refusals.isEmpty, upload.files.count == 2,
            let text = upload.files.first(where: { !isSignature($0) }),
            let signature = upload.files.first(where: isSignature)
        {
            let checked = try await receipts.check(
                drop.bytes(of: text.file.id),
                signature: drop.bytes(of: signature.file.id)
            )
            if let checked { shown = view(of: checked) }
            if shown == nil { form.problems = [FieldProblem(.receipt, .receiptNotOurs)] }
        } else {
            form.problems = [FieldProblem(.receipt, .receiptFilesMissing)]
        }
        return frame.page(
            CheckNumberPage(form: form, receipt: shown),
            visit,
            status: form.problems.isEmpty ? .ok : .unprocessableContent
        )
    }

    private func view(of checked: CheckedReceipt) -> ShownReceipt? {
        guard let word = ShownReceiptWord(rawValue: checked.outcome) else { return nil }
        return ShownReceipt(
            number: checked.request?.description ?? "",
            word: word,
            at: desk.time.local(checked.at, in: StaffRoom.capital),
            signedAt: checked.signedAt.map { desk.time.local($0, in: StaffRoom.capital) },
            digest: checked.sealedDigest.description,
            files: checked.files.map {
                ShownReceiptFile(size: ByteCount($0.byteCount), digest: $0.digest.description)
            },
            parts: checked.parts.map {
                OpenedPart(part: $0.part, opened: $0.word, ways: $0.ways)
            }
        )
    }
}

/// Holds what is looked at once and never kept.
private final class SmallFiles: FileReceiver {
    private let secrets: any SecretSource
    private let files = Mutex<[DroppedFile.ID: [UInt8]]>([:])

    init(secrets: any SecretSource) {
        self.secrets = secrets
    }

    func bytes(of id: DroppedFile.ID) -> [UInt8] { files.withLock { $0[id] ?? [] } }

    func receive(name: String, limit: Int64) async throws -> any IncomingFile {
        Incoming(name: name, limit: limit, drop: self)
    }

    private final class Incoming: IncomingFile {
        let name: String
        let limit: Int64
        let drop: SmallFiles
        private let bytes = Mutex<[UInt8]>([])

        init(name: String, limit: Int64, drop: SmallFiles) {
            self.name = name
            self.limit = limit
            self.drop = drop
        }

        func write(_ piece: UnsafeRawBufferPointer) async throws {
            let taken = Array(piece)
            let fits = bytes.withLock { bytes in
                bytes += taken
                return Int64(bytes.count) <= limit
            }
            guard fits else { throw FileRefusal.tooLarge(name: name, limit: limit) }
        }

        func finish() async throws -> DroppedFile {
            let whole = bytes.withLock { $0 }
            let id = drop.files.withLock { files in
                let id = DroppedFile.ID(rawValue: UInt128(files.count))
                files[id] = whole
                return id
            }
            return DroppedFile(
                id: id,
                name: name,
                mediaType: "",
                byteCount: Int64(whole.count),
                digest: drop.secrets.digest(of: whole)
            )
        }

        func abandon() async {}
    }
}
