import Casework
import RecordExchange
import RecordLocator
import Synchronization
import Tabular
import TestSupport
import Testing
import Vocabulary

@Suite("Feeds")
struct FeedTests {
    private static let many = (1...100).map { (id: $0, given: "Luz \($0)") }

    @Test
    func `a snapshot goes in, is found, and the same file again changes nothing`() async throws {
        let world = try await FeedWorld()

        let report = try await world.apply(plainFile([(1, "Paloma"), (2, "Luz")]))

        #expect(report.counts.added == 2)
        #expect(report.counts.rows == 2)
        #expect(report.refusals.isEmpty)
        #expect(try await world.names == ["Luz Prueba", "Paloma Prueba"])
        let entry = try #require(try await world.entries.first)
        #expect(entry.school == School.oak.id)
        #expect(entry.provenance.source == "Plain")
        #expect(entry.provenance.receivedOn == .on("2026-05-18"))
        let query = LocatorQuery(name: entry.name, birthDate: entry.birthDate)
        #expect(await world.locator.find(query).people.first?.matches.first?.entry == entry)

        let before = try await world.lastChange
        let again = try await world.apply(plainFile([(1, "Paloma"), (2, "Luz")]))
        #expect(again.alreadyApplied?.id == report.upload)
        #expect(try await world.lastChange == before)
        // The same rows in another file change nothing either.
        let turned = try await world.apply(plainFile([(2, "Luz"), (1, "Paloma")]))
        #expect(turned.counts.unchanged == 2)
        #expect(try await world.lastChange == before)
    }

    @Test
    func `a dry run says what would happen and changes nothing`() async throws {
        let world = try await FeedWorld()
        try await world.apply(plainFile(Self.many))
        let before = try await world.entries
        let changed = plainFile(
            Self.many.dropLast(2).map { $0.id == 1 ? (1, "Ana") : $0 }
                + [(500, "Eva"), (501, "Ana")]
        )

        let report = try await world.check(changed)

        #expect(report.counts.added == 2)
        #expect(report.counts.changed == 1)
        #expect(report.counts.unchanged == 97)
        #expect(report.counts.withdrawn == 2)
        #expect(report.confirmation == nil)
        #expect(try await world.entries == before)
        #expect(try await world.desk.uploads(of: "texas", by: .operator).count == 1)

        let applied = try await world.apply(changed)
        #expect(applied.counts == report.counts)
        #expect(try await world.entryCount == 100)
    }

    @Test
    func `changes add, change and withdraw what they name and nothing else`() async throws {
        var mapping = FeedMapping.plain
        mapping.columns[.action] = .init(column: "do", codes: "actions")
        mapping.codes["actions"] = ["A": "change", "D": "withdraw"]
        let world = try await FeedWorld(mapping: mapping)
        let header = "id,given,surname,born,school,do\n"
        let row = { (id: Int, given: String, code: String) in
            "\(id),\(given),Prueba,2011-03-09,480000100001,\(code)\n"
        }
        try await world.apply(header + row(1, "Paloma", "A") + row(2, "Luz", "A"), .changes)

        let report = try await world.apply(
            header + row(2, "Lucía", "A") + row(1, "", "D") + row(9, "", "D") + row(3, "X", "?"),
            .changes
        )

        #expect(report.counts.changed == 1)
        #expect(report.counts.withdrawn == 1)
        #expect(report.counts.unchanged == 1)
        #expect(report.refusals == [.init(row: 5, column: "do", reason: .notInCodeList)])
        #expect(try await world.names == ["Lucía Prueba"])
    }

