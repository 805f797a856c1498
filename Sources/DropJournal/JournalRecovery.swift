package import DropLayout
import Glibc

/// Puts back what a power cut took from the folders and a journal still has.
package struct JournalRecovery {
    private let partner: PartnerPlaces
    private let boot: BootIdentity?
    private let mode: UInt32

    /// Without `boot` every journal counts as one from before a power cut.
    package init(partner: PartnerPlaces, boot: BootIdentity?, mode: UInt32) {
        self.partner = partner
        self.boot = boot
        self.mode = mode
    }

    /// Looks at every journal of the partner.
    ///
    /// Returns `false` while somebody else is at it: what lies in `queue` may be cut until then.
    package func recoverAll() throws(JournalFailure) -> Bool {
        var isDone = true
        for slot in slots() where !(try recoverIfStale(slot)) { isDone = false }
        return isDone
    }

    private func slots() -> [Int64] {
        guard let directory = opendir(partner.slots) else { return [] }
        defer { closedir(directory) }
        var found: [Int64] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let slot = PartnerPlaces.slot(ofJournal: name) { found.append(slot) }
        }
        return found
    }

    private func recoverIfStale(_ slot: Int64) throws(JournalFailure) -> Bool {
        guard let journal = JournalContent(partner.journal(ofSlot: slot)),
            !journal.records.isEmpty, journal.head.boot != boot
        else { return true }
        let lock = open(partner.slot(slot), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode)
        guard lock >= 0 else { throw JournalFailure("open") }
        defer { close(lock) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else { return false }
        try recover(slot)
        return true
    }

    /// The same for one journal; the caller holds the slot's lock.
    package func recover(_ slot: Int64) throws(JournalFailure) {
        let path = partner.journal(ofSlot: slot)
        // Read again: another process may have done it before the lock was ours.
        guard let journal = JournalContent(path), !journal.records.isEmpty else { return }
        let isSameBoot = journal.head.boot == boot
        for record in journal.records {
            let place = "\(partner.queue)/\(record.entry.entry)"
            switch Self.content(of: place) {
            case record.content?: try flush(place)
            case nil where isSameBoot:
                // The gateway has dealt with it, or its sender has taken it back.
                continue
            default: try restore(record, at: place)
            }
        }
        for folder in [partner.queue, partner.incoming] { try flush(folder) }
        try forget(path)
    }

    private func restore(_ record: JournalRecord, at place: String) throws(JournalFailure) {
        let temporary = "\(partner.queue)/.\(getpid()).new"
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW
        let descriptor = open(temporary, flags, mode)
        guard descriptor >= 0 else { throw JournalFailure("open") }
        defer { close(descriptor) }
        try JournalFile.write(record.content, to: descriptor, at: 0)
        guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0 else {
            throw JournalFailure("fsync")
        }
        guard rename(temporary, place) == 0 else { throw JournalFailure("rename") }
        let name = record.entry.name
        let mark = "\(partner.incoming)/\(StoredEntry.sent(name).entry)"
        let sent = open(mark, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode)
        if sent >= 0 {
            _ = ftruncate(sent, off_t(record.content.count))
            close(sent)
        }
        // What was left of the same file under its name from before it was submitted.
        let part = "\(partner.incoming)/\(StoredEntry.part(name).entry)"
        if let left = Self.content(of: part), record.content.starts(with: left) { unlink(part) }
    }

    /// `nil` where there is no such file.
    private static func content(of path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // One more than any record has: a longer file is none of ours.
        return JournalFile.read(descriptor, JournalRecord.mostBytes + 1, at: 0)
    }

    private func flush(_ path: String) throws(JournalFailure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            // Dealt with in this moment.
            guard errno != ENOENT else { return }
            throw JournalFailure("open")
        }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw JournalFailure("fsync") }
    }

    private func forget(_ path: String) throws(JournalFailure) {
        let descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw JournalFailure("open") }
        defer { close(descriptor) }
        let nothing = [UInt8](repeating: 0, count: JournalFile.pageBytes)
        try JournalFile.write(nothing, to: descriptor, at: 0)
        guard fdatasync(descriptor) == 0 else { throw JournalFailure("fdatasync") }
    }
}

/// What a journal holds.
struct JournalContent {
    let head: JournalHead
    let records: [JournalRecord]

    /// `nil` where there is no journal, or none that was begun.
    init?(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let first = JournalFile.read(descriptor, JournalFile.pageBytes, at: 0)
        guard let head = JournalHead(first) else { return nil }
        self.head = head
        var found: [JournalRecord] = []
        var page = 1
        let most = JournalRecord.mostBytes + JournalFile.pageBytes
        // Whoever broke out as the partners' login could write one of any length.
        while page < JournalFile.mostPages {
            let left = (JournalFile.mostPages - page) * JournalFile.pageBytes
            let place = page * JournalFile.pageBytes
            let bytes = JournalFile.read(descriptor, min(most, left), at: place)
            guard
                let next = JournalRecord.decode(
                    bytes[...],
                    head.generation,
                    at: UInt32(found.count)
                )
            else { break }
            found.append(next.record)
            page += next.pages
        }
        records = found
    }
}
