import ArgumentParser
import DropLayout
import Glibc
import Operations

/// `mochila sftp config`: what `sshd` needs to stand in front of the drop.
struct SFTPCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sftp",
        abstract: "Partners' access by SFTP.",
        subcommands: [Config.self]
    )

    struct Config: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the configuration of an sshd for the partners' accounts."
        )

        @OptionGroup var installation: InstallationOption
        @Option(help: "The address to listen on.") var address = "0.0.0.0"
        @Option(help: "The port to listen on.") var port = 2222
        @Flag(help: "Print what a package installs: sshd as a service, with an account of its own.")
        var packaged = false
        @Option(help: "With --packaged: the account that partners log in as.")
        var login = "mochila-sftp"
        @Option(help: "With --packaged: where mochila-sftp is; owned by root, as sshd insists.")
        var program = "/usr/lib/mochila/mochila-sftp"

        func run() async throws {
            guard (1...65_535).contains(port) else { throw UsageFailure("--port \(port): no port") }
            let configuration = try installation.configuration()
            let place = Operations.Installation(
                folder: installation.place.folder,
                dataFolder: configuration.dataFolder
            )
            if packaged {
                print(
                    SFTPCommand.configuration(
                        .packaged(
                            SSHDConfiguration.Service(
                                login: login,
                                program: program,
                                owner: Tool.ownerName(of: place.folder),
                                above: [place.folder, place.dataFolder]
                            )
                        ),
                        for: place,
                        address: address,
                        port: port
                    ).text
                )
                return
            }
            try SFTPCommand.writeConfiguration(for: place, address: address, port: port)
            let folder = place.sshdFolder
            let house = try await installation.open(configuration)
            try await house.dropOffice.update()
            print(
                """
                Wrote \(folder)/sshd_config. Start it with:
                  /usr/sbin/sshd -D -e -f \(folder)/sshd_config
                Partners connect with: sftp -P \(port) \(Tool.accountName)@…
                Their keys: mochila partner key add NAME ssh-ed25519 AAAA… --at \
                \(installation.folder)
                """
            )
            for name in SFTPCommand.hostKeys {
                if let line = try readLines("\(folder)/\(name).pub").first {
                    print(
                        "Host key: \(line.split(separator: " ").prefix(2).joined(separator: " "))"
                    )
                }
            }
        }
    }

    private static let hostKeys = ["host_ed25519", "host_ecdsa"]

    private static func configuration(
        _ setting: SSHDConfiguration.Setting,
        for place: Operations.Installation,
        address: String,
        port: Int
    ) -> SSHDConfiguration {
        let isPackaged = if case .packaged = setting { true } else { false }
        return SSHDConfiguration(
            setting: setting,
            address: address,
            port: port,
            hostKeys: isPackaged
                ? ["/etc/ssh/ssh_host_ed25519_key", "/etc/ssh/ssh_host_ecdsa_key"]
                : hostKeys.map { "\(place.sshdFolder)/\($0)" },
            authorizedKeys: DropPlaces(root: place.dropFolder).authorizedKeys
        )
    }

    /// Makes host keys where there are none, and writes the configuration for our own account.
    static func writeConfiguration(
        for place: Operations.Installation,
        address: String,
        port: Int
    ) throws {
        let folder = place.sshdFolder
        try makeFolder(folder)
        for name in hostKeys where !exists("\(folder)/\(name)") {
            let kind = String(name.dropFirst("host_".count))
            try Tool.run("ssh-keygen", ["-q", "-t", kind, "-N", "", "-f", "\(folder)/\(name)"])
        }
        let setting = SSHDConfiguration.Setting.unprivileged(isRoot: getuid() == 0)
        try write(
            configuration(setting, for: place, address: address, port: port).text,
            to: "\(folder)/sshd_config"
        )
    }

    private static func write(_ text: String, to path: String) throws {
        let part = path + ".part"
        try removeIfThere(part)
        let handle = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        let bytes = Array(text.utf8)
        guard handle >= 0, Glibc.write(handle, bytes, bytes.count) == bytes.count,
            fsync(handle) == 0, close(handle) == 0
        else { throw SystemFailure(what: "\(path) could not be written", code: errno) }
        try rename(part, to: path)
    }
}

/// Programs of the system.
enum Tool {
    /// Runs a program to its end.
    static func run(_ name: String, _ arguments: [String]) throws {
        var words = ([name] + arguments).map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        let code = posix_spawnp(&process, name, nil, nil, words, environ)
        guard code == 0 else {
            throw SystemFailure(what: "\(name) could not be started", code: code)
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        guard status == 0 else { throw UsageFailure("\(name) failed.") }
    }

    /// What a program wrote, whether it succeeded or not; at most `limit` bytes of it.
    static func output(
        _ name: String,
        _ arguments: [String],
        limit: Int = 64 << 10
    ) throws -> String {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw SystemFailure(what: "No pipe could be made", code: errno)
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var words = ([name] + arguments).map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        let code = posix_spawnp(&process, name, &actions, nil, words, environ)
        close(ends[1])
        guard code == 0 else {
            throw SystemFailure(what: "\(name) could not be started", code: code)
        }
        var bytes: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = read(ends[0], &room, room.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += room.prefix(min(count, limit - bytes.count))
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whoever runs the gateway owns its folder, also where the superuser asks.
    static func ownerName(of path: String) -> String {
        var status = stat()
        guard stat(path, &status) == 0, let entry = getpwuid(status.st_uid) else {
            return accountName
        }
        return String(cString: entry.pointee.pw_name)
    }

    /// The name of the account that this process runs as.
    static var accountName: String {
        getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "you"
    }

    /// A program that was installed beside this one.
    static func sibling(_ name: String) -> String {
        var path = [CChar](repeating: 0, count: 4_097)
        let count = readlink("/proc/self/exe", &path, 4_096)
        guard count > 0 else { return name }
        let own = String(decoding: path.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return own.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/\(name)"
    }
}
