package import RecordExchange
import Synchronization

/// Lets one bundle of each partner be opened at a time, as those that are dropped: whoever finishes
/// many uploads at once waits for themselves and holds up nobody else.
package final class PartnerTurns: Sendable {
    /// Who waits, for each partner that has one under way; the first is next.
    private let waiting = Mutex<[Partner.ID: [CheckedContinuation<Void, Never>]]>([:])

    package init() {}

    /// Does the work once it is this partner's turn.
    package func taking<Value: Sendable>(
        _ partner: Partner.ID,
        _ work: () async throws -> Value
    ) async rethrows -> Value {
        await begin(partner)
        defer { end(partner) }
        return try await work()
    }

    private func begin(_ partner: Partner.ID) async {
        await withCheckedContinuation { (turn: CheckedContinuation<Void, Never>) in
            let isFree = waiting.withLock { waiting -> Bool in
                if waiting[partner] == nil {
                    waiting[partner] = []
                    return true
                }
                waiting[partner]?.append(turn)
                return false
            }
            if isFree { turn.resume() }
        }
    }

    private func end(_ partner: Partner.ID) {
        let next = waiting.withLock { waiting -> CheckedContinuation<Void, Never>? in
            guard let others = waiting[partner], let next = others.first else {
                waiting[partner] = nil
                return nil
            }
            waiting[partner] = Array(others.dropFirst())
            return next
        }
        next?.resume()
    }
}
