import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

/// A system that shows a certificate where others show a key.
@Suite("Systems with certificates")
struct CertificateSystemTests {
    private static func shown(
        key: Character = "a",
        fingerprint: Character = "f",
        from: String = "2026-01-01",
        until: String = "2027-01-01",
        use: ShownCertificate.Use = .client
    ) -> ShownCertificate {
        ShownCertificate(
            keyDigest: String(repeating: key, count: 64),
            fingerprint: String(repeating: fingerprint, count: 64),
            name: "Oak's system",
            notBefore: .noon(from),
            notAfter: .noon(until),
            use: use
        )
    }

    private func account(in world: World, email: String = "system") async throws -> StaffID {
        try await world.desk.addSystem(
            email: .of(email, at: "oak"),
            name: "Oak's system",
            membership: .init(role: .registrar, organization: School.oak.organization)
        )
    }

    private func admit(
        _ certificate: ShownCertificate = shown(),
        for account: StaffID,
        in world: World
    ) async throws -> AccessKey {
        try await world.desk.admitCertificate(
            certificate,
            for: account,
            label: "nightly",
            scopes: [.readRequests],
            days: 30
        )
    }

    @Test func `a certificate shows who calls, with its scopes, and is in the audit log`()
        async throws
    {
        let world = try await World()
        let id = try await account(in: world)
        let key = try await admit(for: id, in: world)
        let caller = try #require(try await world.desk.system(showing: Self.shown()))
        #expect(caller.actor.id == id)
        #expect(caller.key == key)
        #expect(caller.key.scopes == [.readRequests])
        let entry = try await world.everything().audit.last { $0.action == "key.issue" }
        #expect(entry?.detail.contains(Self.shown().fingerprint) == true)
    }

    @Test func `a renewal for the same key goes on working, and another key is nobody's`()
        async throws
    {
        let world = try await World()
        _ = try await admit(for: try await account(in: world), in: world)
        #expect(try await world.desk.system(showing: Self.shown(fingerprint: "e")) != nil)
        #expect(try await world.desk.system(showing: Self.shown(key: "b")) == nil)
    }

    @Test(arguments: [
        shown(from: "2026-06-01"), shown(until: "2026-05-01"), shown(use: .authority),
        shown(use: .otherPurpose), shown(use: .weakKey),
    ])
    func `one that is not good today is neither admitted nor believed`(
        certificate: ShownCertificate
    ) async throws {
        let world = try await World()
        let id = try await account(in: world)
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await admit(certificate, for: id, in: world)
        }
        _ = try await admit(for: id, in: world)
        #expect(try await world.desk.system(showing: certificate) == nil)
    }

    @Test func `it ends when it is revoked, with its days, and with its account`() async throws {
        let world = try await World()
        let id = try await account(in: world)
        let key = try await admit(for: id, in: world)
        let other = Self.shown(key: "b")
        _ = try await admit(other, for: id, in: world)
        try await world.desk.revokeAccessKey(key.id)
        #expect(try await world.desk.system(showing: Self.shown()) == nil)
        #expect(try await world.desk.system(showing: other) != nil)
        try await world.store.write { session in
            guard var account = try session.account(id) else { throw CaseworkFailure.notFound }
            account.status = .disabled
            try session.save(account)
        }
        #expect(try await world.desk.system(showing: other) == nil)
    }

    @Test func `one key pair has one account and one set of scopes`() async throws {
        let world = try await World()
        _ = try await admit(for: try await account(in: world), in: world)
        let second = try await account(in: world, email: "second")
        await #expect(throws: CaseworkFailure.alreadyThere) {
            try await admit(for: second, in: world)
        }
    }

    @Test func `a certificate's digest sent as a key opens nothing, and a key's is no certificate`()
        async throws
    {
        let world = try await World()
        let id = try await account(in: world)
        _ = try await admit(for: id, in: world)
        let issued = try await world.desk.issueAccessKey(
            for: id,
            label: "",
            scopes: [.readRequests],
            days: 30
        )
        let digest = try #require(issued.key.digest.first)
        #expect(issued.key.digest.utf8.count == 64)
        #expect(try await world.desk.system(showing: String(repeating: "a", count: 64)) == nil)
        let disguised = ShownCertificate(
            keyDigest: issued.key.digest,
            fingerprint: String(repeating: digest, count: 64),
            name: "",
            notBefore: .noon("2026-01-01"),
            notAfter: .noon("2027-01-01"),
            use: .client
        )
        #expect(try await world.desk.system(showing: disguised) == nil)
    }

    @Test func `a person's account is not gone around by a certificate`() async throws {
        let world = try await World()
        try await world.store.write { session in
            var person = Cast.registrar
            person.passwordHash = PlainPasswords().line(for: "a long and plain password")
            try session.save(person)
        }
        await #expect(throws: CaseworkFailure.notAllowed) {
            try await admit(for: Cast.registrar.id, in: world)
        }
    }
}
