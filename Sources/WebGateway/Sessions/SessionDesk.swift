package import Casework
package import RecordExchange
package import Vocabulary

/// How long sessions last, in seconds.
package struct SessionLimits: Hashable, Sendable {
    /// Without a click, for staff.
    ///
    /// The page warns five minutes before.
    package var staffIdle: Int64
    /// From sign-in, for staff.
    package var staffAbsolute: Int64
    /// Between password and second factor.
    package var secondFactor: Int64
    /// From the code, for an answer link.
    ///
    /// It may outlive the link by this time, and no page of it shows a record.
    package var answerLink: Int64

    package init(
        staffIdle: Int64 = 30 * 60,
        staffAbsolute: Int64 = 12 * 3_600,
        secondFactor: Int64 = 10 * 60,
        answerLink: Int64 = 2 * 3_600
    ) {
        self.staffIdle = staffIdle
        self.staffAbsolute = staffAbsolute
        self.secondFactor = secondFactor
        self.answerLink = answerLink
    }
}

/// Starts, finds and ends web sessions.
package struct SessionDesk: Sendable {
    private let store: any SessionStore
    private let secrets: any SecretSource
    private let limits: SessionLimits
    private let now: @Sendable () -> Instant

    /// `now`: the machine's clock, not a demonstration's: its jumps sign nobody out.
    package init(
        store: any SessionStore,
        secrets: any SecretSource,
        limits: SessionLimits = .init(),
        now: @escaping @Sendable () -> Instant
    ) {
        self.store = store
        self.secrets = secrets
        self.limits = limits
        self.now = now
    }

    /// Starts a session under a new id, whatever id the browser came with, and ends the old one: an
    /// id that somebody planted before sign-in is worth nothing after it.
    package func start(
        _ holder: SessionHolder,
        replacing old: SessionToken?
    ) async throws -> SessionToken {
        if let old { try await store.remove(old.digest(by: secrets)) }
        let token = SessionToken(from: secrets)
        let instant = now()
        try await store.insert(
            StoredSession(
                digest: token.digest(by: secrets),
                holder: holder,
                startedAt: instant,
                lastUsedAt: instant
            )
        )
        return token
    }

    /// The session a cookie opens; `nil` where there is none or its time is over, and then it is
    /// gone from the store too.
    package func session(_ token: SessionToken) async throws -> StoredSession? {
        let digest = token.digest(by: secrets)
        guard let session = try await store.session(digest) else { return nil }
        let instant = now()
        guard isAlive(session, at: instant) else {
            try await store.remove(digest)
            return nil
        }
        if session.lastUsedAt.seconds(to: instant) >= 60 {
            try await store.touch(digest, at: instant)
        }
        return session
    }

    /// Signs out: the id opens nothing any more, wherever it was copied to.
    package func end(_ token: SessionToken) async throws {
        try await store.remove(token.digest(by: secrets))
    }

    package func endAll(ofAccount account: StaffID) async throws {
        try await store.removeAll(ofAccount: account)
    }

    package func endAll(ofInquiry inquiry: Inquiry.ID) async throws {
        try await store.removeAll(ofInquiry: inquiry)
    }

    /// Removes what can never be used again; to be called now and then.
    package func sweep() async throws -> Int {
        let longest = max(limits.staffIdle, limits.secondFactor, limits.answerLink)
        return try await store.removeUnused(since: now().advanced(bySeconds: -longest))
    }

    private func isAlive(_ session: StoredSession, at instant: Instant) -> Bool {
        let age = session.startedAt.seconds(to: instant)
        let rest = session.lastUsedAt.seconds(to: instant)
        switch session.holder {
        case .staff(_, secondFactorPassed: true):
            return age < limits.staffAbsolute && rest < limits.staffIdle
        case .staff(_, secondFactorPassed: false): return age < limits.secondFactor
        case .answerLink: return age < limits.answerLink
        }
    }
}
