import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("Bundles and deliveries on file")
struct BundleContract {
    @Test(arguments: Backend.allCases)
    func `a bundle comes back as it was saved and as it was changed`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStoreWithInquiry()
        var bundle = RecordBundle.answered(files: ["a.pdf", "b.pdf"], note: "Grades follow.")
        try await store.write { [bundle] in try $0.save(bundle) }
        #expect(try await store.read { try $0.bundle(.numbered(1)) } == bundle)

        bundle.seal = .init(byteCount: 9, sha256: "00", recipients: ["aa"])
        bundle.receivedAt = .noon("2026-05-21")
        try await store.write { [bundle] in try $0.save(bundle) }

        #expect(try await store.read { try $0.bundle(.numbered(1)) } == bundle)
    }

    @Test(arguments: Backend.allCases)
    func `a bundle is found by the digest of its sealed file, as it was sealed last`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStoreWithInquiry()
        var bundle = RecordBundle.answered()
        func save(_ bundle: RecordBundle) async throws {
            try await store.write { try $0.save(bundle) }
        }
        func find(_ digest: String) async throws -> RecordBundle? {
            try await store.read { try $0.bundle(sealedAs: digest) }
        }
        try await save(bundle)
        try await save(.answered(2, sequence: 2))
        #expect(try await find("") == nil)

        bundle.seal = .init(byteCount: 9, sha256: "aa", recipients: [])
        try await save(bundle)
        #expect(try await find("aa") == bundle)
        #expect(try await find("AA") == nil)

        bundle.seal = .init(byteCount: 9, sha256: "bb", recipients: [])
        try await save(bundle)
        #expect(try await find("aa") == nil)
        #expect(try await find("bb") == bundle)
        // In the same transaction, too.
        var other = RecordBundle.answered(2, sequence: 2)
        other.seal = .init(byteCount: 9, sha256: "cc", recipients: [])
        let found = try await store.write { [other] session in
            try session.save(other)
            return try session.bundle(sealedAs: "cc")
        }
        #expect(found == other)
    }

    @Test(arguments: Backend.allCases)
    func `a bundle needs its inquiry, and a delivery its bundle`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.write { try $0.save(RecordRequest.filed()) }

        await #expect(throws: StorageFailure.self) {
            try await store.write { try $0.save(RecordBundle.answered()) }
        }
        await #expect(throws: StorageFailure.self) {
            try await store.write { try $0.save(Delivery.waiting(1)) }
        }
    }

    @Test(arguments: Backend.allCases)
    func `a request's bundles come in order and never share a place`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStoreWithInquiry()
        try await store.write { session in
            try session.save(RecordBundle.answered(8, sequence: 2))
            try session.save(RecordBundle.answered(9, sequence: 1))
        }

        let found = try await store.read { try $0.bundles(of: .numbered(1)) }
        #expect(found.map(\.id) == [.numbered(9), .numbered(8)])
        await #expect(throws: StoreConflict("bundle sequence")) {
            try await store.write { try $0.save(RecordBundle.answered(7, sequence: 2)) }
        }
    }

    @Test(arguments: Backend.allCases)
    func `every file of every bundle is in use`(backend: Backend) async throws {
        let store = try await backend.makeStoreWithInquiry()
        #expect(try await store.read { try $0.filesInUse() }.isEmpty)
        try await store.write { session in
            try session.save(RecordBundle.answered(1, files: ["a", "b"]))
            var withdrawn = RecordBundle.answered(2, sequence: 2, files: ["c"])
            withdrawn.withdrawnAt = .noon("2026-05-30")
            try session.save(withdrawn)
            // Saving again must not count a file twice or lose one.
            try session.save(RecordBundle.answered(1, files: ["a", "b"]))
        }

        let files = try await store.read { try $0.filesInUse() }

        #expect(files == ["file-1-0", "file-1-1", "file-2-0"])
    }

    @Test(arguments: Backend.allCases)
    func `a recall comes back with who destroyed what, and with the copies`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStoreWithInquiry()
        var recall = Recall(
            at: .noon("2026-05-30"),
            side: .stateContact,
            person: "Ingrid",
            note: "Two of that name"
        )
        _ = recall.confirm(
            Recall.Destruction(person: "Rosa", at: .noon("2026-05-31"), isForSchool: true)
        )
        var bundle = RecordBundle.answered(1, files: ["a"])
        (bundle.recall, bundle.copies) = (recall, [.numbered(7)])
        try await store.write { [bundle] in try $0.save(bundle) }

        let found = try await store.read { [bundle] in try $0.bundle(bundle.id) }

        #expect(found == bundle)
    }

    @Test(arguments: Backend.allCases)
    func `a delivery comes back by itself and with its bundle`(backend: Backend) async throws {
        let store = try await backend.makeStoreWithInquiry()
        var first = Delivery.waiting(1)
        let second = Delivery.waiting(2)
        try first.apply(.stumble, trouble: "no connection", at: .noon("2026-05-19"))
        try await store.write { [first] session in
            try session.save(RecordBundle.answered())
            try session.save(second)
            try session.save(Delivery.waiting(1))
            try session.save(first)
        }

        let (found, all) = try await store.read { session in
            (
                try session.delivery(.numbered(1)),
                try session.deliveries(of: .numbered(1))
            )
        }

        #expect(found == first)
        #expect(all == [first, second])
    }

    @Test(arguments: Backend.allCases)
    func `deliveries of every way are found by it, in every status`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStoreWithInquiry()
        let deliveries = Delivery.Way.allCases.enumerated().map { place, way in
            Delivery(
                id: .numbered(place + 1),
                bundle: .numbered(1),
                request: .numbered(1),
                recipient: School.oak.organization,
                way: way,
                at: .noon("2026-05-18")
            )
        }
        try await store.write { session in
            try session.save(RecordBundle.answered())
            for delivery in deliveries { try session.save(delivery) }
        }

        for delivery in deliveries {
            let found = try await store.read { session in
                try session.deliveries(by: delivery.way, in: .waiting, limit: .max)
            }
            #expect(found == [delivery])
        }
    }
}

