import Operations
import Testing

@Suite("The configuration of sshd") struct SSHDConfigurationTests {
    private func lines(_ setting: SSHDConfiguration.Setting) -> [String] {
        SSHDConfiguration(
            setting: setting,
            address: "127.0.0.1",
            port: 2222,
            hostKeys: ["/srv/my place/host_ed25519", "/srv/m/host_ecdsa"],
            authorizedKeys: "/srv/m/data/drop/authorized_keys"
        ).text.split(separator: "\n").map(String.init)
    }

    private static let service = SSHDConfiguration.Service(
        login: "partners",
        program: "/usr/lib/m/mochila-sftp",
        owner: "gateway",
        above: ["/srv/my place", "/srv/my place/data"]
    )

    @Test func `a service's configuration says what is done before it is started`() {
        let steps = lines(.packaged(Self.service)).filter { $0.hasPrefix("#   ") }
        #expect(steps.count == 6)
        #expect(steps.contains { $0.contains("useradd") && $0.contains("--shell /bin/sh") })
        #expect(steps.contains("#   usermod --append --groups partners gateway"))
        #expect(
            steps.contains(
                "#   chgrp partners '/srv/my place' '/srv/my place/data' && "
                    + "chmod g=x '/srv/my place' '/srv/my place/data'"
            )
        )
        #expect(steps.last?.hasPrefix("#   chmod 2750 '/srv/m/data/drop' && ") == true)
        #expect(!lines(.unprivileged(isRoot: false)).contains { $0.hasPrefix("#   ") })
    }

    @Test(arguments: [
        SSHDConfiguration.Setting.unprivileged(isRoot: false), .unprivileged(isRoot: true),
        .packaged(service),
    ])
    func `a key opens SFTP and nothing else, by strong algorithms`(
        setting: SSHDConfiguration.Setting
    ) {
        let lines = lines(setting)
        for line in [
            "AuthenticationMethods publickey", "PasswordAuthentication no", "PermitTTY no",
            "DisableForwarding yes", "PermitUserRC no", "Subsystem sftp mochila-sftp",
            "StrictModes yes", "ListenAddress 127.0.0.1", "Port 2222",
            "HostKey \"/srv/my place/host_ed25519\"", "HostKey /srv/m/host_ecdsa",
        ] {
            #expect(lines.contains(line), "\(line)")
        }
        let algorithms = lines.filter { line in
            ["KexAlgorithms", "Ciphers", "MACs", "PubkeyAcceptedAlgorithms"]
                .contains { line.hasPrefix($0 + " ") }
        }
        #expect(algorithms.count == 4)
        for weak in ["cbc", "sha1", "md5", "group1", "group14", "arcfour", "ssh-rsa,", "-64"] {
            #expect(!algorithms.contains { $0.contains(weak) }, "\(weak)")
        }
        let words = lines.filter { !$0.hasPrefix("#") && !$0.hasPrefix("HostKey ") }
            .map { $0.split(separator: " ")[0] }
        #expect(Set(words).count == words.count, "nothing is said twice")
    }

    @Test(arguments: [SSHDConfiguration.Setting.unprivileged(isRoot: false), .packaged(service)])
    func `two hundred partners who begin together are all let in`(
        setting: SSHDConfiguration.Setting
    ) throws {
        let line = try #require(lines(setting).first { $0.hasPrefix("MaxStartups ") })
        let numbers = line.dropFirst("MaxStartups ".count).split(separator: ":").map { Int($0) }
        // From the first on some are refused by chance, from the last on all.
        #expect(numbers == [300, 30, 600])
    }

    @Test(arguments: [SSHDConfiguration.Setting.unprivileged(isRoot: false), .packaged(service)])
    func `a partner that went away without a word frees its place within two minutes`(
        setting: SSHDConfiguration.Setting
    ) throws {
        let words = lines(setting).flatMap { $0.split(separator: " ").map(String.init) }
        // Until the kernel gave up by itself hours would pass, and a partner has ten places.
        func number(after word: String) throws -> Int {
            let index = try #require(words.firstIndex(of: word))
            return try #require(Int(words[index + 1]))
        }
        let interval = try number(after: "ClientAliveInterval")
        let count = try number(after: "ClientAliveCountMax")
        // Without a count sshd would never end it.
        #expect(interval > 0 && count > 0)
        #expect(interval * (count + 1) <= 120)
    }

    @Test func `each setting finds the keys in its own way`() {
        let own = lines(.unprivileged(isRoot: false))
        #expect(own.contains("AuthorizedKeysFile /srv/m/data/drop/authorized_keys"))
        #expect(own.contains("PermitRootLogin no"))
        #expect(
            lines(.unprivileged(isRoot: true)).contains("PermitRootLogin forced-commands-only")
        )
        let service = lines(.packaged(Self.service))
        #expect(service.contains("AllowUsers partners"))
        #expect(service.contains("AuthorizedKeysFile none"))
        #expect(service.contains("AuthorizedKeysCommandUser partners"))
        #expect(
            service.contains(
                "AuthorizedKeysCommand /usr/lib/m/mochila-sftp keys "
                    + "/srv/m/data/drop/authorized_keys %t %k"
            )
        )
    }

    @Test func `every key is tied to one command`() throws {
        let line = try ForcedCommand.line(
            program: "/usr/lib/mochila/mochila-sftp",
            drop: "/srv/my place/drop",
            account: "maple",
            key: "ssh-ed25519 AAAA"
        )
        #expect(
            line == "restrict,command=\"/usr/lib/mochila/mochila-sftp --drop "
                + "'/srv/my place/drop' --partner maple\" ssh-ed25519 AAAA"
        )
    }

    @Test(arguments: ["/a'b", "/a\"b", "/a\\b", "/a\nb"])
    func `a folder whose name could end the command is refused`(path: String) {
        #expect(throws: ForcedCommand.Unquotable.self) {
            try ForcedCommand.line(program: path, drop: "/d", account: "a", key: "k")
        }
        #expect(throws: ForcedCommand.Unquotable.self) {
            try ForcedCommand.line(program: "/p", drop: path, account: "a", key: "k")
        }
    }
}