    @Test
    func `every refused row is named with its column and reason, and the rest goes in`()
        async throws
    {
        let world = try await FeedWorld()
        let report = try await world.apply(
            """
            id,given,surname,born,school
            1,Paloma,Prueba,2011-03-09,480000100001
            2,,,03/09/2011,480000100001
            3,Luz,Prueba,2031-01-01,480000100001
            4,Luz,Prueba,,999999999999
            5,Luz,Prueba,2011-03-09,060000200002
            6,Luz,Prueba,2011-03-09
            ,Luz,Prueba,2011-03-09,480000100001
            1,Luz,Prueba,2011-03-09,480000100001
            9,"L"uz,Prueba,2011-03-09,480000100001
            10,\(String(repeating: "x", count: 500)),Prueba,2011-03-09,480000100001
            11,Lu\u{FFFD},Prueba,2011-03-09,480000100001
            12,Ana,Prueba,2011-02-30,480000100001

            """
        )

        let found = report.refusals.map { "\($0.row) \($0.column) \($0.reason.rawValue)" }
        #expect(
            Set(found) == [
                "3 given missing", "3 surname missing", "3 born notADate",
                "4 born dateInFuture", "5 school schoolUnknown",
                "6 school schoolOfAnother", "7  wrongColumnCount", "8 id missing",
                "9 id repeatedKey", "10  textAfterQuote", "11 given tooLong",
                "12 given lostCharacter", "13 born notADate",
            ]
        )
        #expect(report.counts.refused == 11)
        #expect(try await world.names == ["Paloma Prueba"])
        let upload = try #require(
            try await world.desk.uploads(of: "texas", by: .operator).first
        )
        #expect(upload.refusals == report.refusals)
        #expect(upload.status == .applied)
    }

    @Test(arguments: [
        (
            "id,given,surname,born,school\n1,Ana,\"Prueba,2011-03-09,480000100001\n",
            FeedFailure.malformed(.quoteNeverClosed(row: 2, line: 2))
        ),
        (
            "id,given,surname,born,school\n1,Ana,Prueba,2011-03-09,480000100001\n2,An",
            .lastRowShort(row: 3, columns: 2, of: 5)
        ),
        ("id,given,surname,born,school\n", .noRows),
        ("id,given,surname\n1,Ana,Prueba\n", .columnsMissing(["born", "school"])),
        ("id,given,given,surname,born,school\n", .columnRepeated("given")),
        ("", .unreadable(.empty)),
        ("PK\u{3}\u{4}", .unreadable(.notText(.zip))),
        ("id,given,surname,born,school\n1,,,,\n", .noRows),
    ])
    func `a file that is not whole changes nothing`(
        text: String,
        failure: FeedFailure
    ) async throws {
        let world = try await FeedWorld()
        try await world.apply(plainFile([(1, "Paloma"), (2, "Luz")]))
        let before = try await world.entries

        await #expect(throws: failure) { try await world.apply(text) }

        #expect(try await world.entries == before)
        #expect(try await world.desk.uploads(of: "texas", by: .operator).count == 1)
    }

    @Test
    func `wherever a snapshot is cut, nobody is withdrawn without a person's word`() async throws {
        let world = try await FeedWorld()
        let whole = Array(plainFile(Self.many).utf8)
        try await world.apply(whole)

        for cut in stride(from: 1, to: whole.count, by: 7) {
            _ = try? await world.apply(Array(whole[..<cut]))
            let names = try await world.entryCount
            #expect(names == 100, "cut after \(cut) bytes")
        }
    }

    @Test
    func `with a trailer a cut is always seen`() async throws {
        var mapping = FeedMapping.plain
        mapping.trailer = .init(marker: "TRAILER", countColumn: 2)
        let world = try await FeedWorld(mapping: mapping)
        let rows = plainFile([(1, "Paloma"), (2, "Luz")])
        try await world.apply(rows + "TRAILER,2\n")

        await #expect(throws: FeedFailure.trailerMissing) { try await world.apply(rows) }
        await #expect(throws: FeedFailure.trailerCountDiffers(said: 3, found: 2)) {
            try await world.apply(rows + "TRAILER,3\n")
        }
        await #expect(throws: FeedFailure.trailerCountDiffers(said: 0, found: 2)) {
            try await world.apply(rows + "TRAILER")
        }
        await #expect(throws: FeedFailure.rowAfterTrailer(row: 5)) {
            try await world.apply(rows + "TRAILER,2\n3,Ana,Prueba,2011-03-09,480000100001\n")
        }
        #expect(try await world.entryCount == 2)
    }

    @Test
    func `a snapshot that would withdraw many asks first`() async throws {
        let world = try await FeedWorld()
        try await world.apply(plainFile(Self.many))
        let half = plainFile(Array(Self.many.prefix(50)))

        await #expect(throws: FeedFailure.self) { try await world.apply(half) }
        await #expect(throws: FeedFailure.self) { try await world.apply(half, confirmed: 49) }
        let confirmation = try #require(try await world.check(half).confirmation)
        #expect(confirmation.withdrawals == 50)
        #expect(confirmation.entries == 100)
        #expect(confirmation.grounds == [.tooMany])
        #expect(try await world.entryCount == 100)

        let report = try await world.apply(half, confirmed: 50)
        #expect(report.counts.withdrawn == 50)
        #expect(try await world.entryCount == 50)
    }

    @Test
    func `an entry whose row is refused is not withdrawn, and unreadable keys are asked about`()
        async throws
    {
        let world = try await FeedWorld()
        try await world.apply(plainFile(Self.many))
        let mended = plainFile(Array(Self.many.dropLast()))

        let refused = try await world.apply(mended + "100,,Prueba,2011-03-09,480000100001\n")
        #expect(refused.counts.withdrawn == 0)
        #expect(try await world.entryCount == 100)

        let nameless = mended + ",Luz,Prueba,2011-03-09,480000100001\n"
        let confirmation = try #require(try await world.check(nameless).confirmation)
        #expect(confirmation.grounds == [.unreadableKeys(1)])
        await #expect(throws: FeedFailure.needsConfirmation(confirmation)) {
            try await world.apply(nameless)
        }
    }

    @Test(arguments: [TextEncoding.utf8, .utf16LittleEndian, .utf16BigEndian, .windows1252])
    func `accents arrive in any encoding`(encoding: TextEncoding) async throws {
        let world = try await FeedWorld()
        let text = plainFile([(1, "Íñigo")])
        let bytes: [UInt8] =
            switch encoding {
            case .utf8: [0xEF, 0xBB, 0xBF] + Array(text.utf8)
            case .utf16LittleEndian:
                [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
            case .utf16BigEndian:
                [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
            case .windows1252: text.unicodeScalars.compactMap(Windows1252.byte)
            }

        let report = try await world.apply(bytes)

        #expect(report.encoding == encoding)
        #expect(try await world.names == ["Íñigo Prueba"])
    }

    @Test
    func `text encoded twice is put right and counted, and two encodings are refused`() async throws
    {
        let world = try await FeedWorld()
        let report = try await world.apply(plainFile([(1, "JosÃ©"), (2, "José")]))
        #expect(report.counts.repaired == 1)
        #expect(try await world.names == ["José Prueba", "José Prueba"])

        let mixed = Array(plainFile([(1, "José")]).utf8) + [0xF1]
        await #expect(throws: FeedFailure.unreadable(.mixed(offset: mixed.count - 1))) {
            try await world.apply(mixed)
        }
    }

    @Test
    func `what was cut off by a crash goes on with the same file`() async throws {
        let world = try await FeedWorld()
        let file = plainFile((1...5_000).map { (id: $0, given: "Luz") })
        let dying = DyingFile(FeedBytes(name: "students.csv", Array(file.utf8)))

        await #expect(throws: DyingFile.Dead.self) {
            try await world.desk.applyFeed(dying, of: "texas", mode: .snapshot, by: .operator)
        }
        let first = try await world.desk.uploads(of: "texas", by: .operator)
        #expect(first.map(\.status) == [.applying])

        let report = try await world.apply(file)
        #expect(report.alreadyApplied == nil)
        #expect(try await world.entryCount == 5_000)
        #expect(report.counts.added + report.counts.unchanged == 5_000)
    }

    @Test
    func `an upload overtaken by another stops and withdraws nothing`() async throws {
        let interruption = Interruption()
        let world = try await FeedWorld { locator in
            interruption.locator.withLock { $0 = locator }
            return interruption
        }
        try await world.apply(plainFile(Self.many))
        interruption.action.withLock { action in
            action = { try await world.apply(plainFile(Self.many.map { ($0.id, "Ana") })) }
        }

        await #expect(throws: FeedFailure.overtaken) {
            let two = [(id: 200, given: "Eva"), (id: 201, given: "Ana")]
            try await world.apply(plainFile(Array(Self.many.prefix(98)) + two))
        }
        #expect(try await world.entryCount == 100)
        #expect(Set(try await world.names) == ["Ana Prueba"])
    }

    @Test
    func `a changed row keeps whose it is, what its school said and who protected it`() async throws
    {
        let world = try await FeedWorld()
        try await world.apply(plainFile([(1, "Paloma"), (2, "Luz")]))
        var entry = try #require(try await world.entries.first { $0.name.given == "Paloma" })
        (entry.isProtected, entry.standing) = (true, .denied)
        let kept = entry
        try await world.store.write { try $0.save([kept]) }

        try await world.apply(plainFile([(1, "Paloma María"), (2, "Luz")]))

        let now = try #require(try await world.entries.first { $0.id == kept.id })
        #expect(now.name.given == "Paloma María")
        #expect(now.isProtected)
        #expect(now.standing == .denied)
    }

    @Test
    func `a new entry of a protected student is protected from its first moment`() async throws {
        let world = try await FeedWorld()
        var hidden = LocatorEntry.sample(7)
        hidden.isProtected = true
        let entry = hidden
        try await world.store.write { try $0.save([entry]) }
        let name = entry.name

        try await world.apply(
            "id,given,surname,born,school\n1,\(name.given),\(name.paternalSurname) "
                + "\(name.maternalSurname),2011-03-09,480000100001\n"
                + "2,Otra,Persona,2009-01-01,480000100001\n"
        )

        let protected = try await world.entries.filter(\.isProtected)
        #expect(protected.count == 2)
        let query = LocatorQuery(name: name, birthDate: .on("2011-03-09"))
        #expect(await world.locator.find(query).people.isEmpty)
    }

    @Test
    func `the file and its reasons never reach the audit log`() async throws {
        let world = try await FeedWorld()
        try await world.apply(plainFile([(1, "Palomacanary"), (2, "")]))

        let lines = try await world.store.read { try $0.auditEntries(after: 0, limit: 100) }
        #expect(lines.map(\.action) == ["feed.register", "feed.begin", "feed.applied"])
        #expect(lines.last?.detail.contains("added=1") == true)
        #expect(!lines.contains { "\($0)".contains("Palomacanary") || "\($0)".contains("2011") })
    }

    @Test
    func `only the owner's people upload, and others cannot tell that it is there`() async throws {
        let world = try await FeedWorld()
        let file = FeedBytes(name: "a.csv", Array(plainFile([(1, "Ana")]).utf8))
        for account in Cast.everybody {
            let mayUpload = account.id == Cast.texas.id
            let hand = FeedHand.staff(account.actor)
            #expect(try await world.desk.sourceSystems(by: hand).count == (mayUpload ? 1 : 0))
            if mayUpload { continue }
            await #expect(throws: FeedFailure.systemUnknown) {
                try await world.desk.applyFeed(file, of: "texas", mode: .changes, by: hand)
            }
            await #expect(throws: FeedFailure.systemUnknown) {
                try await world.desk.checkFeed(file, of: "texas", mode: .changes, by: hand)
            }
            await #expect(throws: FeedFailure.systemUnknown) {
                try await world.desk.uploads(of: "texas", by: hand)
            }
        }
        let report = try await world.desk.applyFeed(
            file,
            of: "texas",
            mode: .changes,
            by: .staff(Cast.texas.actor)
        )
        #expect(report.counts.added == 1)
    }
}
