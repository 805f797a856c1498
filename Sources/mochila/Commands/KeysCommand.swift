import ArgumentParser
import Casework
import Operations
import RecordExchange
import Sealing
import Vocabulary

/// `mochila keys`: what this gateway signs and opens with, and whom it believes.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "The gateway's keys, and the certificates of partners.",
        subcommands: [
            Init.self, List.self, Import.self, Rotate.self, Revoke.self, Export.self, Issue.self,
            Destroy.self,
        ]
    )

    /// `mochila keys init`: for a folder without a server; `mochila init` makes an installation's.
    struct Init: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a gateway's keys in a folder; nothing is ever overwritten."
        )
        @Argument(help: "The folder to make.") var folder: String
        @Option(help: "Whose gateway it is; stands in its certificates.")
        var organization = "Mochila gateway"

        func run() throws {
            let keys = try GatewayKeys.create(
                in: folder,
                organization: organization,
                at: SystemClock.instant()
            )
            print("Made \(folder). The authority's fingerprint, to be read out to partners:")
            print(keys.authority.fingerprint)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Every key on file, with its use, its dates and what became of it."
        )
        @OptionGroup var installation: InstallationOption

        func run() async throws {
            let room = try await KeyRoom(installation)
            try await room.enrolOwn()
            let keys = try await room.desk.trustedKeys()
            if keys.isEmpty { print("No key is on file.") }
            for key in keys { print(KeyWords.line(key)) }
            // Of no organisation's signatures: it is who we are to partners' servers.
            let ours = try GatewayKeys.load(from: try installation.keysFolder())
            if let client = try ours.client() {
                print(KeyWords.clientLine(client.certificate))
            }
            for path in try ours.unreadableCertificates() {
                print(KeyFailure.unreadable(path: path).description)
            }
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Trust a partner's certificate; every problem is named at once."
        )
        @OptionGroup var installation: InstallationOption
        @Argument(help: "The partner's certificate (PEM).") var file: String
        @Option(help: "The partner, such as school:531011001689.") var partner: String
        @Option(help: "signing or encryption") var usage: String
        @Option(help: "Its SHA-256 fingerprint as the partner read it out.") var fingerprint:
            String?
        @Option(help: "The fingerprint of the partner's key that this one takes over from.")
        var replaces: String?

        func run() async throws {
            guard let organization = OrganizationID(partner) else {
                throw UsageFailure("--partner \(partner): not an organisation")
            }
            guard let use = CertificateInspection.Use(rawValue: usage) else {
                throw UsageFailure("--usage \(usage): neither signing nor encryption")
            }
            let certificate = try Certificate(contentsOf: file)
            var problems = NamedCertificates.problems(
                of: certificate,
                for: use,
                at: SystemClock.instant()
            )
            if let fingerprint, KeyWords.plain(fingerprint) != "\(certificate.fingerprint)" {
                problems.append("its fingerprint is \(certificate.fingerprint), not the one given")
            }
            guard problems.isEmpty else {
                throw UsageFailure("\(file) is not taken:\n" + NamedCertificates.list(problems))
            }
            let room = try await KeyRoom(installation)
            let key = try TrustedKey(
                certificate,
                of: organization,
                for: use == .signing ? .signing : .encryption,
                held: .partner,
                at: SystemClock.instant()
            )
            if let replaces { try await room.enrolPartner(KeyWords.plain(replaces)) }
            try await KeyWords.explaining {
                if let replaces {
                    try await room.desk.replace(KeyWords.plain(replaces), by: key)
                } else {
                    try await room.desk.trust([key])
                }
            }
            print("On file: \(KeyWords.line(key))")
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a new key in an old one's place; what is older still opens."
        )
        @OptionGroup var installation: InstallationOption
        @Argument(
            help: "signing, encryption, client (who we are to servers), or a school:531011001689"
        )
        var usage: String

        func run() async throws {
            if usage == "client" {
                let keys = try GatewayKeys.load(from: try installation.keysFolder())
                let fresh = try keys.renewClient(at: SystemClock.instant()).certificate
                print("New client certificate \(fresh.fingerprint). It is shown from now on.")
                print("Partners that know it and not our authority need it: keys export client")
                return
            }
            let room = try await KeyRoom(installation)
            guard let pair = GatewayKeys.Pair(rawValue: usage) else {
                guard OrganizationID(usage) != nil else {
                    throw UsageFailure("\(usage): neither signing, encryption, client nor a school")
                }
                return try await rotateSchool(room)
            }
            try await room.enrolOwn()
            let fresh = try await KeyWords.explaining { try await room.rotate(pair) }
            print("New \(usage) key \(fresh). A running gateway uses it from its next bundle on.")
        }

        private func rotateSchool(_ room: KeyRoom) async throws {
            let school = try await room.school(usage)
            let key: TrustedKey
            do {
                key = try await KeyWords.explaining { try await room.rotate(for: school) }
            } catch KeyFailure.missing(_) {
                throw UsageFailure(
                    "The gateway holds no key for \(usage): make one with `keys issue \(usage)`"
                )
            }
            print("On file: \(KeyWords.line(key))")
            print("A running gateway signs with it from the school's next bundle on.")
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Believe a key no longer, at once, and list what it was believed for."
        )
        @OptionGroup var installation: InstallationOption
        @Argument(help: "The certificate's SHA-256 fingerprint.") var fingerprint: String
        @Option(help: "From which day on it may have been misused, such as 2026-05-18.")
        var since: String
        @Option(help: "Why, for the audit log; no names.") var reason = ""

        func run() async throws {
            guard let day = CivilDate(iso8601: since) else {
                throw UsageFailure("--since \(since): not a day, such as 2026-05-18")
            }
            let room = try await KeyRoom(installation)
            try await room.enrolOwn()
            try await room.enrolPartner(KeyWords.plain(fingerprint))
            let accepted = try await KeyWords.explaining {
                try await room.desk.revoke(
                    KeyWords.plain(fingerprint),
                    since: Instant(millisecondsSince1970: Int64(day.dayNumber) * 86_400_000),
                    reason: reason
                )
            }
            print("Revoked. Nothing is accepted on its word and nothing sealed to it any more.")
            print("Accepted on its word since \(since): \(accepted.count)")
            for bundle in accepted {
                print("  \(bundle.request)  bundle \(bundle.bundle)  from \(bundle.sender)")
            }
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a certificate of ours; never a private key."
        )
        @OptionGroup var installation: InstallationOption
        @Argument(
            help: "authority, signing, encryption, client, or a school that the gateway signs for"
        )
        var which: String

        func run() async throws {
            let keys = try GatewayKeys.load(from: try installation.keysFolder())
            let certificate: Certificate
            switch which {
            case "authority": certificate = keys.authority
            case "signing": certificate = keys.signing.certificate
            case "encryption": certificate = keys.encryption.certificate
            case "client":
                guard let client = try keys.client() else {
                    throw UsageFailure("There is none yet: make it with `keys rotate client`")
                }
                certificate = client.certificate
            default:
                guard case .school(let id)? = OrganizationID(which) else {
                    throw UsageFailure(
                        "\(which): not authority, signing, encryption, client or a school"
                    )
                }
                guard let pair = try keys.school(id.description) else {
                    throw UsageFailure("There is none yet: make it with `keys issue \(which)`")
                }
                certificate = pair.certificate
            }
            Progress().say("SHA-256 fingerprint: \(certificate.fingerprint)")
            // The text ends its last line itself.
            print(try certificate.pem, terminator: "")
        }
    }

    struct Issue: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a signing key for a school that has none, with its name in it."
        )
        @OptionGroup var installation: InstallationOption
        @Argument(help: "The school, such as school:531011001689.") var school: String

        func run() async throws {
            let room = try await KeyRoom(installation)
            let entry = try await room.school(school)
            let key = try await KeyWords.explaining { try await room.issue(for: entry) }
            print("On file: \(KeyWords.line(key))")
        }
    }

    struct Destroy: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Destroy an older encryption key: what was sealed to it stays closed for ever."
        )
        @OptionGroup var installation: InstallationOption
        @Argument(help: "The certificate's SHA-256 fingerprint.") var fingerprint: String
        @Flag(help: "Yes, for ever.") var forEver = false

        func run() async throws {
            guard forEver else {
                throw UsageFailure("This cannot be undone. Add --for-ever if you mean it.")
            }
            let text = KeyWords.plain(fingerprint)
            guard let digest = SHA256Digest(hexadecimal: text) else {
                throw UsageFailure("\(fingerprint): not a SHA-256 fingerprint")
            }
            let room = try await KeyRoom(installation)
            try await room.enrolOwn()
            try await KeyWords.explaining { try await room.destroy(digest) }
            print("Destroyed. Backups of the keys folder still hold it: destroy those, too.")
        }
    }
}

