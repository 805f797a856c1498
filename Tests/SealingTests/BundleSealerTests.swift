import BundleFormat
import Casework
import Foundation
import Sealing
import StudentRecords
import Testing
import Vocabulary

@Suite("Sealing") struct BundleSealerTests {
    private let scene: Scene

    init() throws { scene = try Scene() }

    @Test func `many recipients of both kinds each open it`() throws {
        let pairs = try [KeyKind.p256, .p384, .rsa].map { kind in
            try scene.keys.issuePartner(
                commonName: kind.rawValue,
                organization: "Oak",
                kind: kind,
                at: Scene.now
            )
        }
        let sealed = try BundleSealer(signer: scene.keys.signing).seal(
            try scene.draft(),
            to: pairs.map(\.certificate),
            creating: scene.folder.file("bundle.cms")
        )
        #expect(sealed.recipients == pairs.map(\.certificate.fingerprint))
        for (position, pair) in pairs.enumerated() {
            let opened = try scene.open(with: [pair], into: "opened\(position)")
            #expect(opened.manifest.certificates.count == 3)
        }
    }

    @Test func `the gateway's own key serves who has none`() throws {
        _ = try BundleSealer(signer: scene.keys.signing).seal(
            try scene.draft(),
            to: [scene.keys.encryption.certificate],
            creating: scene.folder.file("bundle.cms")
        )
        #expect(throws: Never.self) { try scene.open(with: scene.keys.opening) }
    }

