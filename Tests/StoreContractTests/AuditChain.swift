import Casework
import TestSupport
import Vocabulary

/// Checks a chain as an outsider would: from the entries alone.
enum AuditChain {
    /// The sequence of the first entry whose hash does not follow; `nil` where all do.
    static func firstBreak(in entries: [AuditEntry]) -> Int64? {
        var previous: SHA256Digest?
        for entry in entries {
            guard entry.hash == hash(entry, after: previous) else { return entry.sequence }
            previous = entry.hash
        }
        return nil
    }

    static func hash(_ entry: AuditEntry, after previous: SHA256Digest?) -> SHA256Digest {
        ReferenceSHA256.digest(
            of: AuditEntry.canonicalBytes(
                after: previous,
                sequence: entry.sequence,
                at: entry.at,
                actor: entry.actor,
                action: entry.action,
                subject: entry.subject,
                detail: entry.detail
            )
        )
    }
}

extension AuditEntry {
    func numbered(_ sequence: Int64) -> AuditEntry {
        AuditEntry(
            sequence: sequence,
            at: at,
            actor: actor,
            action: action,
            subject: subject,
            detail: detail,
            hash: hash
        )
    }

    func saying(_ actor: String) -> AuditEntry {
        AuditEntry(
            sequence: sequence,
            at: at,
            actor: actor,
            action: action,
            subject: subject,
            detail: detail,
            hash: hash
        )
    }
}

extension CaseSession {
    func appendAudit(_ action: String, subject: String) throws {
        let last = try lastAuditEntry()
        let draft = AuditEntry(
            sequence: (last?.sequence ?? 0) + 1,
            at: .noon("2026-05-18"),
            actor: "system",
            action: action,
            subject: subject,
            detail: "",
            hash: ReferenceSHA256.digest(of: [])
        )
        try append(
            AuditEntry(
                sequence: draft.sequence,
                at: draft.at,
                actor: draft.actor,
                action: draft.action,
                subject: draft.subject,
                detail: draft.detail,
                hash: AuditChain.hash(draft, after: last?.hash)
            )
        )
    }
}