@Suite("Links and drafts on file")
struct LinkContract {
    @Test(arguments: Backend.allCases)
    func `a link is found by its token's digest and by its inquiry`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStoreWithInquiry()
        var first = AnswerLink.issued(1, at: .noon("2026-05-20"))
        let second = AnswerLink.issued(2, at: .noon("2026-05-19"))
        try await store.write { [first] session in
            try session.save(first)
            try session.save(second)
        }
        first.wrongCodes = 3
        first.revokedAt = .noon("2026-05-22")
        first.fetchedAt = .noon("2026-05-21")
        first.expiresAt = .noon("2026-07-01")
        try await store.write { [first] in try $0.save(first) }

        let (found, all, none) = try await store.read { [first] session in
            (
                try session.link(tokenDigest: first.tokenDigest),
                try session.links(of: first.inquiry),
                try session.link(tokenDigest: first.codeDigest)
            )
        }

        #expect(found == first)
        #expect(all == [second, first])
        #expect(none == nil)
    }

    @Test(arguments: Backend.allCases)
    func `a link for a part stays one for that part, and one for none for none`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStoreWithInquiry()
        let some: [[RecordPart]?] = [nil, [], [.transcript], [.immunization, .partialCredit]]
        let links = some.enumerated().map {
            AnswerLink.issued(
                $0.offset + 1,
                parts: $0.element,
                passedBy: $0.element.map { _ in .numbered(9) }
            )
        }
        try await store.write { session in for link in links { try session.save(link) } }

        let found = try await store.read { try $0.links(of: links[0].inquiry) }

        #expect(found == links)
        #expect(found.map(\.parts) == some)
    }

    @Test(arguments: Backend.allCases)
    func `two links never share a token`(backend: Backend) async throws {
        let store = try await backend.makeStoreWithInquiry()
        let link = AnswerLink.issued(1)
        let copy = AnswerLink(
            id: .numbered(2),
            inquiry: link.inquiry,
            contact: link.contact,
            tokenDigest: link.tokenDigest,
            codeDigest: link.codeDigest,
            issuedAt: link.issuedAt
        )

        await #expect(throws: StoreConflict("link token")) {
            try await store.write { session in
                try session.save(link)
                try session.save(copy)
            }
        }
    }

    @Test(arguments: Backend.allCases)
    func `drafts are their owner's, newest first, until they are deleted`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let drafts = (1...3).map { number in
            var draft = RequestDraft(
                id: .numbered(number),
                owner: .numbered(number == 3 ? 51 : 50),
                requester: School.oak.id,
                at: .noon("2026-05-1\(number)")
            )
            draft.given = "Paloma"
            draft.birthYear = "not a year"
            draft.place = .school(School.maple.id)
            return draft
        }
        try await store.write { session in for draft in drafts { try session.save(draft) } }

        let mine = try await store.read { try $0.drafts(of: .numbered(50)) }
        #expect(mine == [drafts[1], drafts[0]])
        #expect(try await store.read { try $0.draft(.numbered(3)) } == drafts[2])

        try await store.write { session in
            try session.deleteDraft(.numbered(2))
            try session.deleteDraft(.numbered(99))
        }

        #expect(try await store.read { try $0.drafts(of: .numbered(50)) } == [drafts[0]])
    }
}

extension Backend {
    /// A store with one request and one inquiry, both numbered 1.
    func makeStoreWithInquiry() async throws -> ContractStore {
        let store = try await makeStore()
        try await store.write { session in
            try session.save(RecordRequest.filed())
            try session.save(Inquiry.asked())
        }
        return store
    }
}

extension Delivery {
    static func waiting(_ number: Int) -> Delivery {
        Delivery(
            id: .numbered(number),
            bundle: .numbered(1),
            request: .numbered(1),
            recipient: School.oak.organization,
            way: number.isMultiple(of: 2) ? .web : .sftpPush,
            at: .noon("2026-05-18")
        )
    }
}
