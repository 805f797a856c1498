import SeededNumbers
import Testing
import WebGateway

@Suite("Connection deadlines")
struct ConnectionDeadlinesTests {
    private static let second: Int64 = 1_000_000_000

    private static let limits = ConnectionLimits(
        handshake: .seconds(5),
        head: .seconds(10),
        idle: .seconds(60),
        bodyGrace: .seconds(20),
        bodyRate: 100,
        writeStall: .seconds(30),
        linger: .seconds(15)
    )

    private var deadlines = ConnectionDeadlines(limits: limits)

    @Test
    mutating func `a connection that says nothing is closed when its header is due`() {
        deadlines.opened(at: 0, isSecure: false)

        #expect(deadlines.fault(at: 10 * Self.second - 1) == nil)
        #expect(deadlines.fault(at: 10 * Self.second) == .headTooSlow)
    }

    @Test
    mutating func `a header that dribbles in is due all the same`() {
        deadlines.opened(at: 0, isSecure: false)
        for second in 0..<10 { deadlines.received(bytes: 1, at: Int64(second) * Self.second) }

        #expect(deadlines.fault(at: 10 * Self.second) == .headTooSlow)
    }

    @Test
    mutating func `under TLS the handshake has its own time`() {
        deadlines.opened(at: 0, isSecure: true)

        #expect(deadlines.fault(at: 5 * Self.second) == .handshakeTooSlow)
        deadlines.handshakeCompleted(at: 4 * Self.second)
        #expect(deadlines.fault(at: 13 * Self.second) == nil)
        #expect(deadlines.fault(at: 14 * Self.second) == .headTooSlow)
    }

    @Test
    mutating func `while we think, nothing is due from the client`() {
        deadlines.opened(at: 0, isSecure: false)
        deadlines.requestHeadReceived(at: Self.second)
        deadlines.requestEnded(at: Self.second)
        deadlines.readRequested(at: Self.second)

        #expect(deadlines.next == nil)
        #expect(deadlines.fault(at: 10_000 * Self.second) == nil)
    }

    @Test
    mutating func `after an answer the connection may rest, and then a header is due again`() {
        answerOnce(at: Self.second)

        #expect(deadlines.fault(at: 60 * Self.second) == nil)
        #expect(deadlines.fault(at: 61 * Self.second) == .idle)
        deadlines.received(bytes: 1, at: 59 * Self.second)
        #expect(deadlines.fault(at: 68 * Self.second) == nil)
        #expect(deadlines.fault(at: 69 * Self.second) == .headTooSlow)
    }

    @Test
    mutating func `a body that stops is due after its grace`() {
        startBody(at: 0)

        #expect(deadlines.fault(at: 20 * Self.second - 1) == nil)
        #expect(deadlines.fault(at: 20 * Self.second) == .bodyTooSlow)
    }

    @Test
    mutating func `a body below the rate uses its grace up, one at the rate never does`() {
        var slow = deadlines
        slow.opened(at: 0, isSecure: false)
        slow.requestHeadReceived(at: 0)
        var steady = slow
        var slowFault: Int64?
        for second in 1...600 {
            let moment = Int64(second) * Self.second
            for (bytes, isSlow) in [(50, true), (110, false)] {
                var deadlines = isSlow ? slow : steady
                deadlines.readRequested(at: moment - Self.second)
                if let fault = deadlines.fault(at: moment) {
                    #expect(fault == .bodyTooSlow && isSlow)
                    slowFault = slowFault ?? Int64(second)
                }
                deadlines.received(bytes: bytes, at: moment)
                if isSlow { slow = deadlines } else { steady = deadlines }
            }
        }

        // Half the rate: each second of waiting earns half a second.
        #expect(slowFault.map { (38...42).contains($0) } == true)
    }

    @Test
    mutating func `a fast beginning earns no more than the grace`() {
        startBody(at: 0)
        deadlines.received(bytes: 1 << 30, at: Self.second)
        deadlines.readRequested(at: Self.second)

        #expect(deadlines.fault(at: 21 * Self.second) == .bodyTooSlow)
    }

