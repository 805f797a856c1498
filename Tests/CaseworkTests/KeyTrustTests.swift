import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

/// Whom the gateway believes, and how it stops.
@Suite("Trust in keys")
struct KeyTrustTests {
    private static let partner = Partner(
        id: .numbered(700),
        account: "maple",
        organization: Cast.maple,
        signerPEM: "PEM"
    )

    private let world: World
    /// Asks the partner's school, whose every bundle says that more is to follow.
    private let request: RecordRequest
    private var desk: Desk { world.desk }

    init() async throws {
        world = try await World()
        try await world.desk.savePartner(Self.partner, action: "partner.add")
        request = try await world.file()
    }

    @Test func `a pinned key goes on file with the first bundle that is taken on its word`()
        async throws
    {
        try await accept("1", by: key("a"))

        let filed = try await desk.trustedKeys()
        #expect(filed.map(\.fingerprint) == [print("a")])
        let accepted = try await world.store.read { session in
            try session.acceptedBundles(signedBy: print("a"), since: world.clock.now())
        }
        #expect(accepted.map(\.digest) == [print("1")])
        #expect(accepted.map(\.request) == [request.number])
    }

    @Test func `a bundle that is refused leaves no key on file`() async throws {
        await #expect(throws: BundleRefusal.otherRecipient) {
            try await desk.takeBundle(
                bundle("1", by: key("a"), recipient: "school:000000000000"),
                from: Self.partner.id
            )
        }
        #expect(try await desk.trustedKeys().isEmpty)
    }

    @Test func `a key on file for another use vouches for nothing`() async throws {
        try await desk.trust([key("b", usage: .encryption)])
        await #expect(throws: BundleRefusal.keyNotTrusted) { try await accept("1", by: key("b")) }
        await #expect(throws: BundleRefusal.keyNotTrusted) {
            try await accept("1", by: key("c", usage: .encryption))
        }
    }

    @Test func `a key that is not valid yet or any more vouches for nothing`() async throws {
        for signer in [key("a", from: -20, until: -10), key("b", from: 10, until: 20)] {
            await #expect(throws: BundleRefusal.keyNotTrusted) { try await accept("1", by: signer) }
            try await desk.trust([signer])
            await #expect(throws: BundleRefusal.keyNotTrusted) { try await accept("1", by: signer) }
            #expect(try await signers(pinned: signer).isEmpty)
        }
        #expect(try await signers(pinned: key("c")) == [print("c")])
    }

    @Test func `revoking blocks at once and lists what was accepted since`() async throws {
        try await accept("1", by: key("a"))
        world.clock.advance(bySeconds: 3_600)
        let since = world.clock.now()
        for digit in ["2", "3"] { try await accept(digit, by: key("a")) }
        try await accept("4", by: key("b"))

        let listed = try await desk.revoke(print("a"), since: since, reason: "laptop lost")

        #expect(listed.map(\.digest) == [print("2"), print("3")])
        await #expect(throws: BundleRefusal.keyNotTrusted) { try await accept("5", by: key("a")) }
        // Not even what was on file before: a thief may have it, too.
        await #expect(throws: BundleRefusal.keyNotTrusted) { try await accept("1", by: key("a")) }
        try await accept("5", by: key("b"))
        #expect(try await signers(pinned: key("a")) == [print("b")])
        // What stays revoked cannot be put on file again, nor replaced as if it had been good.
        await #expect(throws: KeyRefusal.alreadyThere) { try await desk.trust([key("a")]) }
        await #expect(throws: KeyRefusal.revoked) {
            try await desk.replace(print("a"), by: key("c"))
        }
    }

    @Test func `a rotation refuses no bundle of either key, and a destroyed key vouches for none`()
        async throws
    {
        try await accept("1", by: key("a"))
        try await desk.replace(print("a"), by: key("b"))
        // On its way while the keys were changed.
        try await accept("2", by: key("a"))
        try await accept("3", by: key("b"))
        #expect(try await signers(pinned: key("a")) == [print("a"), print("b")])
        try await desk.noteDestroyed(print("a"))
        await #expect(throws: BundleRefusal.keyNotTrusted) { try await accept("4", by: key("a")) }
        try await accept("4", by: key("b"))
    }

    @Test func `of a hundred bundles under way none is accepted after the revocation`() async throws
    {
        try await accept("f", by: key("a"))
        let accepted = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<100 {
                let digest = "\(number)".padded(to: 64)
                group.addTask {
                    do {
                        try await accept(digest: digest, by: key("a"), firstFile: 120 + number)
                        return true
                    } catch BundleRefusal.keyNotTrusted {
                        return false
                    }
                }
                guard number == 50 else { continue }
                let listed = try await desk.revoke(
                    print("a"),
                    since: world.clock.now().advanced(bySeconds: -1),
                    reason: ""
                )
                #expect(listed.count <= 52)
            }
            return try await group.reduce(into: 1) { $0 += $1 ? 1 : 0 }
        }
        // The audit log tells the order of the commits.
        let entries = try await world.store.read { try $0.auditEntries(after: 0, limit: 1_000) }
        let actions = entries.map(\.action)
        let revoked = try #require(actions.firstIndex(of: "key.revoke"))
        #expect(!actions[revoked...].contains("bundle.accept"))
        #expect(actions[..<revoked].count { $0 == "bundle.accept" } == accepted)
        #expect(entries[revoked].detail.hasPrefix("\(accepted) accepted since"))
        #expect(try await world.everything().bundles.count == accepted)
    }

    @Test func `all keys go on file or none`() async throws {
        try await desk.trust([key("a")])
        await #expect(throws: KeyRefusal.alreadyThere) {
            try await desk.trust([key("b"), key("a")])
        }
        #expect(try await desk.trustedKeys().map(\.fingerprint) == [print("a")])
    }

    @Test func `a key that the gateway holds for a school does not sign for the school's system`()
        async throws
    {
        try await desk.trust([key("b", holder: .onBehalf), key("c", of: .willow)])
        #expect(try await signers(pinned: key("a")) == [print("a")])
    }

    // MARK: To whom bundles are sealed

    @Test func `without a key on file a bundle is sealed to the channel's certificate`()
        async throws
    {
        try await expectSealed(to: ["CHANNEL"])
    }

    @Test func `a key on file counts before the channel's certificate`() async throws {
        try await desk.trust([sealing("a"), key("b", of: .oak), sealing("c", of: .willow)])
        try await expectSealed(to: [print("a")])
    }

    @Test func `a key for another use, or another organisation's, does not silence the channel`()
        async throws
    {
        try await desk.trust([key("b", of: .oak), sealing("c", of: .willow)])
        try await expectSealed(to: ["CHANNEL"])
    }

    @Test func `where the successor was revoked nothing is sealed to what it took over from`()
        async throws
    {
        try await desk.trust([sealing("a")])
        try await desk.replace(print("a"), by: sealing("b"))
        _ = try await desk.revoke(print("b"), since: world.clock.now(), reason: "stolen")
        try await expectSealed(to: [])
    }

    @Test func `a key on file that is over does not bring the channel's certificate back`()
        async throws
    {
        try await desk.trust([sealing("a", until: 0)])
        world.clock.advance(bySeconds: 1)
        try await expectSealed(to: [])
    }

    @Test(arguments: [false, true])
    func `what is sealed to our own key is neither laid out nor pushed for a partner`(
        isPushed: Bool
    ) async throws {
        try await desk.savePartner(
            Partner(
                id: .numbered(701),
                account: "oak",
                organization: School.oak.organization,
                signerPEM: ""
            ),
            action: "partner.add"
        )
        let server = HTTPSDestination(url: "https://drop.oak.example/in", reachesPrivate: false)
        try await world.store.write { session in
            try session.save(
                Channel(
                    organization: School.oak.organization,
                    certificatePEM: "CHANNEL",
                    push: isPushed ? .https(server) : nil
                )
            )
        }
        try await desk.trust([sealing("a")])
        _ = try await desk.revoke(print("a"), since: world.clock.now(), reason: "stolen")
        let bundle = try await world.sendRecords()
        #expect(world.assembler.done.map(\.recipientCertificates) == [[]])
        let ways = try await world.store.read { [id = bundle.id] session in
            try session.deliveries(of: id).map(\.way)
        }
        #expect(ways == [.web])
        #expect(try await desk.preparePickups().isEmpty)
        // The records are there for whoever signs in, and nothing of them left.
        try await world.take(.archive, of: request, bundle)
        #expect(try await world.everything().disclosures.map(\.way) == [.web])
    }

    // MARK: What partners' bundles hang on

    private func hanging() async throws -> [TrustedKey.Usage: [String]] {
        Dictionary(
            uniqueKeysWithValues: try await desk.partnerCertificates().map { ($0.usage, $0.pems) }
        )
    }

    private func signing(_ pem: String) -> TrustedKey {
        TrustedKey(
            fingerprint: print("a"),
            organization: Cast.maple,
            usage: .signing,
            holder: .partner,
            certificatePEM: pem,
            name: "",
            notBefore: world.clock.now(),
            notAfter: world.clock.now(),
            addedAt: world.clock.now()
        )
    }

    @Test func `the pinned certificate counts until something else is said of it`() async throws {
        #expect(try await hanging() == [.signing: ["PEM"]])
        try await desk.trust([signing("PEM")])
        #expect(try await hanging() == [.signing: ["PEM"]])
        try await desk.replace(print("a"), by: key("b"))
        #expect(try await hanging() == [.signing: [""]])
        _ = try await desk.revoke(print("b"), since: world.clock.now(), reason: "")
        #expect(try await hanging() == [:])
    }

    @Test func `the channel's certificate counts until a key is on file, whatever its dates`()
        async throws
    {
        try await world.store.write { session in
            try session.save(
                Channel(organization: Cast.maple, certificatePEM: "CHANNEL", push: nil)
            )
        }
        #expect(try await hanging()[.encryption] == ["CHANNEL"])
        try await desk.trust([sealing("c", of: .maple, until: 0)])
        #expect(try await hanging()[.encryption] == [print("c")])
    }

    @Test func `an account that was closed hangs on nothing`() async throws {
        var closed = Self.partner
        closed.isActive = false
        try await desk.savePartner(closed, action: "partner.close")
        #expect(try await hanging().isEmpty)
    }

    private func sealing(
        _ digit: String,
        of school: School = .oak,
        until: Int64 = 1
    ) -> TrustedKey {
        var key = key(digit, of: school, usage: .encryption, until: until)
        key = TrustedKey(
            fingerprint: key.fingerprint,
            organization: key.organization,
            usage: key.usage,
            holder: key.holder,
            certificatePEM: key.fingerprint,
            name: "",
            notBefore: key.notBefore,
            notAfter: key.notAfter,
            addedAt: key.addedAt
        )
        return key
    }

    private func expectSealed(to certificates: [String]) async throws {
        try await world.store.write { session in
            try session.save(
                Channel(
                    organization: School.oak.organization,
                    certificatePEM: "CHANNEL",
                    push: nil
                )
            )
        }
        _ = try await world.sendRecords()
        try await world.settle()
        #expect(world.assembler.done.map(\.recipientCertificates) == [certificates])
    }

    // MARK: Helpers

    private func print(_ digit: String) -> String { String(repeating: digit, count: 64) }

    private func signers(pinned: TrustedKey) async throws -> [String] {
        try await desk.signers(of: Cast.maple, pinned: pinned).map(\.fingerprint)
    }

    private func key(
        _ digit: String,
        of school: School = .maple,
        usage: TrustedKey.Usage = .signing,
        holder: TrustedKey.Holder = .partner,
        from: Int64 = -1,
        until: Int64 = 1
    ) -> TrustedKey {
        let day: Int64 = 86_400
        return TrustedKey(
            fingerprint: print(digit),
            organization: school.organization,
            usage: usage,
            holder: holder,
            certificatePEM: "",
            name: "",
            notBefore: world.clock.now().advanced(bySeconds: from * day),
            notAfter: world.clock.now().advanced(bySeconds: until * day),
            addedAt: world.clock.now()
        )
    }

    private func accept(_ digit: String, by signer: TrustedKey) async throws {
        let file = digit.utf8.reduce(0) { Int($0) + Int($1) }
        try await accept(digest: print(digit), by: signer, firstFile: file)
    }

    private func accept(digest: String, by signer: TrustedKey, firstFile: Int) async throws {
        _ = try await desk.takeBundle(
            bundle(digest: digest, by: signer, firstFile: firstFile),
            from: Self.partner.id
        )
    }

    private func bundle(
        _ digit: String,
        by signer: TrustedKey,
        recipient: String
    ) -> OpenedBundle {
        bundle(digest: print(digit), by: signer, recipient: recipient)
    }

    private func bundle(
        digest: String,
        by signer: TrustedKey,
        recipient: String? = nil,
        firstFile: Int = 50
    ) -> OpenedBundle {
        OpenedBundle(
            manifest: known(SHA256Digest(hexadecimal: digest)),
            bundle: digest,
            signer: signer,
            number: request.number,
            sender: Cast.maple.description,
            recipient: recipient ?? OrganizationID.school(request.requester).description,
            certification: .init(kind: .certifyingOfficial, name: "Ana", title: "Registrar"),
            parts: [.init(part: .transcript, status: .toFollow(by: nil))],
            files: AnswerSubmission.sample(files: 1, firstFile: firstFile).files,
            sealedBytes: 4_000,
            sealedDigest: known(SHA256Digest(bytes: [UInt8](repeating: 9, count: 32)))
        )
    }
}

extension String {
    fileprivate func padded(to count: Int) -> String {
        String(repeating: "0", count: count - utf8.count) + self
    }
}
