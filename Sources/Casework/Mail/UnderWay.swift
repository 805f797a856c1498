import RecordExchange
import Synchronization
import Vocabulary

/// The effects that are being carried out, so that none is started twice, and how many of a kind
/// go at once.
///
/// Each kind has slots of its own: servers that are slow hold up what waits for the same kind of
/// server, and nothing else.
final class UnderWay: Sendable {
    private struct State {
        var tasks: [Effect.ID: Task<Void, any Error>] = [:]
        /// The effects among them that push something.
        var pushes: [Delivery.ID: Effect.ID] = [:]
        var free: [String: Int] = [:]
        var queues: [String: [CheckedContinuation<Void, Never>]] = [:]
    }

    private static let slots = 8
    private let state = Mutex(State())

    var count: Int { state.withLock { $0.tasks.count } }

    /// Starts `work` once a slot of its kind is free; `nil` where the effect is under way already.
    func start(
        _ effect: Effect,
        _ work: @escaping @Sendable () async throws -> Void
    ) -> Task<Void, any Error>? {
        state.withLock { state in
            guard state.tasks[effect.id] == nil else { return nil }
            let task = Task {
                await takeSlot(effect.kind)
                defer { end(effect) }
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

    private func takeSlot(_ kind: String) async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                let free = state.free[kind, default: Self.slots]
                guard free > 0 else {
                    state.queues[kind, default: []].append(continuation)
                    return false
                }
                state.free[kind] = free - 1
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    private func end(_ effect: Effect) {
        let next = state.withLock { state in
            state.tasks[effect.id] = nil
            if case .push(let delivery) = effect.work { state.pushes[delivery] = nil }
            guard state.queues[effect.kind]?.isEmpty == false else {
                state.free[effect.kind, default: 0] += 1
                return nil as CheckedContinuation<Void, Never>?
            }
            return state.queues[effect.kind]?.removeFirst()
        }
        next?.resume()
    }
}
