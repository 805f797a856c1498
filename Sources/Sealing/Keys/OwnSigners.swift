import Glibc
import Synchronization
import Vocabulary

/// The certificates of a gateway's own signing keys, of today and from before rotations.
///
/// Everybody who shows a bundle has them compared, so a file is read again only where it changed:
/// what another process rotates meanwhile is seen at the next look.
final class OwnSigners: Sendable {
    private struct Mark: Hashable, Sendable {
        let file: UInt64
        let size: Int64
        // A file that is put in place keeps the day it was written on, but not this one.
        let changedAt: Int64

        init(of path: String) throws {
            var status = stat()
            guard lstat(path, &status) == 0 else { throw FileFailure.last("stat") }
            file = UInt64(status.st_ino)
            size = Int64(status.st_size)
            changedAt =
                Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
        }
    }

    private struct Known: Sendable {
        let mark: Mark
        let fingerprint: SHA256Digest
    }

    private let known = Mutex<[String: Known]>([:])
    private let reads = Mutex(0)

    /// How many files were read so far.
    var readCount: Int { reads.withLock { $0 } }

    /// What can be read of them, and the paths of what cannot.
    func look(in folder: String) throws -> (own: Set<SHA256Digest>, unreadable: [String]) {
        let names = try Folder.names(in: folder).filter { name in
            name == "signing.pem" || name.hasPrefix("signing-old-") && name.hasSuffix(".pem")
        }
        let before = known.withLock { $0 }
        var now: [String: Known] = [:]
        var unreadable: [String] = []
        for path in names.sorted().map({ "\(folder)/\($0)" }) {
            do {
                // Marked before it is read: what is replaced in between is read once more.
                let mark = try Mark(of: path)
                if let kept = before[path], kept.mark == mark {
                    now[path] = kept
                } else {
                    reads.withLock { $0 += 1 }
                    let certificate = try Certificate(contentsOf: path)
                    now[path] = Known(mark: mark, fingerprint: certificate.fingerprint)
                }
            } catch {
                unreadable.append(path)
            }
        }
        let found = now
        known.withLock { $0 = found }
        return (Set(found.values.map(\.fingerprint)), unreadable)
    }
}
