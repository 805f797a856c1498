import RecordLocator
import Vocabulary

/// The entries of the store in memory, apart by who may know of them.
struct LivingIndex: Sendable {
    /// What whoever asks can find; protected entries are in it by their number alone.
    private(set) var shown = LocatorIndex()
    /// What its own school denied, for those who put entries on file.
    ///
    /// Nobody who asks sees it, so it must not make anybody else less certain either: that would
    /// tell that it is there.
    private var denied = LocatorIndex()
    /// Protected entries, searchable by those who put entries on file and nobody else.
    private var guarded = LocatorIndex()
    /// The searchable entries of each person.
    private var entriesOf: [PersonID: Set<LocatorEntry.ID>] = [:]

    init() {}

    /// Takes one of many entries that are read out; it can be found after the next `freeze`.
    mutating func append(_ entry: LocatorEntry) {
        guard entry.isShown else {
            take(entry.id, entry)
            return
        }
        if let person = entry.person { entriesOf[person, default: []].insert(entry.id) }
        shown.append(entry)
    }

    mutating func freeze() { shown.freeze() }

    /// An entry by its number, whoever may see it.
    func entry(_ id: LocatorEntry.ID) -> LocatorEntry? { shown.entry(id) ?? denied.entry(id) }

    /// An entry as it is on file now; `nil` where it is there no more.
    mutating func take(_ id: LocatorEntry.ID, _ entry: LocatorEntry?) {
        if let person = shown.entry(id)?.person {
            entriesOf[person]?.remove(id)
            if entriesOf[person]?.isEmpty == true { entriesOf[person] = nil }
        }
        shown.withdraw(id)
        denied.withdraw(id)
        guarded.withdraw(id)
        guard let entry else { return }
        guard entry.isProtected || entry.isShown else {
            denied.insert(entry)
            return
        }
        shown.insert(entry)
        if entry.isProtected {
            guarded.insert(entry.opened)
        } else if let person = entry.person {
            entriesOf[person, default: []].insert(entry.id)
        }
    }

    /// A person's entries that may be seen.
    func entries(of person: PersonID) -> [LocatorEntry] {
        // In an order of their own: an answer must not tell how the index came to be.
        (entriesOf[person] ?? []).sorted().compactMap { shown.entry($0) }
    }

    // MARK: - For those who put entries on file

    func isGuarded(_ query: LocatorQuery) -> Bool {
        guarded.count > 0 && !guarded.guarding(query).isEmpty
    }

    /// The other protected entries that hide a protected entry; `nil` where it is not one.
    mutating func guards(of entry: LocatorEntry) -> [LocatorEntry]? {
        guard let known = shown.entry(entry.id), known.isProtected else { return nil }
        // Its own row fits it best, and nobody near would be seen beside it.
        guarded.withdraw(entry.id)
        defer { guarded.insert(known.opened) }
        return guarded.guarding(LocatorQuery(entry)).compactMap { shown.entry($0.id) }
    }

    func hanging(on query: LocatorQuery) -> [LocatorEntry] {
        [shown, denied, guarded].flatMap { $0.hanging(on: query) }.compactMap { entry($0.id) }
    }
}

extension LocatorEntry {
    /// Whoever asks may see it.
    var isShown: Bool { !isProtected && standing != .denied }

    /// As if it were not protected: for an index that only those have who maintain entries.
    var opened: LocatorEntry {
        var open = self
        open.liftProtection()
        return open
    }
}
