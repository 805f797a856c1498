import Casework
import RecordExchange
import Vocabulary

extension MemoryCaseSession {
    func trustedKey(_ fingerprint: String) throws -> TrustedKey? {
        state.trustedKeys[fingerprint]
    }

    func trustedKeys() throws -> [TrustedKey] {
        state.trustedKeys.values.sorted {
            ($0.addedAt, $0.fingerprint) < ($1.addedAt, $1.fingerprint)
        }
    }

    func trustedKeys(of organization: OrganizationID) throws -> [TrustedKey] {
        try trustedKeys().filter { $0.organization == organization }
    }

    func save(_ key: TrustedKey) throws {
        try change { $0.trustedKeys[key.fingerprint] = key }
    }

    func acceptedBundle(_ digest: String) throws -> AcceptedBundle? {
        state.acceptedBundles[digest]
    }

    func append(_ bundle: AcceptedBundle) throws {
        try change { state in
            try require(state.trustedKeys[bundle.signer] != nil, "a bundle needs its signer")
            try refuse(state.acceptedBundles[bundle.digest] != nil, "accepted bundle")
            state.acceptedBundles[bundle.digest] = bundle
        }
    }

    func acceptedBundles(signedBy fingerprint: String, since: Instant) throws -> [AcceptedBundle] {
        state.acceptedBundles.values
            .filter { $0.signer == fingerprint && $0.at >= since }
            .sorted { ($0.at, $0.digest) < ($1.at, $1.digest) }
    }
}
