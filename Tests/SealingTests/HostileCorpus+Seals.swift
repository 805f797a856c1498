import BundleFormat
import Sealing

extension CorpusMaker {
    /// For whom it is sealed.
    mutating func recipients() throws {
        let elm = "-recip elmkeys.pem -keyopt ecdh_kdf_md:sha256"
        let gcm = "-aes-256-gcm"
        for form in ["", "-stream"] {
            add(
                .extraRecipient,
                "after ours \(form)",
                try encrypted("\(gcm) \(form) \(Self.ecdh) \(elm)")
            )
            add(
                .extraRecipient,
                "before ours \(form)",
                try encrypted("\(gcm) \(form) \(elm) \(Self.ecdh)")
            )
        }
        let both = [scene.school.certificate, try pair("elmkeys").certificate]
        let two = try sealed(by: scene.keys.signing, to: both)
        if var tree = BERTree(two) {
            tree.recipients = [tree.recipients[0]]
            add(.missingRecipient, "one of two left", tree.bytes)
            tree.recipients += [tree.recipients[0]]
            add(.missingRecipient, "ours twice in place of two", tree.bytes)
        }
        add(
            .duplicateRecipient,
            "by the stock program",
            try encrypted("\(gcm) \(Self.ecdh) \(Self.ecdh)")
        )
        for count in [2, 3, 100] {
            add(.duplicateRecipient, "\(count) copies") {
                $0.recipients = Array(repeating: $0.recipients[0], count: count)
            }
        }
        // Stock OpenSSL makes no such recipient for GCM, but it reads past one.
        let password = "-aes-256-cbc \(Self.ecdh) -pwri_password secret"
        if let other = BERTree(try encrypted(password)) {
            for place in [0, 1] {
                add(.passwordRecipient, "beside ours, \(place)") {
                    $0.recipients.insert(other.recipients[1], at: place)
                }
            }
            add(.passwordRecipient, "alone") { $0.recipients = [other.recipients[1]] }
        }
        let shared = "-secretkey 000102030405060708090A0B0C0D0E0F -secretkeyid 01"
        add(.sharedKeyRecipient, "beside ours", try encrypted("\(gcm) \(Self.ecdh) \(shared)"))
        add(.sharedKeyRecipient, "alone", try encrypted("\(gcm) \(shared)"))
        for count in [101, 400, 2_000] {
            add(.oversizedRecipients, "\(count)") {
                $0.recipients = Array(repeating: $0.recipients[0], count: count)
            }
        }
        add(.oversizedRecipients, "a name of 70,000 bytes") {
            $0.recipients[0].children[3].children[0].children[0] =
                BERTree(
                    0x30,
                    [BERTree(0x30, [BERTree(0x0C, [UInt8](repeating: 65, count: 70_000))])]
                )
        }
        add(.oversizedRecipients, "keying material of 60,000 bytes") {
            let material = BERTree(0xA1, [BERTree(0x04, [UInt8](repeating: 1, count: 60_000))])
            $0.recipients[0].children.insert(material, at: 2)
        }
        add(.oversizedRecipients, "none") { $0.recipients = [] }
    }

    /// How it is encrypted.
    mutating func ciphers() throws {
        for cipher in [
            "aes-256-cbc", "aes-128-cbc", "des-ede3-cbc", "aes-256-ofb", "aes-128-gcm",
            "aes-192-gcm",
        ] {
            for form in ["", "-stream"] {
                add(
                    .weakCipher,
                    "\(cipher) \(form)",
                    try encrypted("-\(cipher) \(form) \(Self.ecdh)")
                )
            }
        }
        for name in ["sha1", "sha224", "sha384", "sha512"] {
            let options = "-aes-256-gcm -recip school.pem -keyopt ecdh_kdf_md:\(name)"
            add(.weakKeyAgreement, name, try encrypted(options))
        }
        add(.weakKeyAgreement, "left alone", try encrypted("-aes-256-gcm -recip school.pem"))
        try rsa()
        for length in 0...15 {
            add(.shortTag, "\(length)") { $0.fields[3].content.removeLast(16 - length) }
        }
        add(.shortTag, "17") { $0.fields[3].content.append(0) }
        add(.shortTag, "in segments") {
            $0.fields[3] = BERTree(0x24, [BERTree(0x04, $0.fields[3].content)])
        }
        for length in [0, 4, 8, 12, 13, 15, 17, 32] {
            add(.lyingTagLength, "says \(length)") { $0.parameters[1].content = [UInt8(length)] }
            if length < 16 {
                add(.lyingTagLength, "says and is \(length)") {
                    $0.parameters[1].content = [UInt8(length)]
                    $0.fields[3].content.removeLast(16 - length)
                }
            }
        }
        add(.lyingTagLength, "says nothing") { $0.parameters.removeLast() }
        add(.lyingTagLength, "says it twice") { $0.parameters.append($0.parameters[1]) }
        for length in [0, 1, 8, 11, 13, 16, 64] {
            add(.nonceLength, "\(length)") {
                $0.parameters[0].content = [UInt8](repeating: 7, count: length)
            }
        }
        for last in [0x06, 0x1A, 0x2A, 0x2F] as [UInt8] {
            add(.otherCipherName, "\(last)") {
                let end = $0.fields[2].children[1].children[0].content.count - 1
                $0.fields[2].children[1].children[0].content[end] = last
            }
        }
        add(.tagOfOther, "zeros") { $0.fields[3].content = [UInt8](repeating: 0, count: 16) }
        let other = try sealed(by: scene.keys.signing, to: [scene.school.certificate])
        if let other = BERTree(other) {
            add(.tagOfOther, "of another seal") { $0.fields[3] = other.fields[3] }
            add(.tagOfOther, "content of another seal") { $0.ciphertext = other.ciphertext }
            add(.tagOfOther, "key of another seal") { $0.recipients = other.recipients }
        }
    }

    private mutating func rsa() throws {
        let rsa = try scene.keys.issuePartner(
            commonName: "RSA",
            organization: "RSA",
            kind: .rsa,
            at: Scene.now
        )
        try rsa.write(into: scene.folder.path, named: "rsa")
        for (name, options) in [
            ("PKCS #1 v1.5", ""), ("OAEP with SHA-1", "-keyopt rsa_padding_mode:oaep"),
            (
                "OAEP, masks with SHA-1",
                "-keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256 -keyopt rsa_mgf1_md:sha1"
            ),
            (
                "OAEP with a label",
                "-keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256 -keyopt rsa_oaep_label:00"
            ),
        ] {
            let alone = try encrypted("-aes-256-gcm -recip rsa.pem \(options)")
            add(.weakKeyTransport, name, alone)
            let beside = try encrypted("-aes-256-gcm \(Self.ecdh) -recip rsa.pem \(options)")
            add(.weakKeyTransport, "\(name), beside ours", beside)
        }
    }
}
