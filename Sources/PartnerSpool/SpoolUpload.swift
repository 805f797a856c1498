import DropLayout
import Glibc
import SFTPProtocol

/// A file on its way into a partner's folder.
///
/// Its first bytes wait in memory until they can be those of what its name says, a sealed bundle
/// or an extract that the partner may drop, so nothing else is ever on the disk.
final class SpoolUpload: IncomingUpload {
    private let spool: SpoolFiles
    private let name: DropName
    private let kind: DroppedKind
    private var descriptor: Int32
    private var size: UInt64
    /// The first bytes, until it is clear what they are; `nil` from then on.
    private var beginning: [UInt8]?
    /// Why nothing more is taken; the file is gone.
    private var failure: Refusal?

    /// `descriptor` is open for reading and writing, and is closed by this object.
    init(spool: SpoolFiles, name: DropName, descriptor: Int32, size: UInt64) {
        self.spool = spool
        self.name = name
        kind = spool.kind(of: name)
        self.descriptor = descriptor
        self.size = size
        beginning = size == 0 ? [] : nil
    }

    deinit { closeDescriptor() }

    var entry: DropEntry {
        var status = stat()
        let isOpen = descriptor >= 0 && fstat(descriptor, &status) == 0
        return DropEntry(
            name: name,
            size: size,
            modifiedAt: isOpen ? UInt32(clamping: status.st_mtim.tv_sec) : 0
        )
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) throws(Refusal) {
        if let failure { throw failure }
        guard offset <= UInt64(Int64.max) - UInt64(PacketLimits.packetBytes) else {
            throw Refusal(.failure, "No file is that long.")
        }
        guard !bytes.isEmpty else { return }
        let end = offset + UInt64(bytes.count)
        try spool.quota.grow(from: size, to: end)
        if beginning != nil {
            try judge(bytes, at: offset)
        } else {
            try store(bytes, at: offset)
        }
        size = max(size, end)
    }

    private func judge(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) throws(Refusal) {
        guard var first = beginning, offset == UInt64(first.count) else {
            throw fail(Refusal(.failure, "A new file must be sent from its beginning."))
        }
        let fresh = first.count
        first.append(contentsOf: bytes.prefix(SealedBeginning.enough))
        switch kind.judge(first) {
        case .wrong:
            let what =
                kind == .bundle
                ? "This is not a sealed bundle." : "This is a sealed bundle and not an extract."
            throw fail(Refusal(.failure, "\(what) Nothing of it was kept; see README.txt."))
        case .open:
            beginning = first
        case .right:
            beginning = nil
            let held = Array(first.prefix(fresh))
            guard held.withUnsafeBytes({ SpoolFile.write($0, to: descriptor, at: 0) }) else {
                throw SpoolFailure.refusal("write")
            }
            try store(bytes, at: offset)
        }
    }

    private func store(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) throws(Refusal) {
        guard SpoolFile.write(bytes, to: descriptor, at: offset) else {
            throw SpoolFailure.refusal("write")
        }
    }

    func truncate(to size: UInt64) throws(Refusal) {
        if let failure { throw failure }
        guard beginning == nil, size < self.size else { return }
        guard ftruncate(descriptor, off_t(size)) == 0 else {
            throw SpoolFailure.refusal("ftruncate")
        }
        self.size = size
    }

    func flush() throws(Refusal) {
        if let failure { throw failure }
        // After a failed flush the bytes may be gone: trying again would lie.
        guard fsync(descriptor) == 0 else { throw fail(SpoolFailure.refusal("fsync")) }
    }

    func finish() throws(Refusal) {
        defer { closeDescriptor() }
        if let failure { throw failure }
        guard beginning == nil else {
            throw fail(Refusal(.failure, "The file is too short to be what is taken here."))
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_nlink > 0 else {
            throw Refusal(.failure, "Another connection has sent a file of this name since.")
        }
        guard !name.isUnfinished else { return try flush() }
        try spool.submit(name, as: name, descriptor, size: Int64(status.st_size))
    }

    func abandon() {
        // What can be resumed stays; a beginning that was never written is no use to anybody.
        if beginning != nil, failure == nil { removeOwn() }
        closeDescriptor()
    }

    private func fail(_ refusal: Refusal) -> Refusal {
        failure = refusal
        removeOwn()
        return refusal
    }

    /// Removes the file unless somebody has put another one in its place.
    private func removeOwn() {
        var own = stat()
        guard descriptor >= 0, fstat(descriptor, &own) == 0,
            let there = spool.incoming.status(of: .part(name)),
            there.st_ino == own.st_ino, there.st_dev == own.st_dev
        else { return }
        spool.incoming.remove(.part(name))
    }

    private func closeDescriptor() {
        guard descriptor >= 0 else { return }
        close(descriptor)
        descriptor = -1
    }
}
