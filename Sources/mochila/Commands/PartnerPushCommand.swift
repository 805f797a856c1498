import ArgumentParser
import Casework
import Couriers
import Operations
import RecordExchange
import Sealing
import Vocabulary

/// `mochila partner push`: sealed bundles are taken to a partner's own server.
struct PartnerPushCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push",
        abstract: "Take sealed bundles to a partner's own server, by HTTPS or SFTP.",
        subcommands: [
            HTTPS.self, SFTP.self, Keys.self, Check.self, Retry.self, Off.self,
        ]
    )

    struct HTTPS: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "https",
            abstract: "Put each bundle into a folder on the web, with our client certificate.",
            discussion: """
                Each bundle is sent by PUT to URL/NAME.cms. `mochila partner push check` shows who \
                answers there and whether we are let in.
                """
        )
        @OptionGroup var installation: InstallationOption
        @Argument(help: "The partner's account.") var account: String
        @Argument(help: "The folder, such as https://drop.oak.example/mochila.") var url: String
        @Option(help: "The one authority (PEM) to believe about it, and not the system's.")
        var ca: String?
        @Flag(help: "The address may be one of a private network.") var allowPrivate = false
        @Option(help: "The certificate (PEM) that bundles for it are sealed to.")
        var encryptionCertificate: String?

        func run() async throws {
            var named = NamedCertificates(at: SystemClock.instant())
            let authority = try ca.flatMap { named.read($0, "--ca", for: nil) }?.pem
            let sealing = encryptionCertificate.flatMap {
                named.read($0, "--encryption-certificate", for: .encryption)
            }
            try named.check()
            let destination = HTTPSDestination(
                url: url,
                reachesPrivate: allowPrivate,
                authorityPEM: authority
            )
            if let problem = DestinationProblem.first(in: destination) {
                throw UsageFailure("\(url): \(problem.explanation)")
            }
            let keys = try GatewayKeys.load(from: try installation.keysFolder())
            let client = try keys.client() ?? keys.renewClient(at: SystemClock.instant())
            try await PartnerPushCommand.set(
                .https(destination),
                of: account,
                sealedTo: sealing,
                installation
            )
            print("We show the client certificate \(client.certificate.fingerprint).")
            print(
                "The partner needs it or our authority: mochila keys export client (or authority)"
            )
        }
    }

    struct SFTP: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "sftp",
            abstract: "Put each bundle into a folder of an SFTP server.",
            discussion: """
                Each bundle is written as NAME.cms.part, taken up again after a cut, put on the \
                server's disk where it offers that, and renamed when all of it is there. The \
                program ssh carries it; without that program servers that have only an RSA key \
                are not reached.
                """
        )
        @OptionGroup var installation: InstallationOption
        @Argument(help: "The partner's account.") var account: String
        @Option var host: String
        @Option var port = 22
        @Option var user: String
        @Option(help: "Absolute path on the server.") var folder: String
        @Option(help: "The server's public key, such as \"ssh-ed25519 AAAA…\", or its file.")
        var hostKey: String
        @Option(help: "The name of our private key's file in keys/sftp/.") var key: String
        @Flag(help: "The address may be one of a private network.") var allowPrivate = false
        @Option(help: "The certificate (PEM) that bundles for it are sealed to.")
        var encryptionCertificate: String?

        func run() async throws {
            var named = NamedCertificates(at: SystemClock.instant())
            let sealing = encryptionCertificate.flatMap {
                named.read($0, "--encryption-certificate", for: .encryption)
            }
            try named.check()
            let line = exists(hostKey) ? try readLines(hostKey).first ?? "" : hostKey
            let destination = SFTPDestination(
                host: host,
                port: port,
                user: user,
                folder: folder,
                // A key's file ends in a comment.
                hostKey: line.split(separator: " ").prefix(2).joined(separator: " "),
                keyName: key,
                reachesPrivate: allowPrivate
            )
            if let problem = DestinationProblem.first(in: destination) {
                throw UsageFailure(problem.explanation)
            }
            try await PartnerPushCommand.set(
                .sftp(destination),
                of: account,
                sealedTo: sealing,
                installation
            )
        }
    }

    /// What the partner reads out is compared before anything is pinned.
    struct Keys: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show an SFTP server's host keys, to compare with what was read out.",
            discussion: """
                Anybody on the way can show keys of their own: have the partner read the \
                fingerprint out, then give that key's line to `push sftp --host-key`.
                """
        )
        @Argument var host: String
        @Option var port = 22

        func run() throws {
            let seen = try ServerKeys(host: host, port: port).seen()
            guard !seen.isEmpty else {
                throw UsageFailure("\(host), port \(port): no SSH server showed a key there.")
            }
            for key in seen {
                print(ServerKeys.line(key))
                print("  \(key.line)")
            }
            if seen.allSatisfy({ $0.kind == "ssh-rsa" }), SSHProgram.installed == nil {
                print("This server has only an RSA key: install openssh-client to reach it.")
            }
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show who answers at a partner's address, and whether we are let in.",
            discussion: "Nothing is sent or changed there."
        )
        @OptionGroup var installation: InstallationOption
        @Argument(help: "The partner's account.") var account: String

        func run() async throws {
            let house = try await installation.open(try installation.configuration())
            let partner = try await PartnerCommand.partner(account, in: house)
            let probes = DoctorProbes(engine: house.furnishing.engine)
            let finding: DoctorProbes.Finding
            switch try await house.desk.store.read({ try $0.channel(of: partner.organization) })?
                .push
            {
            case .https(let server):
                let identity = try house.furnishing.keys.clientIdentity()
                switch await probes.certificates(of: server, as: identity) {
                case .certificates(let shown): try PartnerPushCommand.show(shown, server)
                case .fault(let words): throw UsageFailure("Nobody was seen there: \(words).")
                }
                finding = await probes.folder(at: server, as: identity)
            case .sftp(let server):
                try PartnerPushCommand.show(
                    try ServerKeys(host: server.host, port: server.port).seen(),
                    server
                )
                finding = await probes.partner(
                    server,
                    keysFolder: house.furnishing.place.sftpKeysFolder,
                    workFolder: house.furnishing.place.workFolder
                )
            case nil: throw UsageFailure("Nothing is pushed to \(account).")
            }
            switch finding {
            case .ready: print("Ready: it is who it should be, and lets us in.")
            case .fault(let words): throw UsageFailure("Not ready: \(words).")
            }
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Try again what the partner's server refused."
        )
        @OptionGroup var installation: InstallationOption
        @Argument(help: "The partner's account.") var account: String

        func run() async throws {
            let house = try await installation.open(try installation.configuration())
            let partner = try await PartnerCommand.partner(account, in: house)
            do {
                let change = try await house.desk.retryPushes(of: partner.organization)
                print("Bundles that are tried again: \(change.restarted)")
            } catch CaseworkFailure.notPossibleNow {
                throw UsageFailure("Nothing is pushed to \(account).")
            }
        }
    }

    struct Off: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Push nothing to a partner any more; what is under way ends."
        )
        @OptionGroup var installation: InstallationOption
        @Argument(help: "The partner's account.") var account: String

        func run() async throws {
            try await PartnerPushCommand.set(nil, of: account, sealedTo: nil, installation)
        }
    }

    private static func set(
        _ destination: PushDestination?,
        of account: String,
        sealedTo certificate: Certificate?,
        _ installation: InstallationOption
    ) async throws {
        let pem = try certificate?.pem
        let house = try await installation.open(try installation.configuration())
        let partner = try await PartnerCommand.partner(account, in: house)
        do {
            let change = try await house.desk.setPush(
                destination,
                of: partner.organization,
                certificatePEM: pem
            )
            print(
                destination == nil
                    ? "Nothing is pushed to \(account) any more."
                    : "Bundles for \(partner.organization) are pushed from now on."
            )
            if change.restarted > 0 { print("Bundles on their way: \(change.restarted)") }
            if change.ended > 0 { print("Bundles nobody pushes any more: \(change.ended)") }
        } catch CaseworkFailure.notPossibleNow {
            throw UsageFailure(
                "--encryption-certificate: bundles for \(account) are sealed to none of its own yet"
            )
        }
    }

    private static func show(_ seen: [SSHKey], _ destination: SFTPDestination) throws {
        if let pinned = try? ServerKeys.key(destination.hostKey) {
            print("Its host key must be: \(ServerKeys.line(pinned))")
        }
        print(seen.isEmpty ? "Shown: none; nobody answers there" : "Shown:")
        for key in seen {
            let isPinned = key.line == destination.hostKey
            print("  \(ServerKeys.line(key))\(isPinned ? "  the one on file" : "")")
        }
    }

    private static func show(_ shown: [String], _ destination: HTTPSDestination) throws {
        print(
            destination.authorityPEM == nil
                ? "Believed: the system's authorities" : "Believed: the authority on file"
        )
        print("Shown, to be compared with what the partner reads out:")
        for pem in shown {
            let certificate = try Certificate(pem: pem)
            let dates = [certificate.notBefore, certificate.notAfter]
                .map { UTCText.text(of: $0).prefix(10) }.joined(separator: " to ")
            print("  \(certificate.fingerprint)  \(certificate.commonName)  \(dates)")
        }
    }
}

extension GatewayKeys {
    /// Who we are to partners' servers; throws where no client certificate was made.
    func clientIdentity() throws -> ClientIdentity {
        guard let pair = try client() else {
            throw UsageFailure("There is no client certificate yet: mochila keys rotate client")
        }
        return ClientIdentity(certificatePEM: try pair.certificate.pem, keyPEM: try pair.keyPEM)
    }
}
