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
        #expect(text.contains("\"opened\": \"yes\""))
        let read = try ReceivedReceipt(parsing: receipt.bytes)
        #expect(read.kind == .delivery && read.outcome == "opened")
        #expect(read.request == content.request && read.at == Scene.now)
        #expect(read.sealedDigest == receipt.sealedDigest)
        #expect(read.files.map(\.digest) == content.files.map(\.digest))
        #expect(read.files.allSatisfy { $0.isOpened == true })
        for name in ["Calificaci", "Transcript.pdf", "R. Registrar", "Oak Middle"] {
            #expect(!text.contains(name))
        }
        let json = try JSONSerialization.jsonObject(with: Data(receipt.bytes)) as? [String: Any]
        #expect(json?["format"] as? String == "mochila-delivery")
        let sealed = json?["sealed"] as? [String: Any]
        let (_, sum) = try scene.folder.run("sha256sum < bundle.cms")
        #expect(sealed?["sha256"] as? String == String(sum.prefix(64)))
    }

    @Test func `each part and each file say whether they were opened, how and when`() throws {
        let whole = try opened()
        let content = try #require(whole.content)
        let later = Scene.now.advanced(bySeconds: 60)
        let receipt = DeliveryReceipt(
            delivery: "D1",
            at: later,
            outcome: .partly,
            sealedByteCount: whole.sealedByteCount,
            sealedDigest: whole.sealedDigest,
            content: .init(
                bundle: content.bundle,
                request: content.request,
                sender: content.sender,
                recipient: content.recipient,
                parts: content.parts.map {
                    .init(part: $0.part, status: "sent", opened: "partly", how: ["shown"])
                },
                files: content.files.enumerated().map { index, file in
                    .init(
                        byteCount: file.byteCount,
                        digest: file.digest,
                        isOpened: index == 0,
                        how: index == 0 ? "shown" : "untaken",
                        at: index == 0 ? Scene.now : nil
                    )
                }
            )
        )
        let read = try ReceivedReceipt(parsing: receipt.bytes)
        #expect(read.outcome == "partly")
        #expect(read.files == receipt.content?.files)
        #expect(read.parts == receipt.content?.parts)
        let signed = try SignedReceipt(receipt, by: scene.keys.signing, at: later)
        #expect(throws: Never.self) {
            try signed.signer(trust: [scene.keys.authority], at: later)
        }
    }

    /// The bytes of one that was signed before each part was told of.
    @Test func `a receipt from before reads and verifies as it did`() throws {
        let number = try #require(try opened().content?.request)
        let text = """
            {
              "at": "\(Scene.now.iso8601)",
              "content": {
                "bundle": "01J0000000000000000000000A",
                "files": [
                  {
                    "bytes": 3,
                    "opened": "yes",
                    "sha256": "\(String(repeating: "a", count: 64))"
                  }
                ],
                "parts": [
                  {
                    "part": "transcript",
                    "status": "sent"
                  }
                ],
                "recipient": "school:531011001689",
                "request": "\(number)",
                "sender": "school:484496008851"
              },
              "delivery": "D1",
              "format": "mochila-delivery",
              "outcome": "opened",
              "sealed": {
                "bytes": 9,
                "sha256": "\(String(repeating: "b", count: 64))"
              },
              "version": 1
            }

            """
        let signed = try SignedReceipt(Array(text.utf8), by: scene.keys.signing, at: Scene.now)
        #expect(throws: Never.self) {
            try signed.signer(trust: [scene.keys.authority], at: Scene.now)
        }
        let read = try ReceivedReceipt(parsing: signed.text)
        #expect(read.outcome == "opened" && read.request == number)
        #expect(read.files.map(\.isOpened) == [true] && read.files.map(\.how) == [nil])
        #expect(read.parts.map(\.part) == [.transcript] && read.parts.map(\.opened) == [nil])
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
        let read = try ReceivedReceipt(parsing: receipt.bytes)
        #expect(read.outcome == "refused" && read.request == nil && read.files.isEmpty)
    }

    @Test func `stock tools and we verify a receipt, and neither a changed one`() throws {
        let signed = try SignedReceipt(try opened(), by: scene.keys.signing, at: Scene.now)
        let trust = [scene.keys.authority]
        let signer = try signed.signer(trust: trust, at: Scene.now)
        #expect(signer.certificate == scene.keys.signing.certificate && signer.signedAt == nil)
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

    /// The key is gone by then, or should be; what it signed while it was valid stays good.
    @Test(arguments: [false, true])
    func `a receipt verifies years after its signer's certificate expired`(confined: Bool) throws {
        let program = confined ? try openingProgram() : nil
        let trust = [scene.keys.authority]
        let year: Int64 = 365 * 86_400
        let receipt = try opened()
        let signed = try SignedReceipt(
            receipt,
            by: scene.keys.signing,
            at: Scene.now.advanced(bySeconds: year)
        )
        let made = (Scene.now.millisecondsSince1970 / 1_000 + year) * 1_000
        for years in [3, 9, 15, 30] as [Int64] {
            let at = Scene.now.advanced(bySeconds: years * year)
            let signer = try signed.signer(trust: trust, at: at, by: program)
            #expect(signer.certificate == scene.keys.signing.certificate)
            #expect(signer.signedAt == Instant(millisecondsSince1970: made))
            var changed = signed.text
            changed[5] ^= 1
            let other = SignedReceipt(text: changed, signature: signed.signature)
            #expect(throws: BundleFailure.signature(.wrong)) {
                try other.signer(trust: trust, at: at, by: program)
            }
            #expect(throws: BundleFailure.signature(.untrusted)) {
                try signed.signer(trust: [scene.school.certificate], at: at, by: program)
            }
        }
        // Before, after and beyond: signed when the certificate was not valid.
        for seconds in [-year, 3 * year, 8 * year] {
            let then = Scene.now.advanced(bySeconds: seconds)
            let late = try SignedReceipt(receipt, by: scene.keys.signing, at: then)
            #expect(throws: BundleFailure.signature(.expired)) {
                try late.signer(
                    trust: trust,
                    at: Scene.now.advanced(bySeconds: 9 * year),
                    by: program
                )
            }
        }
    }

    @Test func `what stock tools say of an old receipt is the same, at its time`() throws {
        let past = Scene.now.advanced(bySeconds: -4 * 365 * 86_400)
        let keys = try GatewayKeys.create(
            in: scene.folder.file("past"),
            organization: "Past",
            at: past
        )
        let signed = try SignedReceipt(
            try opened(),
            by: keys.signing,
            at: past.advanced(bySeconds: 86_400)
        )
        _ = try scene.folder.write(signed.text, to: "r.json")
        _ = try scene.folder.write(signed.signature, to: "r.p7s")
        _ = try scene.folder.write(Array(try keys.authority.pem.utf8), to: "old-ca.pem")
        let verify =
            "openssl cms -verify -inform DER -in r.p7s -content r.json -binary -CAfile old-ca.pem "
            + "-out /dev/null"
        #expect(try scene.folder.run(verify).status != 0)
        let at = past.advanced(bySeconds: 86_400).millisecondsSince1970 / 1_000
        let (status, output) = try scene.folder.run("\(verify) -attime \(at)")
        #expect(status == 0, "\(output)")
        #expect(try signed.signer(trust: [keys.authority], at: Scene.now).signedAt != nil)
    }

    @Test func `what else the same key signs is no receipt`() throws {
        let other = try Scene()
        _ = try other.seal()
        let manifest = try other.open().manifest.bytes
        #expect(throws: ReceivedReceipt.NoReceipt.self) {
            try ReceivedReceipt(parsing: manifest)
        }
        let whole = String(decoding: try opened().bytes, as: UTF8.self)
        for (old, new) in [
            ("\"version\": 1", "\"version\": 2"), ("mochila-delivery", "mochila-receipt"),
            ("\"opened\",", "\"lost\","), ("RQ-", "QR-"), ("Z\"", "\""),
        ] {
            let changed = whole.replacing(old, with: new, maxReplacements: 1)
            #expect(changed != whole)
            #expect(throws: ReceivedReceipt.NoReceipt.self, "\(new)") {
                try ReceivedReceipt(parsing: Array(changed.utf8))
            }
        }
        let long = Array(whole.utf8) + [UInt8](repeating: 32, count: ReceivedReceipt.longest)
        #expect(throws: ReceivedReceipt.NoReceipt.self) { try ReceivedReceipt(parsing: long) }
    }

    @Test func `a receipt in a file is verified with its signature beside it`() throws {
        let signed = try SignedReceipt(try opened(), by: scene.keys.signing, at: Scene.now)
        let path = try scene.folder.write(signed.text, to: "r.json")
        _ = try scene.folder.write(signed.signature, to: "r.json.p7s")
        let program = try openingProgram()
        let ca = scene.folder.file("ca.pem")
        let found = try StandaloneBundles.verify(
            receipt: path,
            authority: ca,
            at: Scene.now,
            by: program
        )
        #expect(found.receipt.outcome == "opened")
        #expect(found.signer.certificate == scene.keys.signing.certificate)
        _ = try scene.folder.write(Array(signed.text.dropLast()), to: "r.json")
        #expect(throws: BundleFailure.signature(.wrong)) {
            try StandaloneBundles.verify(
                receipt: path,
                authority: ca,
                at: Scene.now,
                by: program
            )
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
            content: .init(
                bundle: signed.manifest.bundle.description,
                request: signed.manifest.request,
                sender: signed.manifest.sender.organization,
                recipient: signed.manifest.recipient.organization,
                parts: signed.manifest.parts.map { .init(part: $0.part, status: "sent") },
                files: signed.manifest.attachments.map {
                    .init(byteCount: $0.byteCount, digest: $0.digest, isOpened: true)
                }
            )
        )
    }
}
