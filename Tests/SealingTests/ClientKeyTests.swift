import Sealing
import Testing
import Vocabulary

/// Who the gateway says it is to partners' servers.
@Suite("The gateway's client certificate") struct ClientKeyTests {
    private let scene: Scene

    init() throws {
        scene = try Scene()
    }

    @Test func `there is none until it is made, and then it is found again`() throws {
        #expect(try scene.keys.client() == nil)
        let made = try scene.keys.renewClient(at: Scene.now)
        let found = try #require(try scene.keys.client())
        #expect(found.certificate == made.certificate)
        #expect(try GatewayKeys.load(from: scene.folder.file("keys")).client() != nil)
    }

    @Test func `a new one takes the old one's place and keeps nothing of it`() throws {
        let first = try scene.keys.renewClient(at: Scene.now)
        let second = try scene.keys.renewClient(at: Scene.now)
        #expect(try scene.keys.client()?.certificate == second.certificate)
        #expect(first.certificate.keyDigest != second.certificate.keyDigest)
        #expect(
            try scene.folder.run("ls keys | grep client | tr '\\n' ' '").output
                == "client.key client.pem "
        )
        #expect(try scene.folder.run("stat -c %a keys/client.key").output.hasPrefix("600"))
    }

    @Test func `a renewal that was cut between its two halves is ended`() throws {
        _ = try scene.keys.renewClient(at: Scene.now)
        let fresh = try scene.keys.renewClient(at: Scene.now)
        _ = try scene.folder.run("mv keys/client.pem keys/client-new.pem")
        let loaded = try GatewayKeys.load(from: scene.folder.file("keys"))
        #expect(try loaded.client()?.certificate == fresh.certificate)
    }

    @Test func `stock tools see a certificate for clients, from our authority`() throws {
        _ = try scene.keys.renewClient(at: Scene.now)
        let verified = try scene.folder.run(
            "openssl verify -no_check_time -purpose sslclient -CAfile keys/ca.pem keys/client.pem"
        )
        #expect(verified.output.contains("keys/client.pem: OK"))
        let asServer = try scene.folder.run(
            "openssl verify -no_check_time -purpose sslserver -CAfile keys/ca.pem "
                + "keys/client.pem 2>&1 || true"
        )
        #expect(!asServer.output.contains(": OK"))
    }

    @Test func `the digest of its key is the one that stock tools print`() throws {
        let pair = try scene.keys.renewClient(at: Scene.now)
        let digest = try scene.folder.run(
            "openssl x509 -in keys/client.pem -pubkey -noout | openssl pkey -pubin -outform DER "
                + "| sha256sum"
        ).output
        #expect(digest.hasPrefix(pair.certificate.keyDigest.description))
    }
}
