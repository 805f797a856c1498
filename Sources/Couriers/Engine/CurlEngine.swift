import CCurl
import Foundation
import Synchronization

/// Carries every outgoing conversation of the process on one thread of its own.
///
/// libcurl moves all of them on as far as they go and never waits for one: a partner that
/// stalls holds its own connection and nobody else's. Make one at start-up and share it.
package final class CurlEngine: Sendable {
    private let inbox: Inbox

    /// `connections` at once in all, `connectionsPerHost` of them to one server.
    package init(connections: Int = 64, connectionsPerHost: Int = 4) throws {
        guard Self.libraryIsReady else { throw CannotStart() }
        guard
            let pointer = mochila_curl_engine_make(Int32(connections), Int32(connectionsPerHost))
        else { throw CannotStart() }
        let engine = EngineHandle(pointer: pointer)
        let inbox = Inbox(engine: engine)
        self.inbox = inbox
        let thread = Thread { EngineLoop(engine: engine).run(inbox) }
        thread.name = "couriers"
        thread.stackSize = 1 << 20
        thread.start()
    }

    deinit { inbox.stop() }

    /// libcurl could not be set up: memory is short.
    package struct CannotStart: Error {
        package init() {}
    }

    /// Carries `transfer` to its end; `nil` where the task was cancelled, which closes the
    /// connection at once.
    func run(_ transfer: Transfer) async -> TransferReport? {
        let number = inbox.makeNumber()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                inbox.submit(Job(number: number, transfer: transfer, continuation: continuation))
            }
        } onCancel: {
            inbox.cancel(number)
        }
        inbox.forget(number)
        return result.map(transfer.report)
    }

    // libcurl asks that this happens once, before other threads use it.
    private static let libraryIsReady = mochila_curl_start()
}

/// One transfer and the task that waits for it.
struct Job: Sendable {
    let number: UInt64
    let transfer: Transfer
    let continuation: CheckedContinuation<mochila_curl_result?, Never>
}

/// The engine of the shim.
///
/// `@unchecked Sendable`: all but `mochila_curl_engine_wake` is called by the engine's thread
/// alone, and that one function may be called from any.
struct EngineHandle: @unchecked Sendable {
    let pointer: OpaquePointer
}

/// What tasks hand to the engine's thread.
final class Inbox: Sendable {
    private struct State {
        /// `nil` once the thread has ended: there is nothing left to wake.
        var engine: EngineHandle?
        var submitted: [Job] = []
        var cancelled: Set<UInt64> = []
        var isStopping = false
        var lastNumber: UInt64 = 0
    }

    private let state: Mutex<State>

    init(engine: EngineHandle) {
        state = Mutex(State(engine: engine))
    }

    func makeNumber() -> UInt64 {
        state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
    }

    func submit(_ job: Job) {
        let isTaken = state.withLock { state in
            guard let engine = state.engine, !state.isStopping else { return false }
            state.submitted.append(job)
            mochila_curl_engine_wake(engine.pointer)
            return true
        }
        if !isTaken { job.continuation.resume(returning: nil) }
    }

    func cancel(_ number: UInt64) { change { $0.cancelled.insert(number) } }

    func forget(_ number: UInt64) {
        state.withLock { _ = $0.cancelled.remove(number) }
    }

    func stop() { change { $0.isStopping = true } }

    /// What has come in since the last call.
    func take() -> (submitted: [Job], cancelled: Set<UInt64>, isStopping: Bool) {
        state.withLock { state in
            defer { state.submitted = [] }
            return (state.submitted, state.cancelled, state.isStopping)
        }
    }

    /// Called by the thread when it ends; hands over what came in meanwhile.
    func close() -> [Job] {
        state.withLock { state in
            defer { state.submitted = [] }
            state.engine = nil
            return state.submitted
        }
    }

    private func change(_ body: (inout sending State) -> Void) {
        state.withLock { state in
            body(&state)
            if let engine = state.engine { mochila_curl_engine_wake(engine.pointer) }
        }
    }
}

/// The engine's thread.
struct EngineLoop {
    let engine: EngineHandle

    func run(_ inbox: Inbox) {
        var live: [OpaquePointer: Job] = [:]
        while true {
            let news = inbox.take()
            if news.isStopping { break }
            for job in news.submitted { start(job, in: &live) }
            if !news.cancelled.isEmpty {
                for job in live.values where news.cancelled.contains(job.number) {
                    mochila_curl_engine_remove(engine.pointer, job.transfer.handle)
                    live[job.transfer.handle] = nil
                    job.continuation.resume(returning: nil)
                }
            }
            mochila_curl_engine_move(engine.pointer)
            var result = mochila_curl_result.other
            while let ended = mochila_curl_engine_next(engine.pointer, &result) {
                live.removeValue(forKey: ended)?.continuation.resume(returning: result)
            }
            // Whoever submits wakes us; libcurl's own timers shorten the wait.
            mochila_curl_engine_wait(engine.pointer, live.isEmpty ? 60_000 : 1_000)
        }
        for job in live.values {
            mochila_curl_engine_remove(engine.pointer, job.transfer.handle)
            job.continuation.resume(returning: nil)
        }
        for job in inbox.close() { job.continuation.resume(returning: nil) }
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
