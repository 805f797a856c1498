import BundleFormat
import Casework
import Foundation
import Sealing
import StudentRecords
import Testing
import Vocabulary

@Suite("Opened bundles") struct BundleVerifierTests {
    private let scene: Scene

    init() throws {
        scene = try Scene()
        try scene.seal()
        try scene.open()
    }

    private func verify() throws -> SignedManifest {
        try BundleVerifier(trust: [scene.keys.authority])
            .verify(folder: scene.folder.file("opened"), at: Scene.now)
    }

    @Test func `an opened folder verifies with the authority's certificate alone`() throws {
        let signed = try verify()
        #expect(signed.signer == scene.keys.signing.certificate)
        #expect(signed.manifest.certification.name == "R. Registrar")
    }

    @Test func `the archive verifies too`() throws {
        let writer = try PlainFileWriter(creating: scene.folder.file("a.zip"))
        let manifest = try BundleSealer(signer: scene.keys.signing)
            .archive(try scene.draft(), into: writer)
        let signed = try BundleVerifier(trust: [scene.keys.authority]).verify(
            archive: try PlainFileReader(path: scene.folder.file("a.zip")),
            at: Scene.now
        )
        #expect(signed.manifest == manifest)
        #expect(manifest.certificates.isEmpty)
        #expect(try scene.folder.run("unzip -tq a.zip").status == 0)
    }

