import RecordExchange
package import Vocabulary

extension Desk {
    /// Climbs every rung that is due now: a tick costs what is due, not what is open.
    ///
    /// Each inquiry is its own transaction, so one that fails holds back no other.
    ///
    /// - Returns: how many inquiries moved.
    @discardableResult
    package func runDueTimers(limit: Int = 500) async throws -> Int {
        let now = time.now()
        let due = try await store.read { try $0.dueTimers(by: now, limit: limit) }
        for id in due {
            try await write { transaction in
                var inquiry = try transaction.inquiry(id)
                let request = try transaction.request(inquiry.request)
                guard request.isOpen, inquiry.isLive else {
                    // It ended while the timer waited.
                    try transaction.session.clearTimer(id)
                    return
                }
                try transaction.climb(&inquiry, for: request)
            }
        }
        return due.count
    }

    /// When something must be done next: a rung or an effect.
    package func nextDue() async throws -> Instant? {
        try await store.read { session in
            [try session.nextTimer(), try session.nextEffect()].compactMap { $0 }.min()
        }
    }
}
