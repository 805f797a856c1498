import CCurl
import Synchronization

/// The conversations of one push that libcurl has.
///
/// libcurl keeps connections and hands them to the next transfer with the same host, user and key
/// *path*. The path is a link in a folder that no other session has, so a connection that another
/// session opened, perhaps with another pinned key, is never taken.
final class PartnerSession: Sendable {
    let server: PartnerServer
    private let engine: CurlEngine
    private let deadlines: Deadlines
    private let folder: SessionFolder
    /// The last conversation left a connection that is kept for the next one.
    private let isConnected = Mutex(false)

    init(
        server: PartnerServer,
        engine: CurlEngine,
        folder: SessionFolder,
        deadlines: Deadlines
    ) {
        self.server = server
        self.engine = engine
        self.folder = folder
        self.deadlines = deadlines
    }

    /// Looks at a file: done with its length, or not found.
    func look(at name: String) async -> TransferReport? {
        await run(name) { $0.set(.noBody, to: 1) }
    }

    /// Sends what the other side lacks of the file; where it has all of it, sends nothing.
    func upload(descriptor: Int32, length: Int64, as name: String) async -> TransferReport? {
        await run(name) { transfer in
            transfer.set(.createFolders, to: 1)
                && transfer.upload(descriptor: descriptor, length: length)
        }
    }

    /// Renames, never over an existing file where the server keeps to SFTP version 3.
    func rename(_ name: String, to newName: String) async -> TransferReport? {
        await command("rename \(server.quoted(name)) \(server.quoted(newName))")
    }

    func remove(_ name: String) async -> TransferReport? {
        await command("rm \(server.quoted(name))")
    }

    /// Reads the folder's list and forgets it: it shows that we may log in and that it is there.
    func list() async -> TransferReport? { await run("") { _ in true } }

    /// Closes the connection where one is left.
    func close() async {
        guard isConnected.withLock({ $0 }) else { return }
        _ = await run("") { $0.set(.noBody, to: 1) && $0.set(.closeAfterwards, to: 1) }
    }

    private func command(_ text: String) async -> TransferReport? {
        await run("") { $0.set(.noBody, to: 1) && $0.append(text, to: .commands) }
    }

    // A line that breaks during the log-in looks to libssh2 like a refusal: a refusal is believed
    // when it is said twice.
    private func run(
        _ name: String,
        _ prepare: (Transfer) -> Bool
    ) async -> TransferReport? {
        let report = await attempt(name, prepare)
        return report?.result == .loginRefused ? await attempt(name, prepare) : report
    }

    private func attempt(
        _ name: String,
        _ prepare: (Transfer) -> Bool
    ) async -> TransferReport? {
        guard
            let transfer = Transfer(
                url: server.url(of: name),
                protocols: "sftp",
                deadlines: deadlines
            ),
            transfer.set(.user, to: server.user),
            transfer.set(.publicKeyOnly, to: 1),
            transfer.set(.privateKeyFile, to: folder.path + "/key"),
            transfer.set(.knownHostsFile, to: folder.path + "/known_hosts"),
            server.reachesPrivate || transfer.set(.publicAddressesOnly, to: 1),
            prepare(transfer)
        else { return nil }
        let report = await engine.run(transfer, to: server.address)
        isConnected.withLock { isConnected in
            switch report?.result {
            case .done, .notFound, .accessDenied, .commandRefused: isConnected = true
            default: isConnected = false
            }
        }
        return report
    }
}
