import RecordLocator
import Vocabulary

/// Which protected entries stand beside those of a batch, as the locator knew it before.
struct KnownGuards: Sendable {
    /// By protected entry the other protected entries of its student.
    private(set) var others: [LocatorEntry.ID: [LocatorEntry.ID]] = [:]

    init(of entries: [LocatorEntry], by finder: any RecordFinder) async {
        var hanging: [LocatorEntry.ID: LocatorEntry] = [:]
        for (entry, guards) in zip(entries, await finder.guards(of: entries)) {
            guard let guards else { continue }
            others[entry.id] = guards.map(\.id)
            for other in guards where other.protectionGround == .anotherEntry {
                hanging[other.id] = other
            }
        }
        // What may be lifted with them: does anything else hold it?
        let rest = hanging.values.filter { others[$0.id] == nil }
        guard !rest.isEmpty else { return }
        for (entry, guards) in zip(rest, await finder.guards(of: rest)) {
            if let guards { others[entry.id] = guards.map(\.id) }
        }
    }
}

/// What of the protection on file stays when a source reports entries anew.
///
/// A source lifts what it said itself, and nothing that another source or a person said: while
/// that stands the entry stays protected on its account. What was protected only because of a
/// lifted entry is lifted with it.
struct KeptProtection {
    let session: any CaseSession
    let known: KnownGuards
    /// The source says of each row whether it is protected.
    let saysProtection: Bool
    /// The batch's rows as they are put on file.
    private var now: [LocatorEntry.ID: LocatorEntry] = [:]
    /// Entries beside the batch that change with it.
    private(set) var others: [LocatorEntry] = []
    private var lifted: [LocatorEntry.ID] = []

    init(session: any CaseSession, known: KnownGuards, saysProtection: Bool) {
        self.session = session
        self.known = known
        self.saysProtection = saysProtection
    }

    /// A row as it is put on file.
    func entry(_ row: LocatorEntry) -> LocatorEntry { now[row.id] ?? row }

    /// Takes a changed row; `isFound`: by what it says now it is a protected student's.
    mutating func take(_ row: LocatorEntry, isFound: Bool) throws {
        var entry = row
        defer { now[entry.id] = entry }
        guard let old = try session.locatorEntry(entry.id) else { return }
        // What the row does not say stays: whose it is, and what its school said.
        entry.person = old.person
        entry.standing = old.standing
        guard old.isProtected else {
            // A name or birth date put right may show whose it is.
            if isFound, !entry.isProtected { entry.protect(.anotherEntry) }
            return
        }
        // Where the source says so itself, its word outlasts the person's.
        if !saysProtection || old.protectionGround == .person && !entry.isProtected {
            entry.protect(old.protectionGround)
        } else if !entry.isProtected {
            if try isHeld(entry.id) {
                entry.protect(.anotherEntry)
            } else {
                lifted.append(entry.id)
            }
        }
    }

    /// Lifts what nothing but a lifted entry held, once all rows were taken.
    mutating func liftWhatHungOnThem() throws {
        for id in lifted.flatMap({ known.others[$0] ?? [] }) {
            guard var entry = try current(id), entry.isProtected,
                entry.protectionGround == .anotherEntry, try !isHeld(id)
            else { continue }
            entry.liftProtection()
            if now[id] == nil { others.append(entry) }
            now[id] = entry
        }
    }

    /// Another entry of the student is protected on its own account.
    private func isHeld(_ id: LocatorEntry.ID) throws -> Bool {
        // What the locator did not know to be protected yet is no reason to show it.
        guard let others = known.others[id] else { return true }
        return try others.contains { other in
            guard let other = try current(other) else { return false }
            return other.isProtected && other.protectionGround != .anotherEntry
        }
    }

    private func current(_ id: LocatorEntry.ID) throws -> LocatorEntry? {
        if let entry = now[id] { return entry }
        return try session.locatorEntry(id)
    }
}
