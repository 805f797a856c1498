package import DropJournal
package import DropLayout
import Glibc
package import SFTPProtocol

/// Something a partner submitted: whole, durable, and not yet looked at.
package struct SubmittedFile: Hashable, Sendable {
    package let account: PartnerAccount
    package let name: DropName
    let stamp: Stamp

    var entry: String { StoredEntry.queued(name, stamp: stamp).entry }

    /// Unique for each submission, also of one name.
    package var mark: String { "\(account).\(stamp.text)" }
}

/// The gateway's side of the folders that partners see through `mochila-sftp`.
///
/// The two sides share nothing but these folders: no key of ours, no database and no socket.
/// The calls block: run them on a thread of their own.
package struct PartnerDrop: Sendable {
    package let places: DropPlaces

    package init(root: String) {
        places = DropPlaces(root: root)
    }

    // MARK: Accounts

    /// Makes what every account needs; nothing that is there is changed.
    package func prepare() throws {
        for folder in [places.root, places.partners, places.bell] { try makeFolder(folder) }
    }

    /// Makes an account's folders and writes its limits.
    ///
    /// `feeds`: source systems whose extracts it may drop.
    package func prepare(
        _ account: PartnerAccount,
        limits: DropLimits,
        feeds: FeedList = FeedList([])
    ) throws {
        try prepare()
        let partner = places.partner(account)
        for folder in partner.folders { try makeFolder(folder) }
        try replace(partner.limits, with: Array(limits.text.utf8))
        try replace(partner.feeds, with: Array(feeds.text.utf8))
    }

    /// Replaces the keys that `sshd` lets in.
    package func write(authorizedKeys lines: [String]) throws {
        try prepare()
        // sshd refuses a file that others could have written.
        try replace(
            places.authorizedKeys,
            with: Array(lines.map { "\($0)\n" }.joined().utf8),
            mode: isShared ? 0o640 : 0o600
        )
    }

    /// Every account that has folders.
    package func accounts() throws -> [PartnerAccount] {
        try names(in: places.partners).compactMap { PartnerAccount($0) }
    }

    /// The accounts that something was done in since the last call.
    package func rung() throws -> [PartnerAccount] {
        try names(in: places.bell).compactMap { name in
            // Removed first: what is done from now on rings again.
            guard unlink("\(places.bell)/\(name)") == 0 else { return nil }
            return PartnerAccount(name)
        }
    }

    // MARK: In

    /// What waits, oldest first.
    ///
    /// After a power cut first what the journals still have; nothing while somebody is at them.
    /// `boot`: for tests of that.
    package func waiting(
        in account: PartnerAccount,
        boot: BootIdentity? = .current
    ) throws -> [SubmittedFile] {
        let recovery = JournalRecovery(
            partner: places.partner(account),
            boot: boot,
            mode: isShared ? 0o660 : 0o600
        )
        guard try recovery.recoverAll() else { return [] }
        return try inQueue(of: account)
    }

    private func inQueue(of account: PartnerAccount) throws -> [SubmittedFile] {
        try names(in: places.partner(account).queue).sorted().compactMap { entry in
            guard case .queued(let name, let stamp)? = StoredEntry(entry: entry) else { return nil }
            return SubmittedFile(account: account, name: name, stamp: stamp)
        }
    }

    /// Copies a submitted file to a place that no partner can reach, so that what is checked is
    /// what is kept.
    ///
    /// - Returns: `nil` where its sender has taken it back.
    package func copy(
        _ file: SubmittedFile,
        into sink: SealedBundleSink
    ) throws
        -> SealedBundleFile?
    {
        guard let reader = try open(file) else { return nil }
        let size = 1 << 20
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 4_096)
        defer { buffer.deallocate() }
        while true {
            let count = try reader.read(into: buffer)
            if count == 0 { break }
            try sink.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
        return try sink.finish()
    }

    /// A submitted file, to be read once from its beginning.
    ///
    /// - Returns: `nil` where its sender has taken it back.
    package func open(_ file: SubmittedFile) throws -> SubmittedReader? {
        let flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
        let descriptor = Glibc.open(path(of: file), flags)
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw FileSystemFailure.last("open") }
            return nil
        }
        let reader = SubmittedReader(descriptor)
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw FileSystemFailure(operation: "open", code: EINVAL)
        }
        return reader
    }

    /// What became of it is known to its sender: it goes out of the queue, and what shows its
    /// sender that it was sent keeps its size and its time without its bytes.
    package func settle(_ file: SubmittedFile) throws {
        let descriptor = Glibc.open(path(of: file), O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        defer { if descriptor >= 0 { close(descriptor) } }
        guard try remove(file), descriptor >= 0 else { return }
        // From here on nobody can take it back, so nobody needs the bytes. A mark that keeps them
        // takes room until it is swept, and harms nobody.
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_nlink > 0, ftruncate(descriptor, 0) == 0
        else { return }
        _ = ftruncate(descriptor, status.st_size)
        _ = futimens(descriptor, [status.st_atim, status.st_mtim])
    }

    /// Takes it out of the queue; `false` where somebody else did.
    private func remove(_ file: SubmittedFile) throws -> Bool {
        guard unlink(path(of: file)) != 0 else { return true }
        guard errno == ENOENT else { throw FileSystemFailure.last("unlink") }
        return false
    }

    /// It ended too early: its sender can resume it, unless another one of its name is on the way.
    package func giveBack(_ file: SubmittedFile) throws {
        let folder = places.partner(file.account).incoming
        let part = "\(folder)/\(StoredEntry.part(file.name).entry)"
        guard link(path(of: file), part) == 0 || errno == EEXIST || errno == ENOENT else {
            throw FileSystemFailure.last("link")
        }
        unlink("\(folder)/\(StoredEntry.sent(file.name).entry)")
        _ = try remove(file)
    }

    /// Puts a receipt and its signature where the sender looks for them; durable when this
    /// returns.
    ///
    /// Where an earlier receipt of the same name is replaced, the signature is the new one first.
    package func write(
        receipt json: String,
        signature: [UInt8],
        for file: SubmittedFile
    ) throws {
        try write(receipt: json, signature: signature, for: file.name, to: file.account)
    }

    /// The same for something that was not sent under a name of its own.
    package func write(
        receipt json: String,
        signature: [UInt8],
        for sent: DropName,
        to account: PartnerAccount
    ) throws {
        guard let name = DropReceipt.name(for: sent),
            let second = DropReceipt.signatureName(for: sent)
        else { return }
        let folder = places.partner(account).receipts
        try replace("\(folder)/\(StoredEntry.plain(second).entry)", with: signature)
        try replace("\(folder)/\(StoredEntry.plain(name).entry)", with: Array(json.utf8))
    }

    /// Puts something else beside a receipt.
    package func write(
        _ bytes: [UInt8],
        asReceipt name: DropName,
        to account: PartnerAccount
    ) throws {
        let folder = places.partner(account).receipts
        try replace("\(folder)/\(StoredEntry.plain(name).entry)", with: bytes)
    }

    private func path(of file: SubmittedFile) -> String {
        "\(places.partner(file.account).queue)/\(file.entry)"
    }

    // MARK: Files

    /// See `SpoolMode`: the folder's group is passed on where two accounts share the drop.
    var isShared: Bool {
        var status = stat()
        return stat(places.root, &status) == 0 && status.st_mode & S_ISGID != 0
    }

    private func makeFolder(_ path: String) throws {
        let mode: mode_t = isShared ? 0o2770 : 0o700
        guard mkdir(path, mode) == 0 else {
            guard errno == EEXIST else { throw FileSystemFailure.last("mkdir") }
            return
        }
        // Beside what the process's mask takes away.
        guard chmod(path, mode) == 0 else { throw FileSystemFailure.last("chmod") }
    }

    func names(in path: String) throws -> [String] {
        guard let directory = opendir(path) else {
            guard errno == ENOENT else { throw FileSystemFailure.last("opendir") }
            return []
        }
        defer { closedir(directory) }
        var found: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { found.append(name) }
        }
        return found
    }

    func text(of path: String) -> String? {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 8_192)
        let count = read(descriptor, &bytes, bytes.count)
        return count >= 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
    }

    private func replace(_ path: String, with bytes: [UInt8], mode: mode_t? = nil) throws {
        let mode = mode ?? (isShared ? 0o660 : 0o600)
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        let temporary = "\(folder)/.\(getpid()).new"
        let descriptor = Glibc.open(
            temporary,
            O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
            mode
        )
        guard descriptor >= 0 else { throw FileSystemFailure.last("open") }
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                close(descriptor)
                throw FileSystemFailure.last("write")
            }
            done += count
        }
        let isDurable = fchmod(descriptor, mode) == 0 && fsync(descriptor) == 0
        close(descriptor)
        guard isDurable, rename(temporary, path) == 0 else {
            throw FileSystemFailure.last("rename")
        }
        let parent = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard parent >= 0 else { throw FileSystemFailure.last("open") }
        defer { close(parent) }
        guard fsync(parent) == 0 else { throw FileSystemFailure.last("fsync") }
    }
}
