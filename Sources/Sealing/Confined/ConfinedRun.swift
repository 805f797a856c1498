import Glibc

/// One run of a program that is confined, and the line to it, which is its descriptor 3.
///
/// The program is killed and taken away with this value.
struct ConfinedRun: ~Copyable {
    private let process: pid_t
    private let line: Int32
    private let silence: Int64
    private let end: Int64

    /// Starts it with `input` as its standard input.
    ///
    /// It may be silent for `silence` seconds, and take `patience` in all.
    init(
        _ path: String,
        input: Int32? = nil,
        silence: Int64,
        patience: Int64
    ) throws(ProgramProblem) {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw .crashed }
        defer { close(ends[1]) }
        guard let process = Self.start(path, input: input, line: ends[1]) else {
            close(ends[0])
            throw access(path, X_OK) == 0 ? ProgramProblem.crashed : .missing
        }
        self.process = process
        line = ends[0]
        self.silence = silence * 1_000
        end = Self.milliseconds() + patience * 1_000
    }

    deinit {
        close(line)
        kill(process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }

    /// The path of a program beside the one that runs; `nil` where there is none.
    static func path(ofNeighbour name: String) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        guard count > 0 else { return nil }
        let own = String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
        guard let slash = own.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        let path = String(own[...slash]) + name
        return access(path, X_OK) == 0 ? path : nil
    }

    /// Writes all of it.
    func write(_ bytes: [UInt8]) throws(ProgramProblem) {
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
            guard count > 0 else { throw .crashed }
            sent += count
        }
    }

    /// Tells it that nothing more comes.
    func finishWriting() { shutdown(line, Int32(SHUT_WR)) }

    /// Reads what there is into `buffer` from `place` on; 0 at the end.
    func read(into buffer: inout [UInt8], from place: Int = 0) throws(ProgramProblem) -> Int {
        while true {
            try wait(for: POLLIN)
            let got = buffer.withUnsafeMutableBytes { bytes in
                recv(line, bytes.baseAddress?.advanced(by: place), bytes.count - place, 0)
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw .crashed }
            return got
        }
    }

    private func wait(for event: Int32) throws(ProgramProblem) {
        while true {
            let left = min(silence, end - Self.milliseconds())
            guard left > 0 else { throw .outOfTime }
            var descriptor = pollfd(fd: line, events: Int16(event), revents: 0)
            let ready = poll(&descriptor, 1, Int32(clamping: left))
            if ready < 0, errno == EINTR { continue }
            guard ready >= 0 else { throw .crashed }
            guard ready > 0 else { throw .outOfTime }
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
