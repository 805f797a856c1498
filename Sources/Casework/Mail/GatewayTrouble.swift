import RecordExchange
import Vocabulary

/// What stops a gateway, or loses what it holds, unless somebody does something in time.
package enum GatewayTrouble: Hashable, Sendable {
    /// Mails, or deliveries, that went wrong again and again.
    case mailStuck(count: Int)
    case pushFailing(count: Int)
    /// Answers that could not be sealed again and again, so that their records reach nobody.
    case sealingStuck(count: Int)
    /// Files in which the scanner found something and that nobody decided on.
    case quarantined(count: Int)
    /// Days left, zero once it is over.
    case certificateExpires(days: Int)
    case diskFilling(percent: Int)
    case backupMissed(days: Int)

    /// Days left from which a certificate is worth a mail, and again.
    static let certificateDays = [0, 1, 3, 7, 14]
    /// How full a disk is, in percent, from which it is.
    package static let fullDisk = 85
    /// Attempts after which something does not merely wait: for about an hour by then.
    static let manyAttempts = 7

    /// The same name is told of once; `nil` where it is no trouble yet.
    func name(on day: CivilDate) -> String? {
        switch self {
        case .mailStuck(let count): count > 0 ? "mail \(day)" : nil
        case .pushFailing(let count): count > 0 ? "push \(day)" : nil
        case .sealingStuck(let count): count > 0 ? "sealing \(day)" : nil
        case .quarantined(let count): count > 0 ? "quarantine \(day)" : nil
        case .certificateExpires(let days):
            Self.certificateDays.first { days <= $0 }.map { "certificate \($0) \(day.monthName)" }
        case .diskFilling(let percent): percent >= Self.fullDisk ? "disk \(day)" : nil
        // Once a week: not everybody copies with this program.
        case .backupMissed(let days): days > 0 ? "backup \(day.dayNumber / 7)" : nil
        }
    }
}

extension CivilDate {
    /// So that the next certificate, months later, is news again.
    fileprivate var monthName: String { "\(dayNumber / 60)" }
}

extension Desk {
    /// Mails that cannot leave, deliveries that fail and records that wait to be sealed, as far as
    /// the outbox knows, and what waits for a person's word.
    package func outboxTroubles() async throws -> [GatewayTrouble] {
        let troubled = try await store.read { try $0.troubledEffects(limit: 1_000) }
            .filter { $0.attempts >= GatewayTrouble.manyAttempts }
        let mails = troubled.count { if case .mail = $0.work { true } else { false } }
        let pushes = troubled.count { if case .push = $0.work { true } else { false } }
        let seals = troubled.count { if case .assemble = $0.work { true } else { false } }
        return [
            .mailStuck(count: mails), .pushFailing(count: pushes), .sealingStuck(count: seals),
            .quarantined(count: try await quarantined().count),
        ]
    }

    /// Tells every administrator of what is wrong with the gateway, each thing once a day at most.
    ///
    /// `command`: what to run on the server.
    package func tellOperators(
        of troubles: [GatewayTrouble],
        command: @escaping @Sendable (GatewayTrouble) -> String
    ) async throws {
        try await write { transaction in
            let day = CivilDate(
                dayNumber: Int(transaction.now.millisecondsSince1970 / 86_400_000)
            )
            let administrators = try transaction.session.accounts(at: .gateway).filter { account in
                account.status == .active
                    && account.memberships.contains {
                        $0.role == .administrator && $0.organization == .gateway
                    }
            }
            for trouble in troubles {
                guard let name = trouble.name(on: day) else { continue }
                for account in administrators {
                    let id = transaction.effectID("operator|\(name)|\(account.id)")
                    guard try transaction.session.effect(id) == nil else { continue }
                    try transaction.enqueue(
                        .gatewayTrouble(
                            trouble,
                            command: command(trouble),
                            link: transaction.desk.settings.baseAddress
                        ),
                        to: account.email,
                        name: account.name,
                        language: account.language,
                        subject: Effect.MailSubject(letter: "operator"),
                        thread: nil,
                        as: id
                    )
                }
            }
        }
    }
}
