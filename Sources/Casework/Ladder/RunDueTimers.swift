package import RecordExchange
package import Vocabulary

extension Desk {
    /// Climbs every rung that is due now: a tick costs what is due, not what is open.
    ///
    /// Each inquiry is its own transaction, so one that fails holds back no other: it is tried
    /// again after a while, and `onFailure` hears of it.
    ///
    /// - Returns: how many inquiries moved.
    @discardableResult
    package func runDueTimers(
        limit: Int = 500,
        onFailure: @Sendable (Inquiry.ID, any Error) -> Void = { _, _ in }
    ) async throws -> Int {
        let now = time.now()
        let due = try await store.read { try $0.dueTimers(by: now, limit: limit) }
        var moved = 0
        for id in due {
            do {
                try await climbDue(id)
                moved += 1
            } catch {
                // Where not even this can be written the store itself is at fault, and the whole
                // tick stops.
                try await write { transaction in
                    // A commit may have been made although its answer was lost: what it moved or
                    // ended stays as it is.
                    guard let due = try transaction.session.timer(of: id), due <= now else {
                        return
                    }
                    let later = transaction.now.advanced(bySeconds: Self.pauseAfterFailure)
                    try transaction.session.setTimer(id, due: later)
                }
                onFailure(id, error)
            }
        }
        return moved
    }

    /// Seconds until an inquiry whose rung could not be climbed is tried again.
    static let pauseAfterFailure: Int64 = 900

    private func climbDue(_ id: Inquiry.ID) async throws {
        try await write { transaction in
            guard var inquiry = try transaction.session.inquiry(id),
                let request = try transaction.session.request(inquiry.request), request.isOpen
            else {
                // It ended while the timer waited.
                try transaction.session.clearTimer(id)
                return
            }
            if inquiry.status == .sent {
                return try transaction.tendDelivery(of: inquiry, request)
            }
            try transaction.tendPartialAnswer(to: inquiry, request)
            guard inquiry.isLive else { return try transaction.setCollectLook(at: inquiry) }
            guard try transaction.isRungDue(of: inquiry) else {
                return try transaction.reschedule(inquiry)
            }
            try transaction.climb(&inquiry, for: request)
        }
    }

    /// When something must be done next: a rung or an effect.
    package func nextDue() async throws -> Instant? {
        try await store.read { session in
            [try session.nextTimer(), try session.nextEffect()].compactMap { $0 }.min()
        }
    }
}
