import ArgumentParser
import Casework
import Operations
import RecordExchange
import ReferenceData
import Sealing
import Vocabulary

/// `mochila init DIR`: an installation with keys and a commented configuration.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make an installation: folders, keys and a commented configuration."
    )

    @Argument(help: "The folder to make; nothing in it is ever overwritten.")
    var folder: String

    @Option(help: "The address people will use, such as https://records.state.example.")
    var address: String?

    @Option(help: "Whose gateway it is; stands in its certificates.")
    var organization = "Mochila gateway"

    @Flag(help: "Also make a TLS certificate of our own, to try things before a real one is there.")
    var selfSignedTLS = false

    func run() async throws {
        let now = SystemClock.instant()
        let organization = organization
        let maker: @Sendable (String, String, String) throws -> Void = { certificate, key, host in
            try Self.makeTLS(certificate: certificate, key: key, host: host, at: now)
        }
        let keys = Operations.Installation.KeyMaker(
            gatewayKeys: { folder in
                _ = try GatewayKeys.create(in: folder, organization: organization, at: now)
            },
            tlsCertificate: selfSignedTLS ? maker : nil
        )
        let path = absolute(folder)
        let values: [ConfigurationKey: String] = address.map { [.baseAddress: $0] } ?? [:]
        let place = try Operations.Installation.create(at: path, setting: values, keys: keys)
        print(
            """
            Made \(place.folder). Next:
              1. edit \(place.configurationFile)
              2. mochila directory import --at \(folder)
              3. mochila doctor --at \(folder)
              4. mochila user invite --at \(folder) --email you@… --name … \
            --role administrator --organization gateway
              5. mochila serve --at \(folder)
            """
        )
    }

    private static func makeTLS(
        certificate: String,
        key: String,
        host: String,
        at now: Instant
    ) throws {
        // Beside the certificate lies the keys folder with the authority that issues it.
        let folder = certificate.split(separator: "/").dropLast(2).joined(separator: "/")
        let keys = try GatewayKeys.load(from: "/" + folder)
        let pair = try keys.issueServer(for: [host, "localhost", "127.0.0.1"], at: now)
        let target = certificate.split(separator: "/").dropLast().joined(separator: "/")
        try pair.write(into: "/" + target, named: "server")
        try rename("/\(target)/server.pem", to: certificate)
        try rename("/\(target)/server.key", to: key)
    }
}

/// `mochila directory import`: schools, districts and states into an installation's store.
struct DirectoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "directory",
        abstract: "Schools, districts, states and their contacts.",
        subcommands: [Import.self, Contact.self]
    )

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import the national directory that comes with this program."
        )
        @OptionGroup var installation: InstallationOption

        func run() async throws {
            let progress = Progress()
            let house = try await installation.open(try installation.configuration())
            let directory = try NationalDirectory.load()
            try await DirectoryImport(store: house.desk.store) { progress.say($0) }.run(directory)
            print(NationalDirectory.creditLine)
        }
    }

    struct Contact: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a mailbox that answers for an organisation."
        )
        @OptionGroup var installation: InstallationOption
        @Option(help: "Such as school:484496008851, district:4844960 or state:TX.")
        var organization: String
        @Option(help: "One of: recordsOffice, backup, summer, district, project, stateContact.")
        var role: String
        @Option var name: String
        @Option var email: String
        @Option var phone: String?
        @Option(help: "en or es") var language = "en"

        func run() async throws {
            guard let organization = OrganizationID(organization) else {
                throw UsageFailure("--organization \(organization): not an organisation")
            }
            guard let role = RecordExchange.Contact.Role(rawValue: role) else {
                throw UsageFailure("--role \(role): not a contact's role")
            }
            let address: EmailAddress
            do { address = try EmailAddress(parsing: email) } catch {
                throw UsageFailure("--email: not an address that mail can be sent to")
            }
            let house = try await installation.open(try installation.configuration())
            let contact = RecordExchange.Contact(
                id: house.desk.secrets.makeIdentifier(),
                organization: organization,
                role: role,
                name: name,
                email: address,
                phone: phone,
                language: Language(rawValue: language) ?? .english
            )
            try await house.desk.store.write { try $0.save(contact) }
            print("Added. It is unconfirmed until it answers.")
        }
    }
}

/// Puts the national directory into a store, in batches with progress.
struct DirectoryImport {
    let store: any CaseStore
    let report: (String) -> Void

    func run(_ directory: NationalDirectory) async throws {
        let (schools, districts, states) = (
            directory.schools, directory.districts, directory.states
        )
        try await store.write { session in
            try session.save(states)
            try session.save(districts)
        }
        report("districts: \(districts.count), states and areas: \(states.count)")
        for start in stride(from: 0, to: schools.count, by: 20_000) {
            let batch = Array(schools[start..<min(start + 20_000, schools.count)])
            try await store.write { try $0.save(batch) }
            report("schools: \(start + batch.count) of \(schools.count)")
        }
    }
}
