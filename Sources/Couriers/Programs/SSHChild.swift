import Glibc
import SFTPProtocol
import Synchronization

/// One `ssh` that was started for one conversation, and the line to the server behind it.
///
/// It is killed and taken away at the end, at the latest with this value. Every wait on the line ends: until the server has
/// greeted at the connection's deadline, then after the longest stall or at the end of all time.
/// The conversation is one thread's; `cancel` may be called by any.
final class SSHChild: PacketLine, Sendable {
    private struct State {
        /// `nil` once it was taken away: another process may have its number.
        var process: pid_t?
        var isCancelled = false
        var hasGreeted = false
    }

    private let line: Int32
    private let connected: Int64
    private let stall: Int64
    private let latest: Int64
    private let state: Mutex<State>

    /// `nil` where it cannot be started.
    ///
    /// `folder`: where it runs.
    init?(_ program: SSHProgram, _ arguments: [String], in folder: String, _ deadlines: Deadlines) {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard access(program.path, X_OK) == 0, socketpair(AF_UNIX, type, 0, &ends) == 0 else {
            return nil
        }
        defer { close(ends[1]) }
        guard let process = Self.start(program.path, arguments, in: folder, line: ends[1]) else {
            close(ends[0])
            return nil
        }
        line = ends[0]
        let now = Self.milliseconds()
        connected = now + deadlines.connect.milliseconds
        stall = deadlines.stall.milliseconds
        latest = now + deadlines.total.milliseconds
        state = Mutex(State(process: process))
    }

    deinit {
        end()
        close(line)
    }

    /// Kills it and whatever it started, and takes it away.
    func end() {
        state.withLock { state in
            guard let process = state.process else { return }
            kill(-process, SIGKILL)
            var status: Int32 = 0
            while waitpid(process, &status, 0) < 0, errno == EINTR {}
            state.process = nil
        }
    }

    /// Ends the conversation where it stands.
    func cancel() {
        state.withLock { state in
            state.isCancelled = true
            if let process = state.process { kill(-process, SIGKILL) }
        }
    }

    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// The connection stands: from now on only a stall ends it early.
    func noteGreeting() {
        state.withLock { $0.hasGreeted = true }
    }

    var hasGreeted: Bool { state.withLock { $0.hasGreeted } }

    func send(_ bytes: UnsafeRawBufferPointer) throws(LineEnd) {
        var sent = 0
        while sent < bytes.count {
            try wait(for: POLLOUT)
            let count = Glibc.send(
                line,
                bytes.baseAddress?.advanced(by: sent),
                bytes.count - sent,
                Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
            )
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { throw .closed }
            sent += count
        }
    }

    func receive(into bytes: UnsafeMutableRawBufferPointer) throws(LineEnd) -> Int {
        while true {
            try wait(for: POLLIN)
            let count = recv(line, bytes.baseAddress, bytes.count, Int32(MSG_DONTWAIT))
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { throw .closed }
            return count
        }
    }

    private func wait(for event: Int32) throws(LineEnd) {
        let began = Self.milliseconds()
        let limit = state.withLock { $0.hasGreeted } ? min(began + stall, latest) : connected
        while true {
            let left = limit - Self.milliseconds()
            guard left > 0 else { throw .silent }
            var descriptor = pollfd(fd: line, events: Int16(event), revents: 0)
            let ready = poll(&descriptor, 1, Int32(clamping: left))
            if ready > 0 { return }
            guard ready == 0 || errno == EINTR else { throw .closed }
        }
    }

    private static func milliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }

    private static func start(
        _ path: String,
        _ arguments: [String],
        in folder: String,
        line: Int32
    ) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, line, 0)
        posix_spawn_file_actions_adddup2(&actions, line, 1)
        // What the server's program says there is the server's to say, and nobody's to read.
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        // It closes whatever else it inherits before it does anything.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A terminal's signals are for the gateway, which ends its children itself; and what the
        // gateway ignores or blocks is not for them to ignore.
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        posix_spawnattr_setflags(&attributes, Int16(flags))
        // The shell goes into the folder and becomes the program: it stays one process. It writes
        // no file but its complaints, of which a server could provoke any number: 64 blocks of 512
        // bytes, then it ends.
        let enter = "ulimit -f 64 && cd \"$1\" && shift && exec \"$@\""
        let inFolder = ["sh", "-c", enter, "sh", folder, path]
        var words = (inFolder + arguments).map { strdup($0) }
        words.append(nil)
        // No agent, no display, no home of anybody's; what it says is looked at.
        let environment = [strdup("LC_ALL=C"), nil]
        defer { for word in words + environment { free(word) } }
        var process = pid_t()
        let code = posix_spawn(&process, "/bin/sh", &actions, &attributes, words, environment)
        return code == 0 ? process : nil
    }
}
