import DropLayout
import Glibc
import SFTPProtocol

/// Counts what a partner has under way and sent today, against its limits.
///
/// Read from the disk, since a partner may have several connections; kept for a second, since it
/// is asked for every file.
final class SpoolQuota {
    private let limits: DropLimits
    private let incoming: SpoolFolder
    private let queue: SpoolFolder
    private let days: SpoolFolder
    private var files: Int64 = 0
    private var bytes: Int64 = 0
    private var countedAt: Int = -1
    private var filesToday: Int64 = 0
    private var bytesToday: Int64 = 0
    private let now: () -> Int

    init(
        limits: DropLimits,
        incoming: SpoolFolder,
        queue: SpoolFolder,
        days: SpoolFolder,
        now: @escaping () -> Int
    ) {
        self.limits = limits
        self.incoming = incoming
        self.queue = queue
        self.days = days
        self.now = now
    }

    /// A new file may begin.
    func requireRoom() throws(Refusal) {
        try count()
        guard files < limits.filesUnderWay, bytes < limits.bytesUnderWay else {
            throw Refusal(
                .failure,
                "Too much is waiting to be taken. Nothing was lost; try again later."
            )
        }
        guard filesToday < limits.filesPerDay, bytesToday < limits.bytesPerDay else {
            throw Refusal(.failure, "Today's limit is reached. Send the rest tomorrow (UTC).")
        }
        var status = statvfs()
        if statvfs(incoming.path, &status) == 0 {
            let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
            guard free > Self.reserve, status.f_files == 0 || status.f_favail > 0 else {
                throw SpoolFailure.refusal("statvfs", ENOSPC)
            }
        }
        files += 1
    }

    /// What uploads leave to the database and the logs.
    private static let reserve: UInt64 = 64 << 20

    /// A file may grow from `old` to `new` bytes.
    func grow(from old: UInt64, to new: UInt64) throws(Refusal) {
        guard new <= UInt64(limits.fileBytes) else {
            throw Refusal(
                .failure,
                "A bundle may be \(limits.fileBytes >> 20) MiB. Split it into two of one answer."
            )
        }
        guard new > old else { return }
        let more = Int64(new - old)
        guard bytes + more <= limits.bytesUnderWay else {
            throw Refusal(
                .failure,
                "Too much is waiting to be taken. Nothing was lost; try again later."
            )
        }
        guard bytesToday + more <= limits.bytesPerDay else {
            throw Refusal(.failure, "Today's limit is reached. Send the rest tomorrow (UTC).")
        }
        bytes += more
    }

    /// A file was submitted.
    func note(submitted size: Int64) {
        filesToday += 1
        bytesToday += size
        let descriptor = open(
            "\(days.path)/\(today)",
            O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW,
            days.mode
        )
        guard descriptor >= 0 else { return }
        // One short line in one call: lines of several connections do not mix.
        _ = SpoolFile.write(Array("\(size)\n".utf8), to: descriptor)
        close(descriptor)
    }

    private var today: Int { now() / 86_400 }

    private func count() throws(Refusal) {
        let second = now()
        guard second != countedAt else { return }
        countedAt = second
        files = 0
        bytes = 0
        for folder in [incoming, queue] {
            for entry in try folder.contents() {
                if case .sent = entry { continue }
                guard let status = folder.status(of: entry) else { continue }
                files += 1
                bytes += Int64(status.st_size)
            }
        }
        filesToday = 0
        bytesToday = 0
        // 1 MiB of lines are more files than any limit.
        let lines = SpoolFile.read("\(days.path)/\(today)", upTo: 1 << 20) ?? []
        for line in lines.split(separator: UInt8(ascii: "\n")) {
            filesToday += 1
            bytesToday += line.reduce(0) { $0 &* 10 &+ Int64($1 & 15) }
        }
    }
}
