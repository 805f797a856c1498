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
    /// The sealed bundle with this digest, whatever its file is called; `nil` for none.
    ///
    /// Whoever has the very file may know from whom it is.
    package func sealedBundle(_ sha256: String) async throws -> SealedOnFile? {
        try await read { transaction in
            guard let bundle = try transaction.session.bundle(sealedAs: sha256) else { return nil }
            let request = try transaction.request(bundle.request)
            return SealedOnFile(
                number: request.number,
                sender: try transaction.name(of: bundle.holder),
                recipient: try transaction.school(request.requester).name,
                at: bundle.answeredAt,
                standing: try transaction.standing(of: bundle)
            )
        }
    }

    /// What is known of a bundle whose signature is good: `elsewhere` unless it is on file as the
    /// same answer of the same sender.
    ///
    /// `files`: SHA-256 of its attachments. A key that counts could be made to sign other ones.
    ///
    /// Throws `ProofRefusal.untrusted` where it was signed neither by the gateway (`asGateway`)
    /// nor with the sender's own key.
    package func standing(
        of id: RecordBundle.ID,
        in number: RequestNumber,
        from sender: String,
        with files: Set<String>,
        signedBy fingerprint: String,
        asGateway: Bool?
    ) async throws -> ProofStanding {
        try await read { transaction in
            let signature = try transaction.signature(by: fingerprint, asGateway: asGateway)
            if signature.isRevoked { return .keyRevoked }
            guard signature.signer == .gateway || signature.signer?.description == sender
            else { throw ProofRefusal.untrusted }
            guard let bundle = try transaction.session.bundle(id),
                bundle.holder.description == sender,
                files.isSubset(of: bundle.files.map(\.sha256)),
                try transaction.request(bundle.request).number == number
            else { return .elsewhere }
            return try transaction.standing(of: bundle)
        }
    }

    /// What is known of a printed record, which names its request and when it was made.
    ///
    /// Throws `ProofRefusal.untrusted` where it was signed neither by the gateway (`asGateway`)
    /// nor for a school that answered this request: our authority issues to many, and nobody
    /// speaks for a school but its own certificate.
    package func standing(
        ofPaper number: RequestNumber?,
        madeAt instant: Instant,
        signedBy fingerprint: String,
        asGateway: Bool?
    ) async throws -> ProofStanding {
        try await read { transaction in
            let signature = try transaction.signature(by: fingerprint, asGateway: asGateway)
            if signature.isRevoked { return .keyRevoked }
            // Whatever number it names: a stranger names one that nobody knows, or none.
            guard let signer = signature.signer else { throw ProofRefusal.untrusted }
            guard let number, let request = try transaction.session.request(numbered: number)
            else { return .elsewhere }
            var bundles = try transaction.session.bundles(of: request.id)
                .filter { $0.seal != nil }
            if signer != .gateway {
                // Its own answers are all that it could have signed.
                bundles = bundles.filter { $0.holder == signer }
                guard !bundles.isEmpty else { throw ProofRefusal.untrusted }
            }
            // The page inside a bundle stands for that bundle, by the second it was answered in.
            if let own = bundles.last(where: { $0.answeredAt.second == instant.second }) {
                return try transaction.standing(of: own)
            }
            // Any other shows what counted when it was made.
            let isStale = bundles.contains { bundle in
                guard bundle.answeredAt <= instant else { return false }
                return bundle.replacedBy != nil && bundle.withdrawnAt == nil
                    || (bundle.withdrawnAt.map { $0 > instant } ?? false)
            }
            if isStale { return .withdrawn }
            let isOvertaken = bundles.contains { bundle in
                bundle.answeredAt > instant && bundle.withdrawnAt == nil
            }
            return isOvertaken ? .laterAnswer : .current
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
    /// Whose word a signature is, `nil` for nobody's, and whether its key was revoked.
    ///
    /// `asGateway`: `nil` where a certificate of ours from before cannot be read, so that nobody
    /// can tell whether this was the one.
    fileprivate func signature(
        by fingerprint: String,
        asGateway: Bool?
    ) throws -> (signer: OrganizationID?, isRevoked: Bool) {
        let key = try session.trustedKey(fingerprint)
        guard let asGateway else {
            // Whoever is on file is known all the same.
            guard let key, key.signsFor != nil || key.isRevoked else { throw ProofRefusal.notNow }
            return (key.signsFor, key.isRevoked)
        }
        return (asGateway ? .gateway : key?.signsFor, key?.isRevoked == true)
    }

    fileprivate func standing(of bundle: RecordBundle) throws -> ProofStanding {
        if bundle.withdrawnAt != nil || bundle.replacedBy != nil { return .withdrawn }
        let later = try session.bundles(of: bundle.request).contains { other in
            other.holder == bundle.holder && other.sequence > bundle.sequence
                && other.seal != nil && other.withdrawnAt == nil
        }
        return later ? .laterAnswer : .current
    }
}

extension TrustedKey {
    /// Whose word its signature is; `nil` where it signs nothing.
    fileprivate var signsFor: OrganizationID? { usage == .signing ? organization : nil }
}

extension Instant {
    /// Whole seconds, which are all that a PDF says of a time.
    fileprivate var second: Int64 { millisecondsSince1970 / 1_000 }
}
