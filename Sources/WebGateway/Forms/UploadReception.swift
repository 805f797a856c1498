import Casework
import NIOCore

/// Where the parts of one upload go.
///
/// One task uses it.
struct UploadReception {
    private enum Current {
        case none
        case field(name: String, bytes: [UInt8])
        case file(field: String, any IncomingFile)
        /// The rest of a file that was refused, or of a file box left empty.
        case skipped
    }

    // The drop takes a pointer across waits, which a ByteBuffer does not lend; so the bytes are
    // copied once into memory that stays where it is.
    private let staging = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    private let drop: any FileReceiver
    private let limits: UploadForm.Limits
    private let tokens: [FormToken]?
    private let each: @Sendable (UploadedFile) async throws -> Void

    private var current = Current.none
    private var isOurs: Bool
    private var fileCount = 0
    private var result = UploadOutcome()
    // A file is begun with its first bytes, since an empty file box sends a part without any.
    private var unopened: PartHead?

    init(
        drop: any FileReceiver,
        limits: UploadForm.Limits,
        tokens: [FormToken]?,
        each: @escaping @Sendable (UploadedFile) async throws -> Void
    ) {
        self.drop = drop
        self.limits = limits
        self.tokens = tokens
        isOurs = tokens == nil
        self.each = each
    }

    mutating func take(_ event: MultipartParser.Event) async throws {
        switch event {
        case .part(let head): try begin(head)
        case .data(let bytes): try await receive(bytes)
        case .partEnd: try await endPart()
        case .end: break
        }
    }

    func outcome() throws -> UploadOutcome {
        guard isOurs else { throw GatewayFailure.formNotOurs }
        return result
    }

    mutating func abandon() async {
        if case .file(_, let file) = current { await file.abandon() }
        current = .none
    }

    func freeBuffer() {
        staging.deallocate()
    }

    private mutating func begin(_ head: PartHead) throws {
        guard isOurs || (head.name == FormToken.field && head.fileName == nil) else {
            throw GatewayFailure.formNotOurs
        }
        if head.fileName == nil {
            guard result.fields.names.count < FormFields.most else {
                throw FormFields.Malformed.tooManyFields
            }
            current = .field(name: head.name, bytes: [])
        } else {
            unopened = head
            current = .skipped
        }
    }

    private mutating func receive(_ bytes: ByteBuffer) async throws {
        if let head = unopened {
            unopened = nil
            try await open(head)
        }
        switch current {
        case .none, .skipped: break
        case .field(let name, var text):
            guard text.count + bytes.readableBytes <= limits.field else {
                throw GatewayFailure.tooLarge(limit: Int64(limits.field))
            }
            text.append(contentsOf: bytes.readableBytesView)
            current = .field(name: name, bytes: text)
        case .file(_, let file):
            do {
                try await write(bytes, to: file)
            } catch let refusal as FileRefusal {
                try refuse(refusal)
            }
        }
    }

    private mutating func open(_ head: PartHead) async throws {
        let name = head.fileName ?? ""
        fileCount += 1
        guard fileCount <= limits.files else {
            throw FormFields.Malformed.tooManyFields
        }
        do {
            let file = try await drop.receive(name: name, limit: limits.file)
            current = .file(field: head.name, file)
        } catch let refusal as FileRefusal {
            try refuse(refusal)
        }
    }

    private mutating func endPart() async throws {
        let ended = current
        current = .none
        if let head = unopened {
            unopened = nil
            // No name and no bytes: nothing was chosen. A name and no bytes: an empty file.
            if let name = head.fileName, !name.isEmpty {
                try await open(head)
                if case .file(_, let file) = current { try await finish(file, in: head.name) }
                current = .none
            }
            return
        }
        switch ended {
        case .none, .skipped: break
        case .field(let name, let bytes):
            let text = try FormFields.text8(bytes)
            if !isOurs {
                guard tokens?.contains(where: { $0.matches(text) }) == true else {
                    throw GatewayFailure.formNotOurs
                }
                isOurs = true
            }
            result.fields.append(name, text)
        case .file(let field, let file): try await finish(file, in: field)
        }
    }

    private mutating func finish(_ file: any IncomingFile, in field: String) async throws {
        do {
            let uploaded = UploadedFile(field: field, file: try await file.finish())
            try await each(uploaded)
            result.files.append(uploaded)
        } catch let refusal as FileRefusal {
            try refuse(refusal)
        }
    }

    private mutating func refuse(_ refusal: FileRefusal) throws {
        current = .skipped
        result.refusals.append(refusal)
        if refusal == .diskFull { throw GatewayFailure.diskFull }
    }

    private func write(_ bytes: ByteBuffer, to file: any IncomingFile) async throws {
        var bytes = bytes
        while bytes.readableBytes > 0 {
            let count = min(bytes.readableBytes, staging.count)
            bytes.readWithUnsafeReadableBytes { source in
                staging.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[..<count]))
                return count
            }
            try await file.write(UnsafeRawBufferPointer(rebasing: staging[..<count]))
        }
    }
}
