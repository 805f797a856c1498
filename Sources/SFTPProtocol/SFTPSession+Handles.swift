extension SFTPSession {
    /// Requests that name a handle.
    func answer(_ id: UInt32, onHandle request: SFTPRequest) throws(Refusal) {
        switch request {
        case .close(let handle):
            switch try handles.remove(handle) {
            case .fetch(let file): file.close()
            case .upload(let upload, _): try upload.finish()
            case .folder: break
            }
            done(id)
        case .read(let handle, let offset, let count):
            try read(id, try handles[handle], at: offset, count)
        case .write(let handle, let offset, let bytes):
            let (upload, appends) = try upload(try handles[handle])
            // Some programs say 0 and mean the end, as the draft lets them.
            try upload.write(bytes, at: appends ? upload.entry.size : offset)
            done(id)
        case .handleStatus(let handle):
            replies.attributes(id, attributes(of: try handles[handle]))
        case .setHandleStatus(let handle, let attributes):
            // The size is what some programs end an upload over an older, longer file with.
            if case .upload(let upload, _) = try handles[handle], let size = attributes.size {
                try upload.truncate(to: size)
            }
            done(id)
        case .readFolder(let handle): try readFolder(id, handle)
        case .handleSpace(let handle):
            _ = try handles[handle]
            replies.space(id, try files.room())
        case .flush(let handle):
            try upload(try handles[handle]).upload.flush()
            done(id)
        default: throw Refusal(.unsupported, "This is not offered here.")
        }
    }

    private func upload(
        _ handle: OpenHandle
    ) throws(Refusal) -> (upload: any IncomingUpload, appends: Bool) {
        guard case .upload(let upload, let appends) = handle else {
            throw Refusal(.permissionDenied, "This file is open for reading.")
        }
        return (upload, appends)
    }

    private func read(
        _ id: UInt32,
        _ handle: OpenHandle,
        at offset: UInt64,
        _ count: UInt32
    ) throws(Refusal) {
        guard case .fetch(let file) = handle else {
            throw Refusal(.permissionDenied, "This file is not open for reading.")
        }
        let size = file.entry.size
        guard offset < size else { throw Refusal(.endOfFile, "") }
        let wanted = min(UInt64(count), UInt64(PacketLimits.dataBytes), size - offset)
        guard wanted > 0 else { throw Refusal(.failure, "Nothing was asked for.") }
        try replies.data(id, upTo: Int(wanted)) { bytes throws(Refusal) in
            try file.read(into: bytes, at: offset)
        }
    }

    private func readFolder(_ id: UInt32, _ handle: [UInt8]) throws(Refusal) {
        guard case .folder(let lines, let next) = try handles[handle] else {
            throw Refusal(.failure, "This is not a folder.")
        }
        guard next < lines.count else { throw Refusal(.endOfFile, "") }
        let some = lines[next...].prefix(Self.linesPerReply)
        try handles.replace(handle, with: .folder(lines, next: next + some.count))
        replies.names(id, Array(some))
    }

    /// So that the reply to a folder of the longest names still is a packet.
    private static var linesPerReply: Int { 200 }

    private func attributes(of handle: OpenHandle) -> FileAttributes {
        switch handle {
        case .fetch(let file): VirtualTree.attributes(of: file.entry, isWritable: false)
        case .upload(let upload, _): VirtualTree.attributes(of: upload.entry, isWritable: true)
        case .folder: tree.folderAttributes
        }
    }
}

/// What stands behind a handle.
enum OpenHandle {
    case fetch(any FetchedFile)
    /// `appends`: every write goes to the end, whatever place it names.
    case upload(any IncomingUpload, appends: Bool)
    case folder([ListedName], next: Int)
}

/// The open handles of one session; none is ever given twice.
struct HandleTable {
    private var open: [UInt32: OpenHandle] = [:]
    private var last: UInt32 = 0

    var count: Int { open.count }

    func requireRoom() throws(Refusal) {
        guard open.count < PacketLimits.openHandles else {
            throw Refusal(.failure, "Too many files are open at once.")
        }
    }

    mutating func add(_ handle: OpenHandle) -> [UInt8] {
        last += 1
        open[last] = handle
        return withUnsafeBytes(of: last.bigEndian) { Array($0) }
    }

    subscript(_ bytes: [UInt8]) -> OpenHandle {
        get throws(Refusal) {
            guard let number = Self.number(bytes), let handle = open[number] else {
                throw Refusal(.failure, "There is no such handle.")
            }
            return handle
        }
    }

    mutating func replace(_ bytes: [UInt8], with handle: OpenHandle) throws(Refusal) {
        _ = try self[bytes]
        if let number = Self.number(bytes) { open[number] = handle }
    }

    mutating func remove(_ bytes: [UInt8]) throws(Refusal) -> OpenHandle {
        let handle = try self[bytes]
        if let number = Self.number(bytes) { open[number] = nil }
        return handle
    }

    func isOpen(_ name: DropName) -> Bool {
        open.values.contains { handle in
            if case .upload(let upload, _) = handle { upload.entry.name == name } else { false }
        }
    }

    mutating func abandonAll() {
        for handle in open.values {
            switch handle {
            case .fetch(let file): file.abandon()
            case .upload(let upload, _): upload.abandon()
            case .folder: break
            }
        }
        open = [:]
    }

    private static func number(_ bytes: [UInt8]) -> UInt32? {
        guard bytes.count == 4 else { return nil }
        return bytes.reduce(0) { $0 << 8 | UInt32($1) }
    }
}
