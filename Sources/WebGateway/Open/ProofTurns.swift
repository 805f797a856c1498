import Synchronization

/// How many files of strangers are received and judged at a time.
///
/// Each stands in memory from its first byte to the verdict, so there are sixteen at most and two
/// from each address; whoever sends slowly holds one of their own places and keeps nobody from
/// being judged.
package final class ProofTurns: Sendable {
    /// All of them stand in one line.
    private enum Line: Hashable {
        case judging
    }

    package static let mostReceived = 16
    package static let mostFromAddress = 2
    /// Each starts a confined program.
    package static let mostJudged = 4

    /// How many files each address sends.
    private let received = Mutex<[String: Int]>([:])
    private let judged = Turns<Line>(places: ProofTurns.mostJudged)

    package init() {}

    /// Does the work while a place for a file is held, or throws at once where there is none.
    package func receiving<Value: Sendable>(
        from address: ClientAddress,
        _ work: () async throws -> Value
    ) async throws -> Value {
        let key = "\(address)"
        let isIn = received.withLock { received in
            guard received.values.reduce(0, +) < Self.mostReceived,
                received[key, default: 0] < Self.mostFromAddress
            else { return false }
            received[key, default: 0] += 1
            return true
        }
        guard isIn else { throw GatewayFailure.tooManyTries(seconds: 10) }
        defer {
            received.withLock { received in
                let left = received[key, default: 1] - 1
                received[key] = left == 0 ? nil : left
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
        try await judged.taking(.judging, work)
    }
}
