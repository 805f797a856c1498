/// The configuration of the `sshd` that stands in front of `mochila-sftp`.
package struct SSHDConfiguration: Hashable, Sendable {
    /// Who runs it.
    package enum Setting: Hashable, Sendable {
        /// The account that also runs the gateway: no rights are needed, and that account's name
        /// is what partners log in as.
        ///
        /// `isRoot`: the account is the superuser, as in a container.
        case unprivileged(isRoot: Bool)
        /// The superuser, as a service: partners log in as an account that has nothing but the
        /// drop.
        case packaged(Service)
    }

    /// What a service shares with the gateway.
    package struct Service: Hashable, Sendable {
        /// The account that partners log in as.
        let login: String
        /// Where `mochila-sftp` is; owned by root, as `sshd` insists.
        let program: String
        /// The account that the gateway runs as.
        let owner: String
        /// The gateway's folders above the drop, the highest first: they are closed to others.
        let above: [String]

        package init(login: String, program: String, owner: String, above: [String]) {
            self.login = login
            self.program = program
            self.owner = owner
            self.above = above
        }
    }

    package let setting: Setting
    /// Such as `0.0.0.0`.
    package let address: String
    package let port: Int
    /// Absolute paths of private keys, the preferred one first.
    package let hostKeys: [String]
    /// Absolute path of the file with a forced command for every key.
    package let authorizedKeys: String

    package init(
        setting: Setting,
        address: String,
        port: Int,
        hostKeys: [String],
        authorizedKeys: String
    ) {
        self.setting = setting
        self.address = address
        self.port = port
        self.hostKeys = hostKeys
        self.authorizedKeys = authorizedKeys
    }

    /// The text of an `sshd_config` for OpenSSH 9.2 or later.
    package var text: String {
        let title = "# Made by `mochila sftp config`. Partners see sealed bundles and nothing else."
        var lines = [title]
        lines += steps
        lines += ["ListenAddress \(address)", "Port \(port)"]
        lines += hostKeys.map { "HostKey \(Self.quoted($0))" }
        lines += Self.algorithms + Self.rules + who
        lines += [
            "# What a client asks for as a subsystem; every key has its own forced command.",
            "Subsystem sftp mochila-sftp", "",
        ]
        return lines.joined(separator: "\n")
    }

    // Mozilla's modern recommendation for OpenSSH, with the hybrid key exchange in front. The
    // plain HMACs stay for libssh2 before 1.11, which curl and many products use.
    private static let algorithms = [
        "KexAlgorithms sntrup761x25519-sha512@openssh.com,curve25519-sha256,"
            + "curve25519-sha256@libssh.org,ecdh-sha2-nistp521,ecdh-sha2-nistp384,"
            + "ecdh-sha2-nistp256,diffie-hellman-group-exchange-sha256",
        "Ciphers chacha20-poly1305@openssh.com,aes256-gcm@openssh.com,aes128-gcm@openssh.com,"
            + "aes256-ctr,aes192-ctr,aes128-ctr",
        "MACs hmac-sha2-512-etm@openssh.com,hmac-sha2-256-etm@openssh.com,"
            + "umac-128-etm@openssh.com,hmac-sha2-512,hmac-sha2-256,umac-128@openssh.com",
        "PubkeyAcceptedAlgorithms ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,"
            + "ecdsa-sha2-nistp521,sk-ssh-ed25519@openssh.com,"
            + "sk-ecdsa-sha2-nistp256@openssh.com,rsa-sha2-512,rsa-sha2-256",
        "RequiredRSASize 3072",
    ]

    private static let rules = [
        "AuthenticationMethods publickey", "PubkeyAuthentication yes",
        "PasswordAuthentication no", "KbdInteractiveAuthentication no",
        "HostbasedAuthentication no", "UsePAM no", "StrictModes yes", "DisableForwarding yes",
        "AllowTcpForwarding no", "AllowAgentForwarding no", "X11Forwarding no", "PermitTunnel no",
        "PermitTTY no", "PermitUserRC no", "PermitUserEnvironment no", "Compression no",
        "UseDNS no", "LoginGraceTime 30", "MaxAuthTries 4", "MaxSessions 10",
        "# Two hundred partners may begin in the same second, each more than once.",
        "MaxStartups 300:30:600",
        "# A connection that is gone frees its place after a minute and a half.",
        "ClientAliveInterval 30", "ClientAliveCountMax 3", "LogLevel VERBOSE", "PrintMotd no",
        "PidFile none",
    ]

    private var who: [String] {
        switch setting {
        case .unprivileged(let isRoot):
            [
                "PermitRootLogin \(isRoot ? "forced-commands-only" : "no")",
                "AuthorizedKeysFile \(Self.quoted(authorizedKeys))",
            ]
        case .packaged(let service):
            [
                "PermitRootLogin no", "AllowUsers \(service.login)", "AuthorizedKeysFile none",
                "AuthorizedKeysCommand \(service.program) keys \(Self.quoted(authorizedKeys)) %t %k",
                "AuthorizedKeysCommandUser \(service.login)",
            ]
        }
    }

    /// What the superuser does once, so that two accounts share the drop and nothing else.
    private var steps: [String] {
        guard case .packaged(let service) = setting else { return [] }
        let (login, owner) = (service.login, service.owner)
        let folder = authorizedKeys.split(separator: "/").dropLast().map { "/" + $0 }.joined()
        let drop = "'\(folder)'"
        let above = service.above.map { "'\($0)'" }.joined(separator: " ")
        return [
            "# Once, as root; the lines can be run again. Then start the gateway anew, and this with",
            "# /usr/sbin/sshd -D -f and the name of this file.",
            // A locked account is let in by no key, and without a shell no command is run.
            "#   id \(login) || useradd --system --user-group --no-create-home --shell /bin/sh "
                + "--home-dir /nonexistent --password '*' \(login)",
            "#   usermod --append --groups \(login) \(owner)",
            // Into the folders above the drop, and nothing more of them.
            "#   chgrp \(login) \(above) && chmod g=x \(above)",
            "#   mkdir -p \(drop) && chown -R \(owner):\(login) \(drop)",
            "#   find \(drop) -type d -exec chmod 2770 {} + && find \(drop) -type f -exec chmod 660 {} +",
            // Only the gateway says who is let in.
            "#   chmod 2750 \(drop) && find \(drop) -maxdepth 1 -type f -exec chmod 640 {} +",
        ]
    }

    private static func quoted(_ path: String) -> String {
        path.utf8.contains(UInt8(ascii: " ")) ? "\"\(path)\"" : path
    }
}

/// Lines of an `authorized_keys` file: one key, one partner, one command.
package enum ForcedCommand {
    /// A path cannot stand in the command.
    package struct Unquotable: Error, Hashable, Sendable, CustomStringConvertible {
        package let path: String

        package var description: String {
            "\(path) holds a quote, a backslash or a line break: choose another folder"
        }
    }

    /// `key`: type and base 64.
    ///
    /// `account`: letters, digits and hyphens.
    package static func line(
        program: String,
        drop: String,
        account: String,
        key: String
    ) throws(Unquotable) -> String {
        "restrict,command=\"\(try word(program)) --drop \(try word(drop)) --partner \(account)\" \(key)"
    }

    private static func word(_ path: String) throws(Unquotable) -> String {
        let isPlain = { (byte: UInt8) in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || "/-_.".utf8.contains(byte)
        }
        if path.utf8.allSatisfy(isPlain) { return path }
        guard !path.utf8.contains(where: { $0 < 32 || "\"'\\".utf8.contains($0) }) else {
            throw Unquotable(path: path)
        }
        return "'\(path)'"
    }
}
