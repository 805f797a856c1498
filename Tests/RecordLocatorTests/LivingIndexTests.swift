import RecordLocator
import SeededNumbers
import Testing
import Vocabulary

@Suite("Living locator index") struct LivingIndexTests {
    /// An entry of a town's child, spoiled in one of several ways.
    private static func entry(
        _ number: Int,
        of person: (name: PersonName, born: CivilDate),
        _ generator: inout SeededGenerator
    ) throws -> LocatorEntry {
        let name = person.name
        let written: PersonName =
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: try Build.name(name.given, name.paternalSurname)
            case 1: try Build.name(name.given, name.maternalSurname, name.paternalSurname)
            case 2: try Build.name(name.given, name.paternalSurname, middle: name.maternalSurname)
            default: name
            }
        let states = ["TX", "WA", ""]
        return LocatorEntry(
            id: LocatorEntry.ID(rawValue: UInt128(number)),
            name: written,
            birthDate: Int.random(in: 0..<8, using: &generator) == 0 ? nil : person.born,
            school: try Build.required(SchoolID("000000000001")),
            stateStudentID: Bool.random(using: &generator)
                ? String(1_000_000 + number % 40) : nil,
            particulars: IdentityParticulars(
                gender: Bool.random(using: &generator) ? "F" : "",
                birthState: Bool.random(using: &generator) ? "MIC" : "",
                parents: [
                    IdentityParticulars.Parent(
                        given: Town.given.randomElement(using: &generator) ?? "",
                        surname: name.paternalSurname
                    )
                ],
                numberState: states.randomElement(using: &generator) ?? ""
            ),
            provenance: LocatorEntry.Provenance(
                source: "test",
                receivedOn: try Build.date("2026-01-01")
            )
        )
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `after any inserts, changes and withdrawals it answers like one built anew`(
        seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        let people = try Town(size: 120, seed: seed).people
        var kept: [LocatorEntry.ID: LocatorEntry] = [:]
        func draw() throws -> LocatorEntry {
            let number = Int.random(in: 0..<200, using: &generator)
            let person = people[Int.random(in: 0..<people.count, using: &generator)]
            return try Self.entry(number, of: person, &generator)
        }
        // Some are there from the beginning, frozen; the rest comes and goes behind them.
        for _ in 0..<Int.random(in: 0..<150, using: &generator) {
            let entry = try draw()
            kept[entry.id] = entry
        }
        var index = LocatorIndex(kept.values)
        for _ in 0..<500 {
            let entry = try draw()
            if Int.random(in: 0..<3, using: &generator) < 2 {
                index.insert(entry)
                kept[entry.id] = entry
            } else {
                let wasThere = kept.removeValue(forKey: entry.id) != nil
                let isWithdrawn = index.withdraw(entry.id)
                #expect(isWithdrawn == wasThere)
            }
        }
        let fresh = LocatorIndex(kept.values.sorted { $0.id < $1.id })
        #expect(index.count == fresh.count)
        for number in 0..<200 {
            let id = LocatorEntry.ID(rawValue: UInt128(number))
            #expect(index.entry(id) == kept[id])
            let person = people[number % people.count]
            let asked = try Self.entry(number, of: person, &generator)
            let query = LocatorQuery(
                name: asked.name,
                birthDate: asked.birthDate,
                stateStudentID: asked.stateStudentID,
                particulars: asked.particulars
            )
            #expect(index.search(query) == fresh.search(query))
        }
    }

    @Test func `all that is known of an entry comes back`() throws {
        var generator = SeededGenerator(seed: 9)
        let people = try Town(size: 50, seed: 9).people
        var entries: [LocatorEntry] = []
        for (number, person) in people.enumerated() {
            var entry = try Self.entry(number, of: person, &generator)
            entry.standing = LocatorEntry.Standing.allCases[number % 3]
            entry.person = number % 2 == 0 ? nil : PersonID(rawValue: UInt128(number) << 60)
            entries.append(entry)
        }
        let index = LocatorIndex(entries)
        for entry in entries { #expect(index.entry(entry.id) == entry) }
    }

    @Test func `replacing entries over and over keeps no trace of the old ones`() throws {
        var generator = SeededGenerator(seed: 5)
        let people = try Town(size: 30, seed: 5).people
        var index = LocatorIndex()
        for round in 0..<12 {
            for number in 0..<30 {
                index.insert(
                    try Self.entry(number, of: people[(number + round) % 30], &generator)
                )
            }
        }
        #expect(index.count == 30)
        for number in 0..<30 { index.withdraw(LocatorEntry.ID(rawValue: UInt128(number))) }
        #expect(index.count == 0)
        for person in people {
            let query = LocatorQuery(name: person.name, birthDate: person.born)
            #expect(index.search(query).people.isEmpty)
        }
    }

    @Test func `likelihoods are honest on people it was not fitted on`() throws {
        var generator = SeededGenerator(seed: 77)
        // Half as many again live in the town as are on file.
        let people = try Town(size: 900, seed: 41).people
        var entries: [LocatorEntry] = []
        for (number, person) in people.prefix(600).enumerated() {
            entries.append(try Self.entry(number, of: person, &generator))
        }
        let index = LocatorIndex(entries)
        var said = 0.0
        var right = 0.0
        var sure = 0.0
        var sureAndRight = 0.0
        for (number, person) in people.enumerated() {
            let asked = try Self.entry(number, of: person, &generator)
            let answer = index.search(
                LocatorQuery(name: asked.name, birthDate: person.born)
            )
            guard let best = answer.people.first else { continue }
            let isRight = best.matches.contains { $0.entry.id == asked.id } ? 1.0 : 0
            said += best.likelihood
            right += isRight
            if best.likelihood >= 0.99 {
                sure += 1
                sureAndRight += isRight
            }
        }
        #expect(right > 540)
        #expect(abs(said - right) < 0.12 * right, "said \(said), right \(right)")
        #expect(sureAndRight >= 0.985 * sure, "\(sureAndRight) of \(sure)")
    }
}
