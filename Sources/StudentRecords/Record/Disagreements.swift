import Vocabulary

extension RecordSource {
    /// Who speaks: by the number where one is known, so that two spellings are one school.
    var speaker: String { school?.description ?? name.folded }
}

extension ImmunizationTally.Group {
    /// Doses that may be one: too close to be two, and told by schools that do not tell of both.
    package var disputed: Set<ImmunizationTally.Dose> {
        let dated = doses.filter { $0.day != nil }
        var found: Set<ImmunizationTally.Dose> = []
        for (index, dose) in dated.enumerated() {
            guard let day = dose.day else { continue }
            let speakers = Set(dose.sources.map(\.speaker))
            // In the order of their days.
            for later in dated[(index + 1)...] {
                guard let next = later.day, day.days(to: next) < Self.leastDaysApart else { break }
                guard speakers.isDisjoint(with: later.sources.map(\.speaker)) else { continue }
                found.insert(dose)
                found.insert(later)
            }
        }
        // One without a day may be any of those that another school tells of.
        for dose in doses where dose.day == nil {
            let speakers = Set(dose.sources.map(\.speaker))
            let others = doses.filter { speakers.isDisjoint(with: $0.sources.map(\.speaker)) }
            guard let other = others.first else { continue }
            found.insert(dose)
            found.insert(other)
        }
        return found
    }

    /// Two doses of one vaccine are given no closer than four weeks.
    package static let leastDaysApart = 28
}

extension MergedRecord {
    /// Enrollments at one school that overlap, told by different schools: they may be one stay.
    package var disputedStays: Set<MergedEntry> {
        var schools: [String: [MergedEntry]] = [:]
        for stay in entries(of: .enrollment) where stay.start != nil {
            guard let place = stay.home else { continue }
            schools[place, default: []].append(stay)
        }
        var found: Set<MergedEntry> = []
        for stays in schools.values {
            // In the order of their first days; nobody has as many as are looked at.
            let looked = stays.prefix(200)
            for (index, stay) in looked.enumerated() {
                guard let end = stay.end else { continue }
                let speakers = Set(stay.sources.map(\.speaker))
                for later in looked.dropFirst(index + 1) {
                    guard let start = later.start, start <= end else { break }
                    guard speakers.isDisjoint(with: later.sources.map(\.speaker)) else { continue }
                    found.insert(stay)
                    found.insert(later)
                }
            }
        }
        return found
    }
}

extension MergedEntry {
    fileprivate var home: String? {
        place.map { $0.school?.description ?? $0.name.folded } ?? sources.first?.speaker
    }

    fileprivate var start: CivilDate? { date(.enrollmentDate) }

    /// A stay whose end nobody says is taken for one school year.
    fileprivate var end: CivilDate? {
        date(.withdrawalDate) ?? start.map { $0.advanced(by: 300) }
    }

    private func date(_ element: Element) -> CivilDate? {
        if case .date(let date) = value(element) { date } else { nil }
    }
}

extension CreditAccrual {
    /// The granted credits that remain where of everything that may be counted twice, or that
    /// schools state differently, only the least is taken.
    package var undisputed: Hundredths {
        var courses: [[String]: [String: [Hundredths]]] = [:]
        for (index, course) in rows.flatMap(\.completed).enumerated() {
            let amounts = course.answers(.creditsGranted).compactMap { said -> Hundredths? in
                if case .value(.amount(let amount)) = said.answer { amount } else { nil }
            }
            guard let least = amounts.min() else { continue }
            // A course without a title is nobody's twin.
            let title = course.text(.courseTitle)?.folded ?? "\(index)"
            let isNamed = course.text(.courseTitle) != nil
            let key = [isNamed ? "course" : "unnamed", title, course.text(.courseYear) ?? ""]
            courses[key, default: [:]][course.home ?? "", default: []].append(least)
        }
        return courses.values.compactMap { homes in homes.values.map { $0.sum }.min() }.sum
    }
}
