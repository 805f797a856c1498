import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("Files that are locked up, on file")
struct QuarantineContract {
    private static func locked(
        _ number: Int,
        day: String,
        inquiry: Inquiry,
        released: Bool = false,
        _ origin: QuarantinedFile.Origin = .mail(.numbered(8))
    ) -> QuarantinedFile {
        QuarantinedFile(
            file: DroppedFile(
                id: .numbered(number),
                name: "Paloma \(number).pdf",
                mediaType: "application/pdf",
                byteCount: 5,
                digest: ReferenceSHA256.digest(of: [UInt8(number)])
            ),
            finding: "Test.Virus",
            origin: origin,
            inquiry: inquiry.id,
            foundAt: .noon(day),
            releasedAt: released ? .noon(day) : nil
        )
    }

    @Test(arguments: Backend.allCases)
    func `they come back whole, oldest first, are in use, and go`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let (request, inquiry) = (RecordRequest.filed(), Inquiry.asked())
        let later = Self.locked(50, day: "2026-02-02", inquiry: inquiry)
        let earlier = Self.locked(
            51,
            day: "2026-02-01",
            inquiry: inquiry,
            .answer(
                .numbered(9),
                parts: [
                    .init(part: .transcript, status: .sent),
                    .init(part: .attendance, status: .withheld(reason: .willNotSend)),
                ],
                isComplete: true
            )
        )
        try await store.write { session in
            try session.save(request)
            try session.save(inquiry)
            try session.save(later)
            try session.save(earlier)
        }
        #expect(try await store.read { try $0.quarantinedFile(later.id) } == later)
        #expect(try await store.read { try $0.quarantinedFile(.numbered(3)) } == nil)
        #expect(
            try await store.read { try $0.quarantinedFiles(of: inquiry.id) } == [earlier, later]
        )
        #expect(try await store.read { try $0.quarantinedFiles(of: .numbered(99)) }.isEmpty)
        #expect(
            try await store.read { try $0.filesInUse() } == ["\(later.id)", "\(earlier.id)"]
        )
        #expect(earlier.bundle == .numbered(9))
        #expect(later.bundle == nil)
        let said = Self.locked(50, day: "2026-02-02", inquiry: inquiry, released: true)
        try await store.write { try $0.save(said) }
        #expect(try await store.read { try $0.quarantinedFile(later.id) } == said)

        let end = later.expiresAt
        #expect(
            try await store.read {
                try $0.quarantinedFiles(expiredBy: end.advanced(bySeconds: -1), limit: 9)
            } == [earlier]
        )
        #expect(
            try await store.read { try $0.quarantinedFiles(expiredBy: end, limit: 9) }
                == [earlier, said]
        )
        #expect(
            try await store.read { try $0.quarantinedFiles(expiredBy: end, limit: 1) } == [earlier]
        )
        try await store.write { session in
            try session.deleteQuarantinedFile(earlier.id)
            try session.deleteQuarantinedFile(later.id)
        }
        #expect(try await store.read { try $0.quarantinedFiles(of: inquiry.id) }.isEmpty)
        #expect(try await store.read { try $0.filesInUse() }.isEmpty)
    }
}
