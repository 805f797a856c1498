package import DropLayout
import Glibc
package import SFTPProtocol
package import Vocabulary

extension PartnerDrop {
    // MARK: Out

    /// Puts the sealed file at `path` where the partner finds it under `name`.
    package func offer(_ path: String, as name: DropName, to account: PartnerAccount) throws {
        let target = "\(places.partner(account).outgoing)/\(StoredEntry.plain(name).entry)"
        guard access(target, F_OK) != 0 else { return }
        // Another account may not read what is ours: it gets a copy.
        if !isShared, link(path, target) == 0 || errno == EEXIST { return }
        let temporary = "\(places.partner(account).outgoing)/.\(getpid()).new"
        let source = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard source >= 0 else { throw FileSystemFailure.last("open") }
        defer { close(source) }
        // Another account writes here too: what it has put under that name is not followed.
        unlink(temporary)
        let copy = Glibc.open(
            temporary,
            O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
            isShared ? 0o640 : 0o600
        )
        guard copy >= 0 else { throw FileSystemFailure.last("open") }
        defer { close(copy) }
        var status = stat()
        guard fstat(source, &status) == 0 else { throw FileSystemFailure.last("stat") }
        var left = Int(status.st_size)
        while left > 0 {
            let count = sendfile(copy, source, nil, left)
            guard count > 0 else { throw FileSystemFailure.last("sendfile") }
            left -= count
        }
        guard fsync(copy) == 0 else { throw FileSystemFailure.last("fsync") }
        guard rename(temporary, target) == 0 else { throw FileSystemFailure.last("rename") }
    }

    /// What lies in a partner's folder.
    package func offered(to account: PartnerAccount) throws -> [DropName] {
        try names(in: places.partner(account).outgoing).compactMap { entry in
            guard case .plain(let name)? = StoredEntry(entry: entry) else { return nil }
            return name
        }
    }

    /// Takes a bundle away again: it was withdrawn, or its time is over.
    package func withdraw(_ name: DropName, from account: PartnerAccount) {
        let partner = places.partner(account)
        let entry = StoredEntry.plain(name).entry
        unlink("\(partner.outgoing)/\(entry)")
        unlink("\(partner.fetched)/\(entry)")
    }

    /// Which of the offered bundles the partner has read whole.
    package func fetched(by account: PartnerAccount) throws -> [DropName] {
        let partner = places.partner(account)
        let entries = try names(in: partner.fetched)
        var log = FetchLog()
        for name in entries where FetchLog.day(ofFile: name) != nil {
            log.merge(try fetchLog("\(partner.fetched)/\(name)"))
        }
        let whole = log.sizes.filter { isGone($0.key, in: partner, or: $0.value) }
        let noted: [DropName] = entries.compactMap { entry in
            guard case .plain(let name)? = StoredEntry(entry: entry),
                let text = text(of: "\(partner.fetched)/\(entry)")
            else { return nil }
            var status = stat()
            let isThere = lstat("\(partner.outgoing)/\(entry)", &status) == 0
            let progress = FetchProgress(text: text)
            // A partner may remove only what it has fetched whole.
            return !isThere || progress.isWhole(of: UInt64(max(0, status.st_size))) ? name : nil
        }
        return Set(whole.keys).union(noted).sorted { $0.text < $1.text }
    }

    /// Nothing lies in `out` under that name, or a file of one of these sizes.
    private func isGone(_ name: DropName, in partner: PartnerPlaces, or sizes: Set<UInt64>) -> Bool
    {
        var status = stat()
        let path = "\(partner.outgoing)/\(StoredEntry.plain(name).entry)"
        return lstat(path, &status) != 0 || sizes.contains(UInt64(max(0, status.st_size)))
    }

    private func fetchLog(_ path: String) throws -> FetchLog {
        FetchLog(text: String(decoding: try start(of: path, upTo: 16 << 20), as: UTF8.self))
    }

    // MARK: Old things

    /// Removes what nobody needs any more: unfinished files after a day, the marks of what was
    /// sent and bundles that were fetched after a week, receipts after a quarter of a year.
    ///
    /// `now`: the system's own time. What waits for the gateway is never removed.
    package func sweep(at now: Instant) throws {
        let day: Int64 = 86_400
        for account in try accounts() {
            let partner = places.partner(account)
            try sweep(partner.incoming, before: now.advanced(bySeconds: -day)) { entry in
                if case .part = entry { true } else { false }
            }
            let week = now.advanced(bySeconds: -7 * day)
            try sweep(partner.incoming, before: week) { _ in true }
            for entry in try names(in: partner.fetched) {
                let path = "\(partner.fetched)/\(entry)"
                guard FetchLog.day(ofFile: entry) != nil, isOlder(path, than: week) else {
                    continue
                }
                // What lies there under the same name since then was not fetched by it.
                for (name, sizes) in try fetchLog(path).sizes
                where isGone(name, in: partner, or: sizes) { withdraw(name, from: account) }
                unlink(path)
            }
            for name in try fetched(by: account)
            where isOlder("\(partner.fetched)/\(StoredEntry.plain(name).entry)", than: week) {
                withdraw(name, from: account)
            }
            try sweep(partner.receipts, before: now.advanced(bySeconds: -90 * day)) { _ in true }
            for name in try names(in: partner.days)
            where isOlder("\(partner.days)/\(name)", than: now.advanced(bySeconds: -3 * day)) {
                unlink("\(partner.days)/\(name)")
            }
        }
    }

    private func sweep(
        _ folder: String,
        before instant: Instant,
        where isMeant: (StoredEntry) -> Bool
    ) throws {
        for entry in try names(in: folder) {
            guard let stored = StoredEntry(entry: entry), isMeant(stored),
                isOlder("\(folder)/\(entry)", than: instant)
            else { continue }
            unlink("\(folder)/\(entry)")
        }
    }

    private func isOlder(_ path: String, than instant: Instant) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
            && Int64(status.st_mtim.tv_sec) <= (instant.millisecondsSince1970 - 1) / 1_000
    }
}
