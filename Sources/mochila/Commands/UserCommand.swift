import ArgumentParser
import Casework
import Operations
import RecordExchange
import Vocabulary

/// `mochila user invite`: the only way the first person gets in.
struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "People who sign in.",
        subcommands: [Invite.self]
    )

    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Mail an invitation; the person chooses a password and sets up an app."
        )

        @OptionGroup var installation: InstallationOption
        @Option var email: String
        @Option var name: String
        @Option var title = ""
        @Option(
            help: """
                One of: registrar, counselor, recordsClerk, district, stateContact, \
                administrator, auditor.
                """
        )
        var role: String
        @Option(help: "Such as school:531011001689, district:5310110, state:WA or gateway.")
        var organization: String
        @Option(help: "en or es") var language = "en"

        func run() async throws {
            guard let role = StaffRole(rawValue: role) else {
                throw UsageFailure("--role \(role): not a role")
            }
            guard let organization = OrganizationID(organization) else {
                throw UsageFailure("--organization \(organization): not an organisation")
            }
            let address: EmailAddress
            do { address = try EmailAddress(parsing: email.lowercased()) } catch {
                throw UsageFailure("--email: not an address that mail can be sent to")
            }
            let house = try await installation.open(try installation.configuration())
            do {
                try await house.desk.inviteFromOperator(
                    email: address,
                    name: name,
                    title: title,
                    membership: .init(role: role, organization: organization),
                    language: Language(rawValue: language) ?? .english
                )
            } catch CaseworkFailure.alreadyThere {
                throw UsageFailure("There is an account with this address already.")
            }
            // Where `serve` runs it sends the mail within half a minute; else it goes out now.
            guard let lock = try WorkLock(in: house.furnishing.place.dataFolder) else {
                print("The invitation is on file; the running gateway sends it in a moment.")
                return
            }
            await house.loop.runUntilIdle()
            withExtendedLifetime(lock) {}
            let waiting = try await house.desk.store.read { try $0.troubledEffects(limit: 10) }
            print(
                waiting.isEmpty
                    ? "The invitation is on its way."
                    : "The invitation is on file; the mail server did not take it yet. "
                        + "It is tried again while `mochila serve` runs."
            )
        }
    }
}
