package import Casework
package import RecordExchange
import Synchronization
package import Vocabulary

/// Web sessions without a disk.
package final class MemorySessionStore: SessionStore {
    private let kept = Mutex<[SHA256Digest: StoredSession]>([:])

    package init() {}

    package func insert(_ session: StoredSession) async throws {
        try kept.withLock { kept in
            guard kept[session.digest] == nil else { throw StoreConflict("session digest") }
            kept[session.digest] = session
        }
    }

    package func session(_ digest: SHA256Digest) async throws -> StoredSession? {
        kept.withLock { $0[digest] }
    }

    package func touch(_ digest: SHA256Digest, at instant: Instant) async throws {
        kept.withLock { $0[digest]?.lastUsedAt = instant }
    }

    package func remove(_ digest: SHA256Digest) async throws {
        kept.withLock { $0[digest] = nil }
    }

    package func removeAll(ofAccount account: StaffID) async throws {
        removeAll { holder in
            if case .staff(account, _) = holder { true } else { false }
        }
    }

    package func removeAll(ofInquiry inquiry: Inquiry.ID) async throws {
        removeAll { holder in
            if case .answerLink(_, inquiry) = holder { true } else { false }
        }
    }

    package func removeUnused(since instant: Instant) async throws -> Int {
        kept.withLock { kept in
            let before = kept.count
            kept = kept.filter { $0.value.lastUsedAt >= instant }
            return before - kept.count
        }
    }

    private func removeAll(where isEnded: (SessionHolder) -> Bool) {
        kept.withLock { kept in kept = kept.filter { !isEnded($0.value.holder) } }
    }
}
