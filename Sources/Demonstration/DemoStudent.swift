import RecordExchange
import RecordLocator
import SeededNumbers
import Vocabulary

/// One made-up student: a name, a birth date and a family that follows the harvest.
struct DemoStudent {
    private struct Stay {
        let school: School
        let from: CivilDate
        let to: CivilDate?
        let grade: Grade
    }

    private let given: String
    private let middle: String
    private let paternal: String
    private let maternal: String
    private let birthDate: CivilDate

    init(generator: inout SeededGenerator) {
        let names = generator.chance(50) ? NameLists.girls : NameLists.boys
        let first = generator.favoring(names)
        given = first
        let second = generator.element(of: names)
        middle = generator.chance(45) && second != first ? second : ""
        paternal = generator.favoring(NameLists.surnames)
        maternal = generator.chance(92) ? generator.favoring(NameLists.surnames) : ""
        // From kindergarten to the last year of high school in May 2026.
        let youngest = CivilDate(year: 2020, month: 8, day: 31) ?? DemoStory.today
        birthDate = youngest.advanced(by: -generator.below(13 * 365))
    }

    func entries(at places: DemoPlaces, generator: inout SeededGenerator) -> [LocatorEntry] {
        let stays = stays(at: places, generator: &generator)
        let number = 100_000_000 + generator.below(900_000_000)
        return stays.compactMap { stay in
            // Each state has a number of its own for the student.
            let state = stay.school.state.description.utf8.reduce(0) { $0 * 31 + Int($1) }
            return entry(of: stay, stateNumber: number ^ state, generator: &generator)
        }
    }

    // MARK: - Where the family goes

    private func stays(at places: DemoPlaces, generator: inout SeededGenerator) -> [Stay] {
        let homes = DemoPlaces.homeTowns
        let home = generator.favoring(homes)
        let homeTown = generator.favoring(home.towns)
        let harvest = generator.favoring(DemoPlaces.harvestTowns)
        let harvestTown = generator.favoring(harvest.towns)
        guard let homeState = StateCode(home.state), let harvestState = StateCode(harvest.state)
        else { return [] }

        var stays: [Stay] = []
        let years = 1 + min(generator.below(4), generator.below(4))
        for year in (2026 - years)..<2026 {
            guard let grade = grade(inYearFrom: year) else { continue }
            let returned = day(year, month: 8, firstDay: 10, spread: 80, generator: &generator)
            let isMoving = generator.chance(45)
            let left = day(year + 1, month: 3, firstDay: 20, spread: 55, generator: &generator)
            if let school = school(homeTown, homeState, grade, places, &generator) {
                add(
                    Stay(school: school, from: returned, to: isMoving ? left : nil, grade: grade),
                    to: &stays
                )
            }
            guard isMoving, generator.chance(80),
                let school = school(harvestTown, harvestState, grade, places, &generator)
            else { continue }
            let arrived = left.advanced(by: 3 + generator.below(12))
            let gone = arrived.advanced(by: 20 + generator.below(40))
            add(
                Stay(
                    school: school,
                    from: arrived,
                    to: gone < DemoStory.today ? gone : nil,
                    grade: grade
                ),
                to: &stays
            )
        }
        return stays
    }

    /// A stay at the school that the student was at already makes that enrollment longer.
    private func add(_ stay: Stay, to stays: inout [Stay]) {
        guard stay.from <= DemoStory.today else { return }
        if let last = stays.last, last.to == nil {
            stays.removeLast()
            if last.school.id == stay.school.id {
                stays.append(
                    Stay(school: last.school, from: last.from, to: stay.to, grade: stay.grade)
                )
                return
            }
            let end = min(stay.from.advanced(by: -3), endOfYear(after: last.from))
            stays.append(
                Stay(
                    school: last.school,
                    from: last.from,
                    to: max(last.from, end),
                    grade: last.grade
                )
            )
        }
        stays.append(stay)
    }

    private func endOfYear(after day: CivilDate) -> CivilDate {
        let year = day.month >= 7 ? day.year + 1 : day.year
        return CivilDate(year: year, month: 5, day: 28) ?? day
    }

    private func day(
        _ year: Int,
        month: Int,
        firstDay: Int,
        spread: Int,
        generator: inout SeededGenerator
    ) -> CivilDate {
        let first = CivilDate(year: year, month: month, day: firstDay) ?? DemoStory.today
        let day = first.advanced(by: generator.below(spread))
        return WorkingDays.first(onOrAfter: day)
    }

    private func school(
        _ town: String,
        _ state: StateCode,
        _ grade: Grade,
        _ places: DemoPlaces,
        _ generator: inout SeededGenerator
    ) -> School? {
        let schools = places.schools(in: town, of: state, teaching: grade)
        return schools.isEmpty ? nil : generator.element(of: schools)
    }

    /// The grade in the school year that begins in August of `year`.
    private func grade(inYearFrom year: Int) -> Grade? {
        let age = year - birthDate.year - (birthDate.month > 8 ? 1 : 0)
        let grades = Array(Grade.allCases.prefix { $0 != .thirteenth })
        // Kindergarten at five.
        let index = age - 5 + 1
        return grades.indices.contains(index) && index > 0 ? grades[index] : nil
    }

    // MARK: - How schools write it

    private func entry(
        of stay: Stay,
        stateNumber: Int,
        generator: inout SeededGenerator
    ) -> LocatorEntry? {
        let spelling = generator.below(100)
        let keepsAccents = generator.chance(60)
        let dropsMiddle = generator.chance(35)
        let hasNumber = generator.chance(70)
        let bits = generator.identifierBits()
        var written = (paternal: paternal, maternal: maternal)
        switch spelling {
        case ..<12: written.maternal = ""
        case ..<16 where !maternal.isEmpty: written = (maternal, paternal)
        case ..<20 where !maternal.isEmpty: written = ("\(paternal)-\(maternal)", "")
        default: break
        }
        let write = { (text: String) in keepsAccents ? text : Self.withoutAccents(text) }
        let name = try? PersonName(
            given: write(given),
            middle: dropsMiddle ? "" : write(middle),
            paternalSurname: write(written.paternal),
            maternalSurname: write(written.maternal)
        )
        guard let name else { return nil }
        return LocatorEntry(
            id: LocatorEntry.ID(rawValue: bits),
            name: name,
            birthDate: spelling == 99 ? birthDate.advanced(by: 1) : birthDate,
            school: stay.school.id,
            from: stay.from,
            to: stay.to,
            grade: stay.grade,
            stateStudentID: hasNumber ? String(stateNumber) : nil,
            provenance: LocatorEntry.Provenance(
                source: "demonstration",
                receivedOn: min(DemoStory.today, stay.from.advanced(by: 7))
            )
        )
    }

    private static func withoutAccents(_ text: String) -> String {
        String(text.map { plain[$0] ?? $0 })
    }

    private static let plain: [Character: Character] = [
        "á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u", "ü": "u", "ñ": "n",
        "Á": "A", "É": "E", "Í": "I", "Ó": "O", "Ú": "U", "Ñ": "N",
    ]
}
