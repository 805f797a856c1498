import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

/// What is said of a bundle or a printed record that somebody shows.
@Suite("Proofs that somebody shows") struct ShownProofTests {
    private static let key = String(repeating: "5", count: 64)

    private func arrived() async throws -> (World, RecordRequest, RecordBundle) {
        let world = try await World()
        let request = try await world.file()
        let bundle = try await world.sendRecords(complete: false)
        return (world, request, bundle)
    }

    private func standing(
        _ world: World,
        _ bundle: RecordBundle,
        in number: RequestNumber,
        from sender: OrganizationID = Cast.maple,
        with files: Set<String>? = nil
    ) async throws -> ProofStanding {
        try await world.desk.standing(
            of: bundle.id,
            in: number,
            from: sender.description,
            with: files ?? Set(bundle.files.map(\.sha256)),
            signedBy: Self.key,
            asGateway: true
        )
    }

    private func answerAgain(_ world: World) async throws -> RecordBundle {
        world.clock.advance(bySeconds: 60)
        let answerer = try await world.open()
        let bundle = try await world.desk.answer(
            answerer.inquiry,
            with: .sample(files: 1, complete: false, firstFile: 9),
            by: answerer
        )
        try await world.settle()
        return bundle
    }

    @Test func `an answer is the latest one until its school answers again`() async throws {
        let (world, request, first) = try await arrived()
        #expect(try await standing(world, first, in: request.number) == .current)
        let second = try await answerAgain(world)
        #expect(try await standing(world, first, in: request.number) == .laterAnswer)
        #expect(try await standing(world, second, in: request.number) == .current)
    }

    @Test func `what was found wrong is not to be used, whoever shows it`() async throws {
        let (world, request, bundle) = try await arrived()
        try await world.desk.rejectRecords(
            request.number,
            bundle: bundle.id,
            reason: .wrongStudent,
            note: "",
            by: Cast.registrar.actor
        )
        #expect(try await standing(world, bundle, in: request.number) == .withdrawn)
        let digest = try #require(try await sealed(world, bundle)).sha256
        let known = try await world.desk.sealedBundle(digest)
        #expect(known?.standing == .withdrawn)
        let paper = try await world.desk.standing(
            ofPaper: request.number,
            madeAt: bundle.answeredAt,
            signedBy: Self.key,
            asGateway: true
        )
        #expect(paper == .withdrawn)
    }

