import RecordLocator
import Vocabulary

/// What the locator knows of a student who is to be hidden.
struct KnownStudent: Sendable {
    /// Each way the student is written, that of whoever names the student first.
    private(set) var spellings: [LocatorQuery]
    private(set) var certain: Set<LocatorEntry.ID> = []
    /// Entries that are hidden because of the student.
    private(set) var near: Set<LocatorEntry.ID> = []
    /// Whose the certain entries are.
    private(set) var people: Set<PersonID>
    /// The last change that the locator had taken up when it was asked.
    let position: Int64

    init(_ spellings: [LocatorQuery], of people: Set<PersonID>, at position: Int64) {
        self.spellings = spellings.distinct
        self.people = people
        self.position = position
    }

    /// The one person it surely is; `nil` where it is nobody or may be several.
    var person: PersonID? { people.count == 1 ? people.first : nil }

    mutating func take(_ answer: LocatorAnswer) {
        for match in answer.people.flatMap(\.matches) where match.grade >= .probable {
            if match.grade == .certain {
                certain.insert(match.entry.id)
                if let person = match.entry.person { people.insert(person) }
                spellings = (spellings + [LocatorQuery(match.entry)]).distinct
            } else {
                near.insert(match.entry.id)
            }
        }
    }

    mutating func take(hanging entries: [LocatorEntry]) { near.formUnion(entries.map(\.id)) }
}

extension [LocatorQuery] {
    /// Each once, where it stands first.
    var distinct: Self {
        var seen: Set<LocatorQuery> = []
        return filter { seen.insert($0).inserted }
    }
}

extension Desk {
    /// What the locator knows of a student, with everything that was committed before.
    func knownStudent(
        _ spellings: [LocatorQuery],
        of people: Set<PersonID> = []
    ) async throws -> KnownStudent {
        let position = try await finder.takeUp()
        var known = KnownStudent(spellings, of: people, at: position)
        for query in spellings { known.take(await finder.find(query)) }
        // However the student is written elsewhere: a guardian of each stands there from now on.
        for query in known.spellings { known.take(hanging: await finder.hanging(on: query)) }
        return known
    }
}

/// What was committed to the locator after it was asked, as whoever writes now sees it.
///
/// Between a question and the write that rests on it anything may come in: a feed's row, or a
/// guardian that hides it.
struct LaterEntries {
    private let open: LocatorIndex
    private let guards: LocatorIndex

    private static let step = 5_000

    init(after position: Int64, in session: any CaseSession) throws {
        var entries: [LocatorEntry.ID: LocatorEntry] = [:]
        var last = position
        while true {
            let changes = try session.locatorChanges(after: last, limit: Self.step)
            for change in changes {
                last = change.sequence
                entries[change.id] = change.entry
            }
            if changes.count < Self.step { break }
        }
        let sorted = entries.values.sorted { $0.id < $1.id }
        open = LocatorIndex(sorted.filter { !$0.isProtected })
        guards = LocatorIndex(sorted.filter(\.isProtected).map(\.opened))
    }

    /// A protected entry that came in hides whoever this is.
    func isGuarded(_ query: LocatorQuery) -> Bool {
        guards.count > 0 && !guards.guarding(query).isEmpty
    }

    /// Open entries that came in, which a protected one with these particulars hides.
    func hanging(on query: LocatorQuery) -> [LocatorEntry.ID] {
        open.count > 0 ? open.hanging(on: query).map(\.id) : []
    }
}
