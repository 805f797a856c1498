import Synchronization

/// Remembers what was logged, so that a fault that lasts is one line and not one a second.
struct TroubleLog {
    private var known: [String: String] = [:]
    // Subjects are identifiers: a store full of bad rows must not fill the memory as well.
    private static let most = 1_000

    /// Whether the loop's own steps work, as far as is known.
    var isEmpty: Bool { known["timers"] == nil && known["outbox"] == nil }

    mutating func isNew(_ subject: String, _ words: String) -> Bool {
        guard known[subject] != words else { return false }
        if known.count >= Self.most { known.removeAll() }
        known[subject] = words
        return true
    }

    /// - Returns: whether there was trouble.
    mutating func settle(_ subject: String) -> Bool {
        known.removeValue(forKey: subject) != nil
    }
}

/// Collects reports from several tasks.
final class ReportBox: Sendable {
    private let reports = Mutex<[(String, String)]>([])

    func add(_ subject: String, _ words: String) {
        reports.withLock { $0.append((subject, words)) }
    }

    var all: [(String, String)] { reports.withLock { $0 } }
}
