import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Files that came by mail, on file")
struct MailedContract {
    private static func mailed(
        _ number: Int,
        day: String,
        files: [Int],
        inquiry: Inquiry
    ) -> MailedFiles {
        MailedFiles(
            id: .numbered(number),
            inquiry: inquiry.id,
            contact: .numbered(7),
            receivedAt: .noon(day),
            files: files.map { file in
                DroppedFile(
                    id: .numbered(file),
                    name: "Paloma \(file).pdf",
                    mediaType: "application/pdf",
                    byteCount: 5,
                    digest: ReferenceSHA256.digest(of: [UInt8(file)])
                )
            },
            refused: [.init(name: "setup.exe", reason: .typeNotAllowed)]
        )
    }

    @Test(arguments: Backend.allCases)
    func `they come back whole, oldest first, and their files are in use`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let (request, inquiry) = (RecordRequest.filed(), Inquiry.asked())
        let later = Self.mailed(1, day: "2026-02-02", files: [50, 51], inquiry: inquiry)
        let earlier = Self.mailed(2, day: "2026-02-01", files: [], inquiry: inquiry)
        try await store.write { session in
            try session.save(request)
            try session.save(inquiry)
            try session.save(later)
            try session.save(earlier)
        }
        #expect(try await store.read { try $0.mailedFiles(later.id) } == later)
        #expect(try await store.read { try $0.mailedFiles(.numbered(3)) } == nil)
        #expect(try await store.read { try $0.mailedFiles(of: inquiry.id) } == [earlier, later])
        #expect(try await store.read { try $0.mailedFiles(of: .numbered(99)) }.isEmpty)
        #expect(
            try await store.read { try $0.filesInUse() } == Set(later.files.map { "\($0.id)" })
        )
        // What is said of them is on file in their place.
        let said = Self.mailed(1, day: "2026-02-02", files: [51], inquiry: inquiry)
        try await store.write { try $0.save(said) }
        #expect(try await store.read { try $0.mailedFiles(later.id) } == said)
        #expect(
            try await store.read { try $0.filesInUse() } == Set(said.files.map { "\($0.id)" })
        )
    }

    @Test(arguments: Backend.allCases)
    func `those whose time is over are found earliest first, and go`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let (request, inquiry) = (RecordRequest.filed(), Inquiry.asked())
        let later = Self.mailed(1, day: "2026-02-02", files: [50], inquiry: inquiry)
        let earlier = Self.mailed(2, day: "2026-02-01", files: [51], inquiry: inquiry)
        try await store.write { session in
            try session.save(request)
            try session.save(inquiry)
            try session.save(later)
            try session.save(earlier)
        }
        let end = later.expiresAt
        #expect(
            try await store.read {
                try $0.mailedFiles(expiredBy: end.advanced(bySeconds: -1), limit: 9)
            } == [earlier]
        )
        #expect(
            try await store.read { try $0.mailedFiles(expiredBy: end, limit: 9) }
                == [earlier, later]
        )
        #expect(
            try await store.read { try $0.mailedFiles(expiredBy: end, limit: 1) } == [earlier]
        )
        try await store.write { session in
            try session.deleteMailedFiles(earlier.id)
            try session.deleteMailedFiles(later.id)
        }
        #expect(try await store.read { try $0.mailedFiles(of: inquiry.id) }.isEmpty)
        #expect(try await store.read { try $0.filesInUse() }.isEmpty)
    }
}
