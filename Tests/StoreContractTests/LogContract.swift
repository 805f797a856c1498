import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("Logs on file")
struct LogContract {
    @Test(arguments: Backend.allCases)
    func `a request's story is told oldest first, and as appended within an instant`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStoreWithInquiry()
        let events = [
            Self.event(5, at: 10, .filed(uses: [.enrollment])),
            Self.event(4, at: 10, .questionAsked(note: "Which twin?")),
            Self.event(3, at: 0, .promised(day: .on("2026-05-29"), note: "")),
            Self.event(2, at: 10, .mailAccepted(to: .recordsOffice, organization: .vault)),
        ]
        try await store.write { session in
            try session.save(RecordRequest.filed(2))
            for event in events { try session.append(event) }
            try session.append(Self.event(9, at: 0, .schoolOpened, request: 2))
        }

        let found = try await store.read { try $0.events(of: .numbered(1)) }

        #expect(found == [events[2], events[0], events[1], events[3]])
    }

    @Test(arguments: Backend.allCases)
    func `an event is told once, about a request that is there`(backend: Backend) async throws {
        let store = try await backend.makeStoreWithInquiry()
        try await store.write { try $0.append(Self.event(1, at: 0, .schoolOpened)) }

        await #expect(throws: StoreConflict("timeline event")) {
            try await store.write { try $0.append(Self.event(1, at: 5, .schoolOpened)) }
        }
        await #expect(throws: StorageFailure.self) {
            try await store.write { try $0.append(Self.event(2, at: 0, .schoolOpened, request: 9)) }
        }
    }

    @Test(arguments: Backend.allCases)
    func `disclosures come oldest first by request and by holder, up to the limit`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStoreWithInquiry()
        let records = [
            Self.disclosure(1, at: 20), Self.disclosure(2, at: 10),
            Self.disclosure(3, at: 15, holder: .vault),
        ]
        try await store.write { session in
            try session.save(RecordBundle.answered())
            for record in records { try session.append(record) }
        }

        let (request, holder, one) = try await store.read { session in
            let maple = School.maple.organization
            return (
                try session.disclosures(of: .numbered(1)),
                try session.disclosures(by: maple, limit: 10),
                try session.disclosures(by: maple, limit: 1)
            )
        }

        #expect(request == [records[1], records[2], records[0]])
        #expect(holder == [records[1], records[0]])
        #expect(one == [records[1]])
    }

    @Test(arguments: Backend.allCases)
    func `a disclosure is recorded once, of a bundle that is there`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStoreWithInquiry()
        await #expect(throws: StorageFailure.self) {
            try await store.write { try $0.append(Self.disclosure(1, at: 0)) }
        }
        try await store.write { session in
            try session.save(RecordBundle.answered())
            try session.append(Self.disclosure(1, at: 0))
        }

        await #expect(throws: StoreConflict("disclosure")) {
            try await store.write { try $0.append(Self.disclosure(1, at: 9)) }
        }
    }

    @Test(arguments: Backend.allCases)
    func `the audit log counts without gaps and its chain verifies`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        #expect(try await store.read { try $0.lastAuditEntry() } == nil)
        for number in 1...25 {
            try await store.write { try $0.appendAudit("request.file", subject: "\(number)") }
        }

        let (all, some, last) = try await store.read { session in
            (
                try session.auditEntries(after: 0, limit: 100),
                try session.auditEntries(after: 20, limit: 3),
                try session.lastAuditEntry()
            )
        }

        #expect(all.map(\.sequence) == Array(1...25))
        #expect(some.map(\.sequence) == [21, 22, 23])
        #expect(last == all.last)
        #expect(AuditChain.firstBreak(in: all) == nil)
        let forged = all.enumerated().map { index, entry in
            index == 11 ? entry.saying("somebody else") : entry
        }
        #expect(AuditChain.firstBreak(in: forged) == 12)
    }

    @Test(arguments: Backend.allCases, [Int64(0), 1, 3, 4])
    func `an audit entry goes in only behind the last one`(
        backend: Backend,
        sequence: Int64
    ) async throws {
        let store = try await backend.makeStore()
        try await store.write { try $0.appendAudit("a", subject: "1") }

        await #expect(throws: StoreConflict("audit sequence")) {
            try await store.write { session in
                let last = try #require(try session.lastAuditEntry())
                try session.append(last.numbered(sequence))
            }
        }
    }

    static func event(
        _ number: Int,
        at second: Int64,
        _ kind: TimelineEvent.Kind,
        request: Int = 1
    ) -> TimelineEvent {
        TimelineEvent(
            id: .numbered(number),
            request: .numbered(request),
            inquiry: nil,
            at: .noon("2026-05-18", plusSeconds: second),
            kind: kind,
            person: "Rosa Registro"
        )
    }

    static func disclosure(
        _ number: Int,
        at second: Int64,
        holder: OrganizationID = School.maple.organization
    ) -> DisclosureRecord {
        DisclosureRecord(
            id: .numbered(number),
            request: .numbered(1),
            bundle: .numbered(1),
            at: .noon("2026-05-18", plusSeconds: second),
            holder: holder,
            recipient: School.oak.organization,
            person: "Rosa Registro",
            way: .web,
            parts: [.transcript],
            uses: [.enrollment],
            extent: "transcript.pdf"
        )
    }
}
