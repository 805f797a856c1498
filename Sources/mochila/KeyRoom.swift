import Casework
import Operations
import RecordExchange
import Sealing
import Vocabulary

/// An installation's keys folder and the store that says which of them count.
struct KeyRoom {
    let desk: Desk
    private let folder: String

    init(_ installation: InstallationOption) async throws {
        desk = try await installation.open(try installation.configuration()).desk
        folder = try installation.keysFolder()
    }

    /// Puts the gateway's own keys on file where they are not yet.
    func enrolOwn() async throws {
        let keys = try GatewayKeys.load(from: folder)
        let known = Set(try await desk.trustedKeys().map(\.fingerprint))
        let now = SystemClock.instant()
        let own: [(Certificate, TrustedKey.Usage)] =
            [(keys.authority, .authority), (keys.signing.certificate, .signing)]
            + keys.opening.map { ($0.certificate, .encryption) }
        let fresh = try own.filter { !known.contains($0.0.fingerprint.description) }
            .map { certificate, usage in
                try TrustedKey(certificate, of: .gateway, for: usage, held: .gateway, at: now)
            }
        if !fresh.isEmpty { try await desk.trust(fresh) }
    }

    /// Puts a certificate on file that partners are known by and that nothing was said about yet.
    func enrolPartner(_ fingerprint: String) async throws {
        let known = try await desk.store.read { session in
            guard try session.trustedKey(fingerprint) == nil else { return [Pinned]() }
            return try session.partners().flatMap { partner in
                let channel = try session.channel(of: partner.organization)
                return [Pinned(partner.organization, .signing, partner.signerPEM)]
                    + (channel.map { [Pinned($0.organization, .encryption, $0.certificatePEM)] }
                        ?? [])
            }
        }
        for pinned in known {
            guard let certificate = try? Certificate(pem: pinned.pem),
                certificate.fingerprint.description == fingerprint
            else { continue }
            let key = try TrustedKey(
                certificate,
                of: pinned.organization,
                for: pinned.usage,
                held: .partner,
                at: SystemClock.instant()
            )
            return try await desk.trust([key])
        }
    }

    private struct Pinned: Sendable {
        let organization: OrganizationID
        let usage: TrustedKey.Usage
        let pem: String

        init(_ organization: OrganizationID, _ usage: TrustedKey.Usage, _ pem: String) {
            self.organization = organization
            self.usage = usage
            self.pem = pem
        }
    }

    /// - Returns: the new certificate's fingerprint.
    func rotate(_ pair: GatewayKeys.Pair) async throws -> SHA256Digest {
        let keys = try GatewayKeys.load(from: folder)
        let old = (pair == .signing ? keys.signing : keys.encryption).certificate
        let now = SystemClock.instant()
        let turned = try keys.rotate(pair, at: now)
        let fresh = (pair == .signing ? turned.signing : turned.encryption).certificate
        let key = try TrustedKey(
            fresh,
            of: .gateway,
            for: pair == .signing ? .signing : .encryption,
            held: .gateway,
            at: now
        )
        try await put(key, inPlaceOf: old.fingerprint.description)
        return fresh.fingerprint
    }

    /// Puts a new key on file as the one that follows another.
    ///
    /// One that was revoked before stays that, and the new one stands beside it. One that a cut
    /// kept off the file is no loss: nothing was signed with it.
    private func put(_ key: TrustedKey, inPlaceOf old: String?) async throws {
        let known = try await desk.trustedKeys().first { $0.fingerprint == old }
        if let old, known?.isRevoked == false {
            try await desk.replace(old, by: key)
        } else {
            try await desk.trust([key])
        }
    }

    func issue(for school: School) async throws -> TrustedKey {
        let keys = try GatewayKeys.load(from: folder)
        let now = SystemClock.instant()
        let pair = try keys.issueSchool(school.id.description, name: school.name, at: now)
        let key = try TrustedKey(onBehalf: pair.certificate, of: school, at: now)
        try await desk.trust([key])
        return key
    }

    /// The same with the key that the gateway holds for a school.
    ///
    /// - Returns: the new key, on file; throws `KeyFailure.missing` where the school has none.
    func rotate(for school: School) async throws -> TrustedKey {
        let keys = try GatewayKeys.load(from: folder)
        let now = SystemClock.instant()
        let file = school.id.description
        let old = try keys.school(file)?.certificate.fingerprint.description
        let pair = try keys.rotateSchool(file, name: school.name, at: now)
        let key = try TrustedKey(onBehalf: pair.certificate, of: school, at: now)
        try await put(key, inPlaceOf: old)
        return key
    }

    /// A school of the directory, as somebody typed it.
    func school(_ text: String) async throws -> School {
        guard case .school(let id)? = OrganizationID(text) else {
            throw UsageFailure("\(text): not a school")
        }
        guard let school = try await desk.store.read({ try $0.school(id) }) else {
            throw UsageFailure(
                "\(text): not in the directory. Where it is empty: mochila directory import"
            )
        }
        return school
    }

    func destroy(_ fingerprint: SHA256Digest) async throws {
        let keys = try GatewayKeys.load(from: folder)
        _ = try keys.destroyOldKey(fingerprint)
        try await desk.noteDestroyed(fingerprint.description)
    }
}

extension TrustedKey {
    init(
        _ certificate: Certificate,
        of organization: OrganizationID,
        for usage: Usage,
        held holder: Holder,
        at now: Instant
    ) throws {
        self.init(
            fingerprint: certificate.fingerprint.description,
            organization: organization,
            usage: usage,
            holder: holder,
            certificatePEM: try certificate.pem,
            name: certificate.commonName,
            notBefore: certificate.notBefore,
            notAfter: certificate.notAfter,
            addedAt: now
        )
    }

    /// Of a key that the gateway holds and signs with for a school.
    fileprivate init(
        onBehalf certificate: Certificate,
        of school: School,
        at now: Instant
    ) throws {
        try self.init(certificate, of: .school(school.id), for: .signing, held: .onBehalf, at: now)
    }
}

extension InstallationOption {
    /// Where the installation's keys lie.
    func keysFolder() throws -> String {
        let configuration = try configuration()
        return Operations.Installation(
            folder: place.folder,
            dataFolder: configuration.dataFolder
        ).keysFolder
    }
}
