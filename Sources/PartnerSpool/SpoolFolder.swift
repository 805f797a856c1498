import DropLayout
import Glibc
import SFTPProtocol

/// One folder of a partner's, on disk: every name in it is a `StoredEntry`.
struct SpoolFolder {
    let path: String
    /// Of files made here.
    let mode: mode_t

    func path(of entry: StoredEntry) -> String { "\(path)/\(entry.entry)" }

    func open(_ entry: StoredEntry, _ flags: Int32) -> Int32 {
        Glibc.open(path(of: entry), flags | O_CLOEXEC | O_NOFOLLOW, mode)
    }

    /// `nil` where there is no such regular file.
    func status(of entry: StoredEntry) -> stat? {
        var status = stat()
        guard lstat(path(of: entry), &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return nil
        }
        return status
    }

    func entry(_ entry: StoredEntry) -> DropEntry? {
        status(of: entry).map { Self.entry(entry.name, $0) }
    }

    static func entry(_ name: DropName, _ status: stat) -> DropEntry {
        DropEntry(
            name: name,
            size: UInt64(max(0, status.st_size)),
            modifiedAt: UInt32(clamping: status.st_mtim.tv_sec)
        )
    }

    @discardableResult
    func remove(_ entry: StoredEntry) -> Bool { unlink(path(of: entry)) == 0 }

    /// Everything of ours in it, in no order.
    func contents() throws(Refusal) -> [StoredEntry] {
        try names().compactMap { StoredEntry(entry: $0) }
    }

    func names() throws(Refusal) -> [String] {
        guard let directory = opendir(path) else { throw SpoolFailure.refusal("opendir") }
        defer { closedir(directory) }
        var found: [String] = []
        while let entry = readdir(directory) {
            let text = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            found.append(text)
        }
        return found
    }

    /// Makes its entries durable.
    func flush() throws(Refusal) {
        let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SpoolFailure.refusal("open") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw SpoolFailure.refusal("fsync") }
    }

    /// The bytes of a small file; `nil` where it cannot be read.
    func read(_ entry: StoredEntry, upTo limit: Int = 65_536) -> [UInt8]? {
        SpoolFile.read(path(of: entry), upTo: limit)
    }

    /// Replaces a note of a few bytes; one that is cut off in the middle says less, never more.
    func replace(_ entry: StoredEntry, with bytes: [UInt8]) -> Bool {
        let descriptor = open(entry, O_WRONLY | O_CREAT | O_TRUNC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return SpoolFile.write(bytes, to: descriptor)
    }
}

/// Small files.
enum SpoolFile {
    static func read(_ path: String, upTo limit: Int = 65_536) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        let limit = min(limit, Int(max(0, status.st_size)))
        var bytes = [UInt8](repeating: 0, count: limit)
        var filled = 0
        while filled < limit {
            let start = filled
            let count = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress.map { $0 + start }, limit - start)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { break }
            filled += count
        }
        return Array(bytes.prefix(filled))
    }

    /// The bytes that show what an open file is; fewer where it is shorter, `nil` where it cannot
    /// be read.
    static func beginning(of descriptor: Int32) -> [UInt8]? {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        return read(descriptor, min(SealedBeginning.enough, Int(max(0, status.st_size))))
    }

    /// All of an open file that is `count` bytes long; `nil` where it is not.
    static func read(_ descriptor: Int32, _ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let start = filled
            let step = bytes.withUnsafeMutableBytes {
                pread(
                    descriptor,
                    $0.baseAddress.map { $0 + start },
                    count - start,
                    off_t(start)
                )
            }
            if step < 0, errno == EINTR { continue }
            guard step > 0 else { return nil }
            filled += step
        }
        return bytes
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { write($0, to: descriptor, at: nil) }
    }

    /// Writes all of it, at `offset` or at the end of what was written before.
    static func write(
        _ bytes: UnsafeRawBufferPointer,
        to descriptor: Int32,
        at offset: UInt64?
    ) -> Bool {
        var done = 0
        while done < bytes.count {
            let start = bytes.baseAddress.map { $0 + done }
            let count: Int
            if let offset {
                count = pwrite(descriptor, start, bytes.count - done, off_t(offset) + off_t(done))
            } else {
                count = Glibc.write(descriptor, start, bytes.count - done)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }
}

/// What the file system says, for the partner.
enum SpoolFailure {
    static let diskFull = "No space: the gateway's disk is full. Nothing was lost; try again later."

    static func refusal(_ operation: String, _ code: Int32 = errno) -> Refusal {
        switch code {
        case ENOENT: .noSuchFile
        case ENOSPC, EDQUOT, EFBIG: Refusal(.failure, diskFull)
        case EMFILE, ENFILE: Refusal(.failure, "Too many files are open. Try again later.")
        default:
            Refusal(
                .failure,
                "The gateway could not store this (\(operation), \(code)). Try again."
            )
        }
    }
}
