import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization
import Testing
import WebGateway

@Suite("TLS")
struct TLSTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try makeCertificate("first")
    }

    @Test
    func `pages come over TLS, with cookies for this host only`() async throws {
        let stage = Stage(site: SiteAddress(hosts: ["localhost"], isSecure: true))
        try await withLiveServer(stage, identity: try identity()) { port in
            let answer = try await fetch(port: port)
            #expect(answer.text.hasPrefix("HTTP/1.1 200"))
            #expect(answer.text.contains("__Host-mochila-form="))
            #expect(answer.commonName == "first")
        }
    }

    @Test
    func `a renewed certificate is used for new connections`() async throws {
        let identity = try identity()
        try await withLiveServer(Stage(), identity: identity) { port in
            #expect(try await fetch(port: port).commonName == "first")
            #expect(try !identity.reloadIfChanged())

            try makeCertificate("second")
            #expect(try identity.reloadIfChanged())

            #expect(try await fetch(port: port).commonName == "second")
            #expect(try !identity.reloadIfChanged())
        }
    }

    @Test
    func `a certificate that does not load leaves the old one in use`() async throws {
        let identity = try identity()
        try await withLiveServer(Stage(), identity: identity) { port in
            try "nonsense".write(toFile: certificate, atomically: true, encoding: .utf8)
            #expect(throws: (any Error).self) { try identity.reloadIfChanged() }

            #expect(try await fetch(port: port).commonName == "first")
        }
    }

    @Test
    func `files that are missing are no identity`() {
        #expect(throws: (any Error).self) {
            try TLSIdentity(certificateFile: "/nowhere/a.pem", keyFile: "/nowhere/b.pem")
        }
    }

    @Test(arguments: ["", "\u{16}\u{3}\u{1}", "GET / HTTP/1.1\r\n\r\n"])
    func `a handshake that does not come to an end is cut off`(beginning: String) async throws {
        var limits = ConnectionLimits()
        limits.handshake = .milliseconds(300)
        try await withLiveServer(Stage(), limits: limits, identity: try identity()) { port in
            let client = try RawClient(port: port)
            client.send(beginning)
            #expect(await client.readToEnd() != nil)
        }
    }

    @Test(arguments: [TLSVersion.tlsv1, .tlsv11])
    func `old versions of TLS are refused`(version: TLSVersion) async throws {
        try await withLiveServer(Stage(), identity: try identity()) { port in
            await #expect(throws: (any Error).self) {
                try await fetch(port: port, most: version)
            }
        }
    }

    private var certificate: String { scratch.path + "/cert.pem" }
    private var key: String { scratch.path + "/key.pem" }

    private func identity() throws -> TLSIdentity {
        try TLSIdentity(certificateFile: certificate, keyFile: key)
    }

    private func makeCertificate(_ name: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-days", "2", "-subj", "/CN=\(name)", "-keyout", key, "-out", certificate,
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    private func fetch(
        port: Int,
        most: TLSVersion? = nil
    ) async throws -> (text: String, commonName: String) {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .noHostnameVerification
        let seen = Seen()
        if let most {
            configuration.minimumTLSVersion = .tlsv1
            configuration.maximumTLSVersion = most
        }
        let context = try NIOSSLContext(configuration: configuration)
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = try NIOSSLClientHandler(
                        context: context,
                        serverHostname: nil,
                        customVerificationCallback: { certificates, promise in
                            seen.note(certificates.first.map { "\($0)" } ?? "")
                            promise.succeed(.certificateVerified)
                        }
                    )
                    try channel.pipeline.syncOperations.addHandler(handler)
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel
                    )
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            let request = "GET /help HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            try await outbound.write(ByteBuffer(string: request))
            var text = ""
            for try await bytes in inbound { text += String(buffer: bytes) }
            let subject = seen.subject
            let name = ["first", "second"].first { subject.contains("common_name=\($0)>") }
            return (text, name ?? subject)
        }
    }
}

/// The certificate that a server showed.
private final class Seen: Sendable {
    private let text = Mutex("")
    var subject: String { text.withLock { $0 } }
    func note(_ subject: String) { text.withLock { $0 = subject } }
}
