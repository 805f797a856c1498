import BundleFormat
import Casework
import Glibc
import Intake
import Sealing
import Synchronization

/// The files of a bundle that is being taken in, encrypted at rest, until they are in the inbox.
final class OpenedVault: OpenedFiles, Sendable {
    private let vault: FileVault
    private let prefix: String
    /// Whose disk this is, and what of it stays free.
    private let inbox: Inbox
    private let paths = Mutex<[ArchiveName: String]>([:])

    /// `prefix`: a path that nothing else begins with.
    init(vault: FileVault, prefix: String, beside inbox: Inbox) {
        self.vault = vault
        self.prefix = prefix
        self.inbox = inbox
    }

    /// Removes what a process that was killed left in `folder`.
    static func sweep(_ folder: String) {
        guard let directory = opendir(folder) else { return }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(".vault") { unlink("\(folder)/\(name)") }
        }
    }

    func makeWriter(for name: ArchiveName) throws -> any ProtectedFileWriter {
        let path = paths.withLock { paths in
            let path = "\(prefix).\(paths.count).vault"
            paths[name] = path
            return path
        }
        return inbox.sparing(try vault.makeWriter(creating: path))
    }

    /// `nil` where the bundle has no such file.
    func reader(of name: ArchiveName) throws -> (any ProtectedFileReader)? {
        try paths.withLock { $0[name] }.map { try vault.makeReader(of: $0) }
    }

    /// Nothing is shown to anybody from here.
    func publish() {}

    func abandon() {
        for path in paths.withLock({ $0.values }) { unlink(path) }
    }
}
