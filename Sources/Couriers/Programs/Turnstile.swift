import Synchronization

/// Lets so many in to each server at once; the others wait in line, each server's in their own.
final class Turnstile: Sendable {
    private struct Line {
        var inside = 0
        var waiting: [(ticket: UInt64, continuation: CheckedContinuation<Bool, Never>)] = []
    }

    private struct State {
        var lines: [ServerAddress: Line] = [:]
        var lastTicket: UInt64 = 0
        /// Whoever was cancelled before they stood in line.
        var given: Set<UInt64> = []
    }

    private let most: Int
    private let state = Mutex(State())

    init(most: Int) {
        self.most = most
    }

    /// Waits for a place; `false` where the task was cancelled first, and then nobody leaves.
    func enter(_ server: ServerAddress) async -> Bool {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        // Cancelled between the place and the return: the place counts.
        defer { state.withLock { _ = $0.given.remove(ticket) } }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: Bool? = state.withLock { state in
                    if state.given.remove(ticket) != nil { return false }
                    var line = state.lines[server] ?? Line()
                    defer { state.lines[server] = line }
                    guard line.inside >= most else {
                        line.inside += 1
                        return true
                    }
                    line.waiting.append((ticket, continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            giveUp(ticket, server)
        }
    }

    func leave(_ server: ServerAddress) {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard var line = state.lines[server] else { return nil }
            defer { state.lines[server] = line.inside == 0 ? nil : line }
            guard !line.waiting.isEmpty else {
                line.inside -= 1
                return nil
            }
            // The place passes to whoever waits longest.
            return line.waiting.removeFirst().continuation
        }
        next?.resume(returning: true)
    }

    private func giveUp(_ ticket: UInt64, _ server: ServerAddress) {
        let waiting = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard
                let place = state.lines[server]?.waiting.firstIndex(where: { $0.ticket == ticket })
            else {
                state.given.insert(ticket)
                return nil
            }
            return state.lines[server]?.waiting.remove(at: place).continuation
        }
        waiting?.resume(returning: false)
    }
}
