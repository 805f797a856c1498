extension Migration {
    /// Finds an answer by the digest of its sealed file.
    ///
    /// Derived from bundles: what was sealed before is filled in at the next start.
    static let m034SealedDigests = Self(number: 34, name: "sealed digests") { _ in
        """
        CREATE TABLE sealed_digests(
            bundle TEXT PRIMARY KEY REFERENCES bundles(id),
            request TEXT NOT NULL REFERENCES requests(id),
            digest TEXT NOT NULL CHECK (length(digest) > 0)
        );
        CREATE INDEX sealed_digests_by_digest ON sealed_digests(digest);
        CREATE INDEX sealed_digests_by_request ON sealed_digests(request, bundle);
        """
    }
}
