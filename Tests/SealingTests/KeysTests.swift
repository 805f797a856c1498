import BundleFormat
import Sealing
import Testing
import Vocabulary

@Suite("Keys") struct KeysTests {
    @Test func `a gateway's keys are made once and load again`() throws {
        let folder = try TemporaryFolder()
        let made = try GatewayKeys.create(in: folder.file("k"), organization: "Elm", at: Scene.now)
        let loaded = try GatewayKeys.load(from: folder.file("k"))

        #expect(loaded.authority == made.authority)
        #expect(loaded.signing.certificate == made.signing.certificate)
        #expect(loaded.encryption.certificate == made.encryption.certificate)
        #expect(made.signing.certificate.commonName == "Elm signing")
        let before = try folder.run("sha256sum k/*").output
        #expect(throws: KeyFailure.exists(path: folder.file("k/ca.key"))) {
            try GatewayKeys.create(in: folder.file("k"), organization: "Elm", at: Scene.now)
        }
        #expect(try folder.run("sha256sum k/*").output == before)
    }

    @Test(arguments: [
        "ca.pem", "signing.pem", "signing.key", "encryption.key", "master-1.key",
    ])
    func `one file that is there stops the making, and what is there stays`(name: String) throws {
        let folder = try TemporaryFolder()
        _ = try folder.run("mkdir k && echo mine > k/\(name)")
        #expect(throws: KeyFailure.exists(path: folder.file("k/\(name)"))) {
            try GatewayKeys.create(in: folder.file("k"), organization: "Elm", at: Scene.now)
        }
        #expect(try folder.run("ls k").output == "\(name)\n")
    }

    @Test func `private files are for their owner, the folder too`() throws {
        let scene = try Scene()
        let modes = try scene.folder.run("stat -c '%a %n' keys keys/*").output
        #expect(
            modes == """
                700 keys
                600 keys/ca.key
                644 keys/ca.pem
                600 keys/encryption.key
                644 keys/encryption.pem
                600 keys/master-1.key
                600 keys/signing.key
                644 keys/signing.pem

                """
        )
    }

    @Test(arguments: ["signing.key", "encryption.key", "master-1.key"], ["640", "604", "666"])
    func `a private file that others could read is refused with its cure`(
        name: String,
        mode: String
    ) throws {
        let scene = try Scene()
        _ = try scene.folder.run("chmod \(mode) keys/\(name)")
        let failure = #expect(throws: KeyFailure.self) {
            try GatewayKeys.load(from: scene.folder.file("keys"))
        }
        #expect(failure?.description.contains("chmod 600") == true)
    }

    @Test func `a running gateway does not need its authority's key`() throws {
        let scene = try Scene()
        _ = try scene.folder.run("rm keys/ca.key")
        let keys = try GatewayKeys.load(from: scene.folder.file("keys"))
        #expect(throws: KeyFailure.missing(path: scene.folder.file("keys/ca.key"))) {
            try keys.issueServer(for: ["localhost"], at: Scene.now)
        }
    }

    @Test func `what is missing, cut or foreign is named`() throws {
        for (change, failure) in [
            ("rm keys/signing.key", KeyFailure.missing(path: "keys/signing.key")),
            ("rm keys/master-1.key", .missing(path: "keys/master-1.key")),
            (
                "head -c 31 keys/ca.key > keys/master-1.key",
                .notAMasterKey(path: "keys/master-1.key")
            ),
            ("cp keys/encryption.key keys/signing.key", .keyDoesNotBelong),
            ("echo x > keys/signing.key", .notAKey), ("echo x > keys/ca.pem", .notACertificate),
        ] {
            let scene = try Scene()
            _ = try scene.folder.run(change)
            let found = #expect(throws: KeyFailure.self) {
                try GatewayKeys.load(from: scene.folder.file("keys"))
            }
            #expect(
                found?.description.replacing(scene.folder.path + "/", with: "")
                    == failure.description
            )
        }
    }

    @Test func `an encrypted private key is refused without asking anybody`() throws {
        let scene = try Scene()
        _ = try scene.folder.run(
            "openssl ec -aes256 -passout pass:x -in school.key -out locked.key 2>&1; chmod 600 *.key"
        )
        #expect(throws: KeyFailure.notAKey) {
            try KeyPair(
                certificateFile: scene.folder.file("school.pem"),
                keyFile: scene.folder.file("locked.key")
            )
        }
    }

    @Test func `older keys are kept for opening`() throws {
        let scene = try Scene()
        _ = try scene.folder.run(
            """
            cd keys && cp encryption.pem encryption-old-1.pem && cp encryption.key encryption-old-1.key
            chmod 600 *.key && head -c 32 /dev/urandom > master-2.key && chmod 600 master-2.key
            """
        )
        let keys = try GatewayKeys.load(from: scene.folder.file("keys"))
        #expect(keys.opening.count == 2)
        #expect(keys.master.current == 2)
    }

    @Test func `stock tools agree with the certificates`() throws {
        let scene = try Scene()
        let server = try scene.keys.issueServer(
            for: ["localhost", "127.0.0.1", "::1"],
            at: Scene.now
        )
        try server.write(into: scene.folder.path, named: "tls")
        let script = """
            set -e
            openssl verify -CAfile ca.pem -purpose smimesign keys/signing.pem
            openssl verify -CAfile ca.pem keys/encryption.pem school.pem
            openssl verify -CAfile ca.pem -purpose sslserver -verify_hostname localhost tls.pem
            openssl verify -CAfile ca.pem -purpose sslserver -verify_ip 127.0.0.1 tls.pem
            openssl verify -CAfile ca.pem -purpose sslserver -verify_ip ::1 tls.pem
            openssl x509 -in keys/ca.pem -noout -text
            """
        let (status, output) = try scene.folder.run(script)
        #expect(status == 0, "\(output)")
        #expect(output.contains("CA:TRUE, pathlen:0"))
        #expect(
            try scene.folder.run(
                "openssl verify -CAfile ca.pem -purpose sslserver keys/signing.pem"
            ).status != 0
        )
    }

    @Test(arguments: ["a,DNS:evil.example", "", "a b", "ünicode"])
    func `a name that is no host is refused`(name: String) throws {
        let scene = try Scene()
        #expect(throws: KeyFailure.notAHost(name)) {
            try scene.keys.issueServer(for: [name], at: Scene.now)
        }
    }

    @Test func `a private key does not show in a dump`() throws {
        let scene = try Scene()
        var text = ""
        dump(scene.school, to: &text)
        #expect(text.contains("redacted") || !text.contains("key"))
        #expect(!"\(try scene.school.keyPEM)".contains("BEGIN"))
        #expect(try scene.school.keyPEM.revealed.contains("BEGIN PRIVATE KEY"))
    }

    @Test func `the name that a seal uses is what stock tools write`() throws {
        let scene = try Scene()
        try scene.seal()
        let input = try PlainFileReader(path: scene.folder.file("bundle.cms"))
        let check = try SealCheck(SeekableBytes(try input.read(from: 0, upTo: 1 << 20)))
        #expect(
            try check.recipients.map(\.identifier) == [scene.school.certificate.issuerAndSerial]
        )
    }
}
