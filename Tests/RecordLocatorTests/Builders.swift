import RecordLocator
import SeededNumbers
import Vocabulary

/// Small, obviously made-up people.
enum Build {
    static func name(
        _ given: String,
        _ paternal: String,
        _ maternal: String = "",
        middle: String = ""
    ) throws -> PersonName {
        try PersonName(
            given: given,
            middle: middle,
            paternalSurname: paternal,
            maternalSurname: maternal
        )
    }

    static func entry(
        _ number: Int,
        _ name: PersonName,
        _ born: String,
        school: Int = 1,
        from: String? = nil,
        to: String? = nil,
        stateStudentID: String? = nil,
        isProtected: Bool = false
    ) throws -> LocatorEntry {
        let digits = String(school)
        let text = String(repeating: "0", count: 12 - digits.utf8.count) + digits
        return LocatorEntry(
            id: LocatorEntry.ID(rawValue: UInt128(number)),
            name: name,
            birthDate: try date(born),
            school: try required(SchoolID(text)),
            from: try from.map(date),
            to: try to.map(date),
            stateStudentID: stateStudentID,
            provenance: LocatorEntry.Provenance(
                source: "test",
                receivedOn: try date("2026-01-01")
            ),
            isProtected: isProtected
        )
    }

    static func query(
        _ name: PersonName,
        _ born: String,
        stateStudentID: String? = nil
    ) throws -> LocatorQuery {
        LocatorQuery(name: name, birthDate: try date(born), stateStudentID: stateStudentID)
    }

    static func date(_ text: String) throws -> CivilDate { try required(CivilDate(iso8601: text)) }

    struct Missing: Error {}

    static func required<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw Missing() }
        return value
    }
}

/// A town of made-up students: names drawn from small lists, so that many are alike.
struct Town {
    static let given = [
        "José", "Juan", "Luis", "María", "Ana", "Sofía", "Diego", "Andrés", "Ximena", "Lucía",
        "Mateo", "Carlos", "Elena", "Pablo", "Rosa", "Víctor", "Noemí", "Raúl", "Inés", "Hugo",
    ]
    static let surnames = [
        "García", "Martínez", "López", "Hernández", "Núñez", "Peña", "Zúñiga", "Ibarra", "Reyes",
        "Ortega", "Muñoz", "Salazar", "Treviño", "Quiroz", "Bautista", "Cisneros", "Lozano",
        "Vega", "Montes", "Arriaga", "Equihua", "Tecuapa", "Galván", "Tapia", "Huerta", "Nieto",
    ]

    private(set) var people: [(name: PersonName, born: CivilDate)] = []

    init(size: Int, seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let first = try Build.date("2008-01-01")
        for _ in 0..<size {
            let name = try Build.name(
                Self.given.randomElement(using: &generator) ?? "",
                Self.surnames.randomElement(using: &generator) ?? "",
                Self.surnames.randomElement(using: &generator) ?? ""
            )
            people.append((name, first.advanced(by: Int.random(in: 0..<4_000, using: &generator))))
        }
    }

    func entries() throws -> [LocatorEntry] {
        try people.enumerated().map { index, person in
            try Build.entry(index + 1, person.name, person.born.description, school: index + 1)
        }
    }
}
