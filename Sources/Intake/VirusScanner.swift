package import Casework
import Glibc

/// A ClamAV daemon, spoken to over its socket.
///
/// Nothing but its plain "OK" counts as clean: silence, an error or a word that nobody knows is a
/// failure, and whoever asked releases nothing. The calls block.
package struct VirusScanner: Sendable {
    package enum Verdict: Hashable, Sendable {
        case clean
        /// The signature's name.
        case found(String)
    }

    private let path: String
    private let patience: Int64
    /// When all patience ends; `nil` for never.
    private let end: ContinuousClock.Instant?

    /// `seconds` is how long the daemon may be silent.
    package init(socket path: String, seconds: Int64 = 120) {
        self.init(path, patience: seconds * 1_000, until: nil)
    }

    private init(_ path: String, patience: Int64, until end: ContinuousClock.Instant?) {
        self.path = path
        self.patience = patience
        self.end = end
    }

    /// The same daemon, for somebody who is there now: it may be silent for `seconds`, and after
    /// `total` seconds from now it is not waited for at all, however many files there are.
    package func waiting(seconds: Int64, inAll total: Int64) -> Self {
        Self(path, patience: seconds * 1_000, until: ContinuousClock.now + .seconds(total))
    }

    /// Hands the whole content over and waits for the verdict; throws `ScannerFailure`.
    package func scan(_ content: any ProtectedFileReader) throws -> Verdict {
        let line = try ScannerLine.opened(to: path, patience: patience, until: end)
        // After "too large" the daemon closes while we still write: its answer stands anyway.
        do {
            try line.send(Array("zINSTREAM\0".utf8))
            var offset: Int64 = 0
            while offset < content.byteCount {
                let piece = try content.read(from: offset, upTo: 1 << 17)
                guard !piece.isEmpty else { throw ScannerFailure.unreadable }
                let count = UInt32(piece.count)
                try line.send((0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) })
                try line.send(piece)
                offset += Int64(piece.count)
            }
            try line.send([0, 0, 0, 0])
        } catch ScannerFailure.closed {}
        return try Self.verdict(try line.answer())
    }

    /// Whether it answers at all; throws `ScannerFailure` where it does not.
    package func ping() throws {
        let line = try ScannerLine.opened(
            to: path,
            patience: min(patience, 5_000),
            until: end
        )
        try line.send(Array("zPING\0".utf8))
        guard try line.answer() == "PONG" else { throw ScannerFailure.strange }
    }

    private static func verdict(_ answer: String) throws -> Verdict {
        let (start, clean, found) = ("stream: ", "stream: OK", " FOUND")
        if answer == clean { return .clean }
        guard answer.hasPrefix(start), answer.hasSuffix(found),
            answer.utf8.count > start.utf8.count + found.utf8.count
        else { throw ScannerFailure.strange }
        return .found(String(answer.dropFirst(start.count).dropLast(found.count)))
    }
}

/// Why there is no verdict.
package enum ScannerFailure: Error, Hashable, Sendable {
    /// Nobody listens on the socket.
    case absent
    case silent
    /// It hung up without an answer.
    case closed
    /// An error of its own, or an answer that is none.
    case strange
    /// What was to be scanned cannot be read.
    case unreadable
}

/// One conversation with the daemon.
private struct ScannerLine: ~Copyable {
    private let descriptor: Int32
    private let patience: Int64
    private let end: ContinuousClock.Instant?

    private init(descriptor: Int32, patience: Int64, until end: ContinuousClock.Instant?) {
        self.descriptor = descriptor
        self.patience = patience
        self.end = end
    }

    static func opened(
        to path: String,
        patience: Int64,
        until end: ContinuousClock.Instant?
    ) throws -> Self {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { throw ScannerFailure.absent }
        let line = Self(descriptor: descriptor, patience: patience, until: end)
        try line.connect(to: path)
        return line
    }

    private func connect(to path: String) throws {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { place in
            guard bytes.count < place.count else { return false }
            place.copyBytes(from: bytes)
            return true
        }
        guard fits else { throw ScannerFailure.absent }
        // A daemon that takes nobody in lets a connection wait, too.
        let wait = try Self.timeLeft(of: patience, until: end)
        var limit = timeval(tv_sec: Int(wait / 1_000), tv_usec: Int(wait % 1_000) * 1_000)
        let length = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, length)
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, size) == 0
            }
        }
        guard isConnected else {
            throw errno == EAGAIN ? ScannerFailure.silent : ScannerFailure.absent
        }
    }

    deinit { close(descriptor) }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            try wait(for: POLLOUT)
            let count = bytes.withUnsafeBytes { pointer in
                Glibc.send(
                    descriptor,
                    pointer.baseAddress?.advanced(by: sent),
                    bytes.count - sent,
                    Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
                )
            }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { throw ScannerFailure.closed }
            sent += count
        }
    }

    /// Up to the zero byte that ends it.
    func answer() throws -> String {
        var bytes: [UInt8] = []
        while bytes.count < 4_096 {
            try wait(for: POLLIN)
            var byte: UInt8 = 0
            let count = recv(descriptor, &byte, 1, 0)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw ScannerFailure.closed }
            if byte == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(byte)
        }
        throw ScannerFailure.strange
    }

    /// Milliseconds that may be waited now; throws where there are none.
    private static func timeLeft(
        of patience: Int64,
        until end: ContinuousClock.Instant?
    ) throws -> Int64 {
        guard let end else { return patience }
        let (seconds, fraction) = ContinuousClock.now.duration(to: end).components
        let left = seconds * 1_000 + fraction / 1_000_000_000_000_000
        guard left > 0 else { throw ScannerFailure.silent }
        return min(patience, left)
    }

    private func wait(for event: Int32) throws {
        while true {
            var entry = pollfd(fd: descriptor, events: Int16(event), revents: 0)
            let left = try Self.timeLeft(of: patience, until: end)
            let ready = poll(&entry, 1, Int32(clamping: left))
            if ready < 0, errno == EINTR { continue }
            guard ready >= 0 else { throw ScannerFailure.closed }
            guard ready > 0 else { throw ScannerFailure.silent }
            return
        }
    }
}
