import SeededNumbers
import Testing
import WebGateway

@Suite("Rate limiter")
struct RateLimiterTests {
    private let clock = ManualClock()

    @Test
    func `so many tries at once, then one every so often`() {
        let limiter = makeLimiter(tries: 5, seconds: 60)

        for _ in 0..<5 { #expect(limiter.tryOnce("a") == .allowed) }
        #expect(limiter.tryOnce("a") == .wait(seconds: 12))
        clock.advance(11)
        #expect(limiter.tryOnce("a") == .wait(seconds: 1))
        clock.advance(1)
        #expect(limiter.tryOnce("a") == .allowed)
        #expect(limiter.tryOnce("a") == .wait(seconds: 12))
        clock.advance(60)
        for _ in 0..<5 { #expect(limiter.tryOnce("a") == .allowed) }
    }

    @Test
    func `one key does not slow another, and a refused try costs nothing`() {
        let limiter = makeLimiter(tries: 1, seconds: 10)

        #expect(limiter.tryOnce("a") == .allowed)
        for _ in 0..<100 { #expect(limiter.tryOnce("a") == .wait(seconds: 10)) }
        #expect(limiter.tryOnce("b") == .allowed)
        clock.advance(10)
        #expect(limiter.tryOnce("a") == .allowed)
    }

    @Test
    func `a forgotten key has all its tries again`() {
        let limiter = makeLimiter(tries: 2, seconds: 60)
        _ = limiter.tryOnce("a")
        _ = limiter.tryOnce("a")
        #expect(!limiter.mayTry("a"))

        limiter.forget("a")

        #expect(limiter.mayTry("a"))
        #expect(limiter.tryOnce("a") == .allowed)
    }

    @Test
    func `over any hour no key gets more than its burst and its rate`() {
        var generator = SeededGenerator(seed: 61)
        let limiter = makeLimiter(tries: 7, seconds: 100)
        var allowed = 0
        var elapsed: Int64 = 0
        while elapsed < 3_600 {
            if limiter.tryOnce("a") == .allowed { allowed += 1 }
            let step = Int64.random(in: 0...3, using: &generator)
            clock.advance(step)
            elapsed += step
        }
        #expect(allowed <= 7 + Int(elapsed) * 7 / 100 + 1)
        #expect(allowed >= Int(elapsed) * 7 / 100 - 1)
    }

    @Test
    func `a flood of keys neither grows the memory nor frees who is held back`() {
        let limiter = RateLimiter(
            tries: 3,
            perSeconds: 600,
            capacity: 1_000,
            now: { [clock] in clock.now }
        )
        for _ in 0..<3 { _ = limiter.tryOnce("attacker") }

        for number in 0..<50_000 { _ = limiter.tryOnce("key \(number)") }

        #expect(limiter.count <= 1_000)
        #expect(!limiter.mayTry("attacker"))
    }

    @Test
    func `keys of long ago are forgotten first`() {
        let limiter = RateLimiter(
            tries: 1,
            perSeconds: 10,
            capacity: 100,
            now: { [clock] in clock.now }
        )
        for number in 0..<100 { _ = limiter.tryOnce("old \(number)") }
        clock.advance(100)

        _ = limiter.tryOnce("new")

        #expect(limiter.count == 1)
    }

    private func makeLimiter(tries: Int, seconds: Int) -> RateLimiter {
        RateLimiter(tries: tries, perSeconds: seconds, now: { [clock] in clock.now })
    }
}
