import BundleFormat
import Sealing
import Testing
import Vocabulary

/// Changing keys under a gateway that goes on working.
@Suite("Rotation of keys") struct KeyRotationTests {
    private static let elm = "060000101145"
    private static let ash = "060000101146"
    private let scene: Scene

    init() throws {
        scene = try Scene()
    }

    @Test func `what was sealed to the old key opens until that key is destroyed`() throws {
        let old = scene.keys.encryption.certificate
        try seal(to: old, as: "before.cms")
        let turned = try scene.keys.rotate(.encryption, at: Scene.now)
        let fresh = turned.encryption.certificate
        #expect(fresh != old)
        #expect(turned.opening.map(\.certificate) == [fresh, old])
        try seal(to: fresh, as: "after.cms")
        for name in ["before.cms", "after.cms"] {
            #expect(throws: Never.self) {
                try scene.open(name, with: turned.opening, into: name + ".d")
            }
        }

        #expect(try turned.destroyOldKey(old.fingerprint) == old)
        let left = try GatewayKeys.load(from: scene.folder.file("keys"))
        #expect(left.opening.map(\.certificate) == [fresh])
        #expect(throws: BundleFailure.wrongKey) {
            try scene.open("before.cms", with: left.opening, into: "dead")
        }
        #expect(throws: Never.self) {
            try scene.open("after.cms", with: left.opening, into: "alive")
        }
        #expect(try scene.folder.run("ls keys").output.contains("encryption-old-1.pem"))
        #expect(throws: KeyFailure.self) { try left.destroyOldKey(old.fingerprint) }
        // The current one cannot be destroyed by mistake.
        #expect(throws: KeyFailure.self) { try left.destroyOldKey(fresh.fingerprint) }
    }

    @Test func `what was signed by the old key verifies, and its private half is gone`() throws {
        let old = scene.keys.signing
        try scene.seal(as: "before.cms")
        let turned = try scene.keys.rotate(.signing, at: Scene.now)
        #expect(turned.signing.certificate != old.certificate)
        #expect(try scene.open("before.cms", into: "before").signer == old.certificate)
        _ = try BundleSealer(signer: turned.signing).seal(
            try scene.draft(),
            to: [scene.school.certificate],
            creating: scene.folder.file("after.cms")
        )
        #expect(try scene.open("after.cms", into: "after").signer == turned.signing.certificate)
        let names = try scene.folder.run("ls keys").output
        #expect(names.contains("signing-old-1.pem"))
        #expect(!names.contains("signing-old-1.key"))
    }

    @Test func `the gateway knows what it signs with, before and after a rotation`() throws {
        let old = scene.keys
        let turned = try old.rotate(.signing, at: Scene.now)
        let school = try turned.issueSchool("1", name: "Maple School", at: Scene.now)
        // Whoever loaded the folder before the rotation, too.
        for keys in [old, turned] {
            #expect(try keys.isOwnSigner(old.signing.certificate.fingerprint))
            #expect(try keys.isOwnSigner(turned.signing.certificate.fingerprint))
            for other in [school, turned.encryption] {
                #expect(try !keys.isOwnSigner(other.certificate.fingerprint))
            }
            #expect(try !keys.isOwnSigner(keys.authority.fingerprint))
        }
    }

    @Test func `ten rotations in a row keep every older key`() throws {
        var keys = scene.keys
        var certificates: [Certificate] = [keys.encryption.certificate]
        for round in 0..<10 {
            try seal(to: keys.encryption.certificate, as: "\(round).cms")
            keys = try keys.rotate(.encryption, at: Scene.now)
            certificates.append(keys.encryption.certificate)
        }
        #expect(Set(keys.opening.map(\.certificate)) == Set(certificates))
        #expect(keys.opening.first?.certificate == certificates.last)
        for round in 0..<10 {
            #expect(throws: Never.self) {
                try scene.open("\(round).cms", with: keys.opening, into: "opened\(round)")
            }
        }
        let modes = try scene.folder.run("stat -c '%a' keys/*.key | sort -u").output
        #expect(modes == "600\n")
    }

    @Test(arguments: ["signing", "encryption"])
    func `a rotation that was cut anywhere leaves keys that load`(name: String) throws {
        // As after a crash between the two renames: the new key under the old certificate.
        let copy = try TemporaryFolder()
        _ = try copy.run("cp -r \(scene.folder.file("keys")) keys")
        let keys = try GatewayKeys.load(from: copy.file("keys"))
        _ = try copy.run("cp keys/\(name).pem old.pem")
        _ = try keys.rotate(name == "signing" ? .signing : .encryption, at: Scene.now)
        _ = try copy.run("mv keys/\(name).pem keys/\(name)-new.pem && cp old.pem keys/\(name).pem")
        let mended = try GatewayKeys.load(from: copy.file("keys"))
        #expect(!copy.exists("keys/\(name)-new.pem"))
        #expect(mended.opening.count == (name == "signing" ? 1 : 2))
    }

    @Test func `a school's own signing key carries its name, and stock tools verify it`() throws {
        let pair = try scene.keys.issueSchool(
            "060000101145",
            name: "Elm High School",
            at: Scene.now
        )
        #expect(pair.certificate.commonName == "Elm High School")
        #expect(try scene.keys.school("060000101145")?.certificate == pair.certificate)
        #expect(try scene.keys.school("999999999999") == nil)
        _ = try BundleSealer(signer: pair).seal(
            try scene.draft(),
            to: [scene.school.certificate],
            creating: scene.folder.file("behalf.cms")
        )
        #expect(try scene.open("behalf.cms").signer.commonName == "Elm High School")
        let (status, output) = try scene.folder.run(
            """
            cd opened && openssl cms -verify -inform DER -in manifest.p7s -content manifest.json \
                -binary -CAfile ../ca.pem -signer who.pem -out /dev/null \
                && openssl x509 -in who.pem -noout -subject
            """
        )
        #expect(status == 0, "\(output)")
        #expect(output.contains("Elm High School"))
        #expect(output.contains("on behalf: Gateway of Oak"))
    }

    @Test func `a school's key is rotated, and what the old one signed verifies with stock tools`()
        throws
    {
        let old = try scene.keys.issueSchool(Self.elm, name: "Elm High School", at: Scene.now)
        try sign(by: old, as: "before.cms")
        let fresh = try scene.keys.rotateSchool(Self.elm, name: "Elm High School", at: Scene.now)
        #expect(fresh.certificate != old.certificate)
        #expect(fresh.certificate.keyDigest != old.certificate.keyDigest)
        #expect(fresh.certificate.commonName == "Elm High School")
        // A gateway that loaded its keys before signs with it from now on.
        #expect(try scene.keys.school(Self.elm)?.certificate == fresh.certificate)
        try sign(by: try #require(try scene.keys.school(Self.elm)), as: "after.cms")
        for (name, signer) in [("before", old), ("after", fresh)] {
            #expect(try scene.open("\(name).cms", into: name).signer == signer.certificate)
            let (status, output) = try scene.folder.run(
                """
                cd \(name) && openssl cms -verify -inform DER -in manifest.p7s \
                    -content manifest.json -binary -CAfile ../ca.pem -out /dev/null
                """
            )
            #expect(status == 0, "\(output)")
        }
        // Of the old one only the certificate is left.
        let names = try scene.folder.run("LC_ALL=C ls keys/schools | tr '\\n' ' '").output
        #expect(names == "\(Self.elm)-old-1.pem \(Self.elm).key \(Self.elm).pem ")
        let kept = try Certificate(
            contentsOf: scene.folder.file("keys/schools/\(Self.elm)-old-1.pem")
        )
        #expect(kept == old.certificate)
        #expect(try scene.folder.run("stat -c %a keys/schools/\(Self.elm).key").output == "600\n")
    }

    @Test func `ten rotations of two schools keep every certificate and mix nothing up`() throws {
        var certificates: [String: [Certificate]] = [:]
        for (file, name) in [(Self.elm, "Elm"), (Self.ash, "Ash")] {
            let pair = try scene.keys.issueSchool(file, name: name, at: Scene.now)
            certificates[file] = [pair.certificate]
            for _ in 0..<10 {
                let turned = try scene.keys.rotateSchool(file, name: name, at: Scene.now)
                #expect(try scene.keys.school(file)?.certificate == turned.certificate)
                certificates[file]?.append(turned.certificate)
            }
        }
        for (file, made) in certificates {
            let kept = try (1...10).map { number in
                try Certificate(
                    contentsOf: scene.folder.file("keys/schools/\(file)-old-\(number).pem")
                )
            }
            #expect(kept == made.dropLast())
        }
        #expect(try scene.keys.schools().map(\.file) == [Self.elm, Self.ash].sorted())
        #expect(throws: KeyFailure.self) {
            try scene.keys.rotateSchool("999999999999", name: "None", at: Scene.now)
        }
    }

    @Test func `a school's rotation that was cut between its two halves is ended`() throws {
        _ = try scene.keys.issueSchool(Self.elm, name: "Elm", at: Scene.now)
        let fresh = try scene.keys.rotateSchool(Self.elm, name: "Elm", at: Scene.now)
        _ = try scene.folder.run(
            "cd keys/schools && mv \(Self.elm).pem \(Self.elm)-new.pem && "
                + "cp \(Self.elm)-old-1.pem \(Self.elm).pem"
        )
        #expect(try scene.keys.school(Self.elm)?.certificate == fresh.certificate)
        _ = try scene.folder.run("cd keys/schools && mv \(Self.elm).pem \(Self.elm)-new.pem")
        _ = try GatewayKeys.load(from: scene.folder.file("keys"))
        #expect(!scene.folder.exists("keys/schools/\(Self.elm)-new.pem"))
        #expect(try scene.keys.schools().map(\.certificate) == [fresh.certificate])
    }

    /// What a rotation leaves that was cut before its first rename, cut again while the next one
    /// clears it away.
    @Test(arguments: ["signing", "encryption", "client", "schools/060000101145"])
    func `leftovers of a rotation are cleared away in an order that harms nothing`(
        name: String
    ) throws {
        _ = try scene.keys.renewClient(at: Scene.now)
        _ = try scene.keys.issueSchool(Self.elm, name: "Elm", at: Scene.now)
        _ = try scene.keys.issueSchool(Self.ash, name: "Ash", at: Scene.now)
        let before = try Certificate(contentsOf: scene.folder.file("keys/\(name).pem"))
        let leftovers = GatewayKeys.leftovers(of: name)
        for cut in 0...leftovers.count {
            _ = try scene.folder.run(
                """
                cp keys/schools/\(Self.ash).pem keys/\(name)-new.pem
                cp keys/schools/\(Self.ash).key keys/\(name)-new.key
                """
            )
            for file in leftovers.prefix(cut) { _ = try scene.folder.run("rm keys/\(file)") }
            let keys = try GatewayKeys.load(from: scene.folder.file("keys"))
            let after = try Certificate(contentsOf: scene.folder.file("keys/\(name).pem"))
            #expect(after == before, "after \(cut) removals")
            #expect(throws: Never.self) {
                _ = try (keys.client(), keys.school(Self.elm))
            }
        }
        #expect(Set(leftovers) == ["\(name)-new.pem", "\(name)-new.key"])
    }

    // MARK: Certificates of partners

    @Test(
        arguments: [
            ("digitalSignature", "emailProtection", CertificateInspection.Use.signing, []),
            ("keyAgreement", "emailProtection", .encryption, []),
            ("keyAgreement", "emailProtection", .signing, [.notForSigning]),
            ("digitalSignature", "emailProtection", .encryption, [.notForEncryption]),
            ("digitalSignature", "clientAuth", .signing, [.notForMail]),
            ("digitalSignature", "clientAuth", .encryption, [.notForEncryption, .notForMail]),
        ] as [(String, String, CertificateInspection.Use, [CertificateInspection.Problem])]
    )
    func `usage is checked, and every problem is named at once`(
        usage: String,
        extended: String,
        use: CertificateInspection.Use,
        problems: [CertificateInspection.Problem]
    ) throws {
        let certificate = try made(usage: usage, extended: extended, days: 365)
        #expect(CertificateInspection(certificate, for: use, at: Scene.now).problems == problems)
    }

    @Test func `dates are checked`() throws {
        let certificate = try made(usage: "digitalSignature", extended: "emailProtection", days: 40)
        let day: Int64 = 86_400
        for (days, problems) in [
            (0, []), (15, [.expiresSoon]), (41, [.expired]), (-2, [.notYetValid]),
        ] as [(Int64, [CertificateInspection.Problem])] {
            let at = Scene.now.advanced(bySeconds: days * day)
            #expect(CertificateInspection(certificate, for: .signing, at: at).problems == problems)
        }
        let long = try made(usage: "digitalSignature", extended: "emailProtection", days: 5_000)
        #expect(
            CertificateInspection(long, for: .signing, at: Scene.now).problems == [.longLived]
        )
    }

    @Test func `an authority and a key of another kind are refused for all they lack`() throws {
        #expect(
            CertificateInspection(scene.keys.authority, for: .encryption, at: Scene.now).problems
                == [.authority, .notForEncryption]
        )
        _ = try scene.folder.run(
            """
            openssl req -x509 -nodes -newkey ed25519 -days 365 -subj /O=Elm -keyout e.key -out e.pem \
                2>/dev/null
            """
        )
        let other = try Certificate(contentsOf: scene.folder.file("e.pem"))
        let found = CertificateInspection(other, for: .signing, at: Scene.now).problems
        #expect(found.contains(.unsupportedKey))
        #expect(found.contains(.noName))
    }

    private func seal(to certificate: Certificate, as name: String) throws {
        _ = try BundleSealer(signer: scene.keys.signing).seal(
            try scene.draft(),
            to: [certificate],
            creating: scene.folder.file(name)
        )
    }

    private func sign(by signer: KeyPair, as name: String) throws {
        _ = try BundleSealer(signer: signer).seal(
            try scene.draft(),
            to: [scene.school.certificate],
            creating: scene.folder.file(name)
        )
    }

    private func made(usage: String, extended: String, days: Int) throws -> Certificate {
        let (status, output) = try scene.folder.run(
            """
            openssl req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256 -days \(days) \
                -subj '/O=Elm/CN=Elm' -keyout m.key -out m.pem -addext keyUsage=critical,\(usage) \
                -addext extendedKeyUsage=\(extended) -addext basicConstraints=critical,CA:FALSE \
                2>/dev/null
            """
        )
        #expect(status == 0, "\(output)")
        return try Certificate(contentsOf: scene.folder.file("m.pem"))
    }
}