/// What a person reads about keys.
enum KeyWords {
    static func line(_ key: TrustedKey) -> String {
        let state =
            switch key.state {
            case .current: "current"
            case .retired: "retired"
            case .destroyed: "destroyed"
            case .revoked(_, let since, _): "REVOKED since \(day(since))"
            }
        let dates = "\(day(key.notBefore)) to \(day(key.notAfter))"
        return "\(key.fingerprint)  \(key.holder.rawValue) \(key.usage.rawValue)  "
            + "\(key.organization)  \(key.name)  \(dates)  \(state)"
    }

    static func clientLine(_ certificate: Certificate) -> String {
        let dates = "\(day(certificate.notBefore)) to \(day(certificate.notAfter))"
        return "\(certificate.fingerprint)  gateway client  to partners' servers  \(dates)  current"
    }

    /// Without the colons and capitals that other programs write.
    static func plain(_ fingerprint: String) -> String {
        fingerprint.lowercased().filter { $0 != ":" && $0 != " " }
    }

    static func explaining<Result>(_ work: () async throws -> Result) async throws -> Result {
        do { return try await work() } catch let refusal as KeyRefusal {
            throw UsageFailure(words(refusal))
        }
    }

    private static func day(_ instant: Instant) -> String {
        String(UTCText.text(of: instant).prefix(10))
    }

    private static func words(_ refusal: KeyRefusal) -> String {
        switch refusal {
        case .unknown: "No such key is on file. `mochila keys list` shows those that are."
        case .alreadyThere: "This key is on file already."
        case .revoked: "This key was revoked or destroyed; that is not taken back."
        }
    }
}
