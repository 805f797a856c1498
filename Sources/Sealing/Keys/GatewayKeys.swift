package import Vocabulary

/// A gateway's own keys: an authority, a key that signs manifests, a key that records are sealed
/// to when the recipient has none, and the master keys of its data.
///
/// In a folder: `ca.pem`, `ca.key`, `signing.pem`, `signing.key`, `encryption.pem`,
/// `encryption.key`, `master-1.key`. After a rotation `encryption-old-N.pem` and `.key` still
/// open what was sealed before, and `master-2.key` protects what is new. `schools` holds the pairs
/// that sign for schools.
package struct GatewayKeys: Sendable {
    /// Whoever verifies a bundle of this gateway needs this and nothing else.
    package let authority: Certificate
    package let signing: KeyPair
    package let encryption: KeyPair
    /// Keys that may still open older bundles; the current one first.
    package let opening: [KeyPair]
    package let master: MasterKeys
    let folder: String
    let ownSigners = OwnSigners()

    private static let yearInDays: Int64 = 365

    /// Makes all keys of a gateway in a folder (created 0700 where it is missing), and overwrites
    /// nothing.
    ///
    /// `instant` is when the certificates begin to hold: where a manual clock runs, the earlier of
    /// its time and the real one, since stock tools know only the real one.
    package static func create(
        in folder: String,
        organization: String,
        at instant: Instant
    ) throws -> Self {
        try Folder.make(folder)
        let names = ["ca", "signing", "encryption"].flatMap { ["\($0).key", "\($0).pem"] }
        let taken = Set(try Folder.names(in: folder))
        if let name = (names + ["master-1.key"]).first(where: taken.contains) {
            throw KeyFailure.exists(path: "\(folder)/\(name)")
        }
        let authority = try CertificateOrder(
            .authority,
            commonName: "\(organization) authority",
            organization: organization,
            at: instant,
            days: 10 * yearInDays
        ).issue(by: nil)
        let signing = try CertificateOrder(
            .signing,
            commonName: "\(organization) signing",
            organization: organization,
            at: instant,
            days: 2 * yearInDays
        ).issue(by: authority)
        let encryption = try CertificateOrder(
            .encryption,
            commonName: "\(organization) encryption",
            organization: organization,
            at: instant,
            days: 2 * yearInDays
        ).issue(by: authority)
        do {
            try authority.write(into: folder, named: "ca")
            try signing.write(into: folder, named: "signing")
            try encryption.write(into: folder, named: "encryption")
            let master = SystemSecrets.randomBytes(32)
            try KeyFile.write(master, to: "\(folder)/master-1.key", isPrivate: true)
            try Folder.synchronize(folder)
        } catch {
            // Half a set would stop the next attempt.
            for name in names + ["master-1.key"] { Folder.remove("\(folder)/\(name)") }
            throw error
        }
        return try load(from: folder)
    }

    /// Reads the keys of a gateway; refuses private files that others could read.
    package static func load(from folder: String) throws -> Self {
        func pair(_ name: String) throws -> KeyPair {
            try KeyPair(
                certificateFile: "\(folder)/\(name).pem",
                keyFile: "\(folder)/\(name).key"
            )
        }
        try mend(folder)
        let authority = try Certificate(contentsOf: "\(folder)/ca.pem")
        let encryption = try pair("encryption")
        let names = try Folder.names(in: folder)
        let older = names.filter { $0.hasPrefix("encryption-old-") && $0.hasSuffix(".key") }
            .map { String($0.dropLast(4)) }
            .sorted()
        // One that was damaged years later does not keep a gateway from working with today's:
        // `unreadableCertificates` names it. A private half that others could read still does.
        let readable = older.filter { name in
            (try? Certificate(contentsOf: "\(folder)/\(name).pem")) != nil
        }
        return Self(
            authority: authority,
            signing: try pair("signing"),
            encryption: encryption,
            opening: [encryption] + (try readable.map(pair)),
            master: try master(in: folder, names: names),
            folder: folder
        )
    }

    private static func master(in folder: String, names: [String]) throws -> MasterKeys {
        var keys: [UInt8: [UInt8]] = [:]
        for name in names where name.hasPrefix("master-") && name.hasSuffix(".key") {
            let path = "\(folder)/\(name)"
            let bytes = try KeyFile.readPrivate(path)
            guard let number = UInt8(name.dropFirst(7).dropLast(4)), number > 0, bytes.count == 32
            else { throw KeyFailure.notAMasterKey(path: path) }
            keys[number] = bytes
        }
        guard let master = MasterKeys(keys: keys) else {
            throw KeyFailure.missing(path: "\(folder)/master-1.key")
        }
        return master
    }

    /// Whose gateway it is.
    package var organization: String { authority.organization }

    // MARK: Issuing

    /// A key and certificate for a partner that has none yet: the demonstration's schools.
    package func issuePartner(
        commonName: String,
        organization: String,
        kind: KeyKind,
        at instant: Instant
    ) throws -> KeyPair {
        try CertificateOrder(
            .encryption,
            kind: kind,
            commonName: commonName,
            organization: organization,
            at: instant,
            days: 2 * Self.yearInDays
        ).issue(by: try loadAuthority())
    }

    /// A key and certificate that a partner without its own signs bundles with.
    package func issuePartnerSigner(
        commonName: String,
        organization: String,
        at instant: Instant
    ) throws -> KeyPair {
        try CertificateOrder(
            .signing,
            commonName: commonName,
            organization: organization,
            at: instant,
            days: 2 * Self.yearInDays
        ).issue(by: try loadAuthority())
    }

    /// A TLS certificate for names and addresses such as `localhost` and `127.0.0.1`.
    package func issueServer(for names: [String], at instant: Instant) throws -> KeyPair {
        // A comma would begin another name in OpenSSL's notation.
        let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:".utf8)
        for name in names where name.isEmpty || !name.utf8.allSatisfy(allowed.contains) {
            throw KeyFailure.notAHost(name)
        }
        let hosts = names.map { name in
            let isAddress =
                name.utf8.contains(UInt8(ascii: ":"))
                || name.utf8.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") }
            return (isAddress ? "IP:" : "DNS:") + name
        }
        return try CertificateOrder(
            .tlsServer,
            commonName: names.first ?? "localhost",
            organization: authority.commonName,
            alternativeNames: hosts.joined(separator: ","),
            at: instant,
            days: 397
        ).issue(by: try loadAuthority())
    }

    // Read only when something is issued: a running gateway need not hold it.
    func loadAuthority() throws -> KeyPair {
        try KeyPair(certificateFile: "\(folder)/ca.pem", keyFile: "\(folder)/ca.key")
    }
}
