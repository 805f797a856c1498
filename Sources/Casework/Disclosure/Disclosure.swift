import RecordExchange
import RecordLocator
import StudentRecords
import Vocabulary

/// What of the locator's answer the asker may see: pointers only, and no more of another child
/// than it takes to tell two apart.
///
/// A school is named where the student is certain, or where one student alone is probable and a
/// school knows the birth date: who does not know it could guess at names alone. In every other
/// case it is kept back until the asker says which school or town the family named,
/// so that guessing names tells nobody where a child is.
struct Disclosure {
    let typed: StudentIdentity
    let stated: StatedPlace?
    /// The asking school; `nil` where no school asks.
    let own: SchoolID?

    func students(
        in answer: LocatorAnswer,
        _ locate: (SchoolID) throws -> LocatedSchool?
    ) rethrows -> LocatedStudents {
        var found: [(person: LocatedPerson, places: [(match: LocatorMatch, school: LocatedSchool)])]
        found = []
        for person in answer.people {
            let places = try person.matches.compactMap { match in
                match.entry.school == own
                    ? nil : try locate(match.entry.school).map { (match, $0) }
            }
            if !places.isEmpty { found.append((person, places)) }
        }
        let isOpen = found.map { item in
            item.person.grade == .certain
                || item.person.grade == .probable && found.count == 1
                    && item.person.birthDate != nil
        }
        let names = Self.names(found.map(\.person), typed: typed)
        var statementFits = false
        var people: [LocatedStudent] = []
        for (index, item) in found.enumerated() {
            let places = item.places.map { match, located in
                let isStated = stated?.names(located.school) ?? false
                statementFits = statementFits || isStated
                return Self.place(match.entry, isOpen[index] || isStated ? located : nil, located)
            }
            people.append(
                LocatedStudent(
                    grade: item.person.grade,
                    reasons: item.person.reasons,
                    name: names[index],
                    birthDate: item.person.birthDate == typed.birthDate ? typed.birthDate : nil,
                    birthYear: item.person.birthDate?.year,
                    places: places
                )
            )
        }
        return LocatedStudents(people: people, statementFits: statementFits)
    }

    private static func place(
        _ entry: LocatorEntry,
        _ shown: LocatedSchool?,
        _ located: LocatedSchool
    ) -> LocatedPlace {
        LocatedPlace(
            school: shown,
            state: located.school.state,
            grade: entry.grade,
            from: entry.from,
            until: entry.to
        )
    }

    /// One letter of each word that was not typed; up to three where two children would look the
    /// same.
    private static func names(_ people: [LocatedPerson], typed: StudentIdentity) -> [String] {
        var names: [String] = []
        for letters in 1...3 {
            names = people.map {
                MaskedName($0.name, typed: typed.name, letters: letters).text
            }
            if Set(names).count == names.count { break }
        }
        return names
    }
}
