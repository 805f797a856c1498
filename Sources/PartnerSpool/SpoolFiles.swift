package import DropLayout
import Glibc
package import SFTPProtocol

/// One partner's files on disk, as one connection uses them.
package final class SpoolFiles: PartnerFiles {
    private let account: PartnerAccount
    private let places: DropPlaces
    let incoming: SpoolFolder
    private let queue: SpoolFolder
    private let outgoing: SpoolFolder
    private let fetched: SpoolFolder
    private let receipts: SpoolFolder
    let quota: SpoolQuota
    private let mode: mode_t
    private let feeds: Set<String>
    private let journal: SpoolJournal?

    /// `feeds`: source systems whose extracts this partner may drop.
    ///
    /// Without a `journal` every file is flushed by itself. `now`: nanoseconds since 1970.
    /// `tell` shows the partner why nothing more is taken. `disk`: what a folder's disk has room
    /// for.
    package init(
        places: DropPlaces,
        account: PartnerAccount,
        limits: DropLimits,
        feeds: Set<String> = [],
        journal: SpoolJournal? = nil,
        now: @escaping () -> UInt64,
        tell: @escaping (String) -> Void = { _ in },
        disk: @escaping (String) -> DiskRoom? = { DiskRoom.of($0) }
    ) {
        let partner = places.partner(account)
        mode = SpoolMode.file(in: places)
        let mode = mode
        let folder = { SpoolFolder(path: $0, mode: mode) }
        self.account = account
        self.places = places
        self.now = now
        self.feeds = feeds
        self.journal = journal
        incoming = folder(partner.incoming)
        queue = folder(partner.queue)
        outgoing = folder(partner.outgoing)
        fetched = folder(partner.fetched)
        receipts = folder(partner.receipts)
        quota = SpoolQuota(
            limits: limits,
            incoming: incoming,
            queue: queue,
            days: folder(partner.days),
            now: { Int(now() / 1_000_000_000) },
            disk: disk,
            tell: tell
        )
    }

    private let now: () -> UInt64

    private func folder(_ folder: DropFolder) -> SpoolFolder {
        switch folder {
        case .incoming: incoming
        case .outgoing: outgoing
        case .receipts: receipts
        }
    }

    // MARK: Looking

    package func list(_ folder: DropFolder) throws(Refusal) -> [DropEntry] {
        let place = self.folder(folder)
        var found: [DropName: DropEntry] = [:]
        for stored in try place.contents() {
            // What is unfinished hides what was sent under the same name before.
            if case .sent = stored, found[stored.name] != nil { continue }
            if let entry = place.entry(stored) { found[stored.name] = entry }
        }
        return found.values.sorted { $0.name.text < $1.name.text }
    }

    package func entry(_ name: DropName, in folder: DropFolder) throws(Refusal) -> DropEntry {
        let place = self.folder(folder)
        let entry =
            folder == .incoming
            ? place.entry(.part(name)) ?? place.entry(.sent(name)) : place.entry(.plain(name))
        guard let entry else { throw .noSuchFile }
        return entry
    }

    package func room() throws(Refusal) -> PartnerRoom { try quota.room() }

    // MARK: Out

    package func fetch(
        _ name: DropName,
        from folder: DropFolder
    ) throws(Refusal) -> any FetchedFile {
        let place = self.folder(folder)
        let descriptor = place.open(.plain(name), O_RDONLY | O_NONBLOCK)
        guard descriptor >= 0 else { throw SpoolFailure.refusal("open") }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .noSuchFile
        }
        let entry = SpoolFolder.entry(name, status)
        let isBundle = folder == .outgoing
        let (device, number) = (status.st_dev, status.st_ino)
        let isThere = {
            place.status(of: .plain(name)).map { $0.st_dev == device && $0.st_ino == number }
                ?? false
        }
        return SpoolFetch(
            entry: entry,
            descriptor: descriptor,
            progress: isBundle ? progress(of: name) : FetchProgress(),
            isThere: isThere
        ) { [self] progress, isClosed in
            // A note about what was taken back in the middle would read as if it was fetched.
            let isMeant = isBundle && (isThere() || progress.isWhole(of: entry.size))
            if isMeant { note(progress, of: entry, isClosed: isClosed) }
        }
    }

    private func progress(of name: DropName) -> FetchProgress {
        FetchProgress(
            text: String(decoding: fetched.read(.plain(name)) ?? [], as: UTF8.self)
        )
    }

    private func note(_ progress: FetchProgress, of entry: DropEntry, isClosed: Bool) {
        // Bytes under way when a connection breaks may never have arrived: they count only with a
        // file that was closed.
        if progress.isWhole(of: entry.size), !isClosed { return }
        if progress.isWhole(of: entry.size) { return noteWhole(entry) }
        _ = fetched.replace(.plain(entry.name), with: Array(progress.text.utf8))
    }

    /// One short line at the end of a file, which costs less than a file for each.
    private func noteWhole(_ entry: DropEntry) {
        let day = Int64(now() / 86_400_000_000_000)
        let descriptor = open(
            "\(fetched.path)/\(FetchLog.file(ofDay: day))",
            O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW,
            mode
        )
        guard descriptor >= 0 else { return }
        let line = FetchLog.line(entry.name, entry.size)
        let isNoted = SpoolFile.write(Array(line.utf8), to: descriptor)
        close(descriptor)
        if isNoted { ring() }
    }

    private func isWhole(_ entry: DropEntry) throws(Refusal) -> Bool {
        if progress(of: entry.name).isWhole(of: entry.size) { return true }
        return try fetched.names().contains { name in
            guard FetchLog.day(ofFile: name) != nil else { return false }
            let bytes = SpoolFile.read("\(fetched.path)/\(name)", upTo: 16 << 20) ?? []
            return FetchLog(text: String(decoding: bytes, as: UTF8.self))
                .isWhole(entry.name, of: entry.size)
        }
    }

    // MARK: In

    /// What a file of this name has to be.
    func kind(of name: DropName) -> DroppedKind {
        FeedFileName(name, of: feeds) == nil ? .bundle : .feed
    }

    /// Whether what lies on the disk begins as a file of this name has to.
    func judge(_ descriptor: Int32, _ name: DropName) -> SealedBeginning {
        SpoolFile.beginning(of: descriptor).map { kind(of: name).judge($0) } ?? .open
    }

    /// What was judged by one name must not become another kind by its next.
    private func requireSameKind(_ old: DropName, _ new: DropName) throws(Refusal) {
        guard kind(of: old) == kind(of: new) else {
            throw Refusal(
                .failure,
                "A bundle cannot become an extract, nor the other way round; see README.txt."
            )
        }
    }

    package func receive(
        _ name: DropName,
        _ start: UploadStart
    ) throws(Refusal) -> any IncomingUpload {
        try requireReceipt(for: name)
        switch start {
        case .exclusive:
            guard (try? entry(name, in: .incoming)) == nil else {
                throw Refusal(.failure, "A file of this name is there already.")
            }
        case .resumed:
            if let upload = try resume(name) { return upload }
        case .fresh: break
        }
        try quota.requireRoom()
        // A new file and not the old one emptied: another connection may still write that one.
        incoming.remove(.part(name))
        let descriptor = incoming.open(.part(name), O_RDWR | O_CREAT | O_EXCL)
        guard descriptor >= 0 else { throw SpoolFailure.refusal("open") }
        return SpoolUpload(spool: self, name: name, descriptor: descriptor, size: 0)
    }

    /// What is sent needs a name that its receipt can be named after.
    private func requireReceipt(for name: DropName) throws(Refusal) {
        guard DropReceipt.name(for: name) != nil else {
            throw Refusal(.failure, "The name is too long for its receipt: shorten it.")
        }
    }

    private func resume(_ name: DropName) throws(Refusal) -> SpoolUpload? {
        // What was submitted and is still in the queue is taken back: its sender has more to say.
        if incoming.status(of: .part(name)) == nil, let waiting = try waiting(name) {
            journal?.settle()
            part(waiting)
            _ = Glibc.rename(queue.path(of: waiting), incoming.path(of: .part(name)))
        }
        let descriptor = incoming.open(.part(name), O_RDWR)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            return nil
        }
        return SpoolUpload(
            spool: self,
            name: name,
            descriptor: descriptor,
            size: UInt64(status.st_size)
        )
    }

    /// Makes what shows that it was sent a file of its own: this one goes on.
    private func part(_ waiting: StoredEntry) {
        let mark = StoredEntry.sent(waiting.name)
        guard let own = queue.status(of: waiting), let shown = incoming.status(of: mark),
            shown.st_ino == own.st_ino, shown.st_dev == own.st_dev, incoming.remove(mark)
        else { return }
        let descriptor = incoming.open(mark, O_WRONLY | O_CREAT | O_EXCL)
        guard descriptor >= 0 else { return }
        _ = ftruncate(descriptor, own.st_size)
        close(descriptor)
    }

    /// Hands a whole file to the gateway; when this returns, it and its new name are durable.
    ///
    /// `descriptor` is open on it.
    func submit(
        _ old: DropName,
        as new: DropName,
        _ descriptor: Int32,
        size: Int64
    ) throws(Refusal) {
        // What shows that it was sent is the file itself under a second name, which costs less than
        // a file of its own; `PartnerDrop.settle` empties it. The mark first: a name that stands
        // for nothing does less harm than a file without one.
        let (part, mark) = (incoming.path(of: .part(old)), incoming.path(of: .sent(new)))
        guard Glibc.rename(part, mark) == 0 else { throw SpoolFailure.refusal("rename") }
        let instant = now()
        let stamp = Stamp(nanoseconds: instant, process: UInt32(bitPattern: getpid()))
        let queued = StoredEntry.queued(new, stamp: stamp)
        guard link(mark, queue.path(of: queued)) == 0 else {
            let refusal = SpoolFailure.refusal("link")
            _ = Glibc.rename(mark, part)
            throw refusal
        }
        // In the queue before it is flushed: a journal then writes both at once. Until both calls have
        // returned nothing is acknowledged, and the gateway believes no file that does not open.
        do throws(Refusal) {
            try makeDurable(queued, descriptor, size: size)
        } catch {
            // After a failed flush the bytes may be gone: trying again would lie.
            queue.remove(queued)
            incoming.remove(.sent(new))
            throw error
        }
        quota.note(submitted: size)
        ring()
    }

    private func makeDurable(
        _ queued: StoredEntry,
        _ descriptor: Int32,
        size: Int64
    ) throws(Refusal) {
        // An extract put back out of order would undo a later one.
        if kind(of: queued.name) == .bundle, let journal,
            try journal.take(queued, descriptor, size: size)
        {
            return
        }
        guard fsync(descriptor) == 0 else { throw SpoolFailure.refusal("fsync") }
        try queue.flush()
    }

    package func rename(
        _ old: DropName,
        to new: DropName,
        replacing: Bool
    ) throws(Refusal) {
        try requireReceipt(for: new)
        try requireSameKind(old, new)
        guard let status = incoming.status(of: .part(old)) else {
            return try renameSent(old, to: new)
        }
        if !replacing, incoming.status(of: .part(new)) != nil {
            throw Refusal(.failure, "A file of this name is there already.")
        }
        guard new.isUnfinished else {
            let descriptor = incoming.open(.part(old), O_RDWR)
            guard descriptor >= 0 else { throw SpoolFailure.refusal("open") }
            defer { close(descriptor) }
            // Nobody need have closed it, nor have begun it as it is now.
            let beginning = judge(descriptor, new)
            guard beginning == .right else {
                if beginning == .wrong { incoming.remove(.part(old)) }
                throw kind(of: new).refusal
            }
            return try submit(old, as: new, descriptor, size: Int64(status.st_size))
        }
        guard Glibc.rename(incoming.path(of: .part(old)), incoming.path(of: .part(new))) == 0 else {
            throw SpoolFailure.refusal("rename")
        }
    }

    private func renameSent(_ old: DropName, to new: DropName) throws(Refusal) {
        guard incoming.status(of: .sent(old)) != nil else { throw .noSuchFile }
        guard !new.isUnfinished else {
            throw Refusal(.permissionDenied, "What was sent cannot become unfinished again.")
        }
        if case .queued(_, let stamp)? = try waiting(old) {
            journal?.settle()
            // Where the gateway was faster the receipt carries the old name.
            _ = Glibc.rename(
                queue.path(of: .queued(old, stamp: stamp)),
                queue.path(of: .queued(new, stamp: stamp))
            )
            try queue.flush()
        }
        guard Glibc.rename(incoming.path(of: .sent(old)), incoming.path(of: .sent(new))) == 0 else {
            throw SpoolFailure.refusal("rename")
        }
        ring()
    }

    /// The last one of this name that the gateway has not taken yet.
    private func waiting(_ name: DropName) throws(Refusal) -> StoredEntry? {
        var latest: (entry: StoredEntry, stamp: Stamp)?
        for entry in try queue.contents() {
            guard case .queued(name, let stamp) = entry else { continue }
            if latest.map({ $0.stamp.text < stamp.text }) ?? true { latest = (entry, stamp) }
        }
        return latest?.entry
    }

    // MARK: Removing

    package func remove(_ name: DropName, from folder: DropFolder) throws(Refusal) {
        let place = self.folder(folder)
        switch folder {
        case .incoming:
            if place.remove(.part(name)) { return }
            guard place.remove(.sent(name)) else { throw .noSuchFile }
            if let waiting = try waiting(name) {
                journal?.settle()
                queue.remove(waiting)
            }
        case .outgoing:
            let entry = try entry(name, in: folder)
            guard try isWhole(entry) else {
                throw Refusal(.permissionDenied, "Fetch the bundle first; then remove it.")
            }
            guard place.remove(.plain(name)) else { throw SpoolFailure.refusal("unlink") }
        case .receipts:
            guard place.remove(.plain(name)) else { throw SpoolFailure.refusal("unlink") }
        }
    }

    /// Asks the gateway to look here soon.
    private func ring() {
        let bell = open(places.bell(of: account), O_WRONLY | O_CREAT | O_CLOEXEC, mode)
        if bell >= 0 { close(bell) }
    }
}
