package import DropLayout
import Synchronization

/// Whose files are looked at, a few at a time: a partner with a long queue goes behind the others
/// after each turn, and nobody is looked at twice at once.
package final class IntakeTurns: Sendable {
    private struct State {
        var waiting: [PartnerAccount] = []
        var running: Set<PartnerAccount> = []
    }

    /// Files of one turn.
    package static let files = 20
    /// After which no other file of one turn begins.
    package static let longest = Duration.seconds(5)
    private let atOnce: Int
    private let state = Mutex(State())

    /// `atOnce`: partners whose files are looked at side by side.
    package init(atOnce: Int = 4) { self.atOnce = atOnce }

    /// These have something that waits.
    ///
    /// - Returns: whose turn begins now.
    package func begin(_ accounts: [PartnerAccount]) -> [PartnerAccount] {
        state.withLock { state in
            for account in accounts where !state.waiting.contains(account) {
                state.waiting.append(account)
            }
            var begun: [PartnerAccount] = []
            while state.running.count < atOnce, let next = Self.next(&state) { begun.append(next) }
            return begun
        }
    }

    /// A turn is over; `hasMore` where more waits than it had room for.
    ///
    /// - Returns: whose turn begins in its place.
    package func end(_ account: PartnerAccount, hasMore: Bool) -> PartnerAccount? {
        state.withLock { state in
            state.running.remove(account)
            if hasMore, !state.waiting.contains(account) { state.waiting.append(account) }
            return Self.next(&state)
        }
    }

    /// Who rings in the middle of the own turn waits for the end of it.
    private static func next(_ state: inout State) -> PartnerAccount? {
        let running = state.running
        guard let place = state.waiting.firstIndex(where: { !running.contains($0) }) else {
            return nil
        }
        let next = state.waiting.remove(at: place)
        state.running.insert(next)
        return next
    }
}
