import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Uploads in pieces") struct UploadStoryTests {
    private static let limit: Int64 = 1 << 30
    private static let partner = Partner(
        id: .numbered(700),
        account: "maple",
        organization: Cast.maple,
        signerPEM: "PEM"
    )

    private func world(_ limits: [String: Int64] = [:]) async throws -> World {
        let world = try await World()
        var partner = Self.partner
        partner.limits = limits
        try await world.desk.savePartner(partner, action: "partner.add")
        return world
    }

    private func begin(
        in world: World,
        length: Int64? = nil,
        by account: StaffAccount = Cast.clerk
    ) async throws -> PartialUpload {
        try await world.desk.beginUpload(
            .sealedBundle,
            mediaType: "application/cms",
            length: length,
            digest: nil,
            limit: Self.limit,
            by: account.actor
        )
    }

    private func add(
        _ count: Int64,
        at offset: Int64,
        to upload: PartialUpload,
        in world: World,
        file: Int = 900,
        by account: StaffAccount = Cast.clerk
    ) async throws -> PartialUpload {
        try await world.desk.add(
            .init(file: .numbered(file), byteCount: count),
            at: offset,
            to: upload.id,
            by: account.id,
            limit: Self.limit
        )
    }

    @Test func `pieces follow one another, and nothing else is taken`() async throws {
        let world = try await world()
        let upload = try await begin(in: world, length: 100)
        #expect(try await add(30, at: 0, to: upload, in: world, file: 1).offset == 30)
        for wrong in [0, 29, 31, 100] as [Int64] {
            await #expect(throws: UploadRefusal.wrongOffset(expected: 30)) {
                try await add(1, at: wrong, to: upload, in: world)
            }
        }
        await #expect(throws: UploadRefusal.lengthContradicted) {
            try await add(71, at: 30, to: upload, in: world)
        }
        #expect(try await add(70, at: 30, to: upload, in: world, file: 2).offset == 100)
        #expect(
            try await world.desk.pieces(of: upload.id) == [
                .init(file: .numbered(1), byteCount: 30), .init(file: .numbered(2), byteCount: 70),
            ]
        )
    }

    @Test func `two who add at once: one is told where to go on`() async throws {
        let world = try await world()
        let upload = try await begin(in: world)
        let outcomes = await withTaskGroup { group in
            for file in 0..<8 {
                group.addTask {
                    (try? await add(10, at: 0, to: upload, in: world, file: 10 + file)) != nil
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(outcomes == 1)
        #expect(try await world.desk.pieces(of: upload.id).count == 1)
    }

    @Test func `a length that is said twice is the same`() async throws {
        let world = try await world()
        let upload = try await begin(in: world)
        let desk = world.desk
        let known = try await desk.noteLength(
            50,
            of: upload.id,
            by: Cast.clerk.id,
            limit: Self.limit
        )
        #expect(known.length == 50)
        await #expect(throws: UploadRefusal.lengthContradicted) {
            try await desk.noteLength(51, of: upload.id, by: Cast.clerk.id, limit: Self.limit)
        }
        await #expect(throws: UploadRefusal.tooLarge(limit: 10)) {
            try await desk.noteLength(50, of: upload.id, by: Cast.clerk.id, limit: 10)
        }
    }

    @Test func `it is its account's own`() async throws {
        let world = try await world()
        let upload = try await begin(in: world)
        for account in Cast.everybody where account.id != Cast.clerk.id {
            await #expect(throws: CaseworkFailure.notFound) {
                try await world.desk.partialUpload(upload.id, of: account.id)
            }
            await #expect(throws: CaseworkFailure.notFound) {
                try await add(1, at: 0, to: upload, in: world, by: account)
            }
            await #expect(throws: CaseworkFailure.notFound) {
                try await world.desk.cancelUpload(upload.id, by: account.id)
            }
        }
        #expect(try await world.desk.partialUpload(upload.id, of: Cast.clerk.id) == upload)
    }

    @Test func `a partner's limits hold for what is on its way and for the day`() async throws {
        let world = try await world([
            "files-under-way": 2, "bytes-under-way": 100, "bytes-per-day": 150,
        ])
        await #expect(throws: UploadRefusal.quotaUsedUp) { try await begin(in: world, length: 101) }
        let first = try await begin(in: world, length: 60)
        await #expect(throws: UploadRefusal.quotaUsedUp) { try await begin(in: world, length: 41) }
        let second = try await begin(in: world)
        await #expect(throws: UploadRefusal.quotaUsedUp) { try await begin(in: world) }
        #expect(try await add(40, at: 0, to: second, in: world).offset == 40)
        await #expect(throws: UploadRefusal.quotaUsedUp) {
            try await add(1, at: 40, to: second, in: world)
        }
        // What is finished is on its way no longer, and was sent today.
        _ = try await add(60, at: 0, to: first, in: world)
        let answer = PartialUpload.Answer(status: 201, mediaType: "application/json", body: "{}")
        #expect(try await world.desk.noteAnswered(first.id, answer) == [.numbered(900)])
        #expect(try await add(10, at: 40, to: second, in: world).offset == 50)
        await #expect(throws: UploadRefusal.quotaUsedUp) { try await begin(in: world, length: 41) }
        world.clock.advance(bySeconds: 86_400)
        _ = try await begin(in: world, length: 41)
    }

    @Test func `what was cancelled counts towards the day, and nothing else`() async throws {
        let world = try await world(["files-per-day": 3, "bytes-per-day": 100])
        let first = try await begin(in: world, length: 90)
        _ = try await add(60, at: 0, to: first, in: world, file: 1)
        #expect(try await world.desk.cancelUpload(first.id, by: Cast.clerk.id) == [.numbered(1)])
        #expect(try await world.store.read { try $0.filesInUse() }.isEmpty)
        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.partialUpload(first.id, of: Cast.clerk.id)
        }
        await #expect(throws: CaseworkFailure.notFound) {
            try await add(1, at: 60, to: first, in: world)
        }
        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.cancelUpload(first.id, by: Cast.clerk.id)
        }
        // Sixty came, whatever was announced.
        await #expect(throws: UploadRefusal.quotaUsedUp) { try await begin(in: world, length: 41) }
        let second = try await begin(in: world, length: 40)
        _ = try await world.desk.cancelUpload(second.id, by: Cast.clerk.id)
        let third = try await begin(in: world, length: 40)
        _ = try await world.desk.cancelUpload(third.id, by: Cast.clerk.id)
        await #expect(throws: UploadRefusal.quotaUsedUp) { try await begin(in: world) }
        world.clock.advance(bySeconds: PartialUpload.day)
        _ = try await begin(in: world, length: 100)
        _ = try await world.desk.forgetExpiredUploads()
        #expect(
            try await world.store.read { try $0.partialUploads(of: Cast.maple) }.count == 1
        )
    }

    @Test func `what came in one go counts as it was announced, or as it was in the end`()
        async throws
    {
        let world = try await world(["bytes-per-day": 100, "files-under-way": 1])
        let answer = PartialUpload.Answer(status: 201, mediaType: "application/json", body: "{}")
        let cut = try await begin(in: world, length: 30)
        _ = try await world.desk.cancelUpload(cut.id, arrived: 30, by: Cast.clerk.id)
        let silent = try await begin(in: world)
        _ = try await world.desk.noteAnswered(silent.id, answer, length: 50)
        await #expect(throws: UploadRefusal.quotaUsedUp) { try await begin(in: world, length: 21) }
        let last = try await begin(in: world, length: 20)
        _ = try await world.desk.noteAnswered(last.id, answer, length: 20)
        await #expect(throws: UploadRefusal.quotaUsedUp) { try await begin(in: world, length: 1) }
    }

    @Test func `abandoned ones go after a day, answers after a week`() async throws {
        let world = try await world()
        let abandoned = try await begin(in: world)
        _ = try await add(10, at: 0, to: abandoned, in: world, file: 1)
        let answered = try await begin(in: world)
        _ = try await add(10, at: 0, to: answered, in: world, file: 2)
        let answer = PartialUpload.Answer(status: 201, mediaType: "application/json", body: "{}")
        _ = try await world.desk.noteAnswered(answered.id, answer)
        await #expect(throws: UploadRefusal.finished) {
            try await add(10, at: 10, to: answered, in: world)
        }
        #expect(
            try await world.store.read { try $0.filesInUse() } == [
                "\(Identifier<DroppedFile>.numbered(1))"
            ]
        )

        world.clock.advance(bySeconds: PartialUpload.patience - 1)
        #expect(try await world.desk.forgetExpiredUploads() == [])
        world.clock.advance(bySeconds: 1)
        await #expect(throws: CaseworkFailure.notFound) {
            try await add(10, at: 10, to: abandoned, in: world)
        }
        #expect(try await world.desk.forgetExpiredUploads() == [.numbered(1)])
        #expect(try await world.store.read { try $0.filesInUse() }.isEmpty)
        let kept = try await world.desk.partialUpload(answered.id, of: Cast.clerk.id)
        #expect(kept.answer == answer)
        world.clock.advance(bySeconds: PartialUpload.memory)
        #expect(try await world.desk.forgetExpiredUploads() == [])
        #expect(
            try await world.store.read { try $0.partialUploads(of: Cast.maple) }.isEmpty
        )
    }

    @Test func `nobody sends a bundle whose signer is not on file`() async throws {
        let world = try await World()
        await #expect(throws: UploadRefusal.notAPartner) { try await begin(in: world) }
        await #expect(throws: UploadRefusal.tooLarge(limit: Self.limit)) {
            try await begin(in: world, length: Self.limit + 1)
        }
    }

    @Test func `old idempotency keys and old access keys are forgotten in time`() async throws {
        let world = try await World()
        let account = try await world.desk.addSystem(
            email: .of("system", at: "oak"),
            name: "Oak's system",
            membership: .init(role: .registrar, organization: School.oak.organization)
        )
        let short = try await world.desk.issueAccessKey(
            for: account,
            label: "",
            scopes: [.readRequests],
            days: 1
        ).key
        let long = try await world.desk.issueAccessKey(
            for: account,
            label: "",
            scopes: [.readRequests],
            days: 400
        ).key
        let draft = try await world.draft()
        let send: @Sendable () async throws -> Bool = {
            try await world.desk.fileRequest(
                draft,
                once: "k",
                content: [1],
                by: Cast.registrar.actor
            ).isRepeated
        }
        #expect(try await !send())
        #expect(try await send())
        #expect(try await world.desk.forgetOldSystemRows() == (0, 0))
        world.clock.advance(bySeconds: 2 * 86_400 + 1)
        #expect(try await world.desk.forgetOldSystemRows() == (1, 0))
        world.clock.advance(bySeconds: 365 * 86_400)
        #expect(try await world.desk.forgetOldSystemRows() == (0, 1))
        let keys = try await world.store.read { try $0.accessKeys(of: account) }
        #expect(keys == [long] && keys != [short])
    }
}
