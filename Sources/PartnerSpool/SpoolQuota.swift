import DropLayout
import Glibc
import SFTPProtocol

/// Counts what a partner has under way and sent today, against its limits.
///
/// Read from the disk, since a partner may have several connections; kept for a second, since it
/// is asked for every file and for every piece of one.
final class SpoolQuota {
    private let limits: DropLimits
    private let incoming: SpoolFolder
    private let queue: SpoolFolder
    private let days: SpoolFolder
    private var files: Int64 = 0
    private var bytes: Int64 = 0
    /// Of files that are not submitted yet: they count as today's, whatever day they end on.
    private var bytesUnfinished: Int64 = 0
    private var countedAt: Int = -1
    private var filesToday: Int64 = 0
    private var bytesToday: Int64 = 0
    private let now: () -> Int
    private let disk: (String) -> DiskRoom?
    /// What may be written before the disk is asked again.
    private var roomOnDisk: UInt64 = 0
    /// Shows a sentence to the person at the other end: programs such as OpenSSH's `sftp` keep
    /// the reply's own words to themselves.
    private let tell: (String) -> Void

    init(
        limits: DropLimits,
        incoming: SpoolFolder,
        queue: SpoolFolder,
        days: SpoolFolder,
        now: @escaping () -> Int,
        disk: @escaping (String) -> DiskRoom?,
        tell: @escaping (String) -> Void
    ) {
        self.limits = limits
        self.incoming = incoming
        self.queue = queue
        self.days = days
        self.now = now
        self.disk = disk
        self.tell = tell
    }

    /// A new file may begin.
    func requireRoom() throws(Refusal) {
        try count()
        guard files < limits.filesUnderWay else { throw refused(tooManyWait) }
        guard bytes < limits.bytesUnderWay else { throw refused(tooMuchWaits) }
        guard filesToday < limits.filesPerDay else {
            throw refused(
                "No space: today's limit of \(limits.filesPerDay) files is reached. \(Self.tomorrow)"
            )
        }
        // What other files have under way counts as if they ended today.
        guard bytesToday + bytesUnfinished < limits.bytesPerDay else {
            throw refused(tooMuchToday)
        }
        if let free = disk(incoming.path) {
            guard free.bytes > 0, free.hasFiles else {
                throw refused(SpoolFailure.diskFull)
            }
        }
        files += 1
    }

    /// A file may grow from `old` to `new` bytes.
    func grow(from old: UInt64, to new: UInt64) throws(Refusal) {
        guard new <= UInt64(limits.fileBytes) else {
            throw refused(
                "A bundle may have \(ByteCount.text(limits.fileBytes)). Split it into two of one answer."
            )
        }
        guard new > old else { return }
        // Other connections of the partner's go on meanwhile.
        try count()
        let more = Int64(new - old)
        guard bytes + more <= limits.bytesUnderWay else { throw refused(tooMuchWaits) }
        guard bytesToday + bytesUnfinished + more <= limits.bytesPerDay else {
            throw refused(tooMuchToday)
        }
        try takeFromDisk(new - old)
        bytes += more
        bytesUnfinished += more
    }

    /// Asked for every few pieces: all partners' files at once stay out of what is left to others.
    private static let piece: UInt64 = 256 << 10

    private func takeFromDisk(_ more: UInt64) throws(Refusal) {
        if more > roomOnDisk {
            let free = disk(incoming.path)?.bytes ?? .max
            guard free >= more else { throw refused(SpoolFailure.diskFull) }
            roomOnDisk = max(more, min(free, Self.piece))
        }
        roomOnDisk -= more
    }

    /// What is left, for programs that ask before they send.
    func room() throws(Refusal) -> PartnerRoom {
        try count()
        let left = { (limit: Int64, used: Int64) in UInt64(max(0, limit - used)) }
        var sendable = min(
            left(limits.bytesUnderWay, bytes),
            left(limits.bytesPerDay, bytesToday + bytesUnfinished)
        )
        if let free = disk(incoming.path) { sendable = min(sendable, free.bytes) }
        return PartnerRoom(
            bytes: UInt64(limits.bytesUnderWay),
            freeBytes: left(limits.bytesUnderWay, bytes),
            sendableBytes: sendable,
            files: UInt64(limits.filesUnderWay),
            freeFiles: left(limits.filesUnderWay, files),
            sendableFiles: min(
                left(limits.filesUnderWay, files),
                left(limits.filesPerDay, filesToday)
            )
        )
    }

    private var tooManyWait: String {
        "No space: \(limits.filesUnderWay) files of yours wait to be taken, which is your limit. "
            + Self.later
    }
    private var tooMuchWaits: String {
        "No space: of yours \(ByteCount.text(limits.bytesUnderWay)) may wait to be taken. "
            + Self.later
    }
    private var tooMuchToday: String {
        "No space: today's limit of \(ByteCount.text(limits.bytesPerDay)) is reached. \(Self.tomorrow)"
    }
    private static let later = "Nothing was lost; try again later."
    private static let tomorrow = "Send the rest tomorrow (UTC)."

    private func refused(_ message: String) -> Refusal {
        tell(message)
        return Refusal(.failure, message)
    }

    /// A file was submitted.
    func note(submitted size: Int64) {
        filesToday += 1
        bytesToday += size
        bytesUnfinished = max(0, bytesUnfinished - size)
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
        roomOnDisk = 0
        files = 0
        bytes = 0
        bytesUnfinished = 0
        for folder in [incoming, queue] {
            for entry in try folder.contents() {
                if case .sent = entry { continue }
                guard let status = folder.status(of: entry) else { continue }
                files += 1
                bytes += Int64(status.st_size)
                if case .part = entry { bytesUnfinished += Int64(status.st_size) }
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
