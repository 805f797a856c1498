import Casework
import Couriers
import Foundation
import RecordExchange
import Testing
import Vocabulary

/// Against a web server on the loopback that asks callers for a certificate.
@Suite("Bundles over HTTPS", .serialized) struct HTTPSBundleTests {
    private let peer: Peer
    private let engine: CurlEngine
    private let work: TemporaryFolder

    init() throws {
        peer = try Peer("drop_peer.py")
        engine = try CurlEngine()
        work = try TemporaryFolder()
    }

    private func identity(_ name: String = "client") throws -> ClientIdentity {
        ClientIdentity(
            certificatePEM: try String(
                contentsOfFile: peer[name + "_certificate"],
                encoding: .utf8
            ),
            keyPEM: Redacted(try String(contentsOfFile: peer[name + "_key"], encoding: .utf8))
        )
    }

    private func courier(showing name: String = "client") throws -> HTTPSBundleCourier {
        let identity = try identity(name)
        return HTTPSBundleCourier(
            engine: engine,
            identity: { identity },
            // A ceiling for hangs.
            deadlines: Deadlines(connect: .seconds(60), stall: .seconds(60), total: .seconds(120))
        )
    }

    private func destination(
        _ folder: String = "/in",
        host: String = "localhost",
        trusting authority: String? = "authority",
        reachesPrivate: Bool = true
    ) throws -> HTTPSDestination {
        HTTPSDestination(
            url: "https://\(host):\(peer.port)\(folder)",
            reachesPrivate: reachesPrivate,
            authorityPEM: try authority.map {
                try String(contentsOfFile: peer[$0], encoding: .utf8)
            }
        )
    }

    /// A sealed file of `count` bytes on its way as `a.cms`.
    private func parcel(_ count: Int = 50_000, seed: UInt64 = 1) throws -> Parcel {
        let path = try work.makeFile("\(count)-\(seed).cms", count: count, seed: seed)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/sha256sum")
        process.arguments = [path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let line = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Parcel(
            path: path,
            name: "a.cms",
            key: "0123456789ABCDEFGHJKMNPQRS",
            sha256: String(decoding: line.prefix(64), as: UTF8.self)
        )
    }

    private struct Call: Decodable {
        let method: String
        let path: String
        let read: Int
        let headers: [String: String]
    }

    private func calls(_ method: String? = nil) throws -> [Call] {
        try String(contentsOfFile: peer["calls"], encoding: .utf8).split(separator: "\n")
            .map { try JSONDecoder().decode(Call.self, from: Data($0.utf8)) }
            .filter { method == nil || $0.method == method }
    }

    private func put(_ name: String) -> Data? {
        FileManager.default.contents(atPath: peer["folder"] + "/" + name)
    }

    @Test(arguments: [1, 50_000, 3_000_000])
    func `a bundle lies in the folder, whole, with its digest and the delivery's key`(
        size: Int
    ) async throws {
        let parcel = try parcel(size)
        let outcome = try await courier().push(parcel, to: destination())
        #expect(outcome == .delivered(bytes: Int64(size)))
        #expect(put("in_a.cms") == FileManager.default.contents(atPath: parcel.path))
        let call = try #require(try calls("PUT").first)
        #expect(call.headers["idempotency-key"] == "\"\(parcel.key)\"")
        #expect(call.headers["if-none-match"] == "*")
        #expect(call.headers["content-type"] == "application/cms")
        // The peer itself compared it with what came.
        #expect(call.headers["content-digest"]?.hasPrefix("sha-256=:") == true)
    }

    @Test func `a repeat finds the bundle there and sends nothing`() async throws {
        let parcel = try parcel()
        for _ in 1...2 {
            #expect(
                try await courier().push(parcel, to: destination("/in/"))
                    == .delivered(bytes: 50_000)
            )
        }
        #expect(try calls("PUT").count == 1)
    }

