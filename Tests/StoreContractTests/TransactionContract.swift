import Casework
import RecordExchange
import RecordLocator
import TestSupport
import Testing
import Vocabulary

@Suite("A use case is one transaction")
struct TransactionContract {
    struct Refused: Error, Equatable {}

    @Test(arguments: Backend.allCases)
    func `a body that throws leaves nothing behind`(backend: Backend) async throws {
        let store = try await backend.makeStore()

        await #expect(throws: Refused()) {
            try await store.write { session in
                try session.save(RecordRequest.filed())
                try session.save(Inquiry.asked())
                try session.setTimer(.numbered(1), due: .noon("2026-05-20"))
                try session.save(RecordBundle.answered())
                try session.append(LogContract.event(1, at: 0, .schoolOpened))
                try session.append(LogContract.disclosure(1, at: 0))
                try session.enqueue(.mail(1))
                try session.appendAudit("request.file", subject: "1")
                try session.save([School.oak])
                try session.save([LocatorEntry.sample(1)])
                try session.save(StaffAccount.sample(1))
                throw Refused()
            }
        }

        let left = try await store.read { session in
            [
                try session.request(.numbered(1)) == nil,
                try session.inquiry(.numbered(1)) == nil,
                try session.nextTimer() == nil,
                try session.filesInUse().isEmpty,
                try session.events(of: .numbered(1)).isEmpty,
                try session.disclosures(of: .numbered(1)).isEmpty,
                try session.nextEffect() == nil,
                try session.lastAuditEntry() == nil,
                try session.schoolCount() == 0,
                try session.locatorEntryCount() == 0,
                try session.allAccounts().isEmpty,
            ]
        }
        #expect(!left.contains(false))
    }

    @Test(arguments: Backend.allCases)
    func `a body sees its own changes before they are on file`(backend: Backend) async throws {
        let store = try await backend.makeStore()

        let seen = try await store.write { session in
            try session.save(RecordRequest.filed())
            try session.save(Inquiry.asked())
            return try session.inquiries(of: .numbered(1)).count
        }

        #expect(seen == 1)
    }

    @Test(arguments: Backend.allCases)
    func `a conflict that the body handles costs only the refused row`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        try await store.write { try $0.save(StaffAccount.sample(1, email: .of("a", at: "oak"))) }

        try await store.write { session in
            try session.save([School.oak])
            do {
                try session.save(StaffAccount.sample(2, email: .of("a", at: "oak")))
            } catch is StoreConflict {
                try session.save(StaffAccount.sample(2, email: .of("b", at: "oak")))
            }
        }

        let accounts = try await store.read { try $0.allAccounts() }
        #expect(accounts.map(\.id) == [.numbered(1), .numbered(2)])
        #expect(try await store.read { try $0.schoolCount() } == 1)
    }

    static let changes: [(String, @Sendable (any CaseSession) throws -> Void)] = [
        ("request", { try $0.save(RecordRequest.filed(2)) }),
        ("follower", { try $0.addFollower(.numbered(5), to: .numbered(1)) }),
        ("inquiry", { try $0.save(Inquiry.asked()) }),
        ("bundle", { try $0.save(RecordBundle.answered()) }),
        ("delivery", { try $0.save(Delivery.waiting(1)) }),
        ("link", { try $0.save(AnswerLink.issued()) }),
        (
            "draft",
            {
                try $0.save(
                    RequestDraft(
                        id: .numbered(1),
                        owner: .numbered(1),
                        requester: School.oak.id,
                        at: .noon("2026-05-18")
                    )
                )
            }
        ),
        ("deleted draft", { try $0.deleteDraft(.numbered(1)) }),
        ("schools", { try $0.save([School.oak]) }),
        ("districts", { try $0.save([District.of(.oak)]) }),
        ("states", { try $0.save(StateEntry.trees) }),
        ("contact", { try $0.save(Contact.sample(1, of: School.oak.organization)) }),
        ("calendar", { try $0.save(SchoolCalendar.ordinary, of: .gateway) }),
        ("policy", { try $0.save(Ladder.Policy.standard, of: .texas) }),
        ("state rule", { try $0.save(StateRule.unknown, of: .texas) }),
        ("account", { try $0.save(StaffAccount.sample(1)) }),
        ("timer", { try $0.setTimer(.numbered(1), due: .noon("2026-05-20")) }),
        ("cleared timer", { try $0.clearTimer(.numbered(1)) }),
        ("enqueued effect", { try $0.enqueue(.mail(1)) }),
        ("effect", { try $0.save(Effect.mail(1)) }),
        ("event", { try $0.append(LogContract.event(1, at: 0, .schoolOpened)) }),
        ("disclosure", { try $0.append(LogContract.disclosure(1, at: 0)) }),
        ("audit", { try $0.appendAudit("a", subject: "1") }),
        ("locator entries", { try $0.save([LocatorEntry.sample(1)]) }),
        ("withdrawn entry", { try $0.withdrawEntry(.numbered(1)) }),
    ]

    @Test(arguments: Backend.allCases, changes.map(\.0))
    func `a change inside a read throws`(backend: Backend, name: String) async throws {
        let change = try #require(Self.changes.first { $0.0 == name }?.1)
        let store = try await backend.makeStoreWithInquiry()

        await #expect(throws: StorageFailure.changeInsideRead) {
            try await store.read { try change($0) }
        }
    }

    @Test(arguments: Backend.allCases)
    func `writes that race for one number are told apart`(backend: Backend) async throws {
        let store = try await backend.makeStore()

        let sequences = try await withThrowingTaskGroup(of: Int64.self) { group in
            for number in 1...100 {
                group.addTask {
                    try await store.write { session in
                        try session.appendAudit("race", subject: "\(number)")
                        return try session.lastAuditEntry()?.sequence ?? 0
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }

        #expect(sequences.sorted() == Array(1...100))
        let all = try await store.read { try $0.auditEntries(after: 0, limit: 200) }
        #expect(AuditChain.firstBreak(in: all) == nil)
    }
}
