import RecordExchange
import RecordLocator
import StudentRecords
import Vocabulary

/// What became of children whom schools concealed before the gateway hid them everywhere.
package struct HiddenSince: Hashable, Sendable {
    package internal(set) var children = 0
    /// Entries that are hidden now and were not.
    package internal(set) var entries = 0
}

extension Desk {
    /// How many answers of a school conceal a child whom no guardian hides.
    ///
    /// There were none of these before; now the answer itself puts one on file.
    package func concealedWithoutGuardian() async throws -> Int {
        try await read { try $0.concealedWithoutGuardian().count }
    }

    /// Hides the children whom a school concealed before the gateway hid them everywhere.
    ///
    /// Each is a transaction of its own, so that a cut loses nothing; once more changes nothing.
    /// Whom a person has shown again since stays so.
    package func guardConcealed() async throws -> HiddenSince {
        var hidden = HiddenSince()
        for id in try await read({ try $0.concealedWithoutGuardian() }) {
            let student = try await read { transaction in
                let inquiry = try transaction.inquiry(id)
                return try transaction.request(inquiry.request).student
            }
            let known = try await knownStudent([student.query])
            hidden.entries += try await write { transaction in
                let inquiry = try transaction.inquiry(id)
                let request = try transaction.request(inquiry.request)
                let count = try transaction.hide(known, concealedBy: inquiry, of: request)
                try transaction.audit(
                    .operator,
                    "locator.protect",
                    subject: request.number,
                    detail: "entries=\(count)"
                )
                return count
            }
            hidden.children += 1
        }
        let all = hidden
        try await write { transaction in
            try transaction.audit(
                .operator,
                CaseTransaction.guardedConcealed,
                subject: "command",
                detail: "children=\(all.children) entries=\(all.entries)"
            )
        }
        return hidden
    }
}

extension CaseTransaction {
    /// The line of the audit log before which nothing needs to be looked at any more.
    fileprivate static let guardedConcealed = "locator.guardConcealed"

    /// Hides a child on a school's word.
    @discardableResult
    func hide(
        _ student: KnownStudent,
        concealedBy inquiry: Inquiry,
        of request: RecordRequest
    ) throws -> Int {
        try hide(
            student,
            behind: guardian(
                LocatorEntry.ID(taughtBy: inquiry.id),
                of: request.student.query,
                at: inquiry.school,
                person: student.person
            )
        )
    }

    /// Read from the audit log: reasons are sealed, and no list of them is kept.
    fileprivate func concealedWithoutGuardian() throws -> [Inquiry.ID] {
        var concealed: [(inquiry: Inquiry.ID, at: Int64)] = []
        var lifted: [String: Int64] = [:]
        var last: Int64 = 0
        while true {
            let entries = try session.auditEntries(after: last, limit: 1_000)
            guard let end = entries.last else { break }
            last = end.sequence
            for entry in entries {
                switch entry.action {
                // Whatever comes after it was answered to a gateway that hides by itself.
                case Self.guardedConcealed: return []
                case "locator.unprotect": lifted[entry.subject] = entry.sequence
                case "inquiry.refuse":
                    guard ReasonCode(rawValue: entry.detail)?.isConcealed == true,
                        let id = Inquiry.ID(entry.subject)
                    else { continue }
                    concealed.append((id, entry.sequence))
                default: break
                }
            }
        }
        return try concealed.compactMap { id, sequence in
            guard let inquiry = try session.inquiry(id), inquiry.reason?.isConcealed == true,
                let request = try session.request(inquiry.request),
                lifted[request.number.description].map({ $0 < sequence }) ?? true,
                try session.locatorEntry(LocatorEntry.ID(taughtBy: id))?.isPersonsWord != true
            else { return nil }
            return id
        }
    }
}
