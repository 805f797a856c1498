import ArgumentParser
import Casework
import RecordExchange
import Sealing
import Vocabulary

/// `mochila webhook`: addresses of schools' own systems that are told what happens.
struct WebhookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook",
        abstract: "Tell schools' own systems what happens, after Standard Webhooks.",
        subcommands: [Add.self, List.self, Rotate.self, Stop.self]
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add an address; its signing secret is shown once.",
            discussion: """
                Messages hold identifiers only; the system asks for the rest with its access key. \
                Events: \(Webhook.Event.allCases.map(\.rawValue).joined(separator: ", ")).
                """
        )

        @OptionGroup var installation: InstallationOption
        @Option(help: "Whose requests and answers are told, such as school:531011001689.")
        var organization: String
        @Option(help: "Where to, such as https://hooks.oak.example/mochila.") var url: String
        @Option(parsing: .upToNextOption, help: "Only these events; all without it.")
        var event: [String] = []
        @Option(help: "The receiver's authority (PEM), where it is no public one.")
        var ca: String?
        @Flag(help: "The address may be one of a private network.") var allowPrivate = false

        func run() async throws {
            guard let organization = OrganizationID(organization) else {
                throw UsageFailure("--organization: such as school:531011001689")
            }
            guard let url = try? WebhookURL(parsing: url) else {
                throw UsageFailure("--url: https://host/path, without a user or a password")
            }
            let events = try event.map { text in
                guard let event = Webhook.Event(rawValue: text) else {
                    throw UsageFailure("--event \(text): not an event; see --help")
                }
                return event
            }
            let authority = try ca.map { try Certificate(contentsOf: $0).pem }
            let house = try await installation.open(try installation.configuration())
            do {
                let (webhook, secret) = try await house.desk.addWebhook(
                    for: organization,
                    to: url,
                    events: Set(events),
                    reachesPrivate: allowPrivate,
                    authorityPEM: authority
                )
                Progress().say("Webhook \(webhook.id) is told. Its secret is shown only now:")
                print(secret.revealed)
            } catch CaseworkFailure.notPossibleNow {
                throw UsageFailure("\(organization) has \(Webhook.most) webhooks: stop one first")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show webhooks, and what could not be delivered."
        )

        @OptionGroup var installation: InstallationOption

        func run() async throws {
            let house = try await installation.open(try installation.configuration())
            let hooks = try await house.desk.webhooks()
            if hooks.isEmpty { print("No system is told. Add an address with: webhook add") }
            let troubled = try await house.desk.store.read { session in
                try session.troubledEffects(limit: 1_000)
            }
            for hook in hooks {
                let events = hook.events.sorted().map(\.rawValue).joined(separator: " ")
                let state = hook.stopped.map { "stopped (\($0.rawValue))" } ?? "active"
                print("\(hook.id)  \(state)  \(hook.organization)  \(hook.url)")
                if !events.isEmpty { print("  only \(events)") }
                let mine = troubled.filter { effect in
                    if case .webhook(let message) = effect.work {
                        message.webhook == hook.id
                    } else {
                        false
                    }
                }
                let dead = mine.count { $0.status == .failed }
                let waiting = mine.count - dead
                if let last = mine.last {
                    print("  \(waiting) waiting, \(dead) given up; the last: \(last.trouble)")
                }
            }
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a new secret; the old one signs beside it for a day."
        )

        @OptionGroup var installation: InstallationOption
        @Argument(help: "The webhook's identifier, as `webhook list` shows it.")
        var webhook: String

        func run() async throws {
            let (house, id) = try await WebhookCommand.find(webhook, installation)
            do {
                let secret = try await house.desk.rotateWebhookSecret(id)
                Progress().say("The new secret is shown only now:")
                print(secret.revealed)
            } catch CaseworkFailure.notFound {
                throw UsageFailure("\(webhook): there is no such webhook")
            } catch CaseworkFailure.notPossibleNow {
                throw UsageFailure("\(webhook): it was stopped; add a new one")
            }
        }
    }

    struct Stop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send nothing there any more, what waits included."
        )

        @OptionGroup var installation: InstallationOption
        @Argument(help: "The webhook's identifier, as `webhook list` shows it.")
        var webhook: String

        func run() async throws {
            let (house, id) = try await WebhookCommand.find(webhook, installation)
            do {
                try await house.desk.stopWebhook(id)
                print("Nothing is sent there any more.")
            } catch CaseworkFailure.notFound {
                throw UsageFailure("\(webhook): there is no such webhook")
            }
        }
    }

    fileprivate static func find(
        _ text: String,
        _ installation: InstallationOption
    ) async throws -> (House, Webhook.ID) {
        guard let id = Webhook.ID(text) else {
            throw UsageFailure("\(text): not a webhook's identifier")
        }
        return (try await installation.open(try installation.configuration()), id)
    }
}
