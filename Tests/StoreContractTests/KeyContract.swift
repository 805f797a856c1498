import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Keys on file")
struct KeyContract {
    @Test(arguments: Backend.allCases)
    func `keys come back as they were saved, in the order in which they were added`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let keys = [Self.key("b", at: 1), Self.key("a", at: 2), Self.key("c", at: 2)]
        try await store.write { session in
            for key in keys.reversed() { try session.save(key) }
        }

        #expect(try await store.read { try $0.trustedKeys() } == keys)
        #expect(try await store.read { try $0.trustedKey(Self.print("a")) } == keys[1])
        #expect(try await store.read { try $0.trustedKey(Self.print("d")) } == nil)
    }

    @Test(arguments: Backend.allCases)
    func `an organisation's keys are found without those of others`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let keys = [Self.key("b", at: 1), Self.key("a", at: 2)]
        try await store.write { session in
            for key in keys.reversed() { try session.save(key) }
            try session.save(Self.key("c", of: .oak, at: 1))
        }

        #expect(
            try await store.read { try $0.trustedKeys(of: School.maple.organization) } == keys
        )
        #expect(try await store.read { try $0.trustedKeys(of: .gateway) }.isEmpty)
    }

    @Test(arguments: Backend.allCases)
    func `a key's state changes, and every state comes back`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        let states: [TrustedKey.State] = [
            .current, .retired(at: Self.at(5)), .destroyed(at: Self.at(6)),
            .revoked(at: Self.at(7), since: Self.at(3), reason: "laptop lost"),
        ]
        for state in states {
            var key = Self.key("a", at: 1)
            key.state = state
            let saved = key
            try await store.write { try $0.save(saved) }
            #expect(try await store.read { try $0.trustedKeys() } == [saved])
        }
    }

    @Test(arguments: Backend.allCases)
    func `accepted bundles are found by digest, and by signer since an instant`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let bundles = [
            Self.bundle("1", by: "a", at: 10), Self.bundle("2", by: "a", at: 20),
            Self.bundle("3", by: "b", at: 30), Self.bundle("4", by: "a", at: 5),
        ]
        try await store.write { session in
            for name in ["a", "b"] { try session.save(Self.key(name, at: 1)) }
            for bundle in bundles { try session.append(bundle) }
        }

        let found = try await store.read { session in
            try session.acceptedBundles(signedBy: Self.print("a"), since: Self.at(10))
        }
        #expect(found == [bundles[0], bundles[1]])
        #expect(try await store.read { try $0.acceptedBundle(Self.print("3")) } == bundles[2])
        #expect(try await store.read { try $0.acceptedBundle(Self.print("9")) } == nil)
    }

    @Test(arguments: Backend.allCases)
    func `the same content is accepted once, and only on the word of a key on file`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        try await store.write { session in
            try session.save(Self.key("a", at: 1))
            try session.append(Self.bundle("1", by: "a", at: 10))
        }

        await #expect(throws: StoreConflict("accepted bundle")) {
            try await store.write { try $0.append(Self.bundle("1", by: "a", at: 11)) }
        }
        await #expect(throws: StorageFailure.self) {
            try await store.write { try $0.append(Self.bundle("2", by: "z", at: 11)) }
        }
    }

    static func at(_ seconds: Int64) -> Instant {
        Instant.noon("2026-05-18").advanced(bySeconds: seconds)
    }

    /// Sixty-four hexadecimal digits.
    static func print(_ digit: String) -> String { String(repeating: digit, count: 64) }

    static func key(
        _ digit: String,
        of school: School = .maple,
        at seconds: Int64
    ) -> TrustedKey {
        TrustedKey(
            fingerprint: print(digit),
            organization: school.organization,
            usage: .signing,
            holder: .partner,
            certificatePEM: "-----BEGIN CERTIFICATE-----",
            name: "Maple signing",
            notBefore: at(-100),
            notAfter: at(1_000),
            addedAt: at(seconds)
        )
    }

    static func bundle(_ digit: String, by signer: String, at seconds: Int64) -> AcceptedBundle {
        AcceptedBundle(
            digest: print(digit),
            signer: print(signer),
            sender: School.maple.organization,
            request: RequestNumber(bits: 1),
            bundle: .numbered(Int(digit) ?? 0),
            at: at(seconds)
        )
    }
}
