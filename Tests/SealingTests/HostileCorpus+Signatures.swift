import BundleFormat
import Sealing
import Vocabulary

extension CorpusMaker {
    /// Who signed, how, and for whom.
    mutating func signatures() throws {
        try issued("elmsign", usage: "digitalSignature")
        try issued("elmkeys", usage: "keyAgreement")
        let own = [scene.school.certificate]
        add(
            .otherPartnersSignature,
            "sealed by another partner",
            try sealed(by: pair("elmsign"), to: own)
        )
        let by = "-cades -md sha256 -signer elmsign.pem -inkey elmsign.key"
        add(.otherPartnersSignature, "our manifest, signed by another", try resigned(by))

        try foreign()
        try forwarded()
        let right = "-cades -signer keys/signing.pem -inkey keys/signing.key"
        for digest in ["sha1", "sha224", "sha512"] {
            add(.weakDigest, digest, try resigned("\(right) -md \(digest)"))
        }
        add(
            .manySigners,
            "two",
            try resigned("\(right) -md sha256 -signer elmsign.pem -inkey elmsign.key")
        )
        add(.manySigners, "2000 copies", try manySigners(2_000))
        add(.manySigners, "the same twice", try manySigners(2))
        try manyCertificates(right)
        let changes = [
            ("manifest, one byte", "printf ' ' >> changed/manifest.json"),
            ("signature, one byte", "printf x >> changed/manifest.p7s"),
            ("signature, a megabyte", "head -c 1048576 /dev/zero >> changed/manifest.p7s"),
            ("signature, another after it", "cat whole/manifest.p7s >> changed/manifest.p7s"),
            ("file, one byte", "printf x >> changed/files/Transcript.pdf"),
            ("page, one byte", "printf x >> changed/record.html"),
        ]
        for (name, change) in changes { add(.trailingInside, name, try repacked(change)) }
        for change in expectations {
            let bytes = try sealed(by: scene.keys.signing, to: own, change.1)
            add(.otherExpectation, change.0, bytes)
        }
    }

    private var expectations: [(String, (inout BundleDraft) -> Void)] {
        [
            ("request", { $0.request = RequestNumber(bits: 99) }),
            (
                "recipient",
                { $0.recipient = .init(organization: "school:060000101145", name: "Elm") }
            ),
            ("sender", { $0.sender = .init(organization: "school:480000101145", name: "Oak") }),
            ("bundle", { $0.bundle = .init(rawValue: 43) }),
        ]
    }

    private mutating func foreign() throws {
        try shell(
            """
            openssl req -x509 -nodes -days 30 -subj /CN=self.example -newkey ec \
                -pkeyopt ec_paramgen_curve:P-256 -keyout self.key -out self.pem 2>/dev/null
            """
        )
        let signers = [
            ("itself", "self.pem", "self.key", ""),
            ("the authority", "keys/ca.pem", "keys/ca.key", ""),
            ("an encryption key", "elmkeys.pem", "elmkeys.key", ""),
            ("the gateway's encryption key", "keys/encryption.pem", "keys/encryption.key", ""),
            ("no certificate", "keys/signing.pem", "keys/signing.key", "-nocerts"),
            ("its key's name", "keys/signing.pem", "keys/signing.key", "-keyid"),
            (
                "a signature with its own content", "keys/signing.pem", "keys/signing.key",
                "-nodetach"
            ),
            ("no attributes", "keys/signing.pem", "keys/signing.key", "-noattr"),
        ]
        for (name, certificate, key, more) in signers {
            let cades = more == "-noattr" ? "" : "-cades"
            add(
                .foreignSigner,
                name,
                try resigned("\(cades) -md sha256 -signer \(certificate) -inkey \(key) \(more)")
            )
        }
    }

    /// Validly signed for somebody else, then sealed again to us.
    private mutating func forwarded() throws {
        let elm = try pair("elmkeys")
        for (name, recipients) in [
            ("from one", [elm.certificate]),
            ("from two", [elm.certificate, scene.keys.encryption.certificate]),
        ] {
            let bytes = try sealed(by: scene.keys.signing, to: recipients)
            _ = try scene.folder.write(bytes, to: "elm.cms")
            try shell(
                "openssl cms -decrypt -inform DER -in elm.cms -inkey elmkeys.key "
                    + "-recip elmkeys.pem -binary -out elm.zip"
            )
            for form in ["", "-stream"] {
                let again = try encrypted("-aes-256-gcm \(form) \(Self.ecdh)", archive: "elm.zip")
                add(.surreptitiousForwarding, "\(name) \(form)", again)
            }
        }
        let writer = try PlainFileWriter(creating: scene.folder.file("plain.zip"))
        _ = try BundleSealer(signer: scene.keys.signing)
            .archive(try scene.draft(Self.files), into: writer)
        add(
            .surreptitiousForwarding,
            "a download, sealed",
            try encrypted("-aes-256-gcm \(Self.ecdh)", archive: "plain.zip")
        )
    }

    /// The one signer info, so many times.
    private func manySigners(_ count: Int) throws -> [UInt8] {
        guard var signature = BERTree(try scene.folder.read("whole/manifest.p7s")) else {
            return []
        }
        let last = signature.children[1].children[0].children.count - 1
        let info = signature.children[1].children[0].children[last].children[0]
        signature.children[1].children[0].children[last].children =
            Array(repeating: info, count: count)
        _ = try scene.folder.write(signature.bytes, to: "many.p7s")
        return try repacked("cp many.p7s changed/manifest.p7s")
    }

    private mutating func manyCertificates(_ right: String) throws {
        for count in [4, 20] {
            try shell(
                """
                rm -f certs.pem; for i in $(seq \(count)); do
                openssl x509 -req -in elmsign.csr -CA keys/ca.pem -CAkey keys/ca.key -days 9 \
                    -set_serial $((1000 + i)) 2>/dev/null >> certs.pem; done
                """
            )
            add(
                .manyCertificates,
                "\(count) beside the signer's",
                try resigned("\(right) -md sha256 -certfile certs.pem")
            )
        }
    }
}
