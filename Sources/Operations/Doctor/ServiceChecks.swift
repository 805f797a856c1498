package import Casework
import RecordExchange
package import Vocabulary

/// Checks of what the gateway works with: mail, database, directory, outbox.
package enum ServiceChecks {
    /// `trouble`: what the mail server said against us; `nil` where it took us.
    package static func mailServer(_ mail: Configuration.Mail, trouble: String?) -> Finding {
        let server = "\(mail.host):\(mail.port)"
        guard let trouble else { return .ok("mail-server", "\(server) takes our mail") }
        return .fault(
            "mail-server",
            "\(server): \(trouble)",
            cure: "check mail.host, mail.port, mail.security, the sign-in and the firewall"
        )
    }

    /// The values that came with the commented file reach nobody.
    package static func addresses(_ configuration: Configuration) -> Finding {
        let examples = [
            (ConfigurationKey.baseAddress, configuration.publicHost),
            (.mailHost, configuration.mail.host),
            (.mailFromAddress, configuration.mail.from.domain),
        ].filter { isReserved($0.1) }.map(\.0.rawValue)
        guard !examples.isEmpty else { return .ok("addresses", configuration.baseAddress) }
        return .warning(
            "addresses",
            "\(examples.joined(separator: ", ")): still an example",
            cure: "write your own into \(Installation.configurationName)"
        )
    }

    private static func isReserved(_ host: String) -> Bool {
        // RFC 2606.
        [".example", ".invalid", ".test"].contains { host == $0.dropFirst() || host.hasSuffix($0) }
    }

    /// What the engine says of its file.
    package struct DatabaseFacts: Hashable, Sendable {
        package let isWhole: Bool
        /// The value of `PRAGMA synchronous`; 2 is FULL.
        package let synchronous: Int
        package let version: Int
        package let newestVersion: Int

        package init(isWhole: Bool, synchronous: Int, version: Int, newestVersion: Int) {
            self.isWhole = isWhole
            self.synchronous = synchronous
            self.version = version
            self.newestVersion = newestVersion
        }
    }

    package static func database(_ facts: Result<DatabaseFacts, StorageFailure>) -> Finding {
        let name = "database"
        switch facts {
        case .failure(let failure):
            return .fault(
                name,
                failure.description,
                cure: "stop the gateway and restore the newest backup where it is damaged"
            )
        case .success(let facts):
            if !facts.isWhole {
                return .fault(
                    name,
                    "its integrity check fails",
                    cure: "stop the gateway, keep the file, restore the newest backup"
                )
            }
            if facts.synchronous < 2 {
                return .fault(
                    name,
                    "it does not wait for the disk (synchronous=\(facts.synchronous))",
                    cure: "this is a fault of the program: please report it"
                )
            }
            if facts.version < facts.newestVersion {
                return .warning(
                    name,
                    "its schema is at version \(facts.version) of \(facts.newestVersion)",
                    cure: "start the gateway once: it brings the schema up to date"
                )
            }
            return .ok(name, "whole, durable, schema version \(facts.version)")
        }
    }

    package static func directory(schools: Int) -> Finding {
        schools > 0
            ? .ok("directory", "\(schools) schools")
            : .fault("directory", "no schools are on file", cure: "mochila directory import")
    }

    /// A state without somebody who watches its queue would let requests wait for nobody.
    ///
    /// `accounts`: everybody who can sign in.
    /// `states`: those whose schools ask or are asked.
    package static func stateContacts(accounts: [StaffAccount], states: [StateCode]) -> Finding {
        let watched = Set(
            accounts.filter { $0.status == .active }.flatMap { Actor($0).watchedStates }
        )
        let missing = states.filter { !watched.contains($0) }.sorted()
        guard !missing.isEmpty else {
            return .ok("state-contacts", "\(states.count) states are watched")
        }
        let shown = missing.prefix(8).map(\.description).joined(separator: ", ")
        return .warning(
            "state-contacts",
            "nobody watches the queue of \(shown)"
                + (missing.count > 8 ? " and \(missing.count - 8) more" : ""),
            cure: "mochila user invite --role stateContact --organization state:\(missing[0])"
        )
    }

    /// Without an administrator nobody hears what needs a hand, or that a state has no contact.
    ///
    /// `accounts`: everybody who can sign in.
    package static func administrators(accounts: [StaffAccount]) -> Finding {
        let count = accounts.count { account in
            account.status == .active && Actor(account).holds([.administrator], at: .gateway)
        }
        guard count == 0 else { return .ok("administrators", "\(count) hear of troubles") }
        return .warning(
            "administrators",
            "nobody hears by mail what needs a hand: no administrator signs in",
            cure: "mochila user invite --role administrator --organization gateway"
                + " --email ADDRESS --name NAME"
        )
    }

    /// Hours after which something that waits to be sent is worth a warning.
    static let stuckAfterHours: Int64 = 2

    /// `troubled`: waiting or failed effects that went wrong at least once.
    package static func outbox(troubled: [Effect], now: Instant) -> Finding {
        let failed = troubled.filter { $0.status == .failed }
        let stuck = troubled.filter { effect in
            effect.status == .waiting
                && effect.createdAt.seconds(to: now) > stuckAfterHours * 3_600
        }
        guard !failed.isEmpty || !stuck.isEmpty else {
            return .ok("outbox", troubled.isEmpty ? "nothing waits" : "being retried")
        }
        let kinds = Dictionary(grouping: failed + stuck, by: \.kind)
            .map { "\($0.value.count) \($0.key)" }.sorted().joined(separator: ", ")
        let reason = (stuck + failed).first?.trouble ?? ""
        return .warning(
            "outbox",
            "not carried out: \(kinds)" + (reason.isEmpty ? "" : " (\(reason))"),
            cure: "see mail-server above; given-up mail is shown on the request's page"
        )
    }

    /// Children whom a school concealed before the gateway hid them everywhere.
    package static func concealed(withoutGuardian count: Int) -> Finding {
        guard count > 0 else { return .ok("concealed-children", "each has a guardian") }
        return .fault(
            "concealed-children",
            "answers that conceal a child whom other entries may still name: \(count)",
            cure: "run `mochila locator guard-concealed`"
        )
    }
}
