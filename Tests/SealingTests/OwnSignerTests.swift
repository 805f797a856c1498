import BundleFormat
import Sealing
import Testing
import Vocabulary

/// Which certificates are the gateway's own, asked of a folder that changes meanwhile.
@Suite("The gateway's own signers") struct OwnSignerTests {
    private let scene: Scene

    init() throws { scene = try Scene() }

    @Test func `a file is read once, and a key that another process rotates is seen`() throws {
        let keys = scene.keys
        let other = scene.school.certificate.fingerprint
        for _ in 1...20 {
            #expect(try keys.isOwnSigner(keys.signing.certificate.fingerprint))
            #expect(try !keys.isOwnSigner(other))
        }
        #expect(keys.ownSignersRead == 1)

        // As `mochila keys rotate` does beside a running gateway.
        let turned = try GatewayKeys.load(from: scene.folder.file("keys"))
            .rotate(.signing, at: Scene.now)
        #expect(try keys.isOwnSigner(turned.signing.certificate.fingerprint))
        #expect(try keys.isOwnSigner(keys.signing.certificate.fingerprint))
        #expect(keys.ownSignersRead == 3)
    }

    @Test(arguments: ["signing", "encryption"])
    func `a damaged certificate from before is named and stops nothing of today`(
        name: String
    ) throws {
        let pair: GatewayKeys.Pair = name == "signing" ? .signing : .encryption
        let old = scene.keys
        _ = try old.rotate(pair, at: Scene.now)
        _ = try scene.folder.run("echo damaged > keys/\(name)-old-1.pem")
        let path = scene.folder.file("keys/\(name)-old-1.pem")

        let keys = try GatewayKeys.load(from: scene.folder.file("keys"))

        #expect(try keys.unreadableCertificates() == [path])
        #expect(keys.opening.count == 1)
        #expect(try keys.isOwnSigner(keys.signing.certificate.fingerprint))
        guard name == "signing" else { return }
        // Neither yes nor no can be said of what it may have signed.
        #expect(throws: KeyFailure.unreadable(path: path)) {
            try keys.isOwnSigner(old.signing.certificate.fingerprint)
        }
        #expect("\(KeyFailure.unreadable(path: path))".contains("\(name)-old-1.pem"))
    }

    @Test func `what was put back is read again`() throws {
        let old = scene.keys
        let keys = try old.rotate(.signing, at: Scene.now)
        _ = try scene.folder.run(
            "mv keys/signing-old-1.pem kept && echo x > keys/signing-old-1.pem"
        )
        #expect(throws: KeyFailure.self) {
            try keys.isOwnSigner(old.signing.certificate.fingerprint)
        }
        _ = try scene.folder.run("mv kept keys/signing-old-1.pem")
        #expect(try keys.isOwnSigner(old.signing.certificate.fingerprint))
        #expect(try keys.unreadableCertificates().isEmpty)
    }
}
