import DropLayout
import Glibc
import SFTPProtocol

/// A file on its way into a partner's folder.
///
/// Its first bytes wait in memory until they can be those of what its name says, a sealed bundle
/// or an extract that the partner may drop, so nothing else is ever on the disk: nor afterwards,
/// when a client comes back to its beginning, or goes on with what lies there.
final class SpoolUpload: IncomingUpload {
    private let spool: SpoolFiles
    private let name: DropName
    private let kind: DroppedKind
    private var descriptor: Int32
    private var size: UInt64
    /// The first bytes, until it is clear what they are; `nil` while they lie on the disk and are
    /// right.
    private var beginning: [UInt8]?
    /// Why nothing more is taken; the file is gone.
    private var failure: Refusal?
    /// Why bytes were not taken; the file stays, to be resumed.
    ///
    /// A client that closes it all the same does not submit what is cut.
    private var cut: Refusal?

    /// `descriptor` is open for reading and writing, and is closed by this object.
    init(spool: SpoolFiles, name: DropName, descriptor: Int32, size: UInt64) {
        self.spool = spool
        self.name = name
        kind = spool.kind(of: name)
        self.descriptor = descriptor
        self.size = size
        beginning = size == 0 ? [] : nil
        // What lies there may have been written over by a connection that never closed it.
        if size > 0 { holdBeginning() }
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
        // What was on its way behind bytes that were refused would leave a hole.
        if let refusal = failure ?? cut { throw refusal }
        do throws(Refusal) { try take(bytes, at: offset) } catch {
            cut = error
            throw error
        }
    }

    private func take(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) throws(Refusal) {
        guard offset <= UInt64(Int64.max) - UInt64(PacketLimits.packetBytes) else {
            throw Refusal(.failure, "No file is that long.")
        }
        guard !bytes.isEmpty else { return }
        let end = offset + UInt64(bytes.count)
        try spool.quota.grow(from: size, to: end)
        if beginning != nil {
            try judge(bytes, at: offset)
        } else {
            if offset < UInt64(SealedBeginning.enough) { try judgeAgain(bytes, at: offset) }
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
        case .wrong: throw fail(kind.refusal)
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

    /// For bytes that change a beginning which was right: it has to stay that.
    private func judgeAgain(
        _ bytes: UnsafeRawBufferPointer,
        at offset: UInt64
    ) throws(Refusal) {
        guard var first = SpoolFile.beginning(of: descriptor) else {
            throw SpoolFailure.refusal("read")
        }
        let place = Int(offset)
        let fresh = bytes.prefix(SealedBeginning.enough - place)
        first += [UInt8](repeating: 0, count: max(0, place + fresh.count - first.count))
        first.replaceSubrange(place..<(place + fresh.count), with: fresh)
        guard kind.judge(first) == .right else { throw fail(kind.refusal) }
    }

    /// Takes a beginning that is too short to be judged off the disk, to wait for the rest.
    private func holdBeginning() {
        guard size < UInt64(SealedBeginning.enough),
            let first = SpoolFile.beginning(of: descriptor), kind.judge(first) == .open,
            ftruncate(descriptor, 0) == 0
        else { return }
        beginning = first
    }

    private func store(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) throws(Refusal) {
        guard SpoolFile.write(bytes, to: descriptor, at: offset) else {
            throw SpoolFailure.refusal("write")
        }
    }

    func truncate(to size: UInt64) throws(Refusal) {
        if let failure { throw failure }
        guard size < self.size else { return }
        if let first = beginning {
            beginning = Array(first.prefix(Int(size)))
        } else {
            guard ftruncate(descriptor, off_t(size)) == 0 else {
                throw SpoolFailure.refusal("ftruncate")
            }
        }
        self.size = size
        if beginning == nil { holdBeginning() }
    }

    func flush() throws(Refusal) {
        if let refusal = failure ?? cut { throw refusal }
        // After a failed flush the bytes may be gone: trying again would lie.
        guard fsync(descriptor) == 0 else { throw fail(SpoolFailure.refusal("fsync")) }
    }

    func finish() throws(Refusal) {
        defer { closeDescriptor() }
        if let failure { throw failure }
        if let cut {
            abandonBeginning()
            throw cut
        }
        guard beginning == nil else {
            throw fail(Refusal(.failure, "The file is too short to be what is taken here."))
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_nlink > 0 else {
            throw Refusal(.failure, "Another connection has sent a file of this name since.")
        }
        guard spool.judge(descriptor, name) == .right else { throw fail(kind.refusal) }
        guard !name.isUnfinished else { return try flush() }
        try spool.submit(name, as: name, descriptor, size: Int64(status.st_size))
    }

    func abandon() {
        abandonBeginning()
        closeDescriptor()
    }

    /// What can be resumed stays; a beginning that was never written is no use to anybody.
    private func abandonBeginning() {
        if beginning != nil, failure == nil { removeOwn() }
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

extension DroppedKind {
    /// What its sender is told where a file is not of this kind.
    var refusal: Refusal {
        let what =
            self == .bundle
            ? "This is not a sealed bundle." : "This is a sealed bundle and not an extract."
        return Refusal(.failure, "\(what) Nothing of it was kept; see README.txt.")
    }
}
