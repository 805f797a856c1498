import Casework
import Glibc

/// One run of the confined program, and the line to it.
///
/// The program is killed and taken away with this value.
struct OpeningTalk: ~Copyable {
    private(set) var confinement: OpeningConfinement = []
    private let process: pid_t
    private let line: Int32
    private let silence: Int64
    private let end: Int64
    private var buffer = [UInt8](
        repeating: 0,
        count: OpeningFrame.headerSize + OpeningFrame.largestAnswer
    )
    private var start = 0
    private var filled = 0

    /// Starts it with `input` as its standard input.
    init(_ program: OpeningProgram, input: Int32?, byteCount: Int64) throws {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw BundleFailure.opener(.crashed) }
        defer { close(ends[1]) }
        guard let process = Self.start(program.path, input: input, line: ends[1]) else {
            close(ends[0])
            throw BundleFailure.opener(
                access(program.path, X_OK) == 0 ? .crashed : .missing
            )
        }
        self.process = process
        line = ends[0]
        silence = program.silence * 1_000
        end = Self.milliseconds() + (program.patience + byteCount >> 20) * 1_000
    }

    deinit {
        close(line)
        kill(process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }

    /// Sends one frame of the order.
    func send(_ kind: OpeningFrame.Kind, _ payload: [UInt8]) throws {
        try write(OpeningFrame.header(kind, payload.count))
        try write(payload)
    }

    /// The next frame; valid until the next call.
    mutating func next() throws -> (kind: OpeningFrame.Kind, payload: ArraySlice<UInt8>) {
        while true {
            try need(OpeningFrame.headerSize)
            let header = buffer[start..<(start + OpeningFrame.headerSize)]
            guard let kind = OpeningFrame.Kind(rawValue: header[start]),
                let count = UInt32(bigEndianBytes: header.dropFirst()),
                count <= UInt32(OpeningFrame.largestAnswer)
            else { throw BundleFailure.opener(.garbage) }
            try need(OpeningFrame.headerSize + Int(count))
            let payload = start + OpeningFrame.headerSize
            start = payload + Int(count)
            guard kind == .confinement else { return (kind, buffer[payload..<start]) }
            guard let bits = UInt32(bigEndianBytes: buffer[payload..<start]) else {
                throw BundleFailure.opener(.garbage)
            }
            confinement = OpeningConfinement(rawValue: bits)
        }
    }

    // MARK: Bytes

    /// Waits until so many bytes are there.
    private mutating func need(_ count: Int) throws {
        if filled - start < count, start + count > buffer.count {
            buffer.withUnsafeMutableBytes { bytes in
                bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[start..<filled]))
            }
            filled -= start
            start = 0
        }
        if start == filled {
            start = 0
            filled = 0
        }
        while filled - start < count {
            try wait(for: POLLIN)
            let place = filled
            let got = buffer.withUnsafeMutableBytes { bytes in
                recv(line, bytes.baseAddress?.advanced(by: place), bytes.count - place, 0)
            }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { throw BundleFailure.opener(.crashed) }
            filled += got
        }
    }

    private func write(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            try wait(for: POLLOUT)
            let count = bytes.withUnsafeBytes { pointer in
                Glibc.send(
                    line,
                    pointer.baseAddress?.advanced(by: sent),
                    bytes.count - sent,
                    Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
                )
            }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { throw BundleFailure.opener(.crashed) }
            sent += count
        }
    }

    private func wait(for event: Int32) throws {
        while true {
            let left = min(silence, end - Self.milliseconds())
            guard left > 0 else { throw BundleFailure.opener(.outOfTime) }
            var descriptor = pollfd(fd: line, events: Int16(event), revents: 0)
            let ready = poll(&descriptor, 1, Int32(clamping: left))
            if ready < 0, errno == EINTR { continue }
            guard ready >= 0 else { throw BundleFailure.opener(.crashed) }
            guard ready > 0 else { throw BundleFailure.opener(.outOfTime) }
            return
        }
    }

    private static func milliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }

    private static func start(_ path: String, input: Int32?, line: Int32) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, line, 3)
        // What a broken library says must not reach a log: it may quote what it read.
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        // Whatever else it inherits it closes before it reads anything.
        var process = pid_t()
        let name = strdup(path)
        // The tool that explains crashes would outlive the limits, and read memory.
        let setting = strdup("SWIFT_BACKTRACE=enable=no")
        defer {
            free(name)
            free(setting)
        }
        let arguments = [name, nil]
        let environment = [setting, nil]
        guard posix_spawn(&process, path, &actions, nil, arguments, environment) == 0 else {
            return nil
        }
        return process
    }
}
