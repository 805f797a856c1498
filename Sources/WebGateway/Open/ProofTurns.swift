import Synchronization

/// How many files of strangers are received and judged at a time.
///
/// Each stands in memory from its first byte to the verdict, so there are sixteen at most and two
/// from each address; whoever sends slowly holds one of their own places and keeps nobody from
/// being judged.
package final class ProofTurns: Sendable {
    private struct State {
        var received: [String: Int] = [:]
        var judged = 0
        /// Who has sent a file and waits for a place; the first is next.
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    package static let mostReceived = 16
    package static let mostFromAddress = 2
    /// Each starts a confined program.
    package static let mostJudged = 4

    private let state = Mutex(State())

    package init() {}

    /// Does the work while a place for a file is held, or throws at once where there is none.
    package func receiving<Value: Sendable>(
        from address: ClientAddress,
        _ work: () async throws -> Value
    ) async throws -> Value {
        let key = "\(address)"
        let isIn = state.withLock { state in
            guard state.received.values.reduce(0, +) < Self.mostReceived,
                state.received[key, default: 0] < Self.mostFromAddress
            else { return false }
            state.received[key, default: 0] += 1
            return true
        }
        guard isIn else { throw GatewayFailure.tooManyTries(seconds: 10) }
        defer {
            state.withLock { state in
                let left = state.received[key, default: 1] - 1
                state.received[key] = left == 0 ? nil : left
            }
        }
        return try await work()
    }

    /// Does the work once it is its turn.
    ///
    /// Whoever has sent a whole file waits in line, which is no longer than the places to receive.
    package func judging<Value: Sendable>(
        _ work: () async throws -> Value
    ) async rethrows -> Value {
        await begin()
        defer { end() }
        return try await work()
    }

    private func begin() async {
        await withCheckedContinuation { (turn: CheckedContinuation<Void, Never>) in
            let isFree = state.withLock { state in
                guard state.judged >= Self.mostJudged else {
                    state.judged += 1
                    return true
                }
                state.waiting.append(turn)
                return false
            }
            if isFree { turn.resume() }
        }
    }

    private func end() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.waiting.isEmpty else {
                state.judged -= 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
