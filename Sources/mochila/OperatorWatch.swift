import Casework
import Glibc
import Operations
import Sealing
import Vocabulary

/// Looks, every hour, at what would stop the gateway or lose what it holds, and has its
/// administrators told in time.
struct OperatorWatch: Sendable {
    let desk: Desk
    let place: Operations.Installation
    /// `nil` behind a proxy, which keeps its own.
    let certificateFile: String?
    let signing: Certificate
    /// Days without a copy from which somebody is told; 0 where nobody is.
    let backupDays: Int

    func look(at now: Instant) async throws {
        var troubles = try await desk.outboxTroubles()
        var certificates = [signing.notAfter]
        if let certificateFile {
            certificates.append(try Certificate(contentsOf: certificateFile).notAfter)
        }
        for end in certificates {
            let days = Int(now.seconds(to: end) / 86_400)
            troubles.append(.certificateExpires(days: max(0, days)))
        }
        if let percent = Self.percentUsed(at: place.dataFolder) {
            troubles.append(.diskFilling(percent: percent))
        }
        if backupDays > 0, let days = try await daysWithoutBackup(at: now), days >= backupDays {
            troubles.append(.backupMissed(days: days))
        }
        let folder = place.folder
        try await desk.tellOperators(of: troubles) { trouble in
            switch trouble {
            case .backupMissed: "mochila backup --at \(folder) NEW-FOLDER"
            default: "mochila doctor --at \(folder)"
            }
        }
    }

    /// Since the last copy, or since the first thing was on file; `nil` in an empty store.
    private func daysWithoutBackup(at now: Instant) async throws -> Int? {
        let first = try await desk.store.read { try $0.auditEntries(after: 0, limit: 1).first?.at }
        guard let since = BackupMark.last(in: place.dataFolder) ?? first else { return nil }
        return Int(since.seconds(to: now) / 86_400)
    }

    /// How full the disk is, in percent, of what is not kept back for root.
    private static func percentUsed(at path: String) -> Int? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        let used = UInt64(status.f_blocks - status.f_bfree)
        let all = used + UInt64(status.f_bavail)
        return all == 0 ? nil : Int(used * 100 / all)
    }
}

/// When the store was copied last: a line in a file beside it, so that it is not in the copy.
enum BackupMark {
    private static func path(in folder: String) -> String { "\(folder)/last-backup" }

    static func note(_ instant: Instant, in folder: String) throws {
        let part = "\(path(in: folder)).part"
        let file = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw SystemFailure(what: "\(part) cannot be written", code: errno)
        }
        let text = Array("\(instant.millisecondsSince1970)\n".utf8)
        let count = write(file, text, text.count)
        close(file)
        guard count == text.count else {
            throw SystemFailure(what: "\(part) cannot be written", code: errno)
        }
        try rename(part, to: path(in: folder))
    }

    /// `nil` where there is none, or nobody can read it.
    static func last(in folder: String) -> Instant? {
        guard let bytes = try? readFile(path(in: folder), upTo: 64),
            let text = String(validating: bytes.filter { $0 > 32 }, as: UTF8.self)
        else { return nil }
        return Int64(text).map { Instant(millisecondsSince1970: $0) }
    }
}
