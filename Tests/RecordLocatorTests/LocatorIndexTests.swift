import RecordLocator
import SeededNumbers
import Testing
import Vocabulary

@Suite("Locator index") struct LocatorIndexTests {
    @Test func `a protected entry changes nothing that a search answers`() throws {
        let town = try Town(size: 400, seed: 11)
        let open = LocatorIndex(try town.entries())
        var guarded = open
        for (index, person) in town.people.enumerated() {
            guarded.insert(
                try Build.entry(
                    10_000 + index,
                    person.name,
                    person.born.description,
                    school: 900_000 + index,
                    isProtected: true
                )
            )
        }
        #expect(guarded.count == open.count)
        for person in town.people {
            let query = LocatorQuery(name: person.name, birthDate: person.born)
            #expect(guarded.search(query) == open.search(query))
        }
        let hidden = guarded.entry(LocatorEntry.ID(rawValue: 10_000))
        #expect(hidden?.isProtected == true)
    }

    @Test func `an entry that becomes protected is no longer found`() throws {
        let name = try Build.name("Renata", "Olivares", "Tapia")
        var index = LocatorIndex([try Build.entry(1, name, "2010-05-05")])
        let query = try Build.query(name, "2010-05-05")
        #expect(index.search(query).people.count == 1)
        index.insert(try Build.entry(1, name, "2010-05-05", isProtected: true))
        #expect(index.search(query).people.isEmpty)
        #expect(index.count == 0)
        index.insert(try Build.entry(1, name, "2010-05-05"))
        #expect(index.search(query).people.count == 1)
    }

    @Test func `the same number replaces, and a withdrawn entry is gone`() throws {
        let old = try Build.name("Inés", "Vega", "Tapia")
        let new = try Build.name("Inés", "Huerta", "Lozano")
        var index = LocatorIndex([try Build.entry(1, old, "2010-05-05")])
        index.insert(try Build.entry(1, new, "2011-06-06"))
        #expect(index.count == 1)
        #expect(index.search(try Build.query(old, "2010-05-05")).people.isEmpty)
        #expect(index.search(try Build.query(new, "2011-06-06")).people.count == 1)
        let first = index.withdraw(LocatorEntry.ID(rawValue: 1))
        let second = index.withdraw(LocatorEntry.ID(rawValue: 1))
        #expect(first && !second)
        #expect(index.search(try Build.query(new, "2011-06-06")).people.isEmpty)
        #expect(index.entry(LocatorEntry.ID(rawValue: 1)) == nil)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `after any inserts and withdrawals it answers like a fresh index`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let entries = try Town(size: 300, seed: seed).entries()
        var index = LocatorIndex()
        var kept: [LocatorEntry.ID: LocatorEntry] = [:]
        for _ in 0..<1_200 {
            let entry = entries[Int.random(in: 0..<entries.count, using: &generator)]
            if Bool.random(using: &generator) {
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
        for entry in entries {
            let query = LocatorQuery(name: entry.name, birthDate: entry.birthDate)
            #expect(index.search(query) == fresh.search(query))
        }
    }

    @Test func `finds students through one slip, and is never certain of another`() throws {
        let town = try Town(size: 3_000, seed: 21)
        let index = LocatorIndex(try town.entries())
        var generator = SeededGenerator(seed: 5)
        var found = 0
        var asked = 0
        for (number, person) in town.people.enumerated().prefix(1_500) {
            let slip = Int.random(in: 0..<5, using: &generator)
            guard let query = try Self.query(person, slip: slip) else { continue }
            asked += 1
            let answer = index.search(query)
            let right = LocatorEntry.ID(rawValue: UInt128(number + 1))
            let shown = answer.people.prefix(3).flatMap(\.matches)
            if shown.contains(where: { $0.entry.id == right }) { found += 1 }
            if let certain = answer.certain {
                #expect(certain.matches.contains { $0.entry.id == right })
            }
        }
        #expect(asked > 1_000)
        #expect(Double(found) >= 0.97 * Double(asked), "found \(found) of \(asked)")
    }

    private static func query(
        _ person: (name: PersonName, born: CivilDate),
        slip: Int
    ) throws -> LocatorQuery? {
        let name = person.name
        switch slip {
        case 0: return LocatorQuery(name: name, birthDate: person.born)
        case 1:
            let bare = try Build.name(name.given, name.paternalSurname)
            return LocatorQuery(name: bare, birthDate: person.born)
        case 2:
            let exchanged = try Build.name(name.given, name.maternalSurname, name.paternalSurname)
            return LocatorQuery(name: exchanged, birthDate: person.born)
        case 3:
            guard person.born.day != person.born.month,
                let born = CivilDate(
                    year: person.born.year,
                    month: person.born.day,
                    day: person.born.month
                )
            else { return nil }
            return LocatorQuery(name: name, birthDate: born)
        default: return LocatorQuery(name: name, birthDate: person.born.advanced(by: 1))
        }
    }

    @Test(arguments: [3, 4] as [UInt64])
    func `a twin with another name is never named`(seed: UInt64) throws {
        let town = try Town(size: 800, seed: seed)
        let index = LocatorIndex(try town.entries())
        let birthdays = Dictionary(grouping: town.people, by: \.born)
        for person in town.people where birthdays[person.born]?.count == 1 {
            let twin = try Build.name(
                "Wenceslada",
                person.name.paternalSurname,
                person.name.maternalSurname
            )
            #expect(index.search(LocatorQuery(name: twin, birthDate: person.born)).people.isEmpty)
        }
    }

    @Test func `any text a form lets through is answered`() throws {
        let index = LocatorIndex(try Town(size: 100, seed: 1).entries())
        let texts = [
            "-", "'", "?", "???", "de la", "Jr", "0", "ñ", "Ã±", "李", "Ж", "\u{301}", "a\u{301}",
            "👩‍👩‍👧", String(repeating: "x", count: 200), "Robert'); DROP TABLE students;--", "İ",
        ]
        for given in texts {
            for surname in texts {
                guard let name = try? Build.name(given, surname) else { continue }
                let answer = index.search(try Build.query(name, "2010-01-01"))
                #expect(answer.certain == nil)
            }
        }
    }
}
