import RecordExchange
import ReferenceData
import Vocabulary

/// The real schools of towns where migratory families live and work, by town and grade.
struct DemoPlaces: Sendable {
    /// Where families spend the winter.
    static let homeTowns: [(state: String, towns: [String])] = [
        ("TX", ["Weslaco", "Donna", "Edinburg", "Mission", "Pharr", "Eagle Pass"]),
        ("CA", ["Salinas", "Watsonville", "Delano", "Madera", "Greenfield"]),
        ("FL", ["Immokalee", "Homestead", "Belle Glade", "Plant City"]),
        ("AZ", ["Yuma", "Somerton", "San Luis"]),
    ]

    /// Where the harvest takes them, from spring to fall.
    static let harvestTowns: [(state: String, towns: [String])] = [
        ("WA", ["Yakima", "Sunnyside", "Toppenish", "Wapato", "Pasco", "Grandview", "Othello"]),
        ("NC", ["Clinton", "Newton Grove"]),
        ("GA", ["Tifton", "Moultrie"]),
        ("MI", ["Hartford", "Holland", "Benton Harbor"]),
        ("OR", ["Woodburn", "Hood River"]),
        ("ID", ["Caldwell", "Nampa"]),
    ]

    private struct Town: Hashable {
        let state: StateCode
        let name: String
    }

    private let schools: [Town: [School]]

    init(directory: NationalDirectory) {
        let wanted = Set(
            (Self.homeTowns + Self.harvestTowns).flatMap { place in
                StateCode(place.state).map { state in
                    place.towns.map { Town(state: state, name: $0) }
                } ?? []
            }
        )
        var schools: [Town: [School]] = [:]
        for school in directory.schools {
            let town = Town(state: school.state, name: school.city)
            guard wanted.contains(town), Self.isOrdinary(school) else { continue }
            schools[town, default: []].append(school)
        }
        self.schools = schools
    }

    /// Schools of a town that teach a grade, in the order of the directory; maybe none.
    func schools(in town: String, of state: StateCode, teaching grade: Grade) -> [School] {
        (schools[Town(state: state, name: town)] ?? []).filter { school in
            guard let low = school.lowGrade, let high = school.highGrade else { return false }
            return low <= grade && grade <= high && high <= .twelfth
        }
    }

    // A made-up child is not put into a jail, a hospital or a program for pregnant girls.
    private static func isOrdinary(_ school: School) -> Bool {
        let name = school.name.lowercased()
        let special = [
            "juvenile", "jail", "detention", "daep", "jjaep", "j j a e p", "alternative", "parent",
            "court", "correction", "online", "virtual", "hospital", "home", "special", "boot camp",
            "open doors", "treatment", "adult", "technical college", "county office", "rop",
            "continuation", "independent", "community day", "group", "disciplinary", "preschool",
        ]
        return !special.contains { name.contains($0) }
    }
}
