import Foundation
import Glibc
import Logging
import ServiceLifecycle
import Synchronization
import Testing
import WebGateway

/// The real server on a free loopback port for the length of one test.
@discardableResult
func withLiveServer<Result>(
    _ stage: Stage,
    limits: ConnectionLimits = .patient,
    identity: TLSIdentity? = nil,
    audience: GatewayServer.Audience = .everybody,
    _ body: (Int) async throws -> Result
) async throws -> Result {
    let (ports, continuation) = AsyncStream<Int>.makeStream()
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let server = GatewayServer(
        gateway: stage.gateway,
        settings: ServerSettings(port: 0, limits: limits),
        identity: identity,
        audience: audience,
        logger: logger,
        whenListening: { continuation.yield($0) }
    )
    let group = ServiceGroup(
        configuration: .init(services: [.init(service: server)], logger: logger)
    )
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await group.run() }
        var iterator = ports.makeAsyncIterator()
        let port = try #require(await iterator.next())
        do {
            let result = try await body(port)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return result
        } catch {
            await group.triggerGracefulShutdown()
            throw error
        }
    }
}

extension ConnectionLimits {
    /// For tests about something else: beside all others a client may wait minutes for its turn.
    static let patient = ConnectionLimits(
        handshake: .seconds(600),
        head: .seconds(600),
        idle: .seconds(600),
        bodyGrace: .seconds(600),
        writeStall: .seconds(600),
        linger: .seconds(600)
    )
}

/// A client that can be as slow and as rude as it likes: a plain blocking socket.
final class RawClient: Sendable {
    private let descriptor: Int32

    /// `receiveBuffer`: of the kernel, in bytes; small for a client that does not read.
    init(port: Int, receiveBuffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var size = receiveBuffer {
            setsockopt(
                descriptor,
                SOL_SOCKET,
                SO_RCVBUF,
                &size,
                socklen_t(MemoryLayout<Int32>.size)
            )
        }
        var addresses: UnsafeMutablePointer<addrinfo>?
        try #require(getaddrinfo("127.0.0.1", "\(port)", nil, &addresses) == 0)
        defer { freeaddrinfo(addresses) }
        let address = try #require(addresses).pointee
        let connected = connect(descriptor, address.ai_addr, address.ai_addrlen)
        try #require(connected == 0)
    }

    deinit { close(descriptor) }

    /// `false` once the other side has gone.
    @discardableResult
    func send(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }

    /// Everything until the other side closes, or `nil` where it has not within `seconds`.
    func readToEnd(within seconds: Int = 300) async -> String? {
        await run { [descriptor] in
            var timeout = timeval(tv_sec: seconds, tv_usec: 0)
            setsockopt(
                descriptor,
                SOL_SOCKET,
                SO_RCVTIMEO,
                &timeout,
                socklen_t(MemoryLayout<timeval>.size)
            )
            var all: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = recv(descriptor, &buffer, buffer.count, 0)
                if count > 0 { all += buffer[..<count] }
                if count == 0 { return String(decoding: all, as: UTF8.self) }
                if count < 0 {
                    return errno == ECONNRESET ? String(decoding: all, as: UTF8.self) : nil
                }
            }
        }
    }

    /// Up to `count` bytes, as many as come at once.
    func read(upTo count: Int) async -> String {
        await run { [descriptor] in
            var buffer = [UInt8](repeating: 0, count: count)
            let got = recv(descriptor, &buffer, count, 0)
            return String(decoding: buffer[..<max(0, got)], as: UTF8.self)
        }
    }

    private func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: work()) }
        }
    }
}
