import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Accounts on file")
struct AccountContract {
    @Test(arguments: Backend.allCases)
    func `an account comes back whole, by identifier, address and invitation`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let account = Self.full
        try await store.write { try $0.save(account) }

        let found = try await store.read { session in
            [
                try session.account(account.id),
                try session.account(email: account.email),
                try session.account(email: .of("ROSA.Registro", at: "OAK")),
                try session.account(invitationDigest: String(repeating: "a", count: 64)),
            ]
        }

        #expect(found == [account, account, account, account])
    }

    @Test(arguments: Backend.allCases)
    func `what an account loses is gone`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        var account = Self.full
        try await store.write { [account] in try $0.save(account) }
        account.oneTimeSecret = nil
        account.invitationDigest = nil
        account.filesInHandSince = nil
        account.memberships = []
        account.status = .disabled
        try await store.write { [account] in try $0.save(account) }

        let (found, here, invited) = try await store.read { [account] session in
            (
                try session.account(account.id),
                try session.accounts(at: School.oak.organization),
                try session.account(invitationDigest: String(repeating: "a", count: 64))
            )
        }

        #expect(found == account)
        #expect(here.isEmpty)
        #expect(invited == nil)
    }

    @Test(arguments: Backend.allCases)
    func `two accounts never share an address, in any case, or an invitation`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let first = Self.full
        try await store.write { try $0.save(first) }

        await #expect(throws: StoreConflict("account email")) {
            try await store.write {
                try $0.save(StaffAccount.sample(2, email: .of("Rosa.REGISTRO", at: "oak")))
            }
        }
        await #expect(throws: StoreConflict("invitation")) {
            try await store.write { session in
                var second = StaffAccount.sample(2)
                second.invitationDigest = first.invitationDigest
                try session.save(second)
            }
        }
        // Saving the same account again is no conflict with itself.
        try await store.write { try $0.save(first) }
        #expect(try await store.read { try $0.allAccounts() } == [first])
    }

    @Test(arguments: Backend.allCases)
    func `an organisation's people and everybody come by address`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let zoe = StaffAccount.sample(1, email: .of("zoe", at: "oak"))
        let ana = StaffAccount.sample(2, role: .counselor, email: .of("Ana", at: "oak"))
        var both = StaffAccount.sample(
            3,
            role: .district,
            at: .district(School.oak.district),
            email: .of("mia", at: "oak")
        )
        both.memberships += [
            .init(role: .registrar, organization: School.oak.organization),
            .init(role: .counselor, organization: School.oak.organization),
        ]
        try await store.write { [both] session in
            for account in [zoe, ana, both] { try session.save(account) }
        }

        let (school, district, all) = try await store.read { session in
            (
                try session.accounts(at: School.oak.organization),
                try session.accounts(at: .district(School.oak.district)),
                try session.allAccounts()
            )
        }

        #expect(school == [ana, both, zoe])
        #expect(district == [both])
        #expect(all == [ana, both, zoe])
    }

    private static let full: StaffAccount = {
        var account = StaffAccount.sample(1, email: .of("Rosa.Registro", at: "oak"))
        account.title = "Registrar"
        account.language = .spanish
        account.passwordHash = "scrypt$1$2$3"
        account.oneTimeSecret = [1, 2, 3, 0, 255]
        account.oneTimeConfirmed = true
        account.lastOneTimeStep = 59_000_000
        account.invitationDigest = String(repeating: "a", count: 64)
        account.invitationExpires = .noon("2026-05-30")
        account.knownBrowsers = [String(repeating: "b", count: 64)]
        account.filesInHandSince = .noon("2026-05-18")
        return account
    }()
}

@Suite("Web sessions on file")
struct SessionContract {
    @Test(arguments: Backend.allCases)
    func `a session comes back as it was started, whoever holds it`(
        backend: Backend
    ) async throws {
        let sessions = try await backend.makeStore()
        let all = [
            Self.staff(1, account: 10, passed: false), Self.staff(2, account: 10, passed: true),
            Self.link(3, inquiry: 20),
        ]
        for session in all { try await sessions.sessions.insert(session) }

        for session in all {
            #expect(try await sessions.sessions.session(session.digest) == session)
        }
        #expect(try await sessions.sessions.session(Self.digest(9)) == nil)
    }

    @Test(arguments: Backend.allCases)
    func `a digest is used once`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.sessions.insert(Self.staff(1, account: 10, passed: true))

        await #expect(throws: StoreConflict("session digest")) {
            try await store.sessions.insert(Self.staff(1, account: 11, passed: true))
        }
    }

    @Test(arguments: Backend.allCases)
    func `touching notes the use and revives nothing`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.sessions.insert(Self.staff(1, account: 10, passed: true))

        try await store.sessions.touch(Self.digest(1), at: .noon("2026-05-19"))
        try await store.sessions.touch(Self.digest(2), at: .noon("2026-05-19"))

        let found = try await store.sessions.session(Self.digest(1))
        #expect(found?.lastUsedAt == .noon("2026-05-19"))
        #expect(found?.startedAt == .noon("2026-05-18"))
        #expect(try await store.sessions.session(Self.digest(2)) == nil)
    }

    @Test(arguments: Backend.allCases)
    func `sessions end one by one, by account and by inquiry`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        let all = [
            Self.staff(1, account: 10, passed: true), Self.staff(2, account: 10, passed: false),
            Self.staff(3, account: 11, passed: true), Self.link(4, inquiry: 20),
            Self.link(5, inquiry: 20), Self.link(6, inquiry: 21),
            Self.staff(7, account: 12, passed: true),
        ]
        for session in all { try await store.sessions.insert(session) }

        try await store.sessions.removeAll(ofAccount: .numbered(10))
        try await store.sessions.removeAll(ofInquiry: .numbered(20))
        try await store.sessions.remove(Self.digest(7))
        try await store.sessions.remove(Self.digest(99))

        var left: [Int] = []
        for number in 1...7 where try await store.sessions.session(Self.digest(number)) != nil {
            left.append(number)
        }
        #expect(left == [3, 6])
    }

    @Test(arguments: Backend.allCases)
    func `unused sessions are removed and counted`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        for number in 1...4 {
            try await store.sessions.insert(Self.staff(number, account: number, passed: true))
            try await store.sessions.touch(
                Self.digest(number),
                at: .noon("2026-05-2\(number)")
            )
        }

        let count = try await store.sessions.removeUnused(since: .noon("2026-05-23"))

        #expect(count == 2)
        #expect(try await store.sessions.session(Self.digest(2)) == nil)
        #expect(try await store.sessions.session(Self.digest(3)) != nil)
    }

    private static func digest(_ number: Int) -> SHA256Digest {
        ReferenceSHA256.digest(of: Array(String(number).utf8))
    }

    private static func staff(_ number: Int, account: Int, passed: Bool) -> StoredSession {
        StoredSession(
            digest: digest(number),
            holder: .staff(account: .numbered(account), secondFactorPassed: passed),
            startedAt: .noon("2026-05-18"),
            lastUsedAt: .noon("2026-05-18")
        )
    }

    private static func link(_ number: Int, inquiry: Int) -> StoredSession {
        StoredSession(
            digest: digest(number),
            holder: .answerLink(.numbered(number), inquiry: .numbered(inquiry)),
            startedAt: .noon("2026-05-18"),
            lastUsedAt: .noon("2026-05-18")
        )
    }
}