    @Test func `an attempt whose answer was lost is found to have arrived`() async throws {
        let parcel = try parcel()
        let first = try await courier().push(parcel, to: destination("/lost"))
        #expect(first == .deferred(reason: "the connection to the server broke"))
        #expect(
            try await courier().push(parcel, to: destination("/lost")) == .delivered(bytes: 50_000)
        )
        #expect(try calls("PUT").count == 1)
    }

    @Test func `another file of that name is never written over`() async throws {
        #expect(
            try await courier().push(try parcel(), to: destination()) == .delivered(bytes: 50_000)
        )
        let before = put("in_a.cms")
        #expect(
            try await courier().push(try parcel(50_001), to: destination())
                == .refused(reason: "another file of this name stands there")
        )
        #expect(put("in_a.cms") == before)
    }

    @Test func `a server that shows nothing and says that the name is taken is asked again later`()
        async throws
    {
        let parcel = try parcel()
        #expect(
            try await courier().push(parcel, to: destination("/blind")) == .delivered(bytes: 50_000)
        )
        #expect(
            try await courier().push(parcel, to: destination("/blind"))
                == .deferred(reason: "the server says that the name is taken, and shows no file")
        )
    }

    @Test func `a cut in the middle leaves nothing and is tried again`() async throws {
        let parcel = try parcel(3_000_000)
        #expect(
            try await courier().push(parcel, to: destination("/cut"))
                == .deferred(reason: "the connection to the server broke")
        )
        #expect(put("cut_a.cms") == nil)
        #expect(try await courier().push(parcel, to: destination()) == .delivered(bytes: 3_000_000))
    }

    @Test(arguments: [
        ("/busy", PushOutcome.deferred(reason: "the server answers 503")),
        ("/wild", .deferred(reason: "the server answers 429")),
        ("/full", .deferred(reason: "the server's disk is full")),
        ("/moved", .refused(reason: "the server redirects, which is not followed")),
        ("/closed", .refused(reason: "the server does not let us in (403)")),
        ("/small", .refused(reason: "the bundle is too large for the server")),
    ])
    func `what the server answers decides, before a large bundle is sent`(
        folder: String,
        outcome: PushOutcome
    ) async throws {
        #expect(try await courier().push(try parcel(3_000_000), to: destination(folder)) == outcome)
        #expect(try calls().allSatisfy { $0.read == 0 && $0.path.hasPrefix(folder) })
    }

    @Test func `a server of nobody we believe gets no byte`() async throws {
        for authority in ["stranger_authority", nil] {
            #expect(
                try await courier().push(try parcel(), to: destination(trusting: authority))
                    == .deferred(reason: "the server's certificate is not good")
            )
        }
        // Right authority, other name.
        #expect(
            try await courier().push(try parcel(), to: destination(host: "127.0.0.1"))
                == .deferred(reason: "the server's certificate is not good")
        )
        #expect(try calls().isEmpty)
    }

    @Test func `a private address is not connected to unless the operator says so`() async throws {
        let before = try Data(contentsOf: URL(filePath: peer["connections"])).count
        #expect(
            try await courier().push(try parcel(), to: destination(reachesPrivate: false))
                == .refused(reason: "its address is not of the public internet")
        )
        #expect(try Data(contentsOf: URL(filePath: peer["connections"])).count == before)
    }

    @Test func `a connection under one rule does not serve another`() async throws {
        #expect(
            try await courier().push(try parcel(), to: destination()) == .delivered(bytes: 50_000)
        )
        // The name was looked at on a connection that could still be open.
        #expect(
            try await courier().push(try parcel(), to: destination(trusting: "stranger_authority"))
                == .deferred(reason: "the server's certificate is not good")
        )
        #expect(
            try await courier().push(try parcel(), to: destination(reachesPrivate: false))
                == .refused(reason: "its address is not of the public internet")
        )
    }

    /// Which of the two is heard is the network's choice: the alert, or the connection's end.
    private static let strangersHear = [
        "the server does not accept our certificate",
        "the server ended the connection before a word: it may not accept our certificate",
    ]

    @Test func `a certificate of ours that the server does not know is named as the trouble`()
        async throws
    {
        let outcome = try await courier(showing: "stranger").push(try parcel(), to: destination())
        #expect(Self.strangersHear.map { PushOutcome.deferred(reason: $0) }.contains(outcome))
        #expect(try calls().isEmpty)
    }

    @Test func `without a certificate nothing is tried`() async throws {
        struct None: Error {}
        let courier = HTTPSBundleCourier(engine: engine, identity: { throw None() })
        #expect(
            try await courier.push(try parcel(), to: destination())
                == .refused(reason: "this gateway has no certificate to show: keys rotate client")
        )
    }

    @Test func `the check shows who answers, believed or not, and asks nothing meanwhile`()
        async throws
    {
        let probes = DoctorProbes(engine: engine)
        let shown = await probes.certificates(
            of: try destination(trusting: "stranger_authority"),
            as: try identity()
        )
        guard case .certificates(let certificates) = shown else {
            Issue.record("nothing was shown: \(shown)")
            return
        }
        // The server's own, and after it who certified it.
        #expect(certificates.count == 2)
        #expect(certificates.allSatisfy { $0.hasPrefix("-----BEGIN CERTIFICATE-----") })
        #expect(Set(certificates).count == 2)
        #expect(try calls().isEmpty)
    }

    @Test func `the check says whether we are let in`() async throws {
        let probes = DoctorProbes(engine: engine)
        #expect(await probes.folder(at: try destination(), as: try identity()) == .ready)
        let strange = await probes.folder(at: try destination(), as: try identity("stranger"))
        #expect(Self.strangersHear.map { DoctorProbes.Finding.fault($0) }.contains(strange))
        #expect(
            await probes.folder(at: try destination("/closed"), as: try identity())
                == .fault("the server does not let us in (403)")
        )
        #expect(
            await probes.folder(
                at: try destination(trusting: "stranger_authority"),
                as: try identity()
            ) == .fault("the server's certificate is not good")
        )
        #expect(try calls("PUT").isEmpty)
    }
}

/// Refused before anybody is asked, so without a server.
@Suite("Addresses of bundles over HTTPS") struct HTTPSAddressTests {
    @Test(arguments: [
        "http://localhost/in", "https://localhost/in?a=b", "https://localhost/../in",
        "https://localhost/a/%2e%2E/in", "https://localhost/a/./in", "https://user@localhost/in",
        "https://localhost:0/in", "https://LOCALHOST/in", "https:///in", "localhost/in", "",
        "https://localhost/in#a", "https://localhost/a b",
    ])
    func `an address that could mean something else is refused`(url: String) async throws {
        let work = try TemporaryFolder()
        let parcel = Parcel(
            path: try work.makeFile("a.cms", count: 50_000),
            name: "a.cms",
            key: "0123456789ABCDEFGHJKMNPQRS",
            sha256: String(repeating: "0", count: 64)
        )
        let destination = HTTPSDestination(url: url, reachesPrivate: true)
        #expect(DestinationProblem.first(in: destination) == .address)
        let courier = HTTPSBundleCourier(
            engine: try CurlEngine(),
            identity: { ClientIdentity(certificatePEM: "", keyPEM: Redacted("")) }
        )
        #expect(
            await courier.push(parcel, to: destination)
                == .refused(reason: DestinationProblem.address.explanation)
        )
    }
}
