/// One connection of a partner: packets in, packets out, and what they do to the partner's files.
///
/// Reads no clock and does no input or output of its own.
package final class SFTPSession {
    /// Why a connection cannot go on.
    package enum End: Error, Hashable, Sendable {
        /// A length that no packet has: where the next packet begins cannot be known.
        case badFrame
        /// Something else came before INIT.
        case notGreeted
    }

    let files: any PartnerFiles
    let tree: VirtualTree
    package var replies = PacketWriter()
    private var isGreeted = false
    var handles = HandleTable()

    /// Replies beyond this many bytes are sent before more packets are read.
    package static let enoughReplies = 1 << 20

    /// `now`: seconds since 1970, as the folders' time.
    package init(files: any PartnerFiles, readme: [UInt8], now: UInt32) {
        self.files = files
        tree = VirtualTree(files: files, readme: readme, now: now)
    }

    /// Carries out the whole packets at the start of `bytes`.
    ///
    /// Returns how many bytes they took. Where it is none, more must be read first, or replies be
    /// sent.
    package func receive(_ bytes: UnsafeRawBufferPointer) throws(End) -> Int {
        var taken = 0
        while bytes.count - taken >= 4, replies.byteCount < Self.enoughReplies {
            let length = UInt32(
                bigEndian: bytes.loadUnaligned(fromByteOffset: taken, as: UInt32.self)
            )
            guard length > 0, length <= PacketLimits.packetBytes else { throw .badFrame }
            let end = taken + 4 + Int(length)
            guard end <= bytes.count else { break }
            try packet(UnsafeRawBufferPointer(rebasing: bytes[(taken + 4)..<end]))
            taken = end
        }
        return taken
    }

    /// The connection is gone: what was not closed does not count.
    package func end() {
        handles.abandonAll()
    }

    private func packet(_ bytes: UnsafeRawBufferPointer) throws(End) {
        var fields = PacketReader(bytes)
        guard let kind = try? fields.byte() else { throw .badFrame }
        if kind == PacketKind.initialize.rawValue {
            guard (try? fields.uint32()) != nil else { throw .badFrame }
            isGreeted = true
            replies.version()
            return
        }
        guard isGreeted else { throw .notGreeted }
        // Without a number there is nobody to answer.
        guard let id = try? fields.uint32() else { return }
        do {
            try answer(id, try Self.request(kind, &fields))
        } catch {
            replies.status(id, error)
        }
    }

    private static func request(
        _ kind: UInt8,
        _ fields: inout PacketReader
    ) throws(Refusal) -> SFTPRequest {
        do { return try SFTPRequest(kind, &fields) } catch {
            throw Refusal(error, "The packet ends too early.")
        }
    }

    private func answer(_ id: UInt32, _ request: SFTPRequest) throws(Refusal) {
        switch request {
        case .initialize, .unknown: throw Refusal(.unsupported, "This is not offered here.")
        case .link: throw Refusal(.unsupported, "There are no links here.")
        case .limits: replies.limits(id)
        case .realPath(let path):
            let resolved = try VirtualPath.resolved(path)
            let name = ListedName(
                name: resolved,
                longName: resolved,
                attributes: FileAttributes()
            )
            replies.names(id, [name])
        case .space(let path):
            _ = try tree.attributes(of: try VirtualPath(path))
            replies.space(id, try files.room())
        case .status(let path):
            replies.attributes(id, try tree.attributes(of: try VirtualPath(path)))
        case .setStatus(let path, _):
            // Programs set times and permissions after an upload, and fail where they may not.
            _ = try tree.attributes(of: try VirtualPath(path))
            done(id)
        case .open(let path, let flags, _):
            try handles.requireRoom()
            replies.handle(id, handles.add(try open(try VirtualPath(path), flags)))
        case .openFolder(let path):
            try handles.requireRoom()
            let lines = try tree.lines(of: try VirtualPath(path))
            replies.handle(id, handles.add(.folder(lines, next: 0)))
        case .rename(let from, let to, let replacing):
            try rename(from, to, replacing: replacing)
            done(id)
        case .remove(let path):
            try remove(try VirtualPath(path))
            done(id)
        case .makeFolder(let path):
            let isThere = (try? tree.attributes(of: try VirtualPath(path))) != nil
            throw isThere
                ? Refusal(.failure, "This is there already.")
                : Refusal(.permissionDenied, "Folders cannot be made here.")
        case .removeFolder: throw Refusal(.permissionDenied, "Folders cannot be removed here.")
        case .close, .read, .write, .handleStatus, .setHandleStatus, .readFolder, .flush,
            .handleSpace:
            try answer(id, onHandle: request)
        }
    }

    func done(_ id: UInt32) {
        replies.status(id, Refusal(.ok, ""))
    }

    private func open(_ path: VirtualPath, _ flags: OpenFlags) throws(Refusal) -> OpenHandle {
        let writes = !flags.isDisjoint(with: [.write, .append, .create, .truncate])
        switch path {
        case .file(.incoming, let name):
            guard writes else {
                _ = try files.entry(name, in: .incoming)
                throw Refusal(.permissionDenied, "What was sent is not read back.")
            }
            let upload = try files.receive(name, try start(name, flags))
            return .upload(upload, appends: flags.contains(.append))
        case _ where writes:
            throw Refusal(.permissionDenied, "Files are sent to /in, and nowhere else.")
        case .file(let folder, let name): return .fetch(try files.fetch(name, from: folder))
        case .readme: return .fetch(tree.openReadme())
        case .root, .folder: throw Refusal(.failure, "This is a folder.")
        case .nowhere: throw .noSuchFile
        }
    }

    private func start(_ name: DropName, _ flags: OpenFlags) throws(Refusal) -> UploadStart {
        if flags.contains([.create, .exclusive]) { return .exclusive }
        if !flags.contains(.create) { _ = try files.entry(name, in: .incoming) }
        return flags.contains(.truncate) ? .fresh : .resumed
    }

    private func rename(_ from: [UInt8], _ to: [UInt8], replacing: Bool) throws(Refusal) {
        guard case .file(.incoming, let old) = try VirtualPath(from),
            case .file(.incoming, let new) = try VirtualPath(to)
        else { throw Refusal(.permissionDenied, "Only files in /in can be renamed, within it.") }
        guard !handles.isOpen(old) else {
            throw Refusal(.failure, "The file is still open: close it first.")
        }
        try files.rename(old, to: new, replacing: replacing)
    }

    private func remove(_ path: VirtualPath) throws(Refusal) {
        switch path {
        case .file(let folder, let name): try files.remove(name, from: folder)
        case .root, .readme, .folder:
            throw Refusal(.permissionDenied, "This cannot be removed.")
        case .nowhere: throw .noSuchFile
        }
    }
}
