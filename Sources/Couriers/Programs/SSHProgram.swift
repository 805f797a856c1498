import Glibc

/// OpenSSH's client, as a program of this system.
package struct SSHProgram: Hashable, Sendable {
    let path: String

    package init(path: String) {
        self.path = path
    }

    /// `nil` where it is not installed.
    package static var installed: Self? {
        let paths: [String] = ["/usr/bin/ssh", "/usr/local/bin/ssh"]
        for path in paths where access(path, X_OK) == 0 { return Self(path: path) }
        return nil
    }

    /// What it complains of, in a file of the session's folder: its standard error also carries
    /// what the server's program says.
    static let complaints = "complaints"

    /// Its words for SFTP with `server`, started in a session's folder.
    ///
    /// `host`: the address that it connects to, or the server's own name.
    ///
    /// It reads nobody's configuration, believes the one key that is pinned, shows the one key of
    /// ours, asks nobody anything and forwards nothing.
    func arguments(
        for server: PartnerServer,
        at host: String,
        _ deadlines: Deadlines
    ) -> [String] {
        let settings = [
            "BatchMode=yes", "StrictHostKeyChecking=yes", "UserKnownHostsFile=known_hosts",
            "GlobalKnownHostsFile=/dev/null", "HostKeyAlias=\(PartnerServer.knownAs)",
            "HostKeyAlgorithms=\(server.hostKey.algorithms)", "CheckHostIP=no",
            "UpdateHostKeys=no", "VerifyHostKeyDNS=no", "PreferredAuthentications=publickey",
            "IdentitiesOnly=yes", "IdentityAgent=none", "ClearAllForwardings=yes",
            "ForwardAgent=no", "ForwardX11=no", "Tunnel=no", "PermitLocalCommand=no",
            "ControlPath=none", "EscapeChar=none", "RequestTTY=no", "Compression=no",
            "ConnectionAttempts=1",
            "ConnectTimeout=\(max(1, deadlines.connect.milliseconds / 1_000))",
            "ServerAliveInterval=15", "ServerAliveCountMax=3", "LogLevel=INFO",
        ]
        return ["-F", "none", "-E", Self.complaints, "-i", "key"]
            + settings.flatMap { ["-o", $0] }
            + ["-p", String(server.port), "-l", server.user, "-s", "--", host, "sftp"]
    }
}

/// What `ssh` complained of before it ended.
enum SSHComplaint {
    /// The trouble that its lines tell of; a broken line where they say nothing that is known.
    ///
    /// What a server says stands behind words of the program's own, so no line can begin with it.
    static func problem(in text: String) -> PushProblem {
        var problem = PushProblem.brokenLine
        for line in text.split(whereSeparator: \.isNewline) {
            guard let told = Self.problem(ofLine: line) else { continue }
            // An unreadable key is refused in the end: what came first is the cause.
            if problem == .brokenLine { problem = told }
        }
        return problem
    }

    private static func problem(ofLine line: Substring) -> PushProblem? {
        switch line {
        case "Host key verification failed.": .otherHostKey
        case _ where line.hasPrefix("Unable to negotiate with "):
            line.contains(": no matching host key type found.") ? .otherHostKey : .noAgreement
        case _ where line.hasPrefix("Load key "): .keyUnreadable
        case _ where line.hasPrefix("ssh: Could not resolve hostname "): .unknownHost
        case _ where line.hasPrefix("ssh: connect to host "):
            line.hasSuffix(": Connection timed out") ? .silence : .noConnection
        case _ where line.hasPrefix("Connection timed out during "): .silence
        case _ where line.hasPrefix("Timeout, server "): .silence
        case _ where line.hasPrefix("subsystem request failed "):
            .unusable("it offers no SFTP")
        case _ where line.hasPrefix("No user exists for uid "):
            .unusable("the gateway's account has no name")
        // USER@HOST: Permission denied (publickey).
        case _ where line.hasSuffix(").") && line.contains(": Permission denied ("): .keyRefused
        default: nil
        }
    }
}
