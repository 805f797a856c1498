import RecordExchange
import Synchronization
import Vocabulary

/// The effects that are being carried out, so that none is started twice, and how many of a kind
/// go at once.
///
/// Each kind has slots of its own: servers that are slow hold up what waits for the same kind of
/// server, and nothing else. Where the servers are different people's, each of them has one slot
/// of a larger number, and shares what it has beside that one: so servers that stall hold up what
/// waits for them and no other, however much waits for each.
final class UnderWay: Sendable {
    /// What only so many can have at once.
    private enum Slot: Hashable {
        /// Of what waits for nobody's server, and the first of each server.
        case kind(String)
        /// What the servers have at once beside their first.
        case more(kind: String)
        case server(kind: String, EffectServer)

        var most: Int {
            switch self {
            // As many as the couriers let in to one server at once.
            case .server: 4
            case .more: 16
            case .kind("push"), .kind("webhook"): 32
            case .kind: 8
            }
        }
    }

    private struct Waiting {
        /// Whose turn it waits for.
        let server: Slot?
        /// Told what it has now.
        let continuation: CheckedContinuation<Slot, Never>
    }

    private struct State {
        var tasks: [Effect.ID: Task<Void, any Error>] = [:]
        /// The effects among them that push something.
        var pushes: [Delivery.ID: Effect.ID] = [:]
        /// Without those of which none is taken.
        var taken: [Slot: Int] = [:]
        var queues: [Slot: [Waiting]] = [:]
        /// The servers that have their first slot, or wait for it.
        var firsts: Set<Slot> = []

        /// Whether it has the slot; else it waits in line.
        mutating func enter(_ slot: Slot, _ waiting: Waiting) -> Bool {
            let count = taken[slot, default: 0]
            guard count < slot.most else {
                queues[slot, default: []].append(waiting)
                return false
            }
            taken[slot] = count + 1
            return true
        }

        /// Whoever has waited longest for it has it now; nobody's is forgotten.
        mutating func release(_ slot: Slot) -> (waiting: Waiting, slot: Slot)? {
            guard var queue = queues[slot], !queue.isEmpty else {
                let left = taken[slot, default: 1] - 1
                taken[slot] = left > 0 ? left : nil
                return nil
            }
            let next = queue.removeFirst()
            queues[slot] = queue.isEmpty ? nil : queue
            return (next, slot)
        }

        /// The same of a turn at `server`, whose first slot goes to what else waits for it.
        mutating func release(turn: Slot, at server: Slot) -> (waiting: Waiting, slot: Slot)? {
            guard case .kind(let kind) = turn else { return release(turn) }
            let more = Slot.more(kind: kind)
            var queue = queues[more] ?? []
            if let place = queue.firstIndex(where: { $0.server == server }) {
                let heir = queue.remove(at: place)
                queues[more] = queue.isEmpty ? nil : queue
                return (heir, turn)
            }
            firsts.remove(server)
            return release(turn)
        }
    }

    private let state = Mutex(State())

    var count: Int { state.withLock { $0.tasks.count } }

    /// Whether it was started and is not over.
    func contains(_ id: Effect.ID) -> Bool { state.withLock { $0.tasks[id] != nil } }

    /// Starts `work` once its slots are free; `nil` where the effect is under way already.
    func start(
        _ due: DueEffect,
        _ work: @escaping @Sendable () async throws -> Void
    ) -> Task<Void, any Error>? {
        let effect = due.effect
        let server = due.server.map { Slot.server(kind: effect.kind, $0) }
        return state.withLock { state in
            guard state.tasks[effect.id] == nil else { return nil }
            let task = Task {
                // In this order: whoever waits for one server must not hold a slot of the others.
                if let server { await take(server) }
                let turn = await takeTurn(effect.kind, at: server)
                defer { end(effect, turn, at: server) }
                // Told to stop while it waited: nothing of it has happened.
                guard !Task.isCancelled else { return }
                try await work()
            }
            state.tasks[effect.id] = task
            if case .push(let delivery) = effect.work { state.pushes[delivery] = effect.id }
            return task
        }
    }

    /// The deliveries that are being pushed.
    var pushes: [Delivery.ID] { state.withLock { Array($0.pushes.keys) } }

    /// Tells one push to stop.
    func breakOff(push delivery: Delivery.ID) {
        let task = state.withLock { state in
            state.pushes[delivery].flatMap { state.tasks[$0] }
        }
        task?.cancel()
    }

    /// Tells everything to stop and waits until it has.
    func stop() async {
        let tasks = state.withLock { Array($0.tasks.values) }
        for task in tasks { task.cancel() }
        for task in tasks { _ = await task.result }
    }

    private func take(_ slot: Slot) async {
        _ = await withCheckedContinuation { (continuation: CheckedContinuation<Slot, Never>) in
            let isFree = state.withLock { state in
                state.enter(slot, Waiting(server: nil, continuation: continuation))
            }
            if isFree { continuation.resume(returning: slot) }
        }
    }

    private func takeTurn(_ kind: String, at server: Slot?) async -> Slot {
        await withCheckedContinuation { (continuation: CheckedContinuation<Slot, Never>) in
            let turn = state.withLock { state -> Slot? in
                let isFirst = server.map { state.firsts.insert($0).inserted } ?? true
                let slot = isFirst ? Slot.kind(kind) : Slot.more(kind: kind)
                let waiting = Waiting(server: server, continuation: continuation)
                return state.enter(slot, waiting) ? slot : nil
            }
            if let turn { continuation.resume(returning: turn) }
        }
    }

    private func end(_ effect: Effect, _ turn: Slot, at server: Slot?) {
        let next = state.withLock { state -> [(waiting: Waiting, slot: Slot)?] in
            state.tasks[effect.id] = nil
            if case .push(let delivery) = effect.work { state.pushes[delivery] = nil }
            guard let server else { return [state.release(turn)] }
            return [state.release(turn: turn, at: server), state.release(server)]
        }
        for case let ready? in next { ready.waiting.continuation.resume(returning: ready.slot) }
    }
}
