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
        let old = "\(folder)/\(name)-old-\(try nextNumber(of: name, in: folder))"
        Self.removeLeftovers(of: name, in: folder)
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

    /// Ends rotations that were cut between their two renames; does nothing otherwise.
    static func mend(_ folder: String) throws {
        for name in Pair.allCases.map(\.rawValue) + [clientName] { try mend(name, in: folder) }
        let schools = "\(folder)/schools"
        guard Folder.isFolder(schools) else { return }
        for name in try Folder.names(in: schools) where name.hasSuffix("-new.pem") {
            try mend(String(name.dropLast(8)), in: schools)
        }
    }

    /// The same of one pair.
    static func mend(_ name: String, in folder: String) throws {
        let certificate = "\(folder)/\(name)-new.pem"
        guard Folder.isFile(certificate), !Folder.isFile("\(folder)/\(name)-new.key") else {
            return
        }
        do {
            try Folder.replace(certificate, over: "\(folder)/\(name).pem")
        } catch {
            // Where it is gone, somebody else was faster.
            guard !Folder.isFile(certificate) else { throw error }
        }
        try Folder.synchronize(folder)
    }

    /// What an interrupted rotation may have left of a new pair, in the order in which it is
    /// removed.
    ///
    /// The certificate first: one without its key looks like a rotation that `mend` has to end,
    /// and would be put beside the old key.
    package static func leftovers(of name: String) -> [String] {
        ["\(name)-new.pem", "\(name)-new.key"]
    }

    static func removeLeftovers(of name: String, in folder: String) {
        for file in leftovers(of: name) { Folder.remove("\(folder)/\(file)") }
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

    /// Whether the gateway signs with this certificate itself, or did before a rotation.
    ///
    /// Throws where it is none of those that can be read and one cannot: that may be the one.
    package func isOwnSigner(_ fingerprint: SHA256Digest) throws -> Bool {
        let (own, unreadable) = try ownSigners.look(in: folder)
        if own.contains(fingerprint) { return true }
        if let path = unreadable.first { throw KeyFailure.unreadable(path: path) }
        return false
    }

    /// How many certificates were read to answer `isOwnSigner` so far.
    package var ownSignersRead: Int { ownSigners.readCount }

    /// The files of certificates from before rotations that cannot be read.
    ///
    /// They stop nothing that is done with the keys of today; what they signed cannot be told from
    /// what others signed, and what was sealed to them cannot be opened.
    package func unreadableCertificates() throws -> [String] {
        let older = try Folder.names(in: folder)
            .filter { $0.hasPrefix("encryption-old-") && $0.hasSuffix(".key") }
            .map { "\(folder)/\($0.dropLast(4)).pem" }
            .filter { (try? Certificate(contentsOf: $0)) == nil }
        return (try ownSigners.look(in: folder).unreadable + older).sorted()
    }

    /// A signing pair for one school, with the school's name in the certificate, in
    /// `schools/FILE.pem` and `.key`.
    package func issueSchool(
        _ file: String,
        name: String,
        at instant: Instant
    ) throws -> KeyPair {
        let pair = try schoolOrder(name, at: instant).issue(by: try loadAuthority())
        try Folder.make("\(folder)/schools")
        try pair.write(into: "\(folder)/schools", named: file)
        return pair
    }

    /// Makes a new signing pair for a school and puts it in the old one's place.
    ///
    /// As with the gateway's own, only the old certificate stays, as `schools/FILE-old-N.pem`, and
    /// what it signed verifies as before. Throws `KeyFailure.missing` where the school has none.
    package func rotateSchool(
        _ file: String,
        name: String,
        at instant: Instant
    ) throws -> KeyPair {
        let schools = "\(folder)/schools"
        guard try school(file) != nil else {
            throw KeyFailure.missing(path: "\(schools)/\(file).key")
        }
        let fresh = try schoolOrder(name, at: instant).issue(by: try loadAuthority())
        let number = try nextNumber(of: file, in: schools)
        Self.removeLeftovers(of: file, in: schools)
        try fresh.write(into: schools, named: "\(file)-new")
        let old = "\(schools)/\(file)-old-\(number).pem"
        try copy("schools/\(file).pem", to: old, isPrivate: false)
        try Folder.synchronize(schools)
        // In the order that `mend` can end where it is cut.
        try Folder.replace("\(schools)/\(file)-new.key", over: "\(schools)/\(file).key")
        try Self.mend(file, in: schools)
        try Folder.synchronize(schools)
        return fresh
    }

    /// The pair that signs for a school; `nil` where it has none.
    package func school(_ file: String) throws -> KeyPair? {
        let schools = "\(folder)/schools"
        func pair() throws -> KeyPair? {
            try Self.mend(file, in: schools)
            guard Folder.isFile("\(schools)/\(file).key") else { return nil }
            return try KeyPair(
                certificateFile: "\(schools)/\(file).pem",
                keyFile: "\(schools)/\(file).key"
            )
        }
        do { return try pair() } catch KeyFailure.keyDoesNotBelong {
            // It was rotated between the two halves.
            return try pair()
        }
    }

    /// The certificates of every school that the gateway signs for, by the names of their files.
    package func schools() throws -> [(file: String, certificate: Certificate)] {
        let schools = "\(folder)/schools"
        guard Folder.isFolder(schools) else { return [] }
        let files = try Folder.names(in: schools)
            .filter { $0.hasSuffix(".key") && !$0.hasSuffix("-new.key") }
            .map { String($0.dropLast(4)) }
        return try files.sorted().compactMap { file in
            try school(file).map { (file, $0.certificate) }
        }
    }

    private func schoolOrder(_ name: String, at instant: Instant) -> CertificateOrder {
        CertificateOrder(
            .signing,
            commonName: name,
            organization: "on behalf: \(organization)",
            at: instant,
            days: 2 * 365
        )
    }

    /// The folder as it is now: after a rotation by another process, its new keys.
    package func reloaded() throws -> Self { try Self.load(from: folder) }

    private func nextNumber(of name: String, in folder: String) throws -> Int {
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
