import Casework
import RecordExchange
import Vocabulary

/// Keys that are trusted, and what was taken on the word of each; nobody's personal data.
extension SQLCaseSession {
    func trustedKey(_ fingerprint: String) throws -> TrustedKey? {
        try sql.query(
            "SELECT fingerprint, body FROM trusted_keys WHERE fingerprint = $1",
            [fingerprint]
        ).first.map(trustedKey(in:))
    }

    func trustedKeys() throws -> [TrustedKey] {
        try sql.query("SELECT fingerprint, body FROM trusted_keys ORDER BY added_at, fingerprint")
            .map(trustedKey(in:))
    }

    func trustedKeys(of organization: OrganizationID) throws -> [TrustedKey] {
        try sql.query(
            """
            SELECT fingerprint, body FROM trusted_keys WHERE organization = $1
            ORDER BY added_at, fingerprint
            """,
            [organization]
        ).map(trustedKey(in:))
    }

    func save(_ key: TrustedKey) throws {
        try change(
            """
            INSERT INTO trusted_keys(fingerprint, organization, added_at, body)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT (fingerprint) DO UPDATE SET body = excluded.body
            """,
            [key.fingerprint, key.organization, key.addedAt, try codec.plain(key)]
        )
    }

    func acceptedBundle(_ digest: String) throws -> AcceptedBundle? {
        try sql.query("SELECT digest, body FROM accepted_bundles WHERE digest = $1", [digest])
            .first.map(acceptedBundle(in:))
    }

    func append(_ bundle: AcceptedBundle) throws {
        let added = try change(
            """
            INSERT INTO accepted_bundles(digest, signer, at, body) VALUES ($1, $2, $3, $4)
            ON CONFLICT (digest) DO NOTHING
            """,
            [bundle.digest, bundle.signer, bundle.at, try codec.plain(bundle)]
        )
        guard added == 1 else { throw StoreConflict("accepted bundle") }
    }

    func acceptedBundles(signedBy fingerprint: String, since: Instant) throws -> [AcceptedBundle] {
        try sql.query(
            """
            SELECT digest, body FROM accepted_bundles WHERE signer = $1 AND at >= $2
            ORDER BY at, digest
            """,
            [fingerprint, since]
        ).map(acceptedBundle(in:))
    }

    private func trustedKey(in row: SQLRow) throws -> TrustedKey {
        try codec.plainValue(row, table: "trusted_keys", key: "fingerprint")
    }

    private func acceptedBundle(in row: SQLRow) throws -> AcceptedBundle {
        try codec.plainValue(row, table: "accepted_bundles", key: "digest")
    }
}
