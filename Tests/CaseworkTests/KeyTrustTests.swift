import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

/// Whom the gateway believes, and how it stops.
@Suite("Trust in keys")
struct KeyTrustTests {
    private let world: World
    private var desk: Desk { world.desk }

    init() async throws {
        world = try await World()
    }

    @Test func `a bundle is accepted on the word of a key that is on file for its sender`()
        async throws
    {
        try await desk.trust([key("a")])
        try await desk.accept(bundle("1", by: "a"))

        await #expect(throws: KeyRefusal.unknown) { try await desk.accept(bundle("2", by: "b")) }
        try await desk.trust([key("b", usage: .encryption), key("c", of: .maple)])
        for signer in ["b", "c"] {
            await #expect(throws: KeyRefusal.otherPurpose) {
                try await desk.accept(bundle("3", by: signer))
            }
        }
    }

    @Test func `the same content again is a repeat, whoever sealed it`() async throws {
        try await desk.trust([key("a"), key("b")])
        let first = bundle("1", by: "a")
        try await desk.accept(first)
        await #expect(throws: KeyRefusal.repeated(first)) {
            try await desk.accept(bundle("1", by: "b"))
        }
    }

    @Test func `a key that is not valid yet or any more vouches for nothing`() async throws {
        try await desk.trust([
            key("a", from: -20, until: -10), key("b", from: 10, until: 20), key("c"),
        ])
        for signer in ["a", "b"] {
            await #expect(throws: KeyRefusal.outOfDate) {
                try await desk.accept(bundle("1", by: signer))
            }
        }
        #expect(try await desk.signers(of: School.oak.organization) == [print("c")])
    }

    @Test func `revoking blocks at once and lists what was accepted since`() async throws {
        try await desk.trust([key("a"), key("b")])
        try await desk.accept(bundle("1", by: "a"))
        world.clock.advance(bySeconds: 3_600)
        let since = world.clock.now()
        for digit in ["2", "3"] { try await desk.accept(bundle(digit, by: "a")) }
        try await desk.accept(bundle("4", by: "b"))

        let listed = try await desk.revoke(print("a"), since: since, reason: "laptop lost")

        #expect(listed.map(\.digest) == [print("2"), print("3")])
        await #expect(throws: KeyRefusal.revoked) { try await desk.accept(bundle("5", by: "a")) }
        try await desk.accept(bundle("5", by: "b"))
        #expect(try await desk.signers(of: School.oak.organization) == [print("b")])
        // What stays revoked cannot be put on file again, nor replaced as if it had been good.
        await #expect(throws: KeyRefusal.alreadyThere) { try await desk.trust([key("a")]) }
        await #expect(throws: KeyRefusal.revoked) {
            try await desk.replace(print("a"), by: key("c"))
        }
    }

    @Test func `a rotation refuses no bundle of either key, and a destroyed key vouches for none`()
        async throws
    {
        try await desk.trust([key("a")])
        try await desk.accept(bundle("1", by: "a"))
        try await desk.replace(print("a"), by: key("b"))
        // On its way while the keys were changed.
        try await desk.accept(bundle("2", by: "a"))
        try await desk.accept(bundle("3", by: "b"))
        #expect(
            try await desk.signers(of: School.oak.organization) == [print("a"), print("b")]
        )
        try await desk.noteDestroyed(print("a"))
        await #expect(throws: KeyRefusal.revoked) { try await desk.accept(bundle("4", by: "a")) }
        try await desk.accept(bundle("4", by: "b"))
    }

    @Test func `of a hundred bundles under way none is accepted after the revocation`() async throws
    {
        try await desk.trust([key("a")])
        let outcome = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<100 {
                let digest = "\(number)".padded(to: 64)
                group.addTask {
                    do {
                        try await desk.accept(bundle(digest: digest, by: "a"))
                        return true
                    } catch KeyRefusal.revoked {
                        return false
                    }
                }
                guard number == 50 else { continue }
                let listed = try await desk.revoke(
                    print("a"),
                    since: world.clock.now().advanced(bySeconds: -1),
                    reason: ""
                )
                #expect(listed.count <= 51)
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        // The audit log tells the order of the commits.
        let entries = try await world.store.read { try $0.auditEntries(after: 0, limit: 1_000) }
        let actions = entries.map(\.action)
        let revoked = try #require(actions.firstIndex(of: "key.revoke"))
        #expect(!actions[revoked...].contains("bundle.accept"))
        #expect(actions[..<revoked].count { $0 == "bundle.accept" } == outcome)
        #expect(entries[revoked].detail.hasPrefix("\(outcome) accepted since"))
    }

    @Test func `all keys go on file or none`() async throws {
        try await desk.trust([key("a")])
        await #expect(throws: KeyRefusal.alreadyThere) {
            try await desk.trust([key("b"), key("a")])
        }
        #expect(try await desk.trustedKeys().map(\.fingerprint) == [print("a")])
    }

    // MARK: Helpers

    private func print(_ digit: String) -> String { String(repeating: digit, count: 64) }

    private func key(
        _ digit: String,
        of school: School = .oak,
        usage: TrustedKey.Usage = .signing,
        from: Int64 = -1,
        until: Int64 = 1
    ) -> TrustedKey {
        let day: Int64 = 86_400
        return TrustedKey(
            fingerprint: print(digit),
            organization: school.organization,
            usage: usage,
            holder: .partner,
            certificatePEM: "",
            name: "",
            notBefore: world.clock.now().advanced(bySeconds: from * day),
            notAfter: world.clock.now().advanced(bySeconds: until * day),
            addedAt: world.clock.now()
        )
    }

    private func bundle(_ digit: String, by signer: String) -> AcceptedBundle {
        bundle(digest: print(digit), by: signer)
    }

    private func bundle(digest: String, by signer: String) -> AcceptedBundle {
        AcceptedBundle(
            digest: digest,
            signer: print(signer),
            sender: School.oak.organization,
            request: RequestNumber(bits: 1),
            bundle: "1",
            at: world.clock.now()
        )
    }
}

extension String {
    fileprivate func padded(to count: Int) -> String {
        String(repeating: "0", count: count - utf8.count) + self
    }
}
