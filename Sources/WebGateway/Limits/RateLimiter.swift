import Synchronization
package import Vocabulary

/// Lets each key do something only so often: so many at once, then one every so many seconds.
///
/// Keeps one instant a key (the generic cell rate algorithm) and at most `capacity` keys: when
/// there are more, the keys that tried least are forgotten first, so that a flood of new keys does
/// not free the one that is being held back.
package final class RateLimiter: Sendable {
    /// Whether to go on.
    package enum Decision: Hashable, Sendable {
        case allowed
        /// Seconds until the next try counts, at least 1.
        case wait(seconds: Int)
    }

    private let burst: Int64
    private let interval: Int64
    private let capacity: Int
    private let now: @Sendable () -> Instant
    // When the key will have all its tries again, in milliseconds.
    private let refilled = Mutex<[String: Int64]>([:])

    /// `tries`: how many at once.
    ///
    /// `seconds`: in which time as many more are allowed, evenly.
    ///
    /// `capacity`: the most keys kept.
    package init(
        tries: Int,
        perSeconds seconds: Int,
        capacity: Int = 100_000,
        now: @escaping @Sendable () -> Instant
    ) {
        interval = Int64(seconds) * 1_000 / Int64(max(1, tries))
        burst = interval * Int64(max(1, tries))
        self.capacity = max(2, capacity)
        self.now = now
    }

    /// Counts one try for `key`, if it is allowed.
    package func tryOnce(_ key: String) -> Decision {
        let instant = now().millisecondsSince1970
        return refilled.withLock { refilled in
            let full = max(refilled[key] ?? instant, instant)
            let next = full + interval
            guard next - instant <= burst else {
                return .wait(seconds: Int(max(1, (next - instant - burst + 999) / 1_000)))
            }
            refilled[key] = next
            if refilled.count > capacity { Self.shrink(&refilled, to: capacity / 2, at: instant) }
            return .allowed
        }
    }

    /// Whether a try would be allowed, without counting one.
    package func mayTry(_ key: String) -> Bool {
        let instant = now().millisecondsSince1970
        return refilled.withLock { max($0[key] ?? instant, instant) + interval - instant <= burst }
    }

    /// Gives a key all its tries back, as after a correct password.
    package func forget(_ key: String) {
        _ = refilled.withLock { $0.removeValue(forKey: key) }
    }

    /// The number of keys kept.
    package var count: Int { refilled.withLock(\.count) }

    private static func shrink(_ refilled: inout [String: Int64], to size: Int, at instant: Int64) {
        refilled = refilled.filter { $0.value > instant }
        guard refilled.count > size else { return }
        let kept = refilled.sorted { $0.value > $1.value }.prefix(size)
        refilled = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
    }
}
