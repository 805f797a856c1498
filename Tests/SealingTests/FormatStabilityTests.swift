import BundleFormat
import Casework
import Foundation
import Sealing
import StudentRecords
import Testing
import Vocabulary

/// Files of earlier versions, which every later version must still open: add to the folder, and
/// never change what is in it.
@Suite("Formats of old") struct FormatStabilityTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent()
        .deletingLastPathComponent()
        .appendingPathComponent("Fixtures/vectors").path

    private func keys() throws -> MasterKeys {
        try #require(
            MasterKeys(keys: [
                1: (0..<32).map { UInt8($0) }, 7: (0..<32).map { UInt8(200 - $0) },
            ])
        )
    }

    @Test func `a file at rest of version 1 opens`() throws {
        let reader = try FileVault(keys: try keys())
            .makeReader(of: "\(Self.folder)/at-rest-v1.vault")
        let content = (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        #expect(try reader.read(from: 0, upTo: 100_000) == content)
        #expect(
            try reader.digest().description
                == "f0beda104aea1f6824c89affd6554217daca358273a29d59df2133be67fa3039"
        )
    }

    /// Written by another implementation of `ProtectedLayout`, with the keys above.
    @Test func `a file at rest of version 2 opens and notes what version 1 does not`() throws {
        let vault = FileVault(keys: try keys())
        let second = try vault.makeReader(of: "\(Self.folder)/at-rest-v2.vault")
        let first = try vault.makeReader(of: "\(Self.folder)/at-rest-v1.vault")
        #expect(try second.read(from: 0, upTo: 100_000) == first.read(from: 0, upTo: 100_000))
        #expect(second.notedDigest == (try first.digest()))
        #expect(first.notedDigest == nil)
    }

    @Test func `a protected value of version 1 opens`() throws {
        let text =
            "0742eec604f0af228c3bf21643dbb49dfcd6acb9089b5df2d7cfaa644bf6ccb4c747376317957617"
            + "ed155c97"
        let digits = Array(text)
        let bytes = stride(from: 0, to: digits.count, by: 2)
            .compactMap { UInt8(String(digits[$0...($0 + 1)]), radix: 16) }
        let value = try FieldCipher(keys: try keys())
            .reveal(bytes, context: "student.identity.1")
        #expect(value == Array("Synthetic value".utf8))
    }

    @Test func `a bundle of version 1 verifies at its time, and for ever after`() throws {
        let verifier = BundleVerifier(
            trust: [try Certificate(contentsOf: "\(Self.folder)/bundle-v1-ca.pem")]
        )
        let archive = try PlainFileReader(path: "\(Self.folder)/bundle-v1.zip")
        let made = Instant(millisecondsSince1970: 1_795_000_000_000)

        let manifest = try verifier.verify(archive: archive, at: made).manifest

        #expect(manifest.bundle.rawValue == 77)
        #expect(manifest.madeAt == made)
        #expect(manifest.certification.by == .certifyingOfficial)
        #expect(manifest.attachments.map(\.name.description) == ["files/Año 1.pdf"])
        #expect(manifest.parts.map(\.status) == [.sent, .toFollow(by: nil)])
        let later = made.advanced(bySeconds: 20 * 365 * 86_400)
        #expect(try verifier.verify(archive: archive, at: made).signedAt == nil)
        #expect(try verifier.verify(archive: archive, at: later).signedAt != nil)
    }
}
