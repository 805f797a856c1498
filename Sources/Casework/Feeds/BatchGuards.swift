import RecordLocator
import Vocabulary

/// What the locator says of a batch's rows before they are put on file.
struct BatchGuards: Sendable {
    /// Rows that are a protected student's.
    private let found: Set<LocatorEntry.ID>
    /// Rows that their source protects by its own word.
    private let words: [LocatorEntry]
    /// Entries that are hidden because of those.
    private let near: Set<LocatorEntry.ID>
    /// Which protected entries stand beside changed rows.
    let known: KnownGuards
    /// The last change that the locator had taken up when it was asked.
    private let position: Int64

    init(of batch: FeedBatch, by finder: any RecordFinder) async throws {
        position = try await finder.takeUp()
        let rows = (batch.added + batch.changed).map(\.entry)
        let guarded = await finder.areGuarded(rows.map { LocatorQuery($0) })
        found = Set(zip(rows, guarded).compactMap { row, isGuarded in isGuarded ? row.id : nil })
        known = await KnownGuards(of: batch.changed.map(\.entry), by: finder)
        words = rows.filter(\.isProtected)
        var near: Set<LocatorEntry.ID> = []
        for word in words {
            near.formUnion(await finder.hanging(on: LocatorQuery(word)).map(\.id))
        }
        self.near = near
    }

    /// The same as the batch is put on file.
    func now(in session: any CaseSession) throws -> Now {
        Now(
            asked: self,
            later: try LaterEntries(after: position, in: session),
            words: LocatorIndex(words.map(\.opened)),
            session: session
        )
    }

    /// With what was committed since the locator was asked, and with what the batch itself says.
    struct Now {
        fileprivate let asked: BatchGuards
        fileprivate let later: LaterEntries
        /// The words, searchable.
        fileprivate let words: LocatorIndex
        fileprivate let session: any CaseSession

        /// By what the row says now it is a protected student's.
        func isGuarded(_ row: LocatorEntry) -> Bool {
            asked.found.contains(row.id) || later.isGuarded(LocatorQuery(row)) || isBeside(row)
        }

        /// Another row of the batch hides it.
        func isBeside(_ row: LocatorEntry) -> Bool {
            words.count > 0 && !row.isProtected && !words.guarding(LocatorQuery(row)).isEmpty
        }

        /// Entries on file that the batch's words hide, as they are put on file.
        ///
        /// `changed`: those that the batch changes for another reason, which are among them. Rows
        /// of the batch itself are left out.
        func hidden(
            beside changed: [LocatorEntry],
            without rows: Set<LocatorEntry.ID>
        ) throws -> [LocatorEntry] {
            var now: [LocatorEntry.ID: LocatorEntry] = [:]
            for entry in changed { now[entry.id] = entry }
            let came = asked.words.flatMap { later.hanging(on: LocatorQuery($0)) }
            for id in asked.near.union(came) where !rows.contains(id) {
                guard var entry = try now[id] ?? session.locatorEntry(id), !entry.isProtected
                else { continue }
                entry.protect(.anotherEntry)
                now[id] = entry
            }
            return now.values.sorted { $0.id < $1.id }
        }
    }
}
