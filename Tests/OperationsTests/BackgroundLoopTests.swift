import Logging
import Operations
import Synchronization
import Testing
import Vocabulary

/// Work whose due instants are a list; what is done is written down with its time.
private final class Diary: Sendable {
    struct State {
        var due: [Instant] = []
        var done: [Instant] = []
        var timerFaults = 0
        var reports: [String] = []
        var passesAtOnce = 0
        var mostAtOnce = 0
    }

    struct Broken: Error {}

    let state = Mutex(State())

    func work(now: @escaping @Sendable () -> Instant) -> BackgroundWork {
        BackgroundWork(
            runDueTimers: { report in
                try self.state.withLock { state in
                    guard state.timerFaults == 0 else {
                        state.timerFaults -= 1
                        throw Broken()
                    }
                    for subject in state.reports { report(subject, Broken()) }
                    state.reports = []
                    let instant = now()
                    let ready = state.due.filter { $0 <= instant }
                    state.due.removeAll { $0 <= instant }
                    state.done += ready.map { _ in instant }
                    return ready.count
                }
            },
            carryOutDue: { _ in
                self.state.withLock {
                    $0.passesAtOnce += 1
                    $0.mostAtOnce = max($0.mostAtOnce, $0.passesAtOnce)
                }
                await Task.yield()
                self.state.withLock { $0.passesAtOnce -= 1 }
                return 0
            },
            nextDue: { self.state.withLock { $0.due.min() } },
            now: now
        )
    }

    func plan(_ seconds: [Int64]) {
        state.withLock { $0.due += seconds.map(instant) }
    }

    var done: [Int64] { state.withLock { $0.done.map { $0.millisecondsSince1970 / 1_000 } } }
}

private func instant(_ seconds: Int64) -> Instant {
    Instant(millisecondsSince1970: seconds * 1_000)
}

@Suite("Background loop")
struct BackgroundLoopTests {
    private let diary = Diary()
    private let sink = Sink()

    private func logger() -> Logger {
        Logger(label: "loop") { [sink] label in
            LineLogHandler(label: label, level: .info, write: { sink.add($0) })
        }
    }

    private func clock(at seconds: Int64) -> DemonstrationClock {
        DemonstrationClock(start: instant(seconds), places: universal, source: { instant(0) })
    }

    @Test func `everything due now is done, and nothing else`() async {
        let clock = clock(at: 100)
        diary.plan([10, 100, 101])
        let loop = BackgroundLoop(work: diary.work(now: clock.now), logger: logger())
        await loop.runUntilIdle()
        #expect(diary.done == [100, 100])
        await loop.runUntilIdle()
        #expect(diary.done == [100, 100])
    }

    @Test func `walking the clock does each thing at its own time, in order`() async {
        let clock = clock(at: 0)
        diary.plan([9_000, 50, 3_000, 3_000, 10_001])
        let loop = BackgroundLoop(work: diary.work(now: clock.now), logger: logger())
        await loop.walk(clock, to: instant(10_000))
        #expect(diary.done == [50, 3_000, 3_000, 9_000])
        #expect(clock.now() == instant(10_000))
    }

    @Test func `what stays due does not stop the clock`() async {
        let clock = clock(at: 0)
        let stuck = BackgroundWork(
            runDueTimers: { _ in 0 },
            carryOutDue: { _ in 0 },
            nextDue: { instant(5) },
            now: clock.now
        )
        let loop = BackgroundLoop(work: stuck, logger: logger())
        await loop.walk(clock, to: instant(100_000))
        #expect(clock.now() == instant(100_000))
    }

    @Test func `what is due again as soon as it is done is given up for now, and logged`() async {
        let endless = BackgroundWork(
            runDueTimers: { _ in 1 },
            carryOutDue: { _ in 0 },
            nextDue: { nil },
            now: { instant(0) }
        )
        let loop = BackgroundLoop(work: endless, logger: logger())
        await loop.runUntilIdle()
        #expect(sink.lines.count == 1)
    }

