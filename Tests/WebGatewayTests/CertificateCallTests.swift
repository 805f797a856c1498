import Casework
import Foundation
import Hummingbird
import NIOCore
import NIOPosix
import NIOSSL
import RecordExchange
import Synchronization
import TestSupport
import Testing
import Vocabulary
import WebGateway

/// Systems that show a certificate, on a port of their own, over real connections.
@Suite("Calls with a certificate")
struct CertificateCallTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        for name in ["server", "known", "stranger"] { try makeCertificate(name) }
    }

    /// Answers every call with who called.
    private final class NamingCalls: SystemPages {
        func respond(to route: SystemRoute, _ visit: SystemVisit) async throws -> Response {
            .text("called by \(visit.caller.key.label)")
        }
    }

    /// Knows one certificate until it is revoked.
    private final class Register: Sendable {
        let isRevoked = Atomic<Bool>(false)
        let known: [UInt8]

        init(known: [UInt8]) {
            self.known = known
        }

        func caller(showing der: [UInt8]) -> SystemCaller? {
            guard der == known, !isRevoked.load(ordering: .relaxed) else { return nil }
            let account = StaffAccount(
                id: .numbered(70),
                email: .of("system", at: "oak"),
                name: "Oak's system",
                memberships: [.init(role: .registrar, organization: School.oak.organization)],
                status: .active,
                createdAt: .noon("2026-01-01")
            )
            let key = AccessKey(
                id: .numbered(71),
                account: account.id,
                label: "the known one",
                digest: String(repeating: "a", count: 64),
                certificate: AdmittedCertificate(fingerprint: "", name: ""),
                scopes: [.readRequests],
                createdAt: .noon("2026-01-01"),
                expiresAt: .noon("2027-01-01")
            )
            return SystemCaller(key: key, actor: Actor(account))
        }
    }

    private func register() throws -> Register {
        let known = try NIOSSLCertificate.fromPEMFile(scratch.path + "/known.pem")
        return Register(known: try #require(known.first).toDERBytes())
    }

    private func stage(_ register: Register) -> Stage {
        let now: @Sendable () -> Instant = { .noon("2026-05-18") }
        return Stage(
            site: SiteAddress(hosts: ["localhost"], isSecure: true),
            systems: SystemGate(
                pages: NamingCalls(),
                caller: { _ in nil },
                certified: { register.caller(showing: $0) },
                calls: RateLimiter(tries: 1_000, perSeconds: 60, now: now),
                guesses: RateLimiter(tries: 5, perSeconds: 60, now: now)
            )
        )
    }

    private func onLivePort<Result>(
        _ register: Register,
        _ body: (Int) async throws -> Result
    ) async throws -> Result {
        try await withLiveServer(
            stage(register),
            identity: try TLSIdentity(
                certificateFile: scratch.path + "/server.pem",
                keyFile: scratch.path + "/server.key"
            ),
            audience: .systemsWithCertificates,
            body
        )
    }

    @Test(arguments: [TLSVersion.tlsv12, .tlsv13])
    func `whoever shows an admitted certificate is let in under its scopes`(
        version: TLSVersion
    ) async throws {
        let register = try register()
        try await onLivePort(register) { port in
            let answer = try await call("/api/v1/requests", as: "known", port, version: version)
            #expect(answer.hasPrefix("HTTP/1.1 200"))
            #expect(answer.hasSuffix("called by the known one"))
            let other = try await call("/api/v1/inquiries", as: "known", port, version: version)
            #expect(other.hasPrefix("HTTP/1.1 403"))
            #expect(other.contains("scope-missing"))
        }
    }

    @Test func `a revoked one and a stranger's are told so, and guessing has its limit`()
        async throws
    {
        let register = try register()
        try await onLivePort(register) { port in
            register.isRevoked.store(true, ordering: .relaxed)
            let revoked = try await call("/api/v1/requests", as: "known", port)
            #expect(revoked.hasPrefix("HTTP/1.1 401"))
            register.isRevoked.store(false, ordering: .relaxed)
            for _ in 1...4 {
                let answer = try await call("/api/v1/requests", as: "stranger", port)
                #expect(answer.hasPrefix("HTTP/1.1 401"))
            }
            let last = try await call("/api/v1/requests", as: "stranger", port)
            #expect(last.hasPrefix("HTTP/1.1 429"))
            // A neighbour who guesses holds nobody up.
            let known = try await call("/api/v1/requests", as: "known", port)
            #expect(known.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func `a key beside the certificate is one answer too many`() async throws {
        let register = try register()
        try await onLivePort(register) { port in
            let answer = try await call(
                "/api/v1/requests",
                as: "known",
                port,
                header: "Authorization: Bearer x\r\n"
            )
            #expect(answer.hasPrefix("HTTP/1.1 401"))
            #expect(answer.contains("leave the key out"))
        }
    }

    @Test func `without a certificate there is no connection`() async throws {
        let register = try register()
        try await onLivePort(register) { port in
            let answer = try? await call("/api/v1/requests", as: nil, port)
            #expect(answer?.contains("HTTP/1.1") != true)
        }
    }

    @Test(arguments: ["/", "/help", "/sign-in", "/requests"])
    func `no page is to be had here`(path: String) async throws {
        let register = try register()
        try await onLivePort(register) { port in
            let answer = try await call(path, as: "known", port)
            #expect(answer.hasPrefix("HTTP/1.1 404"))
        }
    }

    private func makeCertificate(_ name: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-days", "2", "-subj", "/CN=\(name)", "-keyout", "\(scratch.path)/\(name).key",
            "-out", "\(scratch.path)/\(name).pem",
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    private func call(
        _ path: String,
        as name: String?,
        _ port: Int,
        version: TLSVersion = .tlsv13,
        header: String = ""
    ) async throws -> String {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        configuration.minimumTLSVersion = version
        configuration.maximumTLSVersion = version
        if let name {
            configuration.certificateChain =
                try NIOSSLCertificate
                .fromPEMFile("\(scratch.path)/\(name).pem").map { .certificate($0) }
            configuration.privateKey = .privateKey(
                try NIOSSLPrivateKey(file: "\(scratch.path)/\(name).key", format: .pem)
            )
        }
        let context = try NIOSSLContext(configuration: configuration)
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = try NIOSSLClientHandler(context: context, serverHostname: nil)
                    try channel.pipeline.syncOperations.addHandler(handler)
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel
                    )
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            let request =
                "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(header)Connection: close\r\n\r\n"
            try await outbound.write(ByteBuffer(string: request))
            var text = ""
            for try await bytes in inbound { text += String(buffer: bytes) }
            return text
        }
    }
}
