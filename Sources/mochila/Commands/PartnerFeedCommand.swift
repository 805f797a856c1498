import ArgumentParser
import Casework
import RecordExchange

/// `mochila partner feed`: whose account may drop the extracts of which source system.
struct PartnerFeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feed",
        abstract: "The source systems whose extracts a partner's account may drop.",
        discussion: """
            A file SYSTEM.snapshot.csv or SYSTEM.changes.csv in the account's in/ is then read by \
            the mapping of that system. Everything else it drops is a sealed bundle, as ever.
            """,
        subcommands: [Add.self, Remove.self]
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Let an account drop a system's extracts: mochila partner feed add NAME SYSTEM"
        )
        @OptionGroup var installation: InstallationOption
        @Argument var account: String
        @Argument(help: "The source system's name.") var system: String

        func run() async throws {
            let house = try await installation.open(try installation.configuration())
            var partner = try await PartnerCommand.partner(account, in: house)
            guard
                let source = try await house.desk.sourceSystems(by: .operator)
                    .first(where: { $0.name == system })
            else {
                throw UsageFailure(
                    "There is no source system \(system). `mochila locator uploads` lists them."
                )
            }
            guard source.owner == partner.organization else {
                throw UsageFailure(
                    "\(system) belongs to \(source.owner), \(account) to \(partner.organization): "
                        + "an account feeds its own organisation's systems only."
                )
            }
            partner.feeds = partner.feedSystems.union([system]).sorted()
            try await house.desk.savePartner(partner, action: "partner.feed.add")
            try await house.dropOffice.update()
            print("\(account) may drop \(system).snapshot.csv and \(system).changes.csv.")
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take that back; what was dropped before is not read."
        )
        @OptionGroup var installation: InstallationOption
        @Argument var account: String
        @Argument(help: "The source system's name.") var system: String

        func run() async throws {
            let house = try await installation.open(try installation.configuration())
            var partner = try await PartnerCommand.partner(account, in: house)
            guard partner.feedSystems.contains(system) else {
                throw UsageFailure("\(account) does not feed \(system).")
            }
            partner.feeds = partner.feedSystems.subtracting([system]).sorted()
            try await house.desk.savePartner(partner, action: "partner.feed.remove")
            try await house.dropOffice.update()
            print("\(account) drops extracts of \(system) no longer.")
        }
    }
}