    @Test(arguments: [false, true])
    func `a seal verifies with the key it is sealed to, and nothing of it is written`(
        confined: Bool
    ) throws {
        let program = confined && !isUnderSanitizer ? try openingProgram() : nil
        let verifier = BundleVerifier(trust: [scene.keys.authority], program: program)
        let before = try scene.folder.run("find . | sort").output
        func unseal(_ name: String, _ keys: [KeyPair]) throws -> SignedManifest {
            try verifier.verify(
                sealed: try PlainFileReader(path: scene.folder.file(name)),
                with: keys,
                at: Scene.now
            )
        }
        #expect(try unseal("bundle.cms", [scene.keys.encryption, scene.school]) == (try verify()))
        #expect(throws: BundleFailure.wrongKey) {
            try unseal("bundle.cms", [scene.keys.encryption])
        }
        #expect(try scene.folder.run("find . | sort").output == before)
        var bytes = [UInt8](try Data(contentsOf: URL(filePath: scene.folder.file("bundle.cms"))))
        for place in stride(from: 3, to: bytes.count, by: bytes.count / 9) {
            bytes[place] ^= 1
            _ = try scene.folder.run("rm -f changed.cms")
            _ = try scene.folder.write(bytes, to: "changed.cms")
            #expect(throws: BundleFailure.self) { try unseal("changed.cms", [scene.school]) }
            bytes[place] ^= 1
        }
    }

    @Test func `an archive that another program packed verifies`() throws {
        #expect(try pack("manifest.json", "manifest.p7s", "SHA256SUMS", "record.html"))
        let signed = try BundleVerifier(trust: [scene.keys.authority]).verify(
            archive: try PlainFileReader(path: scene.folder.file("packed.zip")),
            at: Scene.now
        )
        #expect(signed == (try verify()))
    }

    @Test(arguments: [
        (["manifest.p7s", "manifest.json"], BundleFailure.files(.order)),
        (["record.html", "manifest.json", "manifest.p7s"], .files(.order)),
    ])
    func `an archive that does not begin with its manifest is refused`(
        first: [String],
        failure: BundleFailure
    ) throws {
        #expect(try pack(first))
        #expect(throws: failure) {
            try BundleVerifier(trust: [scene.keys.authority]).verify(
                archive: try PlainFileReader(path: scene.folder.file("packed.zip")),
                at: Scene.now
            )
        }
    }

    @Test func `an archive that would fill the disk is refused while it is small`() throws {
        _ = try scene.folder.run("head -c 300000000 /dev/zero > opened/record.html")
        #expect(try pack("manifest.json", "manifest.p7s"))
        #expect(try scene.folder.read("packed.zip").count < 1 << 20)
        #expect(throws: BundleFailure.archive(.bomb)) {
            try BundleVerifier(trust: [scene.keys.authority]).verify(
                archive: try PlainFileReader(path: scene.folder.file("packed.zip")),
                at: Scene.now
            )
        }
    }

    private func pack(_ first: String...) throws -> Bool { try pack(first) }

    /// Packs the opened folder by Python, deflated, these names first.
    private func pack(_ first: [String]) throws -> Bool {
        let program = """
            import os, sys, zipfile
            names = sys.argv[1:]
            for top, _, files in os.walk('opened'):
                for file in sorted(files):
                    name = os.path.relpath(os.path.join(top, file), 'opened')
                    if name not in names: names.append(name)
            with zipfile.ZipFile('packed.zip', 'w', zipfile.ZIP_DEFLATED) as zip:
                for name in names: zip.write('opened/' + name, name)
            """
        _ = try scene.folder.write(Array(program.utf8), to: "pack.py")
        return try scene.folder.run("python3 pack.py " + first.joined(separator: " ")).status == 0
    }

    @Test func `the digest tells a repeat from something new`() throws {
        let first = try verify()
        _ = try scene.open(into: "twice")
        #expect(first.digest == (try verify()).digest)
        try scene.seal(as: "new.cms")
        #expect(try scene.open("new.cms", into: "new").digest == first.digest)
        var draft = try scene.draft()
        draft.legalBasis += "."
        try scene.seal(draft, as: "other.cms")
        #expect(try scene.open("other.cms", into: "other").digest != first.digest)
    }

    @Test(arguments: [
        ("echo x >> opened/record.html", BundleFailure.files(.changed)),
        ("printf x | dd of=opened/record.html conv=notrunc 2>&1", .files(.changed)),
        ("rm opened/OPEN-ME.txt", .files(.missing)),
        ("rm -r opened/files", .files(.missing)),
        ("echo x > opened/files/new.pdf", .files(.added)),
        ("echo x > opened/autorun.inf", .files(.added)),
        ("mkdir opened/more", .files(.added)),
        ("mkdir opened/files/more", .files(.added)),
        ("mv opened/files/Transcript.pdf opened/files/T.pdf", .files(.added)),
        ("echo >> opened/SHA256SUMS", .files(.changed)),
        ("sed -i s/Elm/Oak/ opened/manifest.json", .signature(.wrong)),
        ("echo >> opened/manifest.json", .signature(.wrong)),
        ("rm opened/manifest.json", .notABundle), ("rm opened/manifest.p7s", .notABundle),
        ("echo x > opened/manifest.p7s", .signature(.malformed)),
        ("printf x >> opened/manifest.p7s", .signature(.malformed)),
        ("head -c 70000 /dev/zero > opened/manifest.p7s", .tooLarge),
    ])
    func `whatever changed is found`(change: String, failure: BundleFailure) throws {
        #expect(try scene.folder.run(change).status == 0)
        #expect(throws: failure) { try verify() }
    }

    @Test func `a link in place of a file is not followed`() throws {
        _ = try scene.folder.run(
            "cd opened && mv record.html .. && ln -s ../record.html record.html"
        )
        #expect(throws: BundleFailure.self) { try verify() }
    }

    @Test(
        arguments: [
            ("-signer keys/signing.pem -inkey keys/signing.key -cades -md sha256", nil),
            ("-signer keys/signing.pem -inkey keys/signing.key -cades -md sha384", nil),
            (
                "-signer keys/signing.pem -inkey keys/signing.key -cades -md sha1",
                BundleFailure.signature(.weak)
            ),
            ("-signer keys/signing.pem -inkey keys/signing.key -md sha256", .signature(.wrong)),
            (
                "-signer keys/signing.pem -inkey keys/signing.key -cades -md sha256 -nodetach",
                .signature(.malformed)
            ),
            (
                "-signer keys/signing.pem -inkey keys/signing.key -cades -md sha256 -nocerts",
                .signature(.untrusted)
            ),
            (
                "-signer keys/signing.pem -inkey keys/signing.key -signer keys/encryption.pem "
                    + "-inkey keys/encryption.key -cades -md sha256",
                .signature(.notOneSigner)
            ),
            (
                "-signer keys/encryption.pem -inkey keys/encryption.key -cades -md sha256",
                .signature(.wrongPurpose)
            ),
            ("-signer keys/ca.pem -inkey keys/ca.key -cades -md sha256", .signature(.wrongPurpose)),
            ("-signer self.pem -inkey self.key -cades -md sha256", .signature(.untrusted)),
            ("-signer rsa.pem -inkey rsa.key -cades -md sha256", .signature(.weak)),
        ] as [(String, BundleFailure?)]
    )
    func `only one strong signature by the right key will do`(
        options: String,
        failure: BundleFailure?
    ) throws {
        // Such a key takes a second to make.
        if options.contains("rsa.key") {
            let rsa = try scene.keys.issuePartner(
                commonName: "RSA",
                organization: "RSA",
                kind: .rsa,
                at: Scene.now
            )
            try rsa.write(into: scene.folder.path, named: "rsa")
        }
        let (status, output) = try scene.folder.run(
            """
            openssl req -x509 -nodes -days 30 -subj /CN=self.example -newkey ec \
                -pkeyopt ec_paramgen_curve:P-256 -keyout self.key -out self.pem 2>/dev/null
            openssl cms -sign -binary -outform DER -in opened/manifest.json \
                -out opened/manifest.p7s \(options)
            """
        )
        #expect(status == 0, "\(output)")
        guard let failure else {
            #expect(throws: Never.self) { try verify() }
            return
        }
        #expect(throws: failure) { try verify() }
    }

    @Test func `a signature over other bytes is refused`() throws {
        var draft = try scene.draft()
        draft.bundle = .init(rawValue: 43)
        try scene.seal(draft, as: "other.cms")
        try scene.open("other.cms", into: "other")
        _ = try scene.folder.run("cp other/manifest.p7s opened/")
        #expect(throws: BundleFailure.signature(.wrong)) { try verify() }
    }

    @Test func `time is asked: before, within and after the signer's certificate`() throws {
        let year: Int64 = 365 * 86_400
        let verifier = BundleVerifier(trust: [scene.keys.authority])
        let path = scene.folder.file("opened")
        for (seconds, isOver) in [
            (-year, true), (0, false), (year, false), (3 * year, true), (11 * year, true),
        ] {
            let at = Scene.now.advanced(bySeconds: seconds)
            guard seconds >= 0 else {
                #expect(throws: BundleFailure.signature(.notYetValid)) {
                    try verifier.verify(folder: path, at: at)
                }
                continue
            }
            // Good when it was made is good for years; it says when that was.
            let signed = try verifier.verify(folder: path, at: at)
            let whole = Scene.now.millisecondsSince1970 / 1_000 * 1_000
            let made = Instant(millisecondsSince1970: whole)
            #expect(signed.signedAt == (isOver ? made : nil))
        }
    }

    @Test(arguments: [false, true])
    func `what is taken in must be signed by somebody who still may`(confined: Bool) throws {
        let later = Scene.now.advanced(bySeconds: 3 * 365 * 86_400)
        let program = confined ? try openingProgram() : nil
        func open(_ expired: ExpiredSigner, into name: String) throws -> SignedManifest {
            try BundleOpener(trust: [scene.keys.authority], program: program, expired: expired)
                .open(
                    try PlainFileReader(path: scene.folder.file("taken.cms")),
                    with: [scene.school],
                    at: later,
                    scratch: scene.folder.file("scratch"),
                    into: try OpenedFolder(scene.folder.file(name))
                )
        }
        try scene.seal(scene.draft(), as: "taken.cms")
        #expect(throws: BundleFailure.signerExpired) { try open(.refused, into: "new") }
        #expect(try open(.heldWhenSigned, into: "kept").signedAt != nil)
    }

    @Test func `a bundle made after its signer expired is not merely old`() throws {
        let past = Scene.now.advanced(bySeconds: -3 * 365 * 86_400)
        let keys = try GatewayKeys.create(
            in: scene.folder.file("past"),
            organization: "Past",
            at: past
        )
        let writer = try PlainFileWriter(creating: scene.folder.file("late.zip"))
        _ = try BundleSealer(signer: keys.signing).archive(try scene.draft(), into: writer)
        #expect(throws: BundleFailure.signature(.expired)) {
            try BundleVerifier(trust: [keys.authority]).verify(
                archive: try PlainFileReader(path: scene.folder.file("late.zip")),
                at: Scene.now
            )
        }
    }

    @Test func `without an authority nobody is believed`() throws {
        #expect(throws: BundleFailure.signature(.untrusted)) {
            try BundleVerifier(trust: [])
                .verify(folder: scene.folder.file("opened"), at: Scene.now)
        }
        // Not even the signer's own certificate makes an authority.
        #expect(throws: BundleFailure.signature(.untrusted)) {
            try BundleVerifier(trust: [scene.keys.signing.certificate])
                .verify(folder: scene.folder.file("opened"), at: Scene.now)
        }
    }
}
