import Casework
import RecordExchange
import RecordLocator
import Tabular
import TestSupport
import Testing
import Vocabulary

@Suite("Extracts that systems drop")
struct FeedDropTests {
    private static let many = (1...100).map { (id: $0, given: "Luz \($0)") }

    @Test
    func `what can be used goes in and its sender is told once`() async throws {
        let world = try await FeedWorld()
        let partner = try await world.partner()
        let text = plainFile(Self.many) + "101,,Prueba,2011-03-09,480000100001\n"

        #expect(try await world.dropped(text, .snapshot, by: partner))
        let worked = try await world.workOff()

        let drop = try #require(worked.first?.drop)
        #expect(worked.count == 1)
        #expect(drop.status == .applied)
        #expect(drop.counts?.added == 100)
        #expect(drop.counts?.refused == 1)
        #expect(worked.first?.refusals == [RefusedRow(row: 102, column: "given", reason: .missing)])
        #expect(try await world.entryCount == 100)
        // It stays due until its sender was told, and its file is kept until it is decided.
        #expect(try await world.desk.dueFeedDrops().map(\.drop.status) == [.applied])
        #expect(try await world.store.read { try $0.filesInUse() }.isEmpty)
        try await world.desk.noteReported(drop)
        #expect(try await world.desk.dueFeedDrops().isEmpty)
        let audit = try await world.store.read { try $0.auditEntries(after: 0, limit: 100) }
        #expect(
            audit.filter { $0.action.hasPrefix("feed.") }.map(\.action) == [
                "feed.register", "feed.drop", "feed.begin", "feed.applied", "feed.applied",
            ]
        )
        #expect(audit.last?.actor == "partner:\(partner.id)")
    }

    @Test
    func `one that is looked at twice is kept once, and its file until it is decided`()
        async throws
    {
        let world = try await FeedWorld()
        let partner = try await world.partner()
        #expect(try await world.dropped(plainFile(Self.many), .snapshot, by: partner, mark: "m"))
        #expect(try await world.dropped("other", .changes, by: partner, mark: "m") == false)

        let due = try await world.desk.dueFeedDrops()
        #expect(due.map(\.drop.mode) == [.snapshot])
        #expect(
            try await world.store.read { try $0.filesInUse() }
                == Set(due.map(\.drop.file.id.description))
        )
    }

    @Test
    func `a snapshot that would withdraw many waits for a person, who may decline`() async throws {
        let world = try await FeedWorld()
        let partner = try await world.partner()
        try await world.apply(plainFile(Self.many))
        try await world.dropped(plainFile([(1, "Luz 1")]), .snapshot, by: partner)

        let held = try #require(try await world.workOff().first?.drop)
        #expect(held.status == .held)
        #expect(held.confirmation?.withdrawals == 99)
        #expect(held.confirmation?.grounds == [.tooMany])
        #expect(try await world.entryCount == 100)

        let texas = FeedHand.staff(Cast.texas.actor)
        try await world.desk.declineFeed(held.id, of: "texas", by: texas)
        #expect(try await world.entryCount == 100)
        #expect(try await world.status() == [.declined])
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.agreeToFeed(held.id, of: "texas", confirmed: 99, by: texas)
        }
    }

    @Test
    func `a person agrees to the number they saw and to no other`() async throws {
        let world = try await FeedWorld()
        let partner = try await world.partner()
        try await world.apply(plainFile(Self.many))
        try await world.dropped(plainFile([(1, "Luz 1")]), .snapshot, by: partner)
        let held = try #require(try await world.workOff().first?.drop)
        let texas = FeedHand.staff(Cast.texas.actor)

        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.agreeToFeed(held.id, of: "texas", confirmed: 98, by: texas)
        }
        for other in [Cast.california, Cast.registrar] {
            await #expect(throws: FeedFailure.systemUnknown) {
                try await world.desk.agreeToFeed(
                    held.id,
                    of: "texas",
                    confirmed: 99,
                    by: .staff(other.actor)
                )
            }
        }
        try await world.desk.agreeToFeed(held.id, of: "texas", confirmed: 99, by: texas)
        #expect(try await world.workOff().map(\.drop.status) == [.applied])
        #expect(try await world.names == ["Luz 1 Prueba"])
    }

    @Test
    func `too many refused rows wait for a person`() async throws {
        let world = try await FeedWorld()
        let partner = try await world.partner()
        let text = plainFile(Array(Self.many.prefix(18))) + "19,,,,\n20,,,,\n"
        try await world.dropped(text, .changes, by: partner)

        let worked = try #require(try await world.workOff().first)
        #expect(worked.drop.status == .held)
        #expect(worked.drop.confirmation?.grounds == [.manyRefused(2)])
        #expect(worked.refusals.count == 6)
        #expect(try await world.entries.isEmpty)

        let texas = FeedHand.staff(Cast.texas.actor)
        try await world.desk.agreeToFeed(worked.drop.id, of: "texas", confirmed: 0, by: texas)
        try await world.workOff()
        #expect(try await world.entryCount == 18)
    }

    @Test
    func `changes wait behind a held file, a snapshot takes its place`() async throws {
        let world = try await FeedWorld()
        let partner = try await world.partner()
        try await world.apply(plainFile(Self.many))
        try await world.dropped(plainFile([(1, "Luz 1")]), .snapshot, by: partner)
        try await world.workOff()
        try await world.dropped(plainFile([(200, "Paloma")]), .changes, by: partner)

        #expect(try await world.workOff().isEmpty)
        #expect(try await world.status() == [.waiting, .held])

        try await world.dropped(plainFile(Self.many + [(300, "Ana")]), .snapshot, by: partner)
        #expect(try await world.workOff().map(\.drop.status) == [.applied])
        // What is older than a snapshot would say something out of date after it.
        #expect(try await world.status() == [.applied, .superseded, .superseded])
        #expect(try await world.workOff().isEmpty)
        #expect(try await world.entryCount == 101)
    }

    @Test
    func `an older file is not taken in after a newer one that somebody handed in`() async throws {
        let world = try await FeedWorld()
        let partner = try await world.partner()
        try await world.apply(plainFile(Self.many))
        try await world.dropped(plainFile([(1, "Luz 1")]), .snapshot, by: partner)
        let held = try #require(try await world.workOff().first?.drop)
        try await world.apply(plainFile(Self.many + [(300, "Ana")]))

        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.agreeToFeed(
                held.id,
                of: "texas",
                confirmed: 99,
                by: .staff(Cast.texas.actor)
            )
        }
        #expect(try await world.entryCount == 101)
    }

    @Test(arguments: [
        ("", FeedFailure.unreadable(.empty)), ("PK\u{3}\u{4}", .unreadable(.notText(.zip))),
        ("id,given,surname,born,school\n1,Lu", .noRows),
        (
            "id,given,surname,born,school\n1,Luz,\"Pru",
            .malformed(.quoteNeverClosed(row: 2, line: 2))
        ),
        ("a,b\n1,2\n", .columnsMissing(["born", "given", "id", "school", "surname"])),
    ])
    func `what cannot be used is refused with the reason`(
        text: String,
        failure: FeedFailure
    ) async throws {
        let world = try await FeedWorld()
        let partner = try await world.partner()
        try await world.dropped(text, .changes, by: partner)

        let drop = try #require(try await world.workOff().first?.drop)

        #expect(drop.status == .refused)
        if failure != .noRows { #expect(drop.failure == failure) }
        #expect(try await world.entries.isEmpty)
    }

    @Test
    func `only an account that was told so feeds a system of its own organisation`() async throws {
        let world = try await FeedWorld()
        let others = [
            try await world.partner(2, feeds: nil), try await world.partner(3, feeds: ["other"]),
            try await world.partner(4, of: .state(.california)),
            try await world.partner(5, isActive: false),
        ]
        for other in others {
            await #expect(throws: FeedFailure.systemUnknown) {
                try await world.dropped(plainFile(Self.many), .changes, by: other)
            }
        }
        // Taken back before its turn came: it is not read.
        var partner = try await world.partner()
        try await world.dropped(plainFile(Self.many), .changes, by: partner)
        partner.feeds = []
        try await world.desk.savePartner(partner, action: "partner.feed.remove")
        let drop = try #require(try await world.workOff().first?.drop)
        #expect(drop.failure == .systemUnknown)
        #expect(try await world.entries.isEmpty)
    }

    @Test
    func `a file whose reading was cut off is read again from its beginning`() async throws {
        let world = try await FeedWorld()
        let partner = try await world.partner()
        let text = plainFile(Self.many)
        try await world.dropped(text, .snapshot, by: partner)
        let due = try #require(try await world.desk.dueFeedDrops().first)
        let dying = DyingFile(FeedBytes(name: "texas.snapshot.csv", Array(text.utf8)))

        await #expect(throws: DyingFile.Dead.self) {
            // A byte at a time would be slow: its third reading is that of the applying.
            _ = try await world.desk.workOff(due, file: dying)
        }
        #expect(try await world.status() == [.waiting])
        #expect(try await world.workOff().map(\.drop.status) == [.applied])
        #expect(try await world.entryCount == 100)
    }
}

