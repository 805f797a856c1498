import CDisk
package import DropLayout
import Glibc

/// Makes small files durable with one flush each and no other work for the file system.
///
/// The file that was submitted lies in `queue` at once, unflushed; its bytes are written again
/// into pages of this file that are there already, and those are flushed. Once in a while the
/// folders are flushed as a whole, and the journal begins again. Only a power cut between makes
/// anybody read it: see `JournalRecovery`. Whoever uses it holds the lock of its slot.
package final class SubmissionJournal {
    private let descriptor: Int32
    private let boot: BootIdentity
    private var generation: UInt64
    private var position: UInt32 = 0
    private var page = 1
    /// After a failed write nobody knows what is on the disk.
    package private(set) var isBroken = false

    /// Opens the one of a slot, of which nothing is needed any more, or makes it; `nil` where that
    /// is not possible.
    package init?(slot: Int64, of partner: PartnerPlaces, boot: BootIdentity, mode: UInt32) {
        let path = partner.journal(ofSlot: slot)
        let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW
        descriptor = open(path, flags, mode)
        self.boot = boot
        generation = UInt64.random(in: 1 ... .max)
        guard descriptor >= 0 else { return nil }
        do {
            try layOut()
            try begin()
        } catch {
            isBroken = true
            return nil
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Nothing in it is needed.
    package var isEmpty: Bool { position == 0 }

    /// Writes every page once, so that none needs to be found a place for later.
    private func layOut() throws(JournalFailure) {
        var status = stat()
        let size = JournalFile.mostPages * JournalFile.pageBytes
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw JournalFailure("open", EINVAL)
        }
        guard Int(status.st_size) != size else { return }
        try JournalFile.write([UInt8](repeating: 0, count: size), to: descriptor, at: 0)
        guard ftruncate(descriptor, off_t(size)) == 0, fsync(descriptor) == 0 else {
            throw JournalFailure("fsync")
        }
    }

    private func begin() throws(JournalFailure) {
        let head = JournalHead(generation: generation, boot: boot)
        try JournalFile.write(head.encoded, to: descriptor, at: 0)
        try flush()
        position = 0
        page = 1
    }

    /// There is room for one more of so many bytes.
    package func hasRoom(for byteCount: Int) -> Bool {
        page + JournalFile.pages(byteCount + 512) <= JournalFile.mostPages
    }

    /// Makes a record durable; what it says is in `queue` already.
    package func append(_ record: JournalRecord) throws(JournalFailure) {
        guard !isBroken, hasRoom(for: record.content.count) else {
            throw JournalFailure("journal", ENOSPC)
        }
        let bytes = record.encoded(generation, at: position)
        do throws(JournalFailure) {
            try JournalFile.write(bytes, to: descriptor, at: page * JournalFile.pageBytes)
            try flush()
        } catch {
            isBroken = true
            throw error
        }
        position += 1
        page += JournalFile.pages(bytes.count)
    }

    /// Makes everything durable that was submitted, and begins again.
    ///
    /// Where it fails the records stay, for whoever opens the slot next.
    package func settle() {
        guard position > 0, !isBroken else { return }
        // The whole file system in one go: one commit instead of one for each file.
        guard mochila_flush_file_system(descriptor) == 0 else {
            isBroken = true
            return
        }
        generation = generation &+ 1
        do { try begin() } catch { isBroken = true }
    }

    private func flush() throws(JournalFailure) {
        // Of pages that were written before: the file's own entry does not change.
        guard fdatasync(descriptor) == 0 else { throw JournalFailure("fdatasync") }
    }
}

/// The first page of a journal.
struct JournalHead: Hashable {
    /// Random, and another one each time that the journal begins again: what is left of older
    /// records is not taken for one.
    let generation: UInt64
    let boot: BootIdentity

    private static let magic = Array("MOCHJRN1".utf8)

    init(generation: UInt64, boot: BootIdentity) {
        self.generation = generation
        self.boot = boot
    }

    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 16 + BootIdentity.byteCount, bytes.starts(with: Self.magic),
            let boot = BootIdentity(bytes[16..<(16 + BootIdentity.byteCount)])
        else { return nil }
        generation = bytes[...].big(UInt64.self, at: 8)
        self.boot = boot
    }

    var encoded: [UInt8] {
        var bytes = Self.magic
        bytes.append(big: generation)
        return bytes + boot.bytes
    }
}
