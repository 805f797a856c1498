import ArgumentParser
import Casework
import Operations
import RecordExchange
import Sealing
import Vocabulary

/// `mochila access`: keys for schools' own systems.
struct AccessCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "access",
        abstract: "Keys with which schools' own systems use the programming interface.",
        subcommands: [Issue.self, List.self, Revoke.self]
    )

    struct Issue: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a key; it is shown once.",
            discussion: """
                The first key for an address makes the system's account; give --name, --role and \
                --organization then.
                """
        )

        @OptionGroup var installation: InstallationOption
        @Option(help: "The system's own mail address: it names the account.") var email: String
        @Option(help: "Such as \"Oak School's student system\".") var name = ""
        @Option(help: "registrar or recordsClerk") var role = ""
        @Option(help: "Such as school:531011001689.") var organization = ""
        @Option(help: "What people call this key.") var label = "key"
        @Option(
            help: "Let this certificate (PEM) in, on listen.certificate_port, in a key's place."
        )
        var certificate: String?
        @Option(help: "How long it works, in days; at most \(AccessKey.longestLife).")
        var days = 365
        @Option(
            parsing: .upToNextOption,
            help: "Some of: requests:read, requests:write, records:read, inquiries:answer."
        )
        var scope: [String]

        func run() async throws {
            let scopes = try scope.map { text in
                guard let scope = AccessKey.Scope(rawValue: text) else {
                    throw UsageFailure("--scope \(text): not a scope")
                }
                return scope
            }
            let address: EmailAddress
            do { address = try EmailAddress(parsing: email.lowercased()) } catch {
                throw UsageFailure("--email: not an address that mail can be sent to")
            }
            let shown = try certificate.map(Self.certificate)
            let house = try await installation.open(try installation.configuration())
            let account = try await account(address, house.desk)
            do {
                if let shown {
                    let key = try await house.desk.admitCertificate(
                        shown,
                        for: account,
                        label: label,
                        scopes: Set(scopes),
                        days: days
                    )
                    print("Certificate \(shown.fingerprint) is key \(key.id) for \(days) days.")
                    return
                }
                let (key, text) = try await house.desk.issueAccessKey(
                    for: account,
                    label: label,
                    scopes: Set(scopes),
                    days: days
                )
                Progress().say("Key \(key.id) works for \(days) days. It is shown only now:")
                print(text.revealed)
            } catch CaseworkFailure.notAllowed {
                throw UsageFailure("--email: this account is a person's; a system needs its own")
            } catch CaseworkFailure.dateImpossible {
                throw UsageFailure("--days: from 1 to \(AccessKey.longestLife)")
            } catch CaseworkFailure.alreadyThere {
                throw UsageFailure("--certificate: its key is on file already; see access list")
            } catch CaseworkFailure.reasonMissing {
                throw UsageFailure("--scope: name one or more")
            }
        }

        private static func certificate(_ path: String) throws -> ShownCertificate {
            let shown: ShownCertificate
            do { shown = try Certificate(contentsOf: path).shown } catch {
                throw UsageFailure("--certificate \(path): not a certificate in PEM form")
            }
            let now = SystemClock.instant()
            let problem: String? =
                switch shown.use {
                case .client where now < shown.notBefore: "it is not valid yet"
                case .client where now > shown.notAfter: "it has expired"
                case .client: nil
                case .authority: "it is an authority's certificate, not a system's own"
                case .otherPurpose: "its owner marked it as not for showing to servers"
                case .weakKey: "its key is neither RSA of 2048 bits nor on P-256 or P-384"
                }
            if let problem { throw UsageFailure("--certificate \(path): \(problem)") }
            return shown
        }

        private func account(_ address: EmailAddress, _ desk: Desk) async throws -> StaffID {
            if let known = try await desk.store.read({ try $0.account(email: address) }) {
                return known.id
            }
            guard let role = StaffRole(rawValue: role) else {
                throw UsageFailure("--role: registrar or recordsClerk, for a new system")
            }
            guard let organization = OrganizationID(organization) else {
                throw UsageFailure("--organization: such as school:531011001689, for a new system")
            }
            do {
                return try await desk.addSystem(
                    email: address,
                    name: name,
                    membership: .init(role: role, organization: organization)
                )
            } catch CaseworkFailure.nameMissing {
                throw UsageFailure("--name: what people see in timelines, for a new system")
            } catch CaseworkFailure.schoolUnknown {
                throw UsageFailure("--organization: no school of the directory")
            } catch CaseworkFailure.notAllowed {
                throw UsageFailure("--role: cannot be held at that organization")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show systems and their keys.")

        @OptionGroup var installation: InstallationOption

        func run() async throws {
            let house = try await installation.open(try installation.configuration())
            let now = house.desk.time.now()
            let systems = try await house.desk.systems()
            if systems.isEmpty { print("No system has an account. Make a key with: access issue") }
            for (account, keys) in systems {
                print("\(account.email)  \(account.name)")
                for key in keys {
                    let scopes = key.scopes.sorted().map(\.rawValue).joined(separator: " ")
                    let state =
                        key.revokedAt != nil ? "revoked" : key.isLive(at: now) ? "live" : "over"
                    print("  \(key.id)  \(state)  \(key.label)  \(scopes)")
                    if let certificate = key.certificate {
                        print("    certificate \(certificate.name)  \(certificate.fingerprint)")
                    }
                }
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End a key at once.")

        @OptionGroup var installation: InstallationOption
        @Argument(help: "The key's identifier, as `access list` shows it.") var key: String

        func run() async throws {
            guard let id = AccessKey.ID(key) else {
                throw UsageFailure("\(key): not a key's identifier")
            }
            let house = try await installation.open(try installation.configuration())
            do {
                try await house.desk.revokeAccessKey(id)
                print("The key is revoked; a running gateway refuses it from now on.")
            } catch CaseworkFailure.notFound {
                throw UsageFailure("\(key): there is no such key")
            }
        }
    }
}
