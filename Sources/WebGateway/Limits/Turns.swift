import Synchronization

/// Lets so much work be done at a time for each key; the rest waits in line, and holds up nobody
/// of another key.
package final class Turns<Key: Hashable & Sendable>: Sendable {
    private struct Line: Sendable {
        var taken = 0
        /// Who waits for a place; the first is next.
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let places: Int
    private let lines = Mutex<[Key: Line]>([:])

    package init(places: Int) {
        self.places = places
    }

    /// Does the work once it is this key's turn.
    package func taking<Value: Sendable>(
        _ key: Key,
        _ work: () async throws -> Value
    ) async rethrows -> Value {
        await begin(key)
        defer { end(key) }
        return try await work()
    }

    private func begin(_ key: Key) async {
        await withCheckedContinuation { (turn: CheckedContinuation<Void, Never>) in
            let isFree = lines.withLock { lines -> Bool in
                guard lines[key, default: Line()].taken >= places else {
                    lines[key, default: Line()].taken += 1
                    return true
                }
                lines[key]?.waiting.append(turn)
                return false
            }
            if isFree { turn.resume() }
        }
    }

    private func end(_ key: Key) {
        let next = lines.withLock { lines -> CheckedContinuation<Void, Never>? in
            guard var line = lines[key] else { return nil }
            guard !line.waiting.isEmpty else {
                line.taken -= 1
                lines[key] = line.taken == 0 ? nil : line
                return nil
            }
            // The place goes from hand to hand.
            let next = line.waiting.removeFirst()
            lines[key] = line
            return next
        }
        next?.resume()
    }
}
