import RecordExchange
import Vocabulary

extension Desk {
    /// Forgets idempotency keys after two days and access keys a year after their end.
    ///
    /// A caller repeats a filing within minutes; what a key did stays in the audit log, which names
    /// the key. Some time after its end a key can still be seen in the list.
    ///
    /// - Returns: how many of each.
    @discardableResult
    package func forgetOldSystemRows() async throws -> (filings: Int, keys: Int) {
        try await write { transaction in
            let day: Int64 = -86_400
            let filings = try transaction.session.forgetFilings(
                before: transaction.now.advanced(bySeconds: 2 * day)
            )
            let keys = try transaction.session.forgetAccessKeys(
                endedBefore: transaction.now.advanced(bySeconds: 365 * day)
            )
            if keys > 0 {
                try transaction.audit(
                    .system,
                    "key.forget",
                    subject: "access keys",
                    detail: "\(keys)"
                )
            }
            return (filings, keys)
        }
    }
}
