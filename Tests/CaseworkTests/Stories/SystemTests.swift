import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Systems of schools")
struct SystemTests {
    private static let scopes: Set<AccessKey.Scope> = [.readRequests, .writeRequests]

    private func system(
        in world: World,
        email: String = "system",
        scopes: Set<AccessKey.Scope> = scopes,
        days: Int = 30
    ) async throws -> (id: StaffID, key: AccessKey, text: String) {
        let id = try await world.desk.addSystem(
            email: .of(email, at: "oak"),
            name: "Oak's system",
            membership: .init(role: .registrar, organization: School.oak.organization)
        )
        let issued = try await world.desk.issueAccessKey(
            for: id,
            label: "nightly",
            scopes: scopes,
            days: days
        )
        return (id, issued.key, issued.text.revealed)
    }

    @Test func `a key shows who calls and what for, and is kept only as a digest`() async throws {
        let world = try await World()
        let (id, key, text) = try await system(in: world)
        let caller = try #require(try await world.desk.system(showing: text))
        #expect(caller.actor.id == id)
        #expect(caller.key == key)
        #expect(caller.key.scopes == Self.scopes)
        #expect(text.hasPrefix(AccessKey.prefix))
        #expect(text.utf8.count == AccessKey.prefix.utf8.count + 52)
        #expect(key.digest.utf8.count == 64)
        #expect(!key.digest.contains(text))
    }

    @Test(arguments: [
        "", "x", "mochila_key_", AccessKey.prefix + String(repeating: "0", count: 52),
    ])
    func `what is no key of ours shows nobody`(text: String) async throws {
        let world = try await World()
        _ = try await system(in: world)
        #expect(try await world.desk.system(showing: text) == nil)
    }

    @Test func `a key ends when it is revoked, with its days, and with its account`() async throws {
        let world = try await World()
        let (id, key, text) = try await system(in: world)
        let other = try await world.desk.issueAccessKey(
            for: id,
            label: "",
            scopes: Self.scopes,
            days: 60
        ).text.revealed
        try await world.desk.revokeAccessKey(key.id)
        #expect(try await world.desk.system(showing: text) == nil)
        #expect(try await world.desk.system(showing: other) != nil)

        world.clock.advance(bySeconds: 60 * 86_400 - 1)
        #expect(try await world.desk.system(showing: other) != nil)
        world.clock.advance(bySeconds: 1)
        #expect(try await world.desk.system(showing: other) == nil)
    }

    @Test func `the key of an account that was disabled shows nobody`() async throws {
        let world = try await World()
        let (id, _, text) = try await system(in: world)
        try await world.store.write { session in
            guard var account = try session.account(id) else { throw CaseworkFailure.notFound }
            account.status = .disabled
            try session.save(account)
        }
        #expect(try await world.desk.system(showing: text) == nil)
    }

    @Test func `a system never signs in to the pages`() async throws {
        let world = try await World()
        _ = try await system(in: world)
        for password in ["", "a long and plain password"] {
            let step = try await world.desk.signIn(email: "system@oak.example", password: password)
            #expect(step == .refused)
        }
    }

