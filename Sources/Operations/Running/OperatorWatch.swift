package import Casework
import Glibc
package import Vocabulary

/// Looks, every hour, at what would stop the gateway or lose what it holds, and has its
/// administrators told in time.
package struct OperatorWatch: Sendable {
    /// Passes on what is wrong, with what to run against each.
    package typealias Telling =
        @Sendable ([GatewayTrouble], @escaping @Sendable (GatewayTrouble) -> String) async throws
        -> Void

    /// When certificates of one kind run out.
    package typealias CertificateEnds = @Sendable () async throws -> [Instant]

    private let place: Installation
    private let backupDays: Int
    private let certificateEnds: [CertificateEnds]
    private let outbox: @Sendable () async throws -> [GatewayTrouble]
    private let firstEntry: @Sendable () async throws -> Instant?
    private let tell: Telling

    /// - Parameters:
    ///   - place: whose disk and whose copies are looked at.
    ///   - backupDays: days without a copy from which somebody is told; 0 where nobody is.
    ///   - certificateEnds: when each certificate that the gateway needs runs out, asked anew each
    ///     time, since any may have been renewed.
    ///   - outbox: what cannot leave.
    ///   - firstEntry: when the first thing was on file; `nil` in an empty store.
    ///   - tell: has the administrators told.
    package init(
        place: Installation,
        backupDays: Int,
        certificateEnds: [CertificateEnds],
        outbox: @escaping @Sendable () async throws -> [GatewayTrouble],
        firstEntry: @escaping @Sendable () async throws -> Instant?,
        tell: @escaping Telling
    ) {
        self.place = place
        self.backupDays = backupDays
        self.certificateEnds = certificateEnds
        self.outbox = outbox
        self.firstEntry = firstEntry
        self.tell = tell
    }

    /// Over a gateway's own desk.
    package init(
        desk: Desk,
        place: Installation,
        backupDays: Int,
        certificateEnds: [CertificateEnds]
    ) {
        self.init(
            place: place,
            backupDays: backupDays,
            certificateEnds: certificateEnds,
            outbox: { try await desk.outboxTroubles() },
            firstEntry: {
                try await desk.store.read { try $0.auditEntries(after: 0, limit: 1).first?.at }
            },
            tell: { try await desk.tellOperators(of: $0, command: $1) }
        )
    }

    /// Throws what went wrong with reading a certificate after everything else was told: one
    /// unreadable file must not keep another's end, or a full disk, from being heard of.
    package func look(at now: Instant) async throws {
        var troubles = try await outbox()
        var unreadable: (any Error)?
        for ends in certificateEnds {
            do {
                for end in try await ends() {
                    let days = Int(now.seconds(to: end) / 86_400)
                    troubles.append(.certificateExpires(days: max(0, days)))
                }
            } catch { unreadable = error }
        }
        if let percent = Self.percentUsed(at: place.dataFolder) {
            troubles.append(.diskFilling(percent: percent))
        }
        if backupDays > 0, let days = try await daysWithoutBackup(at: now), days >= backupDays {
            troubles.append(.backupMissed(days: days))
        }
        let folder = place.folder
        try await tell(troubles) { trouble in
            switch trouble {
            case .quarantined: "mochila quarantine list --at \(folder)"
            case .backupMissed: "mochila backup --at \(folder) NEW-FOLDER"
            case .mailStuck, .pushFailing, .sealingStuck, .certificateExpires, .diskFilling:
                "mochila doctor --at \(folder)"
            }
        }
        if let unreadable { throw unreadable }
    }

    /// Since the last copy, or since the first thing was on file; `nil` in an empty store.
    private func daysWithoutBackup(at now: Instant) async throws -> Int? {
        let first = try await firstEntry()
        guard let since = BackupMark.last(in: place.dataFolder) ?? first else { return nil }
        return Int(since.seconds(to: now) / 86_400)
    }

    /// How full the disk is, in percent, of what is not kept back for root.
    private static func percentUsed(at path: String) -> Int? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        let used = UInt64(status.f_blocks - status.f_bfree)
        let all = used + UInt64(status.f_bavail)
        return all == 0 ? nil : Int(used * 100 / all)
    }
}
