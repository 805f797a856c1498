import BundleFormat
import Foundation
import Sealing
import StudentRecords
import Testing
import Vocabulary

@Suite("Receipts") struct ReceiptTests {
    private let scene: Scene

    init() throws {
        scene = try Scene()
    }

    @Test func `a receipt for what was opened names every part and digest, and no file`() throws {
        let receipt = try opened()
        let text = String(decoding: receipt.bytes, as: UTF8.self)
        let content = try #require(receipt.content)
        #expect(content.files.count == Scene.files.count)
        for file in content.files { #expect(text.contains(file.digest.description)) }
        #expect(text.contains("\"outcome\": \"opened\""))
        #expect(text.contains("\"part\": \"transcript\""))
        for name in ["Calificaci", "Transcript.pdf", "R. Registrar", "Oak Middle"] {
            #expect(!text.contains(name))
        }
        let json = try JSONSerialization.jsonObject(with: Data(receipt.bytes)) as? [String: Any]
        #expect(json?["format"] as? String == "mochila-receipt")
        let sealed = json?["sealed"] as? [String: Any]
        let (_, sum) = try scene.folder.run("sha256sum < bundle.cms")
        #expect(sealed?["sha256"] as? String == String(sum.prefix(64)))
    }

    @Test func `a receipt for what was refused says why`() throws {
        let sealed = try scene.seal()
        let receipt = DeliveryReceipt(
            delivery: "D1",
            at: Scene.now,
            outcome: .refused(reason: BundleFailure.tampered.key),
            sealedByteCount: sealed.byteCount,
            sealedDigest: sealed.digest,
            content: nil
        )
        let text = String(decoding: receipt.bytes, as: UTF8.self)
        #expect(text.contains("\"reason\": \"tampered\""))
        #expect(!text.contains("content"))
    }

    @Test func `stock tools and we verify a receipt, and neither a changed one`() throws {
        let signed = try SignedReceipt(try opened(), by: scene.keys.signing)
        let trust = [scene.keys.authority]
        #expect(
            try signed.signer(trust: trust, at: Scene.now) == scene.keys.signing.certificate
        )
        _ = try scene.folder.write(signed.text, to: "r.json")
        _ = try scene.folder.write(signed.signature, to: "r.p7s")
        let verify =
            "openssl cms -verify -inform DER -in r.p7s -content r.json -binary -CAfile ca.pem "
            + "-out /dev/null"
        let (status, output) = try scene.folder.run(verify)
        #expect(status == 0, "\(output)")

        var changed = signed.text
        changed[changed.count / 2] ^= 1
        _ = try scene.folder.write(changed, to: "r.json")
        #expect(try scene.folder.run(verify).status != 0)
        let other = SignedReceipt(text: changed, signature: signed.signature)
        #expect(throws: BundleFailure.signature(.wrong)) {
            try other.signer(trust: trust, at: Scene.now)
        }
        #expect(throws: BundleFailure.signature(.untrusted)) {
            try signed.signer(trust: [scene.school.certificate], at: Scene.now)
        }
    }

    private func opened() throws -> DeliveryReceipt {
        let sealed = try scene.seal()
        let signed = try scene.open()
        return DeliveryReceipt(
            delivery: "D1",
            at: Scene.now,
            outcome: .opened,
            sealedByteCount: sealed.byteCount,
            sealedDigest: sealed.digest,
            content: .init(signed.manifest, digest: signed.digest, isOpened: true)
        )
    }
}