    @Test func `nobody gets a key for a person's account`() async throws {
        let world = try await World()
        try await world.store.write { session in
            var person = Cast.registrar
            person.passwordHash = PlainPasswords().line(for: "a long and plain password")
            try session.save(person)
        }
        await #expect(throws: CaseworkFailure.notAllowed) {
            try await world.desk.issueAccessKey(
                for: Cast.registrar.id,
                label: "",
                scopes: Self.scopes,
                days: 30
            )
        }
    }

    @Test(
        arguments: [
            (0, scopes, CaseworkFailure.dateImpossible), (401, scopes, .dateImpossible),
            (30, [], .reasonMissing),
        ] as [(Int, Set<AccessKey.Scope>, CaseworkFailure)]
    )
    func `a key has an end and a purpose`(
        days: Int,
        scopes: Set<AccessKey.Scope>,
        refusal: CaseworkFailure
    ) async throws {
        let world = try await World()
        let (id, _, _) = try await system(in: world)
        await #expect(throws: refusal) {
            try await world.desk.issueAccessKey(for: id, label: "", scopes: scopes, days: days)
        }
    }

    @Test func `adding, issuing and revoking are in the audit log`() async throws {
        let world = try await World()
        let (_, key, _) = try await system(in: world)
        try await world.desk.revokeAccessKey(key.id)
        try await world.desk.revokeAccessKey(key.id)
        let actions = try await world.everything().audit.map(\.action)
        #expect(
            actions.filter { $0.hasPrefix("system.") || $0.hasPrefix("key.") }
                == ["system.add", "key.issue", "key.revoke"]
        )
    }

    // MARK: Filing once

    private func draft(_ world: World, for account: StaffAccount) -> RequestDraft {
        var draft = RequestDraft(
            id: world.desk.secrets.makeIdentifier(),
            owner: account.id,
            requester: School.oak.id,
            at: world.clock.now()
        )
        draft.given = "Paloma"
        draft.paternalSurname = "Prueba"
        (draft.birthMonth, draft.birthDay, draft.birthYear) = ("3", "9", "2011")
        draft.place = .school(School.maple.id)
        return draft
    }

    @Test func `the same call twice files one request, and says so`() async throws {
        let world = try await World()
        let actor = Cast.registrar.actor
        let draft = draft(world, for: Cast.registrar)
        let first = try await world.desk.fileRequest(draft, once: "k-1", content: [1], by: actor)
        let again = try await world.desk.fileRequest(draft, once: "k-1", content: [1], by: actor)
        guard case .filed(let one) = first.outcome, case .filed(let two) = again.outcome else {
            throw Surprise("it was not filed")
        }
        #expect(one.number == two.number)
        #expect(!first.isRepeated)
        #expect(again.isRepeated)
        #expect(try await world.everything().requests.count == 1)
    }

    @Test func `another content under the same key is a mistake and files nothing`() async throws {
        let world = try await World()
        let actor = Cast.registrar.actor
        let first = draft(world, for: Cast.registrar)
        _ = try await world.desk.fileRequest(first, once: "k-1", content: [1], by: actor)
        var edited = first
        edited.given = "Otra"
        let other = edited
        await #expect(throws: OtherContentUnderKey.self) {
            try await world.desk.fileRequest(other, once: "k-1", content: [2], by: actor)
        }
        #expect(try await world.everything().requests.count == 1)
    }

    @Test func `the keys of two systems are two keys`() async throws {
        let world = try await World()
        let (id, _, _) = try await system(in: world)
        let other = try #require(try await world.desk.actor(id)).actor
        var draft = draft(world, for: Cast.registrar)
        _ = try await world.desk.fileRequest(
            draft,
            once: "k-1",
            content: [1],
            by: Cast.registrar.actor
        )
        draft.given = "Otra"
        let second = try await world.desk.fileRequest(
            draft,
            once: "k-1",
            content: [2],
            by: other
        )
        #expect(!second.isRepeated)
        #expect(try await world.everything().requests.count == 2)
    }

    @Test func `a filing that is refused may be mended and sent under the same key`() async throws {
        let world = try await World()
        let actor = Cast.registrar.actor
        var draft = draft(world, for: Cast.registrar)
        draft.birthMonth = "13"
        let wrong = draft
        await #expect(throws: RequestDraft.Malformed.self) {
            try await world.desk.fileRequest(wrong, once: "k-1", content: [1], by: actor)
        }
        draft.birthMonth = "3"
        let mended = try await world.desk.fileRequest(draft, once: "k-1", content: [2], by: actor)
        #expect(!mended.isRepeated)
    }

    @Test func `nobody files for a school that is not theirs`() async throws {
        let world = try await World()
        let stranger = Cast.clerk.actor
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.notAllowed) {
            try await world.desk.fileRequest(
                draft(world, for: Cast.registrar),
                once: "k-1",
                content: [1],
                by: stranger
            )
        }
        #expect(try await world.everything() == before)
    }
}
