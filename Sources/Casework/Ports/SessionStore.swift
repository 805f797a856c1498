package import RecordExchange
package import Vocabulary

/// Who a web session belongs to.
package enum SessionHolder: Hashable, Sendable {
    /// A person with an account. Until the second factor has passed, the session opens nothing but
    /// the page that asks for it.
    case staff(account: StaffID, secondFactorPassed: Bool)
    /// Whoever typed the code of an answer link: may answer this one inquiry and nothing else.
    /// The link says which mailbox answers: the receipt goes there.
    case answerLink(AnswerLink.ID, inquiry: Inquiry.ID)
}

/// A web session as it is stored: by the digest of its id, so that a reader of the store cannot
/// take a session over.
package struct StoredSession: Hashable, Sendable {
    /// SHA-256 of the 256-bit id that the cookie carries.
    package let digest: SHA256Digest
    package let holder: SessionHolder
    package let startedAt: Instant
    /// When it was last used; written at most once a minute.
    package var lastUsedAt: Instant

    package init(
        digest: SHA256Digest,
        holder: SessionHolder,
        startedAt: Instant,
        lastUsedAt: Instant
    ) {
        self.digest = digest
        self.holder = holder
        self.startedAt = startedAt
        self.lastUsedAt = lastUsedAt
    }
}

/// Keeps web sessions on the server, so that signing out ends them there.
///
/// The store applies no expiry of its own: whoever reads a session judges its two instants.
package protocol SessionStore: Sendable {
    /// Keeps a new session; its digest has never been used before.
    func insert(_ session: StoredSession) async throws
    func session(_ digest: SHA256Digest) async throws -> StoredSession?
    /// Notes that the session was used; does nothing where it is gone.
    func touch(_ digest: SHA256Digest, at instant: Instant) async throws
    /// Ends one session; does nothing where it is gone.
    func remove(_ digest: SHA256Digest) async throws
    /// Ends every session of an account, whatever its second factor: after a new password, or
    /// when the account is closed.
    func removeAll(ofAccount account: StaffID) async throws
    /// Ends every session of an inquiry's answer links: after "not me" or when it closes.
    func removeAll(ofInquiry inquiry: Inquiry.ID) async throws
    /// Removes sessions that were last used before `instant`.
    ///
    /// - Returns: how many there were.
    func removeUnused(since instant: Instant) async throws -> Int
}
