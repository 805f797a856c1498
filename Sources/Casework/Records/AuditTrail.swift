import RecordExchange
import Vocabulary

/// A page of the audit log, newest first, and whether the whole chain holds.
package struct AuditPageContent: Hashable, Sendable {
    package let entries: [AuditEntry]
    /// Every entry's hash was computed again from the first one.
    package let isUnbroken: Bool
    package let total: Int64
}

extension Desk {
    /// The audit log for auditors and administrators.
    package func auditLog(
        before sequence: Int64?,
        limit: Int,
        by actor: Actor
    ) async throws -> AuditPageContent {
        let roles = actor.memberships.map(\.role)
        guard roles.contains(.auditor) || roles.contains(.administrator) else {
            throw CaseworkFailure.notAllowed
        }
        return try await read { transaction in
            let total = try transaction.session.lastAuditEntry()?.sequence ?? 0
            let end = max(1, min(sequence ?? total + 1, total + 1))
            let start = max(0, end - 1 - Int64(limit))
            let entries = try transaction.session.auditEntries(
                after: start,
                limit: Int(end - 1 - start)
            )
            return AuditPageContent(
                entries: entries.reversed(),
                isUnbroken: try transaction.firstBrokenAuditEntry() == nil,
                total: total
            )
        }
    }

    /// The sequence of the first entry whose hash does not follow from the one before it; `nil`
    /// where the whole chain holds.
    package func firstBrokenAuditEntry() async throws -> Int64? {
        try await read { try $0.firstBrokenAuditEntry() }
    }
}

extension CaseTransaction {
    func firstBrokenAuditEntry() throws -> Int64? {
        var previous: AuditEntry?
        while true {
            let entries = try session.auditEntries(after: previous?.sequence ?? 0, limit: 1_000)
            if entries.isEmpty { return nil }
            for entry in entries {
                let bytes = AuditEntry.canonicalBytes(
                    after: previous?.hash,
                    sequence: entry.sequence,
                    at: entry.at,
                    actor: entry.actor,
                    action: entry.action,
                    subject: entry.subject,
                    detail: entry.detail
                )
                guard entry.sequence == (previous?.sequence ?? 0) + 1,
                    secrets.digest(of: bytes) == entry.hash
                else { return entry.sequence }
                previous = entry
            }
        }
    }
}