    @Test
    mutating func `while we do not read, a body is not late`() {
        startBody(at: 0)
        deadlines.received(bytes: 10, at: Self.second)

        #expect(deadlines.fault(at: 3_600 * Self.second) == nil)
        deadlines.readRequested(at: 3_600 * Self.second)
        #expect(deadlines.fault(at: 3_618 * Self.second) == nil)
        #expect(deadlines.fault(at: 3_621 * Self.second) == .bodyTooSlow)
    }

    @Test
    mutating func `an answer that nobody reads is given up`() {
        deadlines.opened(at: 0, isSecure: false)
        deadlines.requestHeadReceived(at: 0)
        deadlines.requestEnded(at: 0)
        deadlines.writeQueued(at: Self.second)
        deadlines.writeQueued(at: 20 * Self.second)

        #expect(deadlines.fault(at: 31 * Self.second) == .responseNotRead)
        deadlines.writeCompleted(at: 30 * Self.second)
        #expect(deadlines.fault(at: 59 * Self.second) == nil)
        #expect(deadlines.fault(at: 60 * Self.second) == .responseNotRead)
        deadlines.writeCompleted(at: 59 * Self.second)
        #expect(deadlines.next == nil)
    }

    @Test
    mutating func `after an early answer the rest of the body is taken for a while only`() {
        startBody(at: 0)
        for second in 1...14 {
            deadlines.received(bytes: 1 << 20, at: Int64(second) * Self.second)
            deadlines.readRequested(at: Int64(second) * Self.second)
            if second == 2 { deadlines.responseEnded(at: 2 * Self.second) }
        }

        #expect(deadlines.fault(at: 16 * Self.second) == nil)
        #expect(deadlines.fault(at: 17 * Self.second) == .lingeredTooLong)
        deadlines.requestEnded(at: 16 * Self.second)
        #expect(deadlines.fault(at: 70 * Self.second) == nil)
        #expect(deadlines.fault(at: 76 * Self.second) == .idle)
    }

    @Test
    mutating func `requests sent ahead are answered before the connection counts as idle`() {
        deadlines.opened(at: 0, isSecure: false)
        for _ in 0..<3 {
            deadlines.requestHeadReceived(at: 0)
            deadlines.requestEnded(at: 0)
        }
        deadlines.responseEnded(at: Self.second)
        deadlines.responseEnded(at: Self.second)

        #expect(deadlines.next == nil)
        deadlines.responseEnded(at: 2 * Self.second)
        #expect(deadlines.fault(at: 62 * Self.second) == .idle)
    }

    @Test
    func `whatever happens, somebody's turn is always bounded unless it is ours`() {
        var generator = SeededGenerator(seed: 21)
        for _ in 0..<2_000 {
            var deadlines = ConnectionDeadlines(limits: Self.limits)
            var now: Int64 = 0
            var (heads, ends, responses, writes) = (0, 0, 0, 0)
            var isReading = false
            deadlines.opened(at: 0, isSecure: false)
            for _ in 0..<30 {
                now += Int64.random(in: 0...(3 * Self.second), using: &generator)
                switch Int.random(in: 0...6, using: &generator) {
                case 0:
                    deadlines.readRequested(at: now)
                    isReading = true
                case 1:
                    deadlines.received(bytes: 10, at: now)
                    isReading = false
                case 2 where heads == ends:
                    deadlines.requestHeadReceived(at: now)
                    heads += 1
                case 3 where heads > ends:
                    deadlines.requestEnded(at: now)
                    ends += 1
                case 4 where responses < heads:
                    deadlines.responseEnded(at: now)
                    responses += 1
                case 5:
                    deadlines.writeQueued(at: now)
                    writes += 1
                case 6 where writes > 0:
                    deadlines.writeCompleted(at: now)
                    writes -= 1
                default: break
                }
                let weThink = responses < heads && writes == 0 && (heads == ends || !isReading)
                if let next = deadlines.next {
                    #expect(next.moment <= now + 60 * Self.second)
                } else {
                    #expect(weThink)
                }
            }
        }
    }

    private mutating func startBody(at moment: Int64) {
        deadlines.opened(at: moment, isSecure: false)
        deadlines.requestHeadReceived(at: moment)
        deadlines.readRequested(at: moment)
    }

    private mutating func answerOnce(at moment: Int64) {
        deadlines.opened(at: 0, isSecure: false)
        deadlines.requestHeadReceived(at: 0)
        deadlines.requestEnded(at: 0)
        deadlines.responseEnded(at: moment)
    }
}
