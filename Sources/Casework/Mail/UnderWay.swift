import RecordExchange
import Synchronization
import Vocabulary

/// The effects that are being carried out, so that none is started twice, and how many of a kind
/// go at once.
///
/// Each kind has slots of its own: servers that are slow hold up what waits for the same kind of
/// server, and nothing else. Where the servers are different people's, each of them gets a few
/// slots of a larger number, so that one that stalls holds up what waits for that server alone.
final class UnderWay: Sendable {
    /// What only so many can have at once.
    private enum Slot: Hashable {
        case kind(String)
        case server(kind: String, EffectServer)

        var most: Int {
            switch self {
            // As many as the couriers let in to one server at once.
            case .server: 4
            case .kind("push"), .kind("webhook"): 32
            case .kind: 8
            }
        }
    }

    private struct State {
        var tasks: [Effect.ID: Task<Void, any Error>] = [:]
        /// The effects among them that push something.
        var pushes: [Delivery.ID: Effect.ID] = [:]
        /// Without those of which none is taken.
        var taken: [Slot: Int] = [:]
        var queues: [Slot: [CheckedContinuation<Void, Never>]] = [:]

        /// Whoever has waited longest for it has it now; nobody's is forgotten.
        mutating func release(_ slot: Slot) -> CheckedContinuation<Void, Never>? {
            guard var queue = queues[slot], !queue.isEmpty else {
                let left = taken[slot, default: 1] - 1
                taken[slot] = left > 0 ? left : nil
                return nil
            }
            let next = queue.removeFirst()
            queues[slot] = queue.isEmpty ? nil : queue
            return next
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
        // In this order: whoever waits for one server must not hold a slot of the others.
        let first = due.server.map { Slot.server(kind: effect.kind, $0) }
        let slots = [first, Slot.kind(effect.kind)].compactMap(\.self)
        return state.withLock { state in
            guard state.tasks[effect.id] == nil else { return nil }
            let task = Task {
                for slot in slots { await take(slot) }
                defer { end(effect, slots) }
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
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                let taken = state.taken[slot, default: 0]
                guard taken < slot.most else {
                    state.queues[slot, default: []].append(continuation)
                    return false
                }
                state.taken[slot] = taken + 1
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    private func end(_ effect: Effect, _ slots: [Slot]) {
        let next = state.withLock { state in
            state.tasks[effect.id] = nil
            if case .push(let delivery) = effect.work { state.pushes[delivery] = nil }
            var ready: [CheckedContinuation<Void, Never>] = []
            for slot in slots {
                if let continuation = state.release(slot) { ready.append(continuation) }
            }
            return ready
        }
        for continuation in next { continuation.resume() }
    }
}
