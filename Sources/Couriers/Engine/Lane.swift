import CCurl
import Foundation
import Synchronization

/// All conversations with one server, on one thread, which ends when the lane is released.
final class Lane: Sendable {
    private let inbox: Inbox

    /// `nil` where memory is short.
    init?(server: ServerAddress, connections: Int) {
        guard let pointer = mochila_curl_engine_make(Int32(connections)) else { return nil }
        let engine = EngineHandle(pointer: pointer)
        let inbox = Inbox(engine: engine)
        self.inbox = inbox
        let thread = Thread {
            // Foundation's own `name` is lost where the thread runs before the one that started it
            // has noted its handle.
            mochila_curl_name_thread("courier:\(server.port)")
            LaneLoop(engine: engine).run(inbox)
        }
        thread.stackSize = 1 << 20
        thread.start()
    }

    deinit { inbox.stop() }

    /// Carries `transfer` to its end; `nil` where the task was cancelled.
    func run(_ transfer: Transfer) async -> TransferReport? {
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                inbox.submit(Job(transfer: transfer, continuation: continuation))
            }
        } onCancel: {
            transfer.cancel()
            inbox.wake()
        }
        return result == .cancelled ? nil : transfer.report(result)
    }
}

/// One transfer and the task that waits for it.
struct Job: Sendable {
    let transfer: Transfer
    let continuation: CheckedContinuation<mochila_curl_result, Never>
}

/// The engine of the shim.
///
/// `@unchecked Sendable`: all but `mochila_curl_engine_wake` is called by the lane's thread alone,
/// and that one function may be called from any while the engine lives, which `Inbox` sees to.
struct EngineHandle: @unchecked Sendable {
    let pointer: OpaquePointer
}

/// What tasks hand to a lane's thread.
final class Inbox: Sendable {
    private struct State {
        /// `nil` once the thread has ended: there is nothing left to wake.
        var engine: EngineHandle?
        var submitted: [Job] = []
        var isStopping = false
    }

    private let state: Mutex<State>

    init(engine: EngineHandle) {
        state = Mutex(State(engine: engine))
    }

    func submit(_ job: Job) {
        let isTaken = state.withLock { state in
            guard let engine = state.engine, !state.isStopping else { return false }
            state.submitted.append(job)
            mochila_curl_engine_wake(engine.pointer)
            return true
        }
        if !isTaken { job.continuation.resume(returning: .cancelled) }
    }

    func wake() {
        state.withLock { state in
            if let engine = state.engine { mochila_curl_engine_wake(engine.pointer) }
        }
    }

    func stop() {
        state.withLock { $0.isStopping = true }
        wake()
    }

    /// What has come in since the last call.
    func take() -> (submitted: [Job], isStopping: Bool) {
        state.withLock { state in
            defer { state.submitted = [] }
            return (state.submitted, state.isStopping)
        }
    }

    /// Called by the thread when it ends: nobody wakes the engine any more.
    func close() {
        state.withLock { $0.engine = nil }
    }
}

/// A lane's thread.
struct LaneLoop {
    let engine: EngineHandle

    func run(_ inbox: Inbox) {
        var live: [OpaquePointer: Job] = [:]
        while true {
            let news = inbox.take()
            for job in news.submitted { start(job, in: &live) }
            // The lane is released after its last user: whatever still runs is nobody's.
            if news.isStopping, live.isEmpty { break }
            if news.isStopping {
                for job in live.values { job.transfer.cancel() }
            }
            mochila_curl_engine_move(engine.pointer)
            var result = mochila_curl_result.other
            while let ended = mochila_curl_engine_next(engine.pointer, &result) {
                live.removeValue(forKey: ended)?.continuation.resume(returning: result)
            }
            // What waits for a connection moves by nothing, so a cancellation does not reach it.
            for (handle, job) in live where job.transfer.isCancelledBeforeItBegan {
                mochila_curl_engine_remove(engine.pointer, handle)
                live[handle] = nil
                job.continuation.resume(returning: .cancelled)
            }
            // Whoever submits wakes us; libcurl's own timers shorten the wait.
            mochila_curl_engine_wait(engine.pointer, live.isEmpty ? 60_000 : 1_000)
        }
        inbox.close()
        mochila_curl_engine_free(engine.pointer)
    }

    private func start(_ job: Job, in live: inout [OpaquePointer: Job]) {
        guard mochila_curl_engine_add(engine.pointer, job.transfer.handle) else {
            job.continuation.resume(returning: .other)
            return
        }
        live[job.transfer.handle] = job
    }
}