    @Test func `certificates that are not for receiving are refused before anything is written`()
        throws
    {
        let early = Scene.now.advanced(bySeconds: -4 * 365 * 86_400)
        let late = Scene.now.advanced(bySeconds: 365 * 86_400)
        let server = try scene.keys.issueServer(for: ["localhost"], at: Scene.now)
        func partner(_ instant: Instant) throws -> Certificate {
            try scene.keys.issuePartner(
                commonName: "Oak",
                organization: "Oak",
                kind: .p256,
                at: instant
            ).certificate
        }
        let cases: [(Certificate, RecipientRefusal)] = [
            (scene.keys.authority, .authority),
            (scene.keys.signing.certificate, .notForEncryption),
            (server.certificate, .notForEncryption), (try partner(early), .expired),
            (try partner(late), .notYetValid), (try foreign("-newkey rsa:1024"), .weakKey),
            (
                try foreign("-newkey ec -pkeyopt ec_paramgen_curve:P-521"), .unsupportedKey
            ),
            (try foreign("-newkey ed25519"), .unsupportedKey),
            (
                try foreign("-newkey rsa:2048 -addext keyUsage=digitalSignature"),
                .notForEncryption
            ),
        ]
        for (certificate, refusal) in cases {
            #expect(
                throws: SealingFailure.recipient(name: certificate.commonName, refusal),
                "\(refusal)"
            ) {
                try BundleSealer(signer: scene.keys.signing).seal(
                    try scene.draft(),
                    to: [scene.school.certificate, certificate],
                    creating: scene.folder.file("no.cms")
                )
            }
            #expect(!scene.folder.exists("no.cms"))
        }
    }

    @Test func `a certificate that restricts nothing may receive`() throws {
        let certificate = try foreign("-newkey rsa:2048")
        #expect(throws: Never.self) { try certificate.requireRecipient(at: Scene.now) }
    }

    @Test func `nobody, too many and the same twice are refused`() throws {
        let sealer = BundleSealer(signer: scene.keys.signing)
        let own = scene.school.certificate
        for (recipients, failure) in [
            ([], SealingFailure.recipientCount),
            (Array(repeating: own, count: 101), .recipientCount),
            ([own, own], .repeatedRecipient),
        ] as [([Certificate], SealingFailure)] {
            #expect(throws: failure) {
                try sealer.seal(try scene.draft(), to: recipients) { _ in }
            }
        }
    }

    @Test func `a file that is not what arrived stops the seal and leaves nothing`() throws {
        let content = Array("another student's record".utf8)
        let changed = BundleAttachment(
            parts: [.transcript],
            name: "a.pdf",
            mediaType: "application/pdf",
            digest: try BytesReader([1]).digest(),
            content: BytesReader(content)
        )
        let draft = try scene.draft([changed])
        #expect(throws: SealingFailure.attachmentChanged(position: 0)) {
            try scene.seal(draft)
        }
        #expect(!scene.folder.exists("bundle.cms"))
    }

    @Test func `more than a bundle holds is refused without reading it`() throws {
        let huge = Endless(byteCount: BundleLimits.contentBytes)
        let attachment = BundleAttachment(
            parts: [.transcript],
            name: "a.pdf",
            mediaType: "application/pdf",
            digest: try BytesReader([]).digest(),
            content: huge
        )
        #expect(throws: SealingFailure.self) { try scene.seal(try scene.draft([attachment])) }
        let small = try scene.draft().attachments[0]
        let many = Array(repeating: small, count: 1_001)
        #expect(throws: SealingFailure.tooManyFiles(limit: 1_000)) {
            try scene.seal(try scene.draft(many))
        }
    }

    @Test func `a file for a part that was not sent is refused`() throws {
        var draft = try scene.draft()
        draft.parts = [(.transcript, .noneOnFile)]
        #expect(throws: SealingFailure.partNotSent(.transcript)) { try scene.seal(draft) }
    }

    // Types are stored with the character set that they are shown in.
    @Test(arguments: [
        ("text/csv; charset=utf-8", "text/csv"), ("text/plain;charset=utf-8", "text/plain"),
        ("application/pdf", "application/pdf"),
    ])
    func `a text file is sealed and listed without its character set`(
        stored: String,
        listed: String
    ) throws {
        var draft = try scene.draft()
        draft.attachments = draft.attachments.map {
            BundleAttachment(
                parts: $0.parts,
                name: $0.name,
                mediaType: stored,
                digest: $0.digest,
                content: $0.content
            )
        }
        let sealed = try scene.seal(draft)
        #expect(Set(sealed.manifest.attachments.map(\.mediaType)) == [listed])
        #expect(try scene.open().manifest == sealed.manifest)
    }

    @Test func `files without a part are attachments`() throws {
        var draft = try scene.draft()
        draft.attachments = draft.attachments.map {
            BundleAttachment(
                parts: [],
                name: $0.name,
                mediaType: $0.mediaType,
                digest: $0.digest,
                content: $0.content
            )
        }
        let manifest = try scene.seal(draft).manifest
        #expect(manifest.parts.last?.part == .attachment)
        #expect(manifest.parts.last?.files.count == 3)
    }

    @Test func `what a reader would refuse is not signed`() throws {
        var draft = try scene.draft()
        draft.sender = .init(organization: "school:1", name: "Elm\u{202E}High")
        draft.legalBasis = ""
        let failure = #expect(throws: SealingFailure.self) { try scene.seal(draft) }
        guard case .manifest(let problems)? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(problems.map(\.path).sorted() == ["legalBasis", "sender.name"])
    }

    @Test func `what the sink throws comes out as it was`() throws {
        struct Full: Error {}
        var taken = 0
        #expect(throws: Full.self) {
            try BundleSealer(signer: scene.keys.signing).seal(
                try scene.draft(),
                to: [scene.school.certificate]
            ) { bytes in
                taken += bytes.count
                if taken > 100_000 { throw Full() }
            }
        }
    }

    @Test func `what a source throws comes out as it was`() throws {
        let attachment = BundleAttachment(
            parts: [.transcript],
            name: "a.pdf",
            mediaType: "application/pdf",
            digest: try BytesReader([]).digest(),
            content: Failing()
        )
        #expect(throws: Failing.Broken.self) { try scene.seal(try scene.draft([attachment])) }
        #expect(!scene.folder.exists("bundle.cms"))
    }

    @Test func `an existing file is not overwritten`() throws {
        _ = try scene.folder.write([1], to: "bundle.cms")
        #expect(throws: FileFailure.exists) { try scene.seal() }
        #expect(try scene.folder.read("bundle.cms") == [1])
    }

    @Test func `the sealed file says nothing of its content`() throws {
        try scene.seal()
        let bytes = try scene.folder.read("bundle.cms")
        // Long enough never to occur by chance.
        let number = try Scene.number().description
        for word in ["Elm High School", number, "transcript", "R. Registrar", "manifest.json"] {
            #expect(bytes.firstRange(of: Array(word.utf8)) == nil, "\(word)")
        }
    }

    @Test(.disabled(if: isUnderSanitizer))
    func `a record alone is sealed as the record, and says nothing of files`() throws {
        let path = try scene.folder.write(Array("{}".utf8), to: "mine.json")
        let sealed = try StandaloneBundles.seal(
            files: [],
            record: path,
            as: try scene.draft(),
            to: [scene.folder.file("school.pem")],
            signer: scene.keys.signing,
            creating: scene.folder.file("out.cms")
        )
        #expect(sealed.manifest.attachments.isEmpty && sealed.manifest.parts.isEmpty)
        _ = try StandaloneBundles.open(
            scene.folder.file("out.cms"),
            key: scene.folder.file("school.key"),
            certificate: scene.folder.file("school.pem"),
            authority: scene.folder.file("ca.pem"),
            into: scene.folder.file("opened/"),
            at: Scene.now,
            by: openingProgram()
        )
        #expect(try scene.folder.read("opened/record.json") == Array("{}".utf8))
    }

    @Test(.disabled(if: isUnderSanitizer))
    func `the command line's functions go the whole way`() throws {
        let path = try scene.folder.write(Array("synthetic".utf8), to: "Año 1.pdf")
        var draft = try scene.draft()
        draft.recordPage = StandaloneBundles.page(listing: [path, "<b>"])
        let sealed = try StandaloneBundles.seal(
            files: [path],
            as: draft,
            to: [scene.folder.file("school.pem")],
            signer: scene.keys.signing,
            creating: scene.folder.file("out.cms")
        )
        #expect(sealed.manifest.attachments.map(\.mediaType) == ["application/pdf"])
        #expect(!scene.folder.names.contains { $0.hasSuffix(".part") })
        let opened = try StandaloneBundles.open(
            scene.folder.file("out.cms"),
            key: scene.folder.file("school.key"),
            certificate: scene.folder.file("school.pem"),
            authority: scene.folder.file("ca.pem"),
            into: scene.folder.file("opened/"),
            at: Scene.now,
            by: openingProgram()
        )
        let verified = try StandaloneBundles.verify(
            scene.folder.file("opened"),
            authority: scene.folder.file("ca.pem"),
            at: Scene.now,
            by: openingProgram()
        )
        #expect(opened == verified)
        #expect(try scene.folder.read("opened/files/Año 1.pdf") == Array("synthetic".utf8))
        #expect(try scene.folder.run("grep -c '<b>' opened/record.html").output == "0\n")
        #expect(throws: BundleFailure.destination(.exists)) {
            try StandaloneBundles.open(
                scene.folder.file("out.cms"),
                key: scene.folder.file("school.key"),
                certificate: scene.folder.file("school.pem"),
                authority: scene.folder.file("ca.pem"),
                into: scene.folder.file("opened"),
                at: Scene.now,
                by: openingProgram()
            )
        }
        #expect(throws: BundleFailure.unreadable) {
            try StandaloneBundles.open(
                scene.folder.file("none.cms"),
                key: scene.folder.file("school.key"),
                certificate: scene.folder.file("school.pem"),
                authority: scene.folder.file("ca.pem"),
                into: scene.folder.file("nothing"),
                at: Scene.now,
                by: openingProgram()
            )
        }
        #expect(!scene.folder.exists("nothing"))
        #expect(throws: BundleFailure.destination(.missing)) {
            try StandaloneBundles.open(
                scene.folder.file("out.cms"),
                key: scene.folder.file("school.key"),
                certificate: scene.folder.file("school.pem"),
                authority: scene.folder.file("ca.pem"),
                into: scene.folder.file("no/such/folder"),
                at: Scene.now,
                by: openingProgram()
            )
        }
        #expect(throws: BundleFailure.notABundle) {
            try StandaloneBundles.verify(
                path,
                authority: scene.folder.file("ca.pem"),
                at: Scene.now,
                by: openingProgram()
            )
        }
    }

    @Test func `memory does not grow with the bundle`() throws {
        let size: Int64 = 256 << 20
        let source = Endless(byteCount: size)
        let attachment = BundleAttachment(
            parts: [.transcript],
            name: "scan.tiff",
            mediaType: "image/tiff",
            digest: try source.digest(),
            content: source
        )
        let before = try PeakMemory.resident()
        let memory = PeakMemory()
        let writer = try PlainFileWriter(creating: scene.folder.file("bundle.cms"))
        _ = try BundleSealer(signer: scene.keys.signing).seal(
            try scene.draft([attachment]),
            to: [scene.school.certificate]
        ) { bytes in
            try memory.sample()
            try writer.write(bytes)
        }
        _ = try writer.finish()
        let opened = try BundleOpener(trust: [scene.keys.authority]).open(
            try PlainFileReader(path: scene.folder.file("bundle.cms")),
            with: [scene.school],
            at: Scene.now,
            scratch: scene.folder.file("scratch"),
            into: Watched(memory: memory, folder: scene.folder)
        )

        #expect(opened.manifest.attachments.map(\.byteCount) == [size])
        // Other tests run beside this one, the dearest of them a password at 64 MiB.
        let growth = memory.highest - before
        #expect(growth < 160 << 20, "\(growth) bytes")
    }

    private func foreign(_ options: String) throws -> Certificate {
        let (status, output) = try scene.folder.run(
            "openssl req -x509 -nodes -days 30 -subj /CN=foreign.example -keyout f.key -out f.pem "
                + "-addext basicConstraints=critical,CA:FALSE \(options) 2>&1"
        )
        #expect(status == 0, "\(output)")
        return try Certificate(contentsOf: scene.folder.file("f.pem"))
    }
}