    @Test func `a fault is logged once, does not stop the rest, and so is its end`() async {
        let clock = clock(at: 100)
        diary.state.withLock { $0.timerFaults = 3 }
        let loop = BackgroundLoop(work: diary.work(now: clock.now), logger: logger())
        for _ in 0..<3 { await loop.runUntilIdle() }
        #expect(sink.lines.count == 1)
        #expect(sink.lines.first?.contains("on=timers trouble=Broken") == true)
        diary.plan([1])
        await loop.runUntilIdle()
        #expect(diary.done == [100])
        #expect(sink.lines.last?.contains("background work goes on on=timers") == true)
        #expect(sink.lines.count == 2)
    }

    @Test func `what one row reports is logged once for that row`() async {
        let clock = clock(at: 100)
        let loop = BackgroundLoop(work: diary.work(now: clock.now), logger: logger())
        for _ in 0..<3 {
            diary.state.withLock { $0.reports = ["inquiry a", "inquiry b"] }
            await loop.runUntilIdle()
        }
        #expect(sink.lines.count == 2)
    }

    @Test func `two passes never run at once`() async {
        let clock = clock(at: 100)
        let loop = BackgroundLoop(work: diary.work(now: clock.now), logger: logger())
        await withTaskGroup { group in
            for _ in 0..<20 { group.addTask { await loop.runUntilIdle() } }
        }
        #expect(diary.state.withLock { $0.mostAtOnce } == 1)
    }

    @Test(.timeLimit(.minutes(10)))
    func `running, it wakes for what was just put on file and ends when cancelled`() async {
        let clock = clock(at: 100)
        let loop = BackgroundLoop(work: diary.work(now: clock.now), logger: logger())
        let running = Task { await loop.run() }
        diary.plan([100])
        loop.wake()
        // Ends only because the wake-up works: by itself it would sleep for half a minute.
        while diary.done.isEmpty { await Task.yield() }
        diary.plan([99])
        loop.wake()
        while diary.done.count < 2 { await Task.yield() }
        running.cancel()
        await running.value
        #expect(diary.done == [100, 100])
    }

    @Test(.timeLimit(.minutes(10)))
    func `running, it waits for nothing slow, and stops what is under way at its end`() async {
        let calls = Mutex<[String]>([])
        let work = BackgroundWork(
            runDueTimers: { _ in 0 },
            carryOutDue: { _ in
                calls.withLock { $0.append("waited") }
                return 0
            },
            startDue: { _ in
                calls.withLock { $0.append("started") }
                return 0
            },
            stop: { calls.withLock { $0.append("stopped") } },
            nextDue: { nil },
            now: { instant(0) }
        )
        let loop = BackgroundLoop(work: work, logger: logger())
        let running = Task { await loop.run() }
        while calls.withLock(\.isEmpty) { await Task.yield() }
        running.cancel()
        await running.value
        #expect(calls.withLock { Set($0.dropLast()) } == ["started"])
        #expect(calls.withLock(\.last) == "stopped")

        await loop.runUntilIdle()
        #expect(calls.withLock(\.last) == "waited")
    }
}

@Suite("Wake-up")
struct WakeUpTests {
    @Test(.timeLimit(.minutes(10)))
    func `a signal while nobody sleeps is kept, and many count as one`() async {
        let wakeUp = WakeUp()
        wakeUp.signal()
        wakeUp.signal()
        await wakeUp.wait()
        let second = Task { await wakeUp.wait() }
        second.cancel()
        await second.value
    }

    // It yields to every other test a thousand times.
    @Test(.timeLimit(.minutes(10)))
    func `no signal is lost between two sleepers`() async {
        let wakeUp = WakeUp()
        let rounds = Mutex(0)
        let sleeper = Task {
            for _ in 0..<1_000 {
                await wakeUp.wait()
                rounds.withLock { $0 += 1 }
            }
        }
        while rounds.withLock({ $0 }) < 1_000 {
            wakeUp.signal()
            await Task.yield()
        }
        await sleeper.value
        #expect(rounds.withLock { $0 } == 1_000)
    }
}
