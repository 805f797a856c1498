import Casework
import RecordExchange
import RecordLocator
import TestSupport
import Vocabulary

extension FeedWorld {
    /// Two state contacts of California, where the entries' school is.
    var mary: Actor { Cast.california.actor }
    var walt: Actor {
        StaffAccount.sample(923, role: .stateContact, at: .state(.california)).actor
    }

    func save(_ entries: [LocatorEntry]) async throws {
        try await store.write { try $0.save(entries) }
    }

    /// Groups until nothing is left.
    @discardableResult
    func group() async throws -> GroupingStep {
        var all = GroupingStep()
        while true {
            let step = try await desk.groupEntries()
            guard step.looked > 0 else { return all }
            all.joined += step.joined
            all.minted += step.minted
            all.nearMatches += step.nearMatches
        }
    }

    /// Each numbered entry's person.
    func people() async throws -> [Int: PersonID] {
        Dictionary(
            uniqueKeysWithValues: try await entries.compactMap { entry in
                entry.person.map { (Int(entry.id.rawValue), $0) }
            }
        )
    }
}

extension Desk {
    /// The same over another process' locator.
    func asking(_ finder: any RecordFinder) -> Desk {
        Desk(
            store: store,
            time: time,
            secrets: secrets,
            passwords: passwords,
            oneTimeCodes: oneTimeCodes,
            letters: letters,
            finder: finder,
            settings: settings
        )
    }

    /// The lines of the first page.
    func lines(by actor: Actor) async throws -> [NearMatchView] {
        try await personWorklist(by: actor).page.items
    }

    func person(
        numbered number: StudentRecordNumber,
        by actor: Actor
    ) async throws -> PersonView {
        let id = try await personID(numbered: number, by: actor)
        return try await person(id, for: .upkeep, by: actor).view
    }

    func history(of person: PersonID, by actor: Actor) async throws -> [ProposalView] {
        try await self.person(person, for: .upkeep, by: actor).history
    }
}

extension LocatorQuery {
    static let paloma = Self(LocatorEntry.sample(1))

    init(_ entry: LocatorEntry) {
        self.init(name: entry.name, birthDate: entry.birthDate)
    }
}

extension LocatorEntry {
    /// Somebody else altogether.
    static func other(_ number: Int, school: School = .maple) -> Self {
        .sample(
            number,
            student: .sample(
                given: "Ulises",
                paternalSurname: "Zúñiga",
                maternalSurname: "Quintero",
                birthDate: "2008-12-31"
            ),
            school: school
        )
    }

    /// Near to `sample`: the day of birth and the month are exchanged.
    static func near(_ number: Int) -> Self {
        .sample(number, student: .sample(birthDate: "2011-09-03"), school: .maple)
    }

    /// One of six different people.
    static func numbered(_ number: Int, seed: UInt64) -> Self {
        let names = ["Ulises", "Ximena", "Baltazar", "Citlali", "Donato", "Eréndira"]
        return .sample(
            number,
            student: .sample(
                given: names[number % 6],
                paternalSurname: ["Quintero", "Zúñiga", "Ibarra"][number % 3],
                birthDate: "20\(10 + number % 6)-0\(1 + number % 6)-11"
            )
        )
    }
}
