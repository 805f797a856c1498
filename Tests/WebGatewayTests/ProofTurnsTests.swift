import Casework
import Hummingbird
import NIOCore
import Synchronization
import Testing
import WebGateway

@Suite("Places for what strangers show") struct ProofTurnsTests {
    /// Holds whoever comes until it is opened.
    private final class Door: Sendable {
        private struct State {
            var isOpen = false
            var inside: [CheckedContinuation<Void, Never>] = []
            var came = 0
            var awaited: [(count: Int, CheckedContinuation<Void, Never>)] = []
        }

        private let state = Mutex(State())

        func pass() async {
            await withCheckedContinuation { (visitor: CheckedContinuation<Void, Never>) in
                let (passes, told) = state.withLock { state in
                    state.came += 1
                    let came = state.came
                    let told = state.awaited.filter { $0.count <= came }
                    state.awaited.removeAll { $0.count <= came }
                    if !state.isOpen { state.inside.append(visitor) }
                    return (state.isOpen, told)
                }
                if passes { visitor.resume() }
                for one in told { one.1.resume() }
            }
        }

        /// Returns once so many have come.
        func wait(for count: Int) async {
            await withCheckedContinuation { (waiter: CheckedContinuation<Void, Never>) in
                let isThere = state.withLock { state in
                    if state.came < count { state.awaited.append((count, waiter)) }
                    return state.came >= count
                }
                if isThere { waiter.resume() }
            }
        }

        func open() {
            let inside = state.withLock { state in
                state.isOpen = true
                defer { state.inside = [] }
                return state.inside
            }
            for visitor in inside { visitor.resume() }
        }
    }

    private final class Tally: Sendable {
        private let state = Mutex(0)

        var count: Int { state.withLock { $0 } }

        func add() { state.withLock { $0 += 1 } }
    }

    private func address(_ number: Int) throws -> ClientAddress {
        ClientAddress(try SocketAddress(ipAddress: "192.0.2.\(number)", port: 1))
    }

    @Test func `slow uploads of others keep nobody from being judged`() async throws {
        let (turns, door) = (ProofTurns(), Door())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...8 {
                let address = try address(number)
                group.addTask { try await turns.receiving(from: address) { await door.pass() } }
            }
            await door.wait(for: 8)
            let verdict = try await turns.receiving(from: try address(9)) {
                await turns.judging { "judged" }
            }
            #expect(verdict == "judged")
            door.open()
            try await group.waitForAll()
        }
    }

    @Test func `an address has two places, all together sixteen, and a place comes back`()
        async throws
    {
        let (turns, door) = (ProofTurns(), Door())
        let full = GatewayFailure.tooManyTries(seconds: 10)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...8 {
                let address = try address(number)
                for _ in 1...2 {
                    group.addTask {
                        try await turns.receiving(from: address) { await door.pass() }
                    }
                }
                await door.wait(for: 2 * number)
                await #expect(throws: full) { try await turns.receiving(from: address) {} }
            }
            await #expect(throws: full) { try await turns.receiving(from: try address(9)) {} }
            door.open()
            try await group.waitForAll()
        }
        struct Trouble: Error {}
        for _ in 1...20 {
            await #expect(throws: Trouble.self) {
                try await turns.receiving(from: try address(1)) { () async throws -> Int in
                    throw Trouble()
                }
            }
        }
    }

    @Test func `four are judged at a time, and the others wait for their turn`() async throws {
        let (turns, door) = (ProofTurns(), Door())
        let judged = Tally()
        await withTaskGroup(of: Void.self) { group in
            for _ in 1...16 {
                group.addTask {
                    await turns.judging {
                        await door.pass()
                        judged.add()
                    }
                }
            }
            await door.wait(for: ProofTurns.mostJudged)
            #expect(judged.count == 0)
            door.open()
            await group.waitForAll()
        }
        #expect(judged.count == 16)
    }
}

@Suite("The pace of an upload for which others wait") struct UploadPaceTests {
    private func pace(after seconds: Int64, bytes: Int64) throws(UploadPace.TooSlow) {
        let clock = ManualClock()
        let pace = UploadPace { clock.now }
        clock.advance(seconds)
        try pace.check(bytes)
    }

    @Test(arguments: [(0, 0), (30, 0), (31, 64 << 10), (414, 24 << 20), (900, 1 << 30)])
    func `what keeps it up is taken`(seconds: Int, bytes: Int) {
        #expect(throws: Never.self) { try pace(after: Int64(seconds), bytes: Int64(bytes)) }
    }

    @Test(arguments: [(31, 0), (31, 65_535), (415, 24 << 20), (901, 1 << 30)])
    func `what falls behind is not waited for`(seconds: Int, bytes: Int) {
        #expect(throws: UploadPace.TooSlow.self) {
            try pace(after: Int64(seconds), bytes: Int64(bytes))
        }
    }

    /// Pieces between which time passes.
    private struct Dribble: AsyncSequence, Sendable {
        let pieces: [String]
        let pass: @Sendable () -> Void

        struct AsyncIterator: AsyncIteratorProtocol {
            var pieces: ArraySlice<String>
            let pass: @Sendable () -> Void

            mutating func next() async -> ByteBuffer? {
                pass()
                return pieces.popFirst().map { ByteBuffer(string: $0) }
            }
        }

        func makeAsyncIterator() -> AsyncIterator {
            AsyncIterator(pieces: pieces[...], pass: pass)
        }
    }

    private struct Nowhere: FileReceiver {
        struct Unused: Error {}

        func receive(name: String, limit: Int64) async throws -> any IncomingFile {
            throw Unused()
        }
    }

    @Test(arguments: [(1, true), (10, true), (11, false), (60, false)])
    func `a dribbling upload ends where it falls behind`(step: Int, isTaken: Bool) async throws {
        let boundary = try #require(
            MultipartBoundary(contentType: "multipart/form-data; boundary=line")
        )
        let clock = ManualClock()
        let body = Dribble(
            pieces: [
                "--line\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n", "text",
                "\r\n--line--\r\n",
            ]
        ) {
            clock.advance(Int64(step))
        }
        let form = UploadForm(body: RequestBody(asyncSequence: body), boundary: boundary)
        let pace = UploadPace { clock.now }
        if isTaken {
            let outcome = try await form.receive(into: Nowhere(), pace: pace)
            #expect(outcome.fields["a"] == "text")
        } else {
            await #expect(throws: UploadPace.TooSlow.self) {
                try await form.receive(into: Nowhere(), pace: pace)
            }
        }
    }
}
