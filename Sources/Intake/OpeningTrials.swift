import Synchronization
package import Vocabulary

/// How often the opening of each bundle failed for no reason that was found in the bundle, and
/// when it is tried again.
///
/// Kept in memory: after a restart each is tried as if for the first time.
package final class OpeningTrials: Sendable {
    private let running = Mutex<[String: Trial]>([:])

    private struct Trial {
        var account: String
        var failures = 0
        var due: Instant
        /// Its account was named since it is due.
        var isNamed = false
    }

    /// Seconds from each failure to the next trial; after the last trial it is given up.
    private static let pauses: [Int64] = [5, 30, 120, 600]
    /// Trials before it is given up.
    package static let most = pauses.count + 1
    /// Of all partners; beyond it the one that waits longest is forgotten, and tried anew.
    private static let mostRemembered = 10_000

    package init() {}

    package func failures(of bundle: String) -> Int {
        running.withLock { $0[bundle]?.failures ?? 0 }
    }

    /// Whether it is time to try it.
    package func isDue(_ bundle: String, at now: Instant) -> Bool {
        running.withLock { $0[bundle].map { $0.due <= now } ?? true }
    }

    /// The accounts of which something is to be tried again since the last call.
    package func accountsDue(at now: Instant) -> [String] {
        running.withLock { running in
            var accounts: Set<String> = []
            for (bundle, trial) in running where trial.due <= now && !trial.isNamed {
                accounts.insert(trial.account)
                running[bundle]?.isNamed = true
            }
            return accounts.sorted()
        }
    }

    /// - Returns: whether it is tried again; else it is given up and forgotten.
    package func noteFailure(
        of bundle: String,
        from account: String,
        at now: Instant
    ) -> Bool {
        running.withLock { running in
            var trial = running[bundle] ?? Trial(account: account, due: now)
            guard trial.failures < Self.pauses.count else {
                running[bundle] = nil
                return false
            }
            trial.due = now.advanced(bySeconds: Self.pauses[trial.failures])
            trial.failures += 1
            trial.isNamed = false
            running[bundle] = trial
            if running.count > Self.mostRemembered,
                let oldest = running.min(by: { $0.value.due < $1.value.due })?.key
            {
                running[oldest] = nil
            }
            return true
        }
    }

    /// What became of it is known.
    package func forget(_ bundle: String) { running.withLock { $0[bundle] = nil } }
}