extension FeedWorld {
    /// A system of Texas that may drop extracts of `texas`, unless said otherwise.
    func partner(
        _ number: Int = 1,
        of organization: OrganizationID = .state(.texas),
        feeds: [String]? = ["texas"],
        isActive: Bool = true
    ) async throws -> Partner {
        let partner = Partner(
            id: .numbered(number),
            account: "texas-\(number)",
            organization: organization,
            signerPEM: "",
            isActive: isActive,
            feeds: feeds
        )
        try await desk.savePartner(partner, action: "partner.add")
        return partner
    }

    @discardableResult
    func dropped(
        _ text: String,
        _ mode: FeedMode,
        by partner: Partner,
        mark: String? = nil
    ) async throws -> Bool {
        clock.advance(bySeconds: 60)
        let bytes = Array(text.utf8)
        let file = DroppedFile(
            id: desk.secrets.makeIdentifier(),
            name: "texas.csv",
            mediaType: "text/csv",
            byteCount: Int64(bytes.count),
            digest: desk.secrets.digest(of: bytes)
        )
        texts.put(bytes, file.id)
        return try await desk.keepFeedDrop(
            file,
            named: "texas.\(mode.rawValue).csv",
            mark: mark ?? "\(file.id)",
            of: "texas",
            mode: mode,
            from: partner.id
        )
    }

    /// Works off what has its turn, as the loop does, and tells nobody but of what was told before.
    @discardableResult
    func workOff() async throws -> [WorkedFeedDrop] {
        var worked: [WorkedFeedDrop] = []
        for due in try await desk.dueFeedDrops() {
            if due.drop.status.isFinal || due.drop.status == .held {
                try await desk.noteReported(due.drop)
                continue
            }
            clock.advance(bySeconds: 60)
            let bytes = texts.bytes(due.drop.file.id)
            worked.append(
                try await desk.workOff(due, file: FeedBytes(name: due.drop.name, bytes))
            )
        }
        return worked
    }

    /// Of all drops, newest first.
    func status() async throws -> [FeedDrop.Status] {
        try await desk.feedDrops(of: "texas", by: .operator).map(\.status)
    }
}
