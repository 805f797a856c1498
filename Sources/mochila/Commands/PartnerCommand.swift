import ArgumentParser
import Casework
import DropLayout
import Intake
import Operations
import RecordExchange
import Sealing
import Vocabulary

/// `mochila partner`: organisations whose systems send and fetch bundles.
struct PartnerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "partner",
        abstract: "Organisations with an account for their systems.",
        subcommands: [
            Add.self, Key.self, PartnerFeedCommand.self, PartnerLimitCommand.self,
            PartnerPushCommand.self, List.self, Close.self,
        ]
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add a partner.")

        @OptionGroup var installation: InstallationOption
        @Argument(help: "A name for the account: lower-case letters, digits and hyphens.")
        var account: String
        @Option(help: "Such as school:484496008851, district:4844960 or state:TX.")
        var organization: String
        @Option(help: "The certificate (PEM) that its bundles are signed with.")
        var signingCertificate: String
        @Option(help: "Who certified that (PEM), where it does not certify itself.")
        var authority: String?
        @Option(help: "The certificate (PEM) that bundles for it are sealed to.")
        var encryptionCertificate: String?
        @Option(help: "A limit of its own, such as files-per-day=100; may be repeated.")
        var limit: [String] = []

        func run() async throws {
            guard let account = PartnerAccount(account) else {
                throw UsageFailure(
                    "\(account): an account is at most \(PartnerAccount.longest) lower-case letters, "
                        + "digits and hyphens, beginning with a letter"
                )
            }
            guard let organization = OrganizationID(organization) else {
                throw UsageFailure("--organization \(organization): not an organisation")
            }
            var named = NamedCertificates(at: SystemClock.instant())
            let signer = named.read(signingCertificate, "--signing-certificate", for: .signing)
            let certifier = authority.flatMap { named.read($0, "--authority", for: nil) }
            let sealing = encryptionCertificate.flatMap {
                named.read($0, "--encryption-certificate", for: .encryption)
            }
            try named.check()
            guard let signer else { throw UsageFailure("--signing-certificate is needed") }
            let house = try await installation.open(try installation.configuration())
            let desk = house.desk
            guard try await desk.store.read({ try $0.partner(account: account.description) }) == nil
            else { throw UsageFailure("There is a partner \(account) already.") }
            let partner = Partner(
                id: desk.secrets.makeIdentifier(),
                account: account.description,
                organization: organization,
                signerPEM: try signer.pem,
                authorityPEM: try certifier?.pem,
                limits: try PartnerLimitCommand.limits(limit)
            )
            try await desk.savePartner(partner, action: "partner.add")
            if let sealing {
                let push = try await desk.store.read { try $0.channel(of: organization)?.push }
                let pem = try sealing.pem
                try await desk.store.write { session in
                    try session.save(
                        Channel(organization: organization, certificatePEM: pem, push: push)
                    )
                }
            }
            try await house.dropOffice.update()
            print(
                """
                Added \(account). Give it a key next:
                  mochila partner key add \(account) ssh-ed25519 AAAA… --at \(installation.folder)
                """
            )
        }
    }

    struct Key: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The SSH keys that open a partner's account.",
            subcommands: [Add.self, Remove.self]
        )

        struct Add: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Let a public key in: mochila partner key add NAME ssh-ed25519 AAAA…"
            )
            @OptionGroup var installation: InstallationOption
            @Argument var account: String
            @Argument(help: "The public key, or the file it is in.") var key: [String]

            func run() async throws {
                let key = try PartnerCommand.key(key)
                let house = try await installation.open(try installation.configuration())
                var partner = try await PartnerCommand.partner(account, in: house)
                if !partner.keys.contains(key) { partner.keys.append(key) }
                try await house.desk.savePartner(partner, action: "partner.key.add")
                try await house.dropOffice.update()
                print("\(account) may sign in with \(house.fingerprint(of: key)).")
            }
        }

        struct Remove: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Let a key in no longer; name it by its fingerprint or itself."
            )
            @OptionGroup var installation: InstallationOption
            @Argument var account: String
            @Argument var key: [String]

            func run() async throws {
                let house = try await installation.open(try installation.configuration())
                var partner = try await PartnerCommand.partner(account, in: house)
                let wanted = key.joined(separator: " ")
                let before = partner.keys.count
                partner.keys.removeAll {
                    house.fingerprint(of: $0) == wanted || wanted.hasPrefix($0.line)
                }
                guard partner.keys.count < before else {
                    throw UsageFailure("\(account) has no such key.")
                }
                try await house.desk.savePartner(partner, action: "partner.key.remove")
                try await house.dropOffice.update()
                print("Removed. A connection that is open stays open until it ends.")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show every partner.")
        @OptionGroup var installation: InstallationOption

        func run() async throws {
            let house = try await installation.open(try installation.configuration())
            let partners = try await house.desk.store.read { try $0.partners() }
            if partners.isEmpty { print("There are no partners. Add one: mochila partner add …") }
            for partner in partners {
                print(
                    "\(partner.account)  \(partner.organization)\(partner.isActive ? "" : "  closed")"
                )
                for key in partner.keys { print("  \(key.kind) \(house.fingerprint(of: key))") }
                for system in partner.feedSystems.sorted() { print("  feeds \(system)") }
                switch try await house.desk.store.read({
                    try $0.channel(of: partner.organization)?.push
                })
                {
                case .sftp(let server):
                    let mark = server.reachesPrivate ? PartnerCommand.privateMark : ""
                    print("  pushed to sftp://\(server.host):\(server.port)\(mark)")
                case .https(let server):
                    let mark = server.reachesPrivate ? PartnerCommand.privateMark : ""
                    print("  pushed to \(server.url)\(mark)")
                case nil: break
                }
                for (word, value) in partner.limits.sorted(by: { $0.key < $1.key }) {
                    print("  \(word) \(value)")
                }
            }
        }
    }

    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Close a partner's account; what it sent stays on file."
        )
        @OptionGroup var installation: InstallationOption
        @Argument var account: String

        func run() async throws {
            let house = try await installation.open(try installation.configuration())
            var partner = try await PartnerCommand.partner(account, in: house)
            partner.isActive = false
            try await house.desk.savePartner(partner, action: "partner.close")
            try await house.dropOffice.update()
            print("Closed. Nobody signs in as \(account) any more.")
        }
    }

    /// Behind an address that may lead into a private network.
    private static let privateMark = ", private addresses allowed"

    static func partner(_ account: String, in house: House) async throws -> Partner {
        guard let partner = try await house.desk.store.read({ try $0.partner(account: account) })
        else { throw UsageFailure("There is no partner \(account).") }
        return partner
    }

    static func key(_ words: [String]) throws -> SSHKey {
        var line = words.joined(separator: " ")
        if words.count == 1, let path = words.first, exists(path) {
            line = try readLines(path).first ?? ""
        }
        do { return try SSHKey(line: line) } catch {
            let reason =
                switch error {
                case .notAKey: "This is not a public key, such as: ssh-ed25519 AAAA…"
                case .kindNotAllowed(let kind): "\(kind) keys are too weak. Use ssh-ed25519."
                case .damaged: "The key is damaged: it may have been cut while it was copied."
                case .rsaTooShort(let bits):
                    "The RSA key has \(bits) bits; \(SSHKey.shortestRSA) are needed. "
                        + "Use ssh-ed25519 instead."
                }
            throw UsageFailure(reason)
        }
    }
}