    @Test func `another request, sender or bundle is not the one that is on file`() async throws {
        let (world, request, bundle) = try await arrived()
        let other = try await world.file { $0.birthDay = "10" }
        #expect(try await standing(world, bundle, in: other.number) == .elsewhere)
        let stranger = School.willow.organization
        #expect(
            try await standing(world, bundle, in: request.number, from: stranger) == .elsewhere
        )
        let unknown = try await world.desk.standing(
            of: .numbered(1),
            in: request.number,
            from: Cast.maple.description,
            with: [],
            signedBy: Self.key,
            asGateway: true
        )
        #expect(unknown == .elsewhere)
        let forged: Set = [String(repeating: "0", count: 64)]
        #expect(
            try await standing(world, bundle, in: request.number, with: forged) == .elsewhere
        )
    }

    @Test func `what a revoked key signed is not to be used, on file or not`() async throws {
        let (world, request, bundle) = try await arrived()
        try await world.desk.trust([
            TrustedKey(
                fingerprint: Self.key,
                organization: Cast.maple,
                usage: .signing,
                holder: .onBehalf,
                certificatePEM: "",
                name: "Maple School",
                notBefore: world.clock.now().advanced(bySeconds: -1),
                notAfter: world.clock.now().advanced(bySeconds: 86_400),
                addedAt: world.clock.now()
            )
        ])
        #expect(try await standing(world, bundle, in: request.number) == .current)
        _ = try await world.desk.revoke(Self.key, since: world.clock.now(), reason: "lost")
        #expect(try await standing(world, bundle, in: request.number) == .keyRevoked)
        for number in [request.number, nil] {
            let paper = try await world.desk.standing(
                ofPaper: number,
                madeAt: bundle.answeredAt,
                signedBy: Self.key,
                asGateway: true
            )
            #expect(paper == .keyRevoked)
        }
    }

    @Test func `a page is the latest until something else is answered`() async throws {
        let (world, request, bundle) = try await arrived()
        func paper(_ number: RequestNumber?) async throws -> ProofStanding {
            try await world.desk.standing(
                ofPaper: number,
                madeAt: bundle.answeredAt,
                signedBy: Self.key,
                asGateway: true
            )
        }
        #expect(try await paper(request.number) == .current)
        #expect(try await paper(nil) == .elsewhere)
        _ = try await answerAgain(world)
        #expect(try await paper(request.number) == .laterAnswer)
    }

    @Test func `the page of a corrected answer is right, and that of the old one is not`()
        async throws
    {
        let (world, request, old) = try await arrived()
        world.clock.advance(bySeconds: 60)
        let answerer = try await world.open()
        let new = try await world.desk.answer(
            answerer.inquiry,
            with: .sample(files: 1, firstFile: 9, replaces: [old.id]),
            by: answerer
        )
        try await world.settle()
        func paper(at instant: Instant) async throws -> ProofStanding {
            try await world.desk.standing(
                ofPaper: request.number,
                madeAt: instant,
                signedBy: Self.key,
                asGateway: true
            )
        }
        #expect(try await paper(at: old.answeredAt) == .withdrawn)
        // Printed while the old answer counted, and after.
        #expect(try await paper(at: old.answeredAt.advanced(bySeconds: 30)) == .withdrawn)
        #expect(try await paper(at: new.answeredAt) == .current)
        #expect(try await paper(at: new.answeredAt.advanced(bySeconds: 86_400)) == .current)
        // A PDF says whole seconds.
        let cut = Instant(
            millisecondsSince1970: new.answeredAt.millisecondsSince1970 / 1_000 * 1_000
        )
        #expect(try await paper(at: cut) == .current)
    }

    @Test func `a sealed bundle is known by its digest alone, and says whose it is`() async throws {
        let (world, request, bundle) = try await arrived()
        let seal = try #require(try await sealed(world, bundle))
        let known = try await world.desk.sealedBundle(seal.sha256)
        #expect(known?.sender == School.maple.name && known?.recipient == School.oak.name)
        #expect(known?.number == request.number && known?.standing == .current)
        let other = String(repeating: "0", count: 64)
        #expect(try await world.desk.sealedBundle(other) == nil)
    }

    /// Puts a certificate on file that the gateway signs with for a school.
    private func issue(
        _ fingerprint: String,
        for organization: OrganizationID,
        held holder: TrustedKey.Holder = .onBehalf,
        usage: TrustedKey.Usage = .signing,
        in world: World
    ) async throws {
        try await world.desk.trust([
            TrustedKey(
                fingerprint: fingerprint,
                organization: organization,
                usage: usage,
                holder: holder,
                certificatePEM: "",
                name: "A school",
                notBefore: world.clock.now().advanced(bySeconds: -1),
                notAfter: world.clock.now().advanced(bySeconds: 86_400),
                addedAt: world.clock.now()
            )
        ])
    }

    @Test func `a page speaks for a school only with the gateway's key or the school's own`()
        async throws
    {
        let (world, request, bundle) = try await arrived()
        func paper(_ key: String) async throws -> ProofStanding {
            try await world.desk.standing(
                ofPaper: request.number,
                madeAt: bundle.answeredAt,
                signedBy: key,
                asGateway: false
            )
        }
        let (own, other) = (String(repeating: "1", count: 64), String(repeating: "2", count: 64))
        let (gateway, sealing) = (
            String(repeating: "3", count: 64), String(repeating: "4", count: 64)
        )
        try await issue(own, for: Cast.maple, in: world)
        try await issue(other, for: School.willow.organization, in: world)
        try await issue(gateway, for: .gateway, held: .gateway, in: world)
        try await issue(sealing, for: Cast.maple, usage: .encryption, in: world)
        #expect(try await paper(own) == .current)
        #expect(try await paper(gateway) == .current)
        // Another school's, one that is for sealing, and one that is not on file.
        for key in [other, sealing, Self.key] {
            await #expect(throws: ProofRefusal.untrusted) { try await paper(key) }
        }
        _ = try await world.desk.revoke(own, since: world.clock.now(), reason: "lost")
        #expect(try await paper(own) == .keyRevoked)
    }

    @Test func `a damaged certificate of the gateway's stands in nobody's way who is on file`()
        async throws
    {
        let (world, request, bundle) = try await arrived()
        func paper(_ key: String) async throws -> ProofStanding {
            try await world.desk.standing(
                ofPaper: request.number,
                madeAt: bundle.answeredAt,
                signedBy: key,
                asGateway: nil
            )
        }
        let (own, sealing) = (String(repeating: "1", count: 64), String(repeating: "4", count: 64))
        try await issue(own, for: Cast.maple, in: world)
        try await issue(sealing, for: Cast.maple, usage: .encryption, in: world)
        #expect(try await paper(own) == .current)
        // Of these nobody can tell whether they are the gateway's, nor that they are not.
        for key in [sealing, Self.key] {
            await #expect(throws: ProofRefusal.notNow) { try await paper(key) }
        }
        _ = try await world.desk.revoke(own, since: world.clock.now(), reason: "lost")
        #expect(try await paper(own) == .keyRevoked)
    }

    @Test func `a page that names no request still needs a signer that is on file`() async throws {
        let (world, request, bundle) = try await arrived()
        func paper(_ key: String, _ number: RequestNumber?) async throws -> ProofStanding {
            try await world.desk.standing(
                ofPaper: number,
                madeAt: bundle.answeredAt,
                signedBy: key,
                asGateway: false
            )
        }
        let (own, sealing) = (String(repeating: "1", count: 64), String(repeating: "4", count: 64))
        try await issue(own, for: Cast.maple, in: world)
        try await issue(sealing, for: Cast.maple, usage: .encryption, in: world)
        #expect(try await paper(own, nil) == .elsewhere)
        for key in [sealing, Self.key] {
            for number in [nil, request.number] {
                await #expect(throws: ProofRefusal.untrusted) { try await paper(key, number) }
            }
        }
    }

    @Test func `a bundle is proved by the gateway's key or its sender's own, and by no other`()
        async throws
    {
        let (world, request, bundle) = try await arrived()
        func proved(_ id: RecordBundle.ID, by key: String) async throws -> ProofStanding {
            try await world.desk.standing(
                of: id,
                in: request.number,
                from: Cast.maple.description,
                with: [],
                signedBy: key,
                asGateway: false
            )
        }
        let (own, other) = (String(repeating: "1", count: 64), String(repeating: "2", count: 64))
        let (gateway, sealing) = (
            String(repeating: "3", count: 64), String(repeating: "4", count: 64)
        )
        try await issue(own, for: Cast.maple, in: world)
        try await issue(other, for: School.willow.organization, in: world)
        try await issue(gateway, for: .gateway, held: .gateway, in: world)
        try await issue(sealing, for: Cast.maple, usage: .encryption, in: world)
        for key in [own, gateway] {
            #expect(try await proved(bundle.id, by: key) == .current)
            #expect(try await proved(.numbered(1), by: key) == .elsewhere)
        }
        // Another school's, one that is for sealing, and one that is not on file; whether the
        // answer is on file or not, its signature says nothing of Maple.
        for key in [other, sealing, Self.key] {
            for id in [bundle.id, .numbered(1)] {
                await #expect(throws: ProofRefusal.untrusted) { try await proved(id, by: key) }
            }
        }
        _ = try await world.desk.revoke(own, since: world.clock.now(), reason: "lost")
        #expect(try await proved(bundle.id, by: own) == .keyRevoked)
    }

    private func sealed(
        _ world: World,
        _ bundle: RecordBundle
    ) async throws -> RecordBundle.Seal? {
        try await world.store.read { [id = bundle.id] in try $0.bundle(id)?.seal }
    }
}
