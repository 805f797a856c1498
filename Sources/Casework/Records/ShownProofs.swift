package import RecordExchange
package import Vocabulary

/// What is on file about a sealed bundle.
package struct SealedOnFile: Hashable, Sendable {
    package let number: RequestNumber
    package let sender: String
    package let recipient: String
    package let at: Instant
    package let standing: ProofStanding
}

extension Desk {
    /// The sealed bundle with this digest, among the answers to a request; `nil` for none.
    ///
    /// Whoever has the very file may know from whom it is.
    package func sealedBundle(
        _ sha256: String,
        in number: RequestNumber
    ) async throws -> SealedOnFile? {
        try await read { transaction in
            guard let request = try transaction.session.request(numbered: number),
                let bundle = try transaction.session.bundles(of: request.id)
                    .first(where: { $0.seal?.sha256 == sha256 })
            else { return nil }
            return SealedOnFile(
                number: number,
                sender: try transaction.name(of: bundle.holder),
                recipient: try transaction.school(request.requester).name,
                at: bundle.answeredAt,
                standing: try transaction.standing(of: bundle)
            )
        }
    }

    /// What is known of a bundle whose signature is good: `elsewhere` unless it is on file as the
    /// same answer of the same sender.
    package func standing(
        of id: RecordBundle.ID,
        in number: RequestNumber,
        from sender: String,
        signedBy fingerprint: String
    ) async throws -> ProofStanding {
        try await read { transaction in
            if try transaction.session.trustedKey(fingerprint)?.isRevoked == true {
                return .keyRevoked
            }
            guard let bundle = try transaction.session.bundle(id),
                bundle.holder.description == sender,
                try transaction.request(bundle.request).number == number
            else { return .elsewhere }
            return try transaction.standing(of: bundle)
        }
    }

    /// What is known of a printed record, which names its request and when it was made.
    package func standing(
        ofPaper number: RequestNumber?,
        madeAt instant: Instant,
        signedBy fingerprint: String
    ) async throws -> ProofStanding {
        try await read { transaction in
            if try transaction.session.trustedKey(fingerprint)?.isRevoked == true {
                return .keyRevoked
            }
            guard let number, let request = try transaction.session.request(numbered: number)
            else { return .elsewhere }
            let bundles = try transaction.session.bundles(of: request.id)
            // The page does not say which answer it shows: what was withdrawn may be in it.
            if bundles.contains(where: { $0.withdrawnAt != nil && $0.answeredAt <= instant }) {
                return .withdrawn
            }
            return bundles.contains { $0.answeredAt > instant } ? .laterAnswer : .current
        }
    }

    /// Between whom a request runs; `nil` where it is none of ours.
    package func parties(
        of number: RequestNumber
    ) async throws -> (sender: String, recipient: String)? {
        guard let known = try await check(number) else { return nil }
        return (known.holder ?? "", known.requester)
    }
}

extension CaseTransaction {
    fileprivate func standing(of bundle: RecordBundle) throws -> ProofStanding {
        if bundle.withdrawnAt != nil || bundle.replacedBy != nil { return .withdrawn }
        let later = try session.bundles(of: bundle.request).contains { other in
            other.holder == bundle.holder && other.sequence > bundle.sequence
                && other.seal != nil && other.withdrawnAt == nil
        }
        return later ? .laterAnswer : .current
    }
}
