import COpenSSL
package import Vocabulary

/// A private key with the certificate for it.
package struct KeyPair: Sendable {
    package let certificate: Certificate
    /// DER; in a `Redacted`, so that no dump or log line can hold it.
    let key: Redacted<[UInt8]>

    /// Refuses a key that does not belong to the certificate.
    init(certificate: Certificate, keyDER: [UInt8]) throws {
        let belongs = mochila_key_belongs(
            keyDER,
            keyDER.count,
            certificate.der,
            certificate.der.count
        )
        guard belongs == 1 else { throw KeyFailure.keyDoesNotBelong }
        self.certificate = certificate
        key = Redacted(keyDER)
    }

    package init(certificatePEM: String, keyPEM: String) throws {
        let text = Array(keyPEM.utf8)
        var made = mochila_bytes()
        guard mochila_key_from_pem(text, text.count, &made) == 1 else {
            _ = CryptographicFailure("private key")
            throw KeyFailure.notAKey
        }
        defer { mochila_bytes_free(made) }
        try self.init(
            certificate: Certificate(pem: certificatePEM),
            keyDER: Array(UnsafeBufferPointer(start: made.bytes, count: made.count))
        )
    }

    /// Reads both from PEM files; the key's file must be readable by its owner alone.
    package init(certificateFile: String, keyFile: String) throws {
        let key = try KeyFile.readPrivate(keyFile)
        let certificate = try KeyFile.read(certificateFile)
        try self.init(
            certificatePEM: String(decoding: certificate, as: UTF8.self),
            keyPEM: String(decoding: key, as: UTF8.self)
        )
    }

    /// A detached CAdES-BES signature with the certificate inside, as DER.
    ///
    /// `instant` stands in it as the time of signing, to the second.
    func signature(over content: [UInt8], at instant: Instant) throws -> [UInt8] {
        let holder = certificate.der
        let secret = key.revealed
        return try bytes("signing") { out in
            mochila_cms_sign(
                content,
                content.count,
                holder,
                holder.count,
                secret,
                secret.count,
                instant.millisecondsSince1970 / 1_000,
                out
            )
        }
    }

    /// The private key as PEM text, not encrypted: for its file and nothing else.
    package var keyPEM: Redacted<String> {
        get throws {
            let der = key.revealed
            let text = try bytes("private key") { mochila_key_to_pem(der, der.count, $0) }
            return Redacted(String(decoding: text, as: UTF8.self))
        }
    }

    /// Writes `NAME.pem` and `NAME.key` (readable by us alone) into a folder, over nothing.
    package func write(into folder: String, named name: String) throws {
        try KeyFile.write(
            Array(try keyPEM.revealed.utf8),
            to: "\(folder)/\(name).key",
            isPrivate: true
        )
        do {
            try KeyFile.write(
                Array(try certificate.pem.utf8),
                to: "\(folder)/\(name).pem",
                isPrivate: false
            )
        } catch {
            Folder.remove("\(folder)/\(name).key")
            throw error
        }
        try Folder.synchronize(folder)
    }
}
