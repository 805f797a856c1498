import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Uploads in pieces on file")
struct UploadContract {
    private static let account = StaffAccount(
        id: .numbered(1),
        email: .of("system", at: "oak"),
        name: "Oak's system",
        memberships: [],
        status: .active,
        createdAt: .noon("2026-01-01")
    )

    private static func upload(_ number: Int, day: String) -> PartialUpload {
        PartialUpload(
            id: .numbered(number),
            account: account.id,
            organization: School.oak.organization,
            target: number == 1 ? .sealedBundle(.numbered(7)) : .records(.numbered(8)),
            mediaType: "multipart/form-data; boundary=b",
            length: 5_000_000_000,
            digest: ReferenceSHA256.digest(of: []),
            at: .noon(day)
        )
    }

    @Test(arguments: Backend.allCases)
    func `an upload comes back whole, with its pieces in order`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        let (later, earlier) = (
            Self.upload(1, day: "2026-02-02"), Self.upload(2, day: "2026-02-01")
        )
        let pieces = (0..<12).map {
            PartialUpload.Piece(file: .numbered(50 - $0), byteCount: Int64($0) + 1)
        }
        try await store.write { session in
            try session.save(Self.account)
            try session.save(later)
            try session.save(earlier)
            for (number, piece) in pieces.enumerated() {
                try session.append(piece, numbered: number, to: later.id)
            }
        }
        #expect(try await store.read { try $0.partialUpload(later.id) } == later)
        #expect(try await store.read { try $0.pieces(of: later.id) } == pieces)
        #expect(try await store.read { try $0.pieces(of: earlier.id) }.isEmpty)
        #expect(
            try await store.read { try $0.partialUploads(of: School.oak.organization) }
                == [earlier, later]
        )
        #expect(
            try await store.read { try $0.filesInUse() } == Set(pieces.map { "\($0.file)" })
        )
        await #expect(throws: StoreConflict("upload piece")) {
            try await store.write { try $0.append(pieces[0], numbered: 3, to: later.id) }
        }
        try await store.write { try $0.deletePieces(of: later.id) }
        #expect(try await store.read { try $0.filesInUse() }.isEmpty)
    }

    @Test(arguments: Backend.allCases)
    func `what is over is found by its time, and goes with its pieces`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let (later, earlier) = (
            Self.upload(1, day: "2026-02-02"), Self.upload(2, day: "2026-02-01")
        )
        await #expect(throws: StorageFailure.self) {
            try await store.write { try $0.save(later) }
        }
        try await store.write { session in
            try session.save(Self.account)
            try session.save(later)
            try session.save(earlier)
            try session.append(.init(file: .numbered(9), byteCount: 1), numbered: 0, to: earlier.id)
        }
        func over(_ day: String, limit: Int = 10) async throws -> [PartialUpload] {
            try await store.read { session in
                try session.partialUploads(expiredBy: .noon(day), limit: limit)
            }
        }
        #expect(try await over("2026-02-01").isEmpty)
        #expect(try await over("2026-02-02") == [earlier])
        #expect(try await over("2026-02-03") == [earlier, later])
        #expect(try await over("2026-02-03", limit: 1) == [earlier])
        try await store.write { try $0.deletePartialUpload(earlier.id) }
        #expect(try await over("2026-02-03") == [later])
        #expect(try await store.read { try $0.filesInUse() }.isEmpty)
    }

    @Test(arguments: Backend.allCases)
    func `old keys go, and what was filed under old keys of callers`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let keys = (0..<3).map { number in
            var key = AccessKey(
                id: .numbered(10 + number),
                account: Self.account.id,
                label: "",
                digest: String(repeating: "\(number)", count: 64),
                scopes: [.readRequests],
                createdAt: .noon("2026-01-01"),
                expiresAt: .noon("2026-03-0\(number + 1)")
            )
            if number == 2 { key.revokedAt = .noon("2026-01-02") }
            return key
        }
        let request = RecordRequest.filed(1)
        try await store.write { session in
            try session.save(Self.account)
            for key in keys { try session.save(key) }
            try session.save(request)
            for day in 1...3 {
                try session.save(
                    FiledOnce(
                        digest: String(repeating: "\(day)", count: 64),
                        content: String(repeating: "e", count: 64),
                        request: request.id,
                        at: .noon("2026-02-0\(day)")
                    )
                )
            }
        }
        let (filings, ended) = try await store.write { session in
            (
                try session.forgetFilings(before: .noon("2026-02-03")),
                try session.forgetAccessKeys(endedBefore: .noon("2026-03-02"))
            )
        }
        #expect(filings == 2)
        #expect(ended == 2)
        #expect(try await store.read { try $0.accessKeys(of: Self.account.id) } == [keys[1]])
        let left = try await store.read { session in
            try session.filedOnce(digest: String(repeating: "3", count: 64))
        }
        #expect(left != nil)
    }
}
