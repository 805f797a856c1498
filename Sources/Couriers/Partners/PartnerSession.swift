import CCurl
import Foundation
import Glibc
import Synchronization

/// What the conversations of one push need on this machine: a `known_hosts` file with the one key
/// we accept, and the private key under a path of this session's own.
///
/// libcurl keeps connections and hands them to the next transfer with the same host, user and key
/// *path*. The path is a link in a folder that no other session has, so a connection that another
/// session opened, perhaps with another pinned key, is never taken.
final class PartnerSession: Sendable {
    let server: PartnerServer
    private let engine: CurlEngine
    private let deadlines: Deadlines
    private let folder: String
    /// The last conversation left a connection that is kept for the next one.
    private let isConnected = Mutex(false)

    /// Why a session cannot begin.
    enum CannotBegin: Error {
        case noPrivateKey
        /// Others could read it, or change it, so nobody is signed in with it.
        case exposedPrivateKey
        case workFolder

        /// What is wrong, for whoever looks after the installation.
        func explanation(ofKey name: String) -> String {
            switch self {
            case .noPrivateKey: "no private key named '\(name)' in keys/sftp"
            case .exposedPrivateKey:
                "the private key keys/sftp/\(name) must belong to the gateway's user and be "
                    + "readable by nobody else: chmod 600 keys/sftp/\(name)"
            case .workFolder: "the work folder cannot be written"
            }
        }
    }

    init(
        server: PartnerServer,
        engine: CurlEngine,
        keysFolder: String,
        workFolder: String,
        deadlines: Deadlines
    ) throws(CannotBegin) {
        let key = keysFolder + "/" + server.keyName
        try PartnerSession.requirePrivate(key)
        self.server = server
        self.engine = engine
        self.deadlines = deadlines
        folder = workFolder + "/sftp-" + UUID().uuidString
        let absoluteKey = URL(fileURLWithPath: key).path
        do {
            let files = FileManager.default
            try files.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            try files.createSymbolicLink(
                atPath: folder + "/key",
                withDestinationPath: absoluteKey
            )
            try Data(server.knownHostsLine.utf8)
                .write(to: URL(fileURLWithPath: folder + "/known_hosts"))
        } catch {
            try? FileManager.default.removeItem(atPath: folder)
            throw .workFolder
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// As the gateway's own keys are looked at when they are loaded.
    private static func requirePrivate(_ path: String) throws(CannotBegin) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            access(path, R_OK) == 0
        else { throw .noPrivateKey }
        // A secret handed over by the service manager belongs to root.
        guard status.st_mode & 0o077 == 0, status.st_uid == geteuid() || status.st_uid == 0 else {
            throw .exposedPrivateKey
        }
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
            transfer.set(.privateKeyFile, to: folder + "/key"),
            transfer.set(.knownHostsFile, to: folder + "/known_hosts"),
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
