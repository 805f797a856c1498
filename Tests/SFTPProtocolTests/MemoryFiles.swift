import SFTPProtocol

/// A partner's files in memory, simple enough to be believed.
final class MemoryFiles: PartnerFiles {
    var incoming: [DropName: [UInt8]] = [:]
    var outgoing: [DropName: [UInt8]] = [:]
    var receipts: [DropName: [UInt8]] = [:]
    /// Names in the order they were submitted.
    var submitted: [String] = []
    var abandoned: [String] = []
    var fetched: [String] = []

    private func folder(_ folder: DropFolder) -> [DropName: [UInt8]] {
        switch folder {
        case .incoming: incoming
        case .outgoing: outgoing
        case .receipts: receipts
        }
    }

    func list(_ folder: DropFolder) -> [DropEntry] {
        self.folder(folder)
            .map { DropEntry(name: $0.key, size: UInt64($0.value.count), modifiedAt: 1_000) }
            .sorted { $0.name.text < $1.name.text }
    }

    func entry(_ name: DropName, in folder: DropFolder) throws(Refusal) -> DropEntry {
        guard let bytes = self.folder(folder)[name] else { throw .noSuchFile }
        return DropEntry(name: name, size: UInt64(bytes.count), modifiedAt: 1_000)
    }

    func fetch(_ name: DropName, from folder: DropFolder) throws(Refusal) -> any FetchedFile {
        guard let bytes = self.folder(folder)[name] else { throw .noSuchFile }
        return Fetch(files: self, name: name, bytes: bytes)
    }

    func receive(_ name: DropName, _ start: UploadStart) throws(Refusal) -> any IncomingUpload {
        if start == .exclusive, incoming[name] != nil {
            throw Refusal(.failure, "there already")
        }
        if start != .resumed || incoming[name] == nil { incoming[name] = [] }
        return Upload(files: self, name: name)
    }

    func rename(
        _ old: DropName,
        to new: DropName,
        replacing: Bool
    ) throws(Refusal) {
        guard let bytes = incoming[old] else { throw .noSuchFile }
        guard replacing || incoming[new] == nil else { throw Refusal(.failure, "there already") }
        incoming[old] = nil
        incoming[new] = bytes
        if !new.isUnfinished { submitted.append(new.text) }
    }

    func remove(_ name: DropName, from folder: DropFolder) throws(Refusal) {
        guard folder == .incoming else { throw Refusal(.permissionDenied, "not here") }
        guard incoming.removeValue(forKey: name) != nil else { throw .noSuchFile }
    }

    func room() -> PartnerRoom {
        PartnerRoom(
            bytes: 10_240,
            freeBytes: 4_096,
            sendableBytes: 1_025,
            files: 9,
            freeFiles: 5,
            sendableFiles: 3
        )
    }

    final class Upload: IncomingUpload {
        let files: MemoryFiles
        let name: DropName

        init(files: MemoryFiles, name: DropName) {
            self.files = files
            self.name = name
        }

        var bytes: [UInt8] { files.incoming[name] ?? [] }
        var entry: DropEntry {
            DropEntry(name: name, size: UInt64(bytes.count), modifiedAt: 1_000)
        }

        func write(_ data: UnsafeRawBufferPointer, at offset: UInt64) throws(Refusal) {
            guard offset <= 1 << 20 else { throw Refusal(.failure, "too far") }
            var bytes = bytes
            let end = Int(offset) + data.count
            if bytes.count < end { bytes += [UInt8](repeating: 0, count: end - bytes.count) }
            bytes.replaceSubrange(Int(offset)..<end, with: data)
            files.incoming[name] = bytes
        }

        func truncate(to size: UInt64) {
            files.incoming[name] = Array(bytes.prefix(Int(clamping: size)))
        }

        func flush() {}

        func finish() {
            if !name.isUnfinished { files.submitted.append(name.text) }
        }

        func abandon() { files.abandoned.append(name.text) }
    }

    final class Fetch: FetchedFile {
        let files: MemoryFiles
        let name: DropName
        let content: [UInt8]

        init(files: MemoryFiles, name: DropName, bytes: [UInt8]) {
            self.files = files
            self.name = name
            content = bytes
        }

        var entry: DropEntry {
            DropEntry(name: name, size: UInt64(content.count), modifiedAt: 1_000)
        }

        func read(into bytes: UnsafeMutableRawBufferPointer, at offset: UInt64) -> Int {
            let some = content.dropFirst(Int(offset)).prefix(bytes.count)
            bytes.copyBytes(from: some)
            return some.count
        }

        func close() { files.fetched.append(name.text) }
        func abandon() {}
    }
}

/// A client that has said hello.
final class Visitor {
    let files: MemoryFiles
    let session: SFTPSession
    private var next: UInt32 = 100

    init(files: MemoryFiles = MemoryFiles()) throws {
        self.files = files
        session = SFTPSession(files: files, readme: Array("Read me.".utf8), now: 1_700_000_000)
        _ = try send([.hello])
    }

    /// Hands over `bytes` and gives back what is sent in return, and how many bytes were taken.
    func exchange(_ bytes: [UInt8]) throws -> (taken: Int, sent: [UInt8]) {
        var taken = 0
        var sent: [UInt8] = []
        while true {
            let step = try Array(bytes.dropFirst(taken)).withUnsafeBytes {
                try session.receive($0)
            }
            session.replies.withBytes { sent += Array($0) }
            session.replies.clear()
            if step == 0 { return (taken, sent) }
            taken += step
        }
    }

    func send(_ packets: [Packet]) throws -> [Reply] {
        let (_, sent) = try exchange(packets.flatMap(\.bytes))
        guard let replies = Packet.all(in: sent) else { throw Unreadable() }
        return try replies.map { packet in
            guard let reply = Reply(packet) else { throw Unreadable() }
            return reply
        }
    }

    func send(_ make: (UInt32) -> Packet) throws -> Reply {
        next += 1
        let replies = try send([make(next)])
        guard replies.count == 1, replies[0].id == next else { throw Unreadable() }
        return replies[0]
    }

    func open(_ path: String, _ flags: UInt32) throws -> [UInt8] {
        guard case .handle(_, let handle) = try send({ .open($0, path, flags) }) else {
            throw Unreadable()
        }
        return handle
    }

    struct Unreadable: Error {}
}

extension DropName {
    /// For names that tests know to be good.
    static func of(_ text: String) throws -> DropName { try DropName(text.utf8) }
}
