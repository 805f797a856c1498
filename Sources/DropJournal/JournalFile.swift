import Glibc

/// Why a journal cannot be used.
package struct JournalFailure: Error, Hashable, Sendable {
    package let operation: String
    /// As in `errno`.
    package let code: Int32

    init(_ operation: String, _ code: Int32 = errno) {
        self.operation = operation
        self.code = code
    }
}

/// Pages of a file.
enum JournalFile {
    static let pageBytes = 4_096
    /// Of a whole journal; nothing behind them was written by one.
    static let mostPages = 256

    static func pages(_ bytes: Int) -> Int { (bytes + pageBytes - 1) / pageBytes }

    /// As many of the bytes as there are.
    static func read(_ descriptor: Int32, _ count: Int, at offset: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let start = filled
            let step = bytes.withUnsafeMutableBytes {
                pread(
                    descriptor,
                    $0.baseAddress.map { $0 + start },
                    count - start,
                    off_t(offset + start)
                )
            }
            if step < 0, errno == EINTR { continue }
            guard step > 0 else { break }
            filled += step
        }
        return Array(bytes.prefix(filled))
    }

    static func write(
        _ bytes: [UInt8],
        to descriptor: Int32,
        at offset: Int
    ) throws(JournalFailure) {
        var done = 0
        while done < bytes.count {
            let start = done
            let step = bytes.withUnsafeBytes {
                pwrite(
                    descriptor,
                    $0.baseAddress.map { $0 + start },
                    bytes.count - start,
                    off_t(offset + start)
                )
            }
            if step < 0, errno == EINTR { continue }
            guard step > 0 else { throw JournalFailure("write") }
            done += step
        }
    }
}
