import BundleFormat
package import Vocabulary

/// Changing a gateway's own keys in its folder.
extension GatewayKeys {
    /// Which of its own pairs a gateway changes.
    package enum Pair: String, Hashable, Sendable, CaseIterable {
        case signing
        case encryption
    }

    /// Makes a new pair and puts it in the old one's place.
    ///
    /// An old encryption key stays as `encryption-old-N` and opens what is older; of an old signing
    /// key only the certificate stays, as `signing-old-N.pem`: whoever could sign with it today
    /// could sign as yesterday. At every moment the folder holds a pair that works.
    package func rotate(_ pair: Pair, at instant: Instant) throws -> Self {
        let name = pair.rawValue
        let order = CertificateOrder(
            pair == .signing ? .signing : .encryption,
            commonName: (pair == .signing ? signing : encryption).certificate.commonName,
            organization: organization,
            at: instant,
            days: 2 * 365
        )
        let fresh = try order.issue(by: try loadAuthority())
        let old = "\(folder)/\(name)-old-\(try nextNumber(of: name))"
        // What an interrupted rotation left is worth nothing.
        for ending in ["key", "pem"] { Folder.remove("\(folder)/\(name)-new.\(ending)") }
        try fresh.write(into: folder, named: "\(name)-new")
        try copy("\(name).pem", to: "\(old).pem", isPrivate: false)
        if pair == .encryption { try copy("\(name).key", to: "\(old).key", isPrivate: true) }
        try Folder.synchronize(folder)
        // The key first: a key without its certificate is refused when loaded, so a crash between
        // the two is noticed, and both halves are there to be put together again.
        try Folder.replace("\(folder)/\(name)-new.key", over: "\(folder)/\(name).key")
        // A running gateway that reads the folder just now ends it, too.
        try Self.mend(folder)
        try Folder.synchronize(folder)
        return try Self.load(from: folder)
    }

    /// Ends a rotation that was cut between its two renames; does nothing otherwise.
    static func mend(_ folder: String) throws {
        for name in Pair.allCases.map(\.rawValue) + [clientName] {
            let certificate = "\(folder)/\(name)-new.pem"
            guard Folder.isFile(certificate), !Folder.isFile("\(folder)/\(name)-new.key") else {
                continue
            }
            do {
                try Folder.replace(certificate, over: "\(folder)/\(name).pem")
            } catch {
                // Where it is gone, somebody else was faster.
                guard !Folder.isFile(certificate) else { throw error }
            }
            try Folder.synchronize(folder)
        }
    }

    /// Overwrites and removes the private half of an older encryption key: what was sealed to it
    /// alone stays closed for ever.
    ///
    /// - Returns: its certificate.
    package func destroyOldKey(_ fingerprint: SHA256Digest) throws -> Certificate {
        for name in try Folder.names(in: folder)
        where name.hasPrefix("encryption-old-") && name.hasSuffix(".pem") {
            let certificate = try Certificate(contentsOf: "\(folder)/\(name)")
            guard certificate.fingerprint == fingerprint else { continue }
            let key = "\(folder)/\(name.dropLast(4)).key"
            try KeyFile.erase(key)
            try Folder.synchronize(folder)
            return certificate
        }
        throw KeyFailure.noSuchKey(fingerprint: fingerprint.description)
    }

    /// A signing pair for one school, with the school's name in the certificate, in
    /// `schools/FILE.pem` and `.key`.
    package func issueSchool(
        _ file: String,
        name: String,
        at instant: Instant
    ) throws -> KeyPair {
        let pair = try CertificateOrder(
            .signing,
            commonName: name,
            organization: "on behalf: \(organization)",
            at: instant,
            days: 2 * 365
        ).issue(by: try loadAuthority())
        try Folder.make("\(folder)/schools")
        try pair.write(into: "\(folder)/schools", named: file)
        return pair
    }

    /// The pair that signs for a school; `nil` where it has none.
    package func school(_ file: String) throws -> KeyPair? {
        let path = "\(folder)/schools/\(file)"
        guard Folder.isFile("\(path).key") else { return nil }
        return try KeyPair(certificateFile: "\(path).pem", keyFile: "\(path).key")
    }

    /// The folder as it is now: after a rotation by another process, its new keys.
    package func reloaded() throws -> Self { try Self.load(from: folder) }

    private func nextNumber(of name: String) throws -> Int {
        let prefix = "\(name)-old-"
        let numbers = try Folder.names(in: folder).compactMap { file -> Int? in
            guard file.hasPrefix(prefix), file.hasSuffix(".pem") else { return nil }
            return Int(file.dropFirst(prefix.count).dropLast(4))
        }
        return (numbers.max() ?? 0) + 1
    }

    private func copy(_ name: String, to path: String, isPrivate: Bool) throws {
        let bytes =
            isPrivate
            ? try KeyFile.readPrivate("\(folder)/\(name)") : try KeyFile.read("\(folder)/\(name)")
        try KeyFile.write(bytes, to: path, isPrivate: isPrivate)
    }
}
