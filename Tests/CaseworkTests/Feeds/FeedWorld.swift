import Casework
import RecordExchange
import RecordLocator
import Synchronization
import TestSupport
import Vocabulary

/// A gateway that takes in feeds: a store, a locator over it and four schools.
struct FeedWorld {
    let store = MemoryCaseStore()
    let clock = ManualTimekeeper(day: .on("2026-05-18"))
    let texts = DroppedTexts()
    let locator: LivingLocator
    let desk: Desk

    /// With the system `texas` of the state of Texas, read by `mapping`.
    ///
    /// `wrap` may put something before the locator that the gateway asks.
    init(
        mapping: FeedMapping = .plain,
        owner: OrganizationID = .state(.texas),
        wrap: (LivingLocator) -> any RecordFinder = { $0 }
    ) async throws {
        let clock = clock
        locator = LivingLocator(over: store)
        desk = Desk(
            store: store,
            time: clock,
            secrets: SequentialSecrets(startingAt: 1_000_000),
            passwords: PlainPasswords(),
            oneTimeCodes: CountingCodes { clock.now() },
            letters: FactLetters(unwritable: Flag()),
            finder: wrap(locator),
            settings: Desk.Settings(
                baseAddress: World.address,
                mailFromName: "Mochila",
                mailFrom: .of("records", at: "mochila")
            )
        )
        try await store.write { session in
            try session.save(StateEntry.trees)
            try session.save(School.trees.map(District.of))
            try session.save(School.trees)
            for account in Cast.everybody { try session.save(account) }
        }
        try await register(mapping, owner: owner)
    }

    @discardableResult
    func register(
        _ mapping: FeedMapping,
        owner: OrganizationID = .state(.texas),
        numbers: [String: SchoolID] = [:]
    ) async throws -> SourceSystem {
        try await desk.registerSourceSystem(
            named: "texas",
            owner: owner,
            mapping: mapping,
            schoolNumbers: numbers,
            by: .operator
        )
    }

    @discardableResult
    func apply(
        _ text: String,
        _ mode: FeedMode = .snapshot,
        confirmed: Int? = nil
    ) async throws -> FeedReport {
        try await apply(Array(text.utf8), mode, confirmed: confirmed)
    }

    @discardableResult
    func apply(
        _ bytes: [UInt8],
        _ mode: FeedMode = .snapshot,
        confirmed: Int? = nil
    ) async throws -> FeedReport {
        clock.advance(bySeconds: 60)
        return try await desk.applyFeed(
            FeedBytes(name: "students.csv", bytes),
            of: "texas",
            mode: mode,
            confirmed: confirmed,
            by: .operator
        )
    }

    func check(_ text: String, _ mode: FeedMode = .snapshot) async throws -> FeedReport {
        try await desk.checkFeed(
            FeedBytes(name: "students.csv", Array(text.utf8)),
            of: "texas",
            mode: mode,
            by: .operator
        )
    }

    var entries: [LocatorEntry] {
        get async throws {
            try await store.read { session in
                var found: [LocatorEntry] = []
                try session.forEachLocatorEntry { found.append($0) }
                return found.sorted { ($0.name.full, $0.id) < ($1.name.full, $1.id) }
            }
        }
    }

    /// Without putting them in order, which for thousands of names takes longer than the feed.
    var entryCount: Int {
        get async throws { try await store.read { try $0.locatorEntryCount() } }
    }

    var names: [String] { get async throws { try await entries.map(\.name.full) } }
    var lastChange: Int64 {
        get async throws { try await store.read { try $0.lastLocatorChange() } }
    }
}

/// A plain file: header and rows of the plain mapping at the Oak School.
func plainFile(_ rows: [(id: Int, given: String)]) -> String {
    rows.reduce("id,given,surname,born,school\n") { text, row in
        text + "\(row.id),\(row.given),Prueba,2011-03-09,480000100001\n"
    }
}
