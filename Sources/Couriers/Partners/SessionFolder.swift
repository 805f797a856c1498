import Foundation
import Glibc

/// What the conversations of one push need on this machine: a `known_hosts` file with the one key
/// that we accept, and the private key under a path of this session's own, `key`.
///
/// It goes with its owner.
final class SessionFolder: Sendable {
    let path: String

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
        for server: PartnerServer,
        keysFolder: String,
        workFolder: String
    ) throws(CannotBegin) {
        let key = keysFolder + "/" + server.keyName
        try Self.requirePrivate(key)
        path = workFolder + "/sftp-" + UUID().uuidString
        let absoluteKey = URL(fileURLWithPath: key).path
        do {
            let files = FileManager.default
            try files.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            try files.createSymbolicLink(
                atPath: path + "/key",
                withDestinationPath: absoluteKey
            )
            try Data(server.knownHostsLines.utf8)
                .write(to: URL(fileURLWithPath: path + "/known_hosts"))
        } catch {
            try? FileManager.default.removeItem(atPath: path)
            throw .workFolder
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

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
}
