import Logging
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing
import WebGateway

/// The handlers of one connection on an event loop whose clock moves only when told to.
@Suite("Watching a connection")
struct ConnectionWatchTests {
    private static let limits = ConnectionLimits(
        head: .seconds(10),
        idle: .seconds(60),
        bodyGrace: .seconds(20),
        bodyRate: 100,
        writeStall: .seconds(30),
        linger: .seconds(15)
    )

    private let channel = EmbeddedChannel()
    private let loop: EmbeddedEventLoop

    init() throws {
        loop = channel.embeddedEventLoop
        let watch = ConnectionWatch(
            limits: Self.limits,
            channel: channel,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(ByteWatchHandler(watch: watch, isSecure: false))
        try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
        try pipeline.addHandler(MessageWatchHandler(watch: watch))
        try channel.connect(to: SocketAddress(ipAddress: "192.0.2.7", port: 4_000)).wait()
    }

    @Test
    func `who dribbles a header is sent away when it is due, however much came`() throws {
        try arrive("GET / HTTP/1.1\r\nX-Slow: ")
        for _ in 0..<9 {
            loop.advanceTime(by: .seconds(1))
            try arrive("x")
        }
        #expect(channel.isActive)

        loop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
    }

    @Test
    func `who keeps a body going at a fair rate is served, however long it takes`() throws {
        try arrive("POST / HTTP/1.1\r\nContent-Length: 100000\r\n\r\n")
        for _ in 0..<999 {
            channel.pipeline.read()
            loop.advanceTime(by: .seconds(1))
            try arrive(String(repeating: "n", count: 100))
        }

        #expect(channel.isActive)
    }

    @Test
    func `who keeps a body going at half the rate is sent away`() throws {
        try arrive("POST / HTTP/1.1\r\nContent-Length: 100000\r\n\r\n")
        var seconds = 0
        while channel.isActive, seconds < 1_000 {
            channel.pipeline.read()
            loop.advanceTime(by: .seconds(1))
            seconds += 1
            if channel.isActive { try arrive(String(repeating: "n", count: 50)) }
        }

        // Each second of waiting is half earned back.
        #expect((38...42).contains(seconds))
    }

    @Test
    func `who reads slowly but steadily gets it all`() throws {
        try ask()
        for _ in 0..<1_000 {
            try write(ByteBuffer(repeating: 0x41, count: 10))
            loop.advanceTime(by: .seconds(29))
            channel.flush()
        }

        #expect(channel.isActive)
    }

    @Test
    func `who does not read the answer is sent away`() throws {
        try ask()
        try write(ByteBuffer(repeating: 0x41, count: 10))
        loop.advanceTime(by: .seconds(29))
        #expect(channel.isActive)

        loop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
    }

    @Test
    func `a connection rests between two requests, but not for ever`() throws {
        for _ in 0..<3 {
            try ask()
            loop.advanceTime(by: .seconds(3_600))
            answer()
            loop.advanceTime(by: .seconds(59))
            #expect(channel.isActive)
        }

        loop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
    }

    private func ask() throws {
        try arrive("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    }

    private func arrive(_ text: String) throws {
        try channel.writeInbound(ByteBuffer(string: text))
    }

    private func answer() {
        channel.pipeline.write(HTTPServerResponsePart.end(nil), promise: nil)
        channel.flush()
    }

    /// As the encoder would, which stands between the two handlers.
    private func write(_ bytes: ByteBuffer) throws {
        let pipeline = channel.pipeline.syncOperations
        try pipeline.context(handlerType: MessageWatchHandler.self)
            .write(NIOAny(bytes), promise: nil)
    }
}
