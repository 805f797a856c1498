import BundleFormat
import Foundation
import Sealing
import StudentRecords
import Testing
import Vocabulary

/// Bundles that nobody should accept, made from good ones by stock OpenSSL and by surgery.
///
/// Most classes are such as `openssl cms -decrypt | openssl cms -verify` accepts.
final class HostileCorpus: Sendable {
    /// What is wrong with a bundle.
    enum Class: String, CaseIterable, Sendable {
        case otherPartnersSignature, surreptitiousForwarding, extraRecipient, missingRecipient
        case duplicateRecipient, weakDigest, weakCipher, weakKeyTransport, weakKeyAgreement
        case passwordRecipient, sharedKeyRecipient, trailingOutside, trailingInside, shortTag
        case lyingTagLength, nonceLength, manySigners, manyCertificates, foreignSigner
        case otherContentType, nestedMessages, deepNesting, indefiniteAbuse, tinySegments
        case oversizedRecipients, strangeFields, otherCipherName, archiveTricks, otherExpectation
        case segmentsReordered, tagOfOther
    }

    struct Sample: Sendable, CustomStringConvertible {
        let kind: Class
        let name: String
        let bytes: [UInt8]
        let description: String

        init(_ kind: Class, _ name: String, _ bytes: [UInt8]) {
            self.kind = kind
            self.name = name
            self.bytes = bytes
            description = "\(kind.rawValue): \(name)"
        }
    }

    let scene: Scene
    /// What the receiver expects of the channel.
    let expectation: BundleExpectation
    let samples: [Sample]
    /// Good ones, so that refusing everything is no way to pass.
    let good: [[UInt8]]

    static let shared = Result { try HostileCorpus() }

    private init() throws {
        scene = try Scene()
        expectation = BundleExpectation(
            recipients: [Scene.recipient.organization],
            request: try Scene.number(),
            bundle: .init(rawValue: 42),
            signers: [scene.keys.signing.certificate.fingerprint],
            senders: ["school:060000101145"]
        )
        var maker = try CorpusMaker(scene)
        try maker.signatures()
        try maker.recipients()
        try maker.ciphers()
        try maker.framing()
        try maker.archives()
        samples = maker.samples
        good = maker.good
    }
}

/// Makes the samples, class by class.
struct CorpusMaker {
    let scene: Scene
    var samples: [HostileCorpus.Sample] = []
    var good: [[UInt8]] = []
    /// The good bundle, taken apart.
    let tree: BERTree
    let sealed: [UInt8]
    static let ecdh = "-recip school.pem -keyopt ecdh_kdf_md:sha256"
    static let files: [(name: String, bytes: [UInt8])] = [
        ("Transcript.pdf", Array("%PDF-1.7 transcript".utf8)),
        ("b.pdf", FileVaultTests.content(3_000)),
    ]

    init(_ scene: Scene) throws {
        self.scene = scene
        try scene.seal(try scene.draft(Self.files))
        sealed = try scene.folder.read("bundle.cms")
        tree = try #require(BERTree(sealed))
        try #require(tree.bytes == sealed)
        good.append(sealed)
        try Self.shell(
            scene,
            """
            openssl cms -decrypt -inform DER -in bundle.cms -inkey school.key -recip school.pem \
                -binary -out bundle.zip && mkdir whole && cd whole && unzip -q ../bundle.zip
            """
        )
        for form in ["", "-stream"] {
            good.append(try encrypted("-aes-256-gcm \(form) \(Self.ecdh)"))
        }
    }

    static func shell(_ scene: Scene, _ command: String) throws {
        let (status, output) = try scene.folder.run(command)
        try #require(status == 0, "\(output)")
    }

    func shell(_ command: String) throws { try Self.shell(scene, command) }

    mutating func add(_ kind: HostileCorpus.Class, _ name: String, _ bytes: [UInt8]) {
        samples.append(HostileCorpus.Sample(kind, name, bytes))
    }

    mutating func add(
        _ kind: HostileCorpus.Class,
        _ name: String,
        _ change: (inout BERTree) -> Void
    ) {
        var changed = tree
        change(&changed)
        add(kind, name, changed.bytes)
    }

    /// The good archive, or another, sealed by the stock program.
    func encrypted(_ options: String, archive: String = "bundle.zip") throws -> [UInt8] {
        try shell(
            "openssl cms -encrypt -binary -outform DER -in \(archive) -out again.cms \(options)"
        )
        return try scene.folder.read("again.cms")
    }

    /// The good bundle's folder with a change, packed and sealed again to the right certificate.
    func repacked(_ change: String) throws -> [UInt8] {
        let program = """
            import os, sys, zipfile
            names = ['manifest.json', 'manifest.p7s']
            for top, _, files in os.walk('changed'):
                for file in sorted(files):
                    name = os.path.relpath(os.path.join(top, file), 'changed')
                    if name not in names: names.append(name)
            with zipfile.ZipFile('changed.zip', 'w') as zip:
                for name in names: zip.write('changed/' + name, name)
            """
        _ = try scene.folder.write(Array(program.utf8), to: "pack.py")
        try shell(
            "rm -rf changed changed.zip && cp -r whole changed && { \(change) ; } && python3 pack.py"
        )
        return try encrypted("-aes-256-gcm \(Self.ecdh)", archive: "changed.zip")
    }

    /// Signs the good manifest anew in other ways.
    func resigned(_ options: String) throws -> [UInt8] {
        try repacked(
            "openssl cms -sign -binary -outform DER -in changed/manifest.json "
                + "-out changed/manifest.p7s \(options)"
        )
    }

    /// A certificate that the authority has issued to somebody else, with its key.
    func issued(_ name: String, usage: String, days: Int = 30) throws {
        try shell(
            """
            openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout \(name).key \
                -subj '/O=Elm/CN=\(name)' -out \(name).csr 2>/dev/null
            printf 'basicConstraints=critical,CA:FALSE\\nkeyUsage=critical,\(usage)\\n\
            extendedKeyUsage=emailProtection\\n' > \(name).cnf
            openssl x509 -req -in \(name).csr -CA keys/ca.pem -CAkey keys/ca.key -days \(days) \
                -extfile \(name).cnf -out \(name).pem -set_serial \(abs(name.hashValue)) 2>/dev/null
            chmod 600 \(name).key
            """
        )
    }

    func pair(_ name: String) throws -> KeyPair {
        try KeyPair(
            certificateFile: scene.folder.file("\(name).pem"),
            keyFile: scene.folder.file("\(name).key")
        )
    }

    func sealed(
        by signer: KeyPair,
        to recipients: [Certificate],
        _ change: (inout BundleDraft) -> Void = { _ in }
    ) throws -> [UInt8] {
        var draft = try scene.draft(Self.files)
        change(&draft)
        var bytes: [UInt8] = []
        _ = try BundleSealer(signer: signer).seal(draft, to: recipients) { bytes += $0 }
        return bytes
    }
}
