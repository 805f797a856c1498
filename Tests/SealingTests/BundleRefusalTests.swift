import BundleFormat
import Casework
import Foundation
import Sealing
import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

/// Everything that OpenSSL would open and we do not, and everything that nobody should.
@Suite("Bundles that are refused") struct BundleRefusalTests {
    private let scene: Scene

    init() throws {
        scene = try Scene()
        try scene.seal()
        // The archive inside, for sealing it again in other ways.
        let (status, output) = try scene.folder.run(
            "openssl cms -decrypt -inform DER -in bundle.cms -inkey school.key -recip school.pem "
                + "-binary -out bundle.zip"
        )
        #expect(status == 0, "\(output)")
    }

    private static let ecdh = "-recip school.pem -keyopt ecdh_kdf_md:sha256"

    @Test(arguments: ["", "-stream"])
    func `what the stock program seals opens`(form: String) throws {
        try reseal("-aes-256-gcm \(form) \(Self.ecdh)")
        #expect(try scene.open("again.cms").manifest.request == Scene.number())
    }

    @Test(arguments: 0...15)
    func `a shortened tag is refused`(length: Int) throws {
        var bytes = try scene.folder.read("bundle.cms")
        // Ours is indefinite: the tag stands before three ends.
        let start = bytes.count - 6 - 18
        #expect(Array(bytes[start..<(start + 2)]) == [4, 16])
        bytes.replaceSubrange(
            start..<(start + 18),
            with: [4, UInt8(length)] + bytes[(start + 2)..<(start + 2 + length)]
        )
        try expect(.weakSeal(.shortTag), opening: bytes)
        // The stock program opens what was cut to four bytes or more.
        if length == 4 {
            #expect(
                try scene.folder.run(
                    "openssl cms -decrypt -inform DER -in changed.cms -inkey school.key "
                        + "-recip school.pem -binary -out /dev/null"
                ).status == 0
            )
        }
    }

    @Test(arguments: [
        ("-aes-256-cbc \(ecdh)", BundleFailure.weakSeal(.otherContentType)),
        ("-aes-128-gcm \(ecdh)", .weakSeal(.forbiddenRecipient)),
        ("-aes-256-gcm -recip school.pem", .weakSeal(.forbiddenRecipient)),
    ])
    func `weaker seals are refused`(options: String, failure: BundleFailure) throws {
        try reseal(options)
        try expect(failure, opening: try scene.folder.read("again.cms"))
    }

    @Test func `RSA with the old padding is refused`() throws {
        let rsa = try scene.keys.issuePartner(
            commonName: "RSA",
            organization: "RSA",
            kind: .rsa,
            at: Scene.now
        )
        try rsa.write(into: scene.folder.path, named: "rsa")
        try reseal("-aes-256-gcm -recip rsa.pem")
        try expect(
            .weakSeal(.forbiddenRecipient),
            opening: try scene.folder.read("again.cms"),
            with: [rsa]
        )
    }

    @Test func `a record sealed again for somebody else is refused by them`() throws {
        let other = try scene.keys.issuePartner(
            commonName: "Elm",
            organization: "Elm",
            kind: .p256,
            at: Scene.now
        )
        try other.write(into: scene.folder.path, named: "other")
        try reseal("-aes-256-gcm -recip other.pem -keyopt ecdh_kdf_md:sha256")
        try expect(
            .recipientsDiffer,
            opening: try scene.folder.read("again.cms"),
            with: [other]
        )
    }

    @Test func `a reader nobody signed for is refused`() throws {
        let other = try scene.keys.issuePartner(
            commonName: "Elm",
            organization: "Elm",
            kind: .p256,
            at: Scene.now
        )
        try other.write(into: scene.folder.path, named: "other")
        try reseal(
            "-aes-256-gcm \(Self.ecdh) -recip other.pem -keyopt ecdh_kdf_md:sha256"
        )
        try expect(.recipientsDiffer, opening: try scene.folder.read("again.cms"))
        try reseal("-aes-256-gcm \(Self.ecdh) \(Self.ecdh)")
        try expect(.recipientsDiffer, opening: try scene.folder.read("again.cms"))
    }

    @Test func `another key is told so, an older key of ours opens`() throws {
        let other = try scene.keys.issuePartner(
            commonName: "Elm",
            organization: "Elm",
            kind: .p256,
            at: Scene.now
        )
        try expect(.wrongKey, opening: try scene.folder.read("bundle.cms"), with: [other])
        try expect(.wrongKey, opening: try scene.folder.read("bundle.cms"), with: [])
        #expect(throws: Never.self) { try scene.open(with: [other, scene.school]) }
    }

    @Test(arguments: [1, 2, 100, 1 << 20])
    func `nothing may follow the seal`(count: Int) throws {
        let bytes = try scene.folder.read("bundle.cms")
        try expect(.tampered, opening: bytes + [UInt8](repeating: 0, count: count))
    }

    @Test func `a file that was cut is refused wherever it was cut`() throws {
        let bytes = try scene.folder.read("bundle.cms")
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<60 {
            let count = Int.random(in: 0..<bytes.count, using: &generator)
            try expect(.truncated, opening: Array(bytes.prefix(count)))
        }
    }

    @Test func `a flipped bit is refused wherever it is`() throws {
        let bytes = try scene.folder.read("bundle.cms")
        var generator = SeededGenerator(seed: 12)
        for round in 0..<300 {
            var changed = bytes
            // Every place of the header and the end, and a few of the middle.
            let place =
                round < 200
                ? [round * 2, bytes.count - 1 - round / 4][round % 2]
                : Int.random(in: 0..<bytes.count, using: &generator)
            changed[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
            #expect(throws: BundleFailure.self, "\(place)") { try open(changed) }
            #expect(scene.folder.names.allSatisfy { !$0.hasPrefix("opened") && $0 != "scratch" })
        }
    }

    @Test func `a changed ciphertext is called that`() throws {
        var bytes = try scene.folder.read("bundle.cms")
        bytes[bytes.count / 2] ^= 1
        try expect(.tampered, opening: bytes)
    }

    @Test func `who and what was expected is compared`() throws {
        #expect(throws: BundleFailure.otherRecipient) {
            try scene.open(expecting: .init(recipients: ["school:060000101145"]))
        }
        #expect(throws: BundleFailure.otherRequest) {
            try scene.open(expecting: .init(request: RequestNumber(bits: 1)))
        }
        #expect(throws: BundleFailure.otherSigner) {
            try scene.open(expecting: .init(signers: [scene.school.certificate.fingerprint]))
        }
        let right = BundleExpectation(
            recipients: [Scene.recipient.organization],
            request: try Scene.number(),
            signers: [scene.keys.signing.certificate.fingerprint]
        )
        #expect(throws: Never.self) { try scene.open(expecting: right) }
    }

    @Test func `another gateway's bundle is refused`() throws {
        let other = try Scene()
        let sealed = try BundleSealer(signer: other.keys.signing).seal(
            try other.draft(),
            to: [scene.school.certificate],
            creating: scene.folder.file("foreign.cms")
        )
        #expect(sealed.byteCount > 0)
        try expect(.signature(.untrusted), opening: try scene.folder.read("foreign.cms"))
    }

    @Test func `a bundle signed with a key for another purpose is refused`() throws {
        _ = try BundleSealer(signer: scene.keys.encryption).seal(
            try scene.draft(),
            to: [scene.school.certificate],
            creating: scene.folder.file("purpose.cms")
        )
        try expect(.signature(.wrongPurpose), opening: try scene.folder.read("purpose.cms"))
    }

    @Test func `other files are called that`() throws {
        try expect(.notABundle, opening: Array("%PDF-1.7 and so on".utf8))
        try expect(.truncated, opening: [])
        try expect(.notABundle, opening: try scene.folder.read("school.pem"))
        try expect(.notABundle, opening: try scene.folder.read("bundle.zip"))
        _ = try scene.folder.run("cp bundle.zip archive && echo words > bundle.zip")
        try reseal("-aes-256-gcm \(Self.ecdh)")
        try expect(.notABundle, opening: try scene.folder.read("again.cms"))
    }

    @Test(arguments: [
        ("files/Transcript.pdf", "files/../../../../ab", BundleFailure.unsafeName),
        ("files/Transcript.pdf", "/etc/cron.d/mochila1", .unsafeName),
        ("files/Transcript.pdf", "files/Transcript.pdF", .files(.added)),
        ("files/Transcript.pdf", "files/transcript.pd\n", .unsafeName),
        ("manifest.p7s", "manifest.p7S", .unsafeName),
        ("manifest.json", "record.json\0\0", .unsafeName),
        ("record.html", "record.json", .files(.added)),
        ("SHA256SUMS", "files/abcd", .files(.added)),
    ])
    func `an archive with other names is refused`(
        old: String,
        new: String,
        failure: BundleFailure
    ) throws {
        var zip = try scene.folder.read("bundle.zip")
        for range in zip.ranges(of: Array(old.utf8)).reversed()
        where zip[(range.lowerBound - 30)...].starts(with: [0x50, 0x4B, 3, 4])
            || zip[(range.lowerBound - 46)...].starts(with: [0x50, 0x4B, 1, 2])
        {
            zip.replaceSubrange(range, with: Array(new.utf8))
        }
        _ = try scene.folder.write(zip, to: "bundle.zip")
        try reseal("-aes-256-gcm \(Self.ecdh)")
        try expect(failure, opening: try scene.folder.read("again.cms"))
    }

    @Test func `a changed byte inside the archive is refused`() throws {
        let zip = try scene.folder.read("bundle.zip")
        for (mark, failure) in [
            ("%PDF-1.7 transcript", BundleFailure.archive(.inconsistent)),
            ("\"legalBasis\"", .archive(.inconsistent)),
        ] {
            var changed = zip
            let place = try #require(changed.firstRange(of: Array(mark.utf8))?.lowerBound)
            changed[place + 3] ^= 1
            _ = try scene.folder.write(changed, to: "bundle.zip")
            try reseal("-aes-256-gcm \(Self.ecdh)")
            // The checksum of the archive notices first; whoever sets it right meets the digest,
            // as the tests of opened folders show.
            try expect(failure, opening: try scene.folder.read("again.cms"))
        }
    }

    @Test func `an archive without its seal's certificates is no sealed bundle`() throws {
        let writer = try PlainFileWriter(creating: scene.folder.file("plain.zip"))
        _ = try BundleSealer(signer: scene.keys.signing).archive(try scene.draft(), into: writer)
        _ = try scene.folder.run("mv plain.zip bundle.zip")
        try reseal("-aes-256-gcm \(Self.ecdh)")
        try expect(.recipientsDiffer, opening: try scene.folder.read("again.cms"))
    }

    @Test func `a folder with files in it is left alone`() throws {
        _ = try scene.folder.run("mkdir opened && echo mine > opened/manifest.json")
        #expect(throws: FileFailure.exists) { try scene.open() }
        #expect(try scene.folder.read("opened/manifest.json") == Array("mine\n".utf8))
    }

    @Test func `every failure has words for people, and they are not the program's`() {
        let failures: [BundleFailure] =
            [
                .notABundle, .truncated, .tooLarge, .wrongKey, .tampered, .unsafeName,
                .signerExpired, .otherSigner, .otherRecipient, .recipientsDiffer, .otherRequest,
                .diskFull, .unreadable, .manifest([]), .destination(.exists),
            ] + SealRefusal.allCases.map(BundleFailure.weakSeal)
            + ArchiveRefusal.allCases.map(BundleFailure.archive)
            + BundleFailure.SignatureProblem.allCases.map(BundleFailure.signature)
            + BundleFailure.FileProblem.allCases.map(BundleFailure.files)
        for failure in failures {
            let words = failure.explanation
            #expect(words.whatHappened.hasSuffix("."))
            #expect(words.whatToDo.hasSuffix("."))
            #expect(words.whatIsKept.contains("unchanged"))
            #expect(failure.key.allSatisfy { $0.isLowercase || $0 == "-" })
        }
    }

    // MARK: Helpers

    private func reseal(_ options: String) throws {
        let (status, output) = try scene.folder.run(
            "openssl cms -encrypt -binary -outform DER -in bundle.zip -out again.cms \(options)"
        )
        #expect(status == 0, "\(output)")
    }

    private func open(_ bytes: [UInt8], with keys: [KeyPair]? = nil) throws {
        _ = try scene.folder.write(bytes, to: "changed.cms")
        _ = try scene.open("changed.cms", with: keys)
    }

    private func expect(
        _ failure: BundleFailure,
        opening bytes: [UInt8],
        with keys: [KeyPair]? = nil,
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let before = scene.folder.names
        #expect(throws: failure, sourceLocation: location) { try open(bytes, with: keys) }
        // Nothing stays behind.
        let after = Set(scene.folder.names).subtracting(before).subtracting(["changed.cms"])
        #expect(after.isEmpty, sourceLocation: location)
    }
}
