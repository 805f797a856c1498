package import RecordExchange
package import Vocabulary

/// What a filing was answered with, under the key that the caller chose for it.
///
/// A caller whose connection broke sends the same thing again and gets the same request.
package struct FiledOnce: Hashable, Sendable, Codable {
    /// SHA-256 of account and the caller's idempotency key, hexadecimal.
    package let digest: String
    /// SHA-256 of what was sent, hexadecimal: another content under the same key is a mistake.
    package let content: String
    package let request: RecordRequest.ID
    package let at: Instant

    package init(digest: String, content: String, request: RecordRequest.ID, at instant: Instant) {
        self.digest = digest
        self.content = content
        self.request = request
        at = instant
    }
}

/// The same idempotency key came with another content; nothing was filed.
package struct OtherContentUnderKey: Error, Hashable, Sendable {
    package init() {}
}

extension Desk {
    /// Files what a system sends, once for each `idempotencyKey`.
    ///
    /// Throws `RequestDraft.Malformed` with every problem at once. `content` is the bytes that were
    /// sent, which tell a repetition from another filing.
    package func fileRequest(
        _ draft: RequestDraft,
        once idempotencyKey: String,
        content: [UInt8],
        by actor: Actor
    ) async throws -> (outcome: FilingOutcome, isRepeated: Bool) {
        guard (1...200).contains(idempotencyKey.utf8.count) else {
            throw CaseworkFailure.reasonMissing
        }
        let digest = secrets.digest(of: Array("once|\(actor.id)|\(idempotencyKey)".utf8))
            .description
        let content = secrets.digest(of: content).description
        return try await write { transaction in
            if let earlier = try transaction.session.filedOnce(digest: digest) {
                guard earlier.content == content else { throw OtherContentUnderKey() }
                return (.filed(try transaction.request(earlier.request)), true)
            }
            let outcome = try transaction.file(draft, by: actor)
            if case .filed(let request) = outcome {
                try transaction.session.save(
                    FiledOnce(
                        digest: digest,
                        content: content,
                        request: request.id,
                        at: transaction.now
                    )
                )
            }
            return (outcome, false)
        }
    }
}
