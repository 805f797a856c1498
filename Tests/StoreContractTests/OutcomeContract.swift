import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("Statements about credits on file") struct OutcomeContract {
    static func outcome(
        _ id: Int,
        number: Int,
        bundle: Int = 1,
        holder: OrganizationID = .vault,
        at day: String = "2026-05-21"
    ) -> CreditOutcome {
        CreditOutcome(
            id: .numbered(id),
            request: .numbered(1),
            bundle: .numbered(bundle),
            holder: holder,
            number: number,
            at: .noon(day),
            person: "Rosa",
            enrolledOn: .on("2026-05-20"),
            placedOn: nil,
            lines: [
                CreditLine(
                    course: "Álgebra I",
                    detail: "A",
                    sent: Hundredths(50),
                    accepted: Hundredths(25),
                    reason: .tooFewHours,
                    note: "30 h"
                ),
                CreditLine(whole: nil),
            ]
        )
    }

    @Test(arguments: Backend.allCases)
    func `statements come back as they were made, in order`(backend: Backend) async throws {
        let store = try await backend.makeStoreWithInquiry()
        try await store.write { session in
            try session.save(RecordBundle.answered())
            try session.append(Self.outcome(3, number: 2))
            try session.append(Self.outcome(4, number: 1))
        }

        let found = try await store.read { try $0.outcomes(of: .numbered(1)) }

        #expect(found == [Self.outcome(4, number: 1), Self.outcome(3, number: 2)])
        #expect(try await store.read { try $0.outcomes(of: .numbered(2)) }.isEmpty)
    }

    @Test(arguments: Backend.allCases)
    func `a holder's statements come newest first`(backend: Backend) async throws {
        let store = try await backend.makeStoreWithInquiry()
        try await store.write { session in
            try session.save(RecordBundle.answered())
            try session.append(Self.outcome(1, number: 1, at: "2026-05-20"))
            try session.append(Self.outcome(2, number: 2, at: "2026-05-22"))
            try session.append(Self.outcome(3, number: 3, at: "2026-05-22"))
            try session.append(
                Self.outcome(4, number: 4, holder: School.oak.organization, at: "2026-05-23")
            )
        }

        let found = try await store.read { session in
            (
                try session.outcomes(about: .vault, limit: 2).map(\.number),
                try session.outcomes(about: .gateway, limit: 2)
            )
        }

        #expect(found.0 == [3, 2])
        #expect(found.1.isEmpty)
    }

    @Test(arguments: Backend.allCases)
    func `two statements never share a number, and each needs its bundle`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStoreWithInquiry()
        try await store.write { session in
            try session.save(RecordBundle.answered())
            try session.append(Self.outcome(1, number: 1))
        }

        await #expect(throws: StoreConflict("statement about a bundle")) {
            try await store.write { try $0.append(Self.outcome(2, number: 1)) }
        }
        await #expect(throws: StorageFailure.self) {
            try await store.write { try $0.append(Self.outcome(3, number: 1, bundle: 9)) }
        }
    }
}
