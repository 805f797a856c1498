package import Vocabulary

extension StudentRecord {
    /// Every contradiction of the record, at once: days that cannot be, things said twice, and
    /// courses that nobody named.
    ///
    /// Nothing is removed or changed: the record says what the school sent. `today` is the last day
    /// on which something can have happened. `born`: the student's birth date where it is known
    /// from elsewhere, since a table of doses alone says none.
    package func problems(today: CivilDate, born: CivilDate? = nil) -> [RecordProblem] {
        let births = entries.compactMap { $0.date(.birthDate) } + [born].compactMap(\.self)
        let birth = births.min()
        var found: [RecordProblem] = []
        var numbers: [ElementGroup: Int] = [:]
        var seen: [String: String] = [:]
        for entry in entries {
            numbers[entry.group, default: 0] += 1
            let place = "\(entry.group.rawValue) \(numbers[entry.group] ?? 0)"
            found += entry.impossibleDays(at: place, birth: birth, today: today)
            // Nobody can place it, and it counts towards no subject.
            if entry.group == .course, entry.answers[.courseTitle] == nil {
                found.append(
                    RecordProblem(
                        .courseTitle,
                        at: place,
                        found: "",
                        allowed: .form(.courseTitle)
                    )
                )
            }
            if let key = entry.duplicateKey {
                if let earlier = seen[key] {
                    let element: Element =
                        entry.group == .course ? .courseTitle : .immunizationDate
                    found.append(
                        RecordProblem(
                            element,
                            at: "\(place), as \(earlier)",
                            found: entry.text(element) ?? "",
                            allowed: .once
                        )
                    )
                } else {
                    seen[key] = place
                }
            }
        }
        return found
    }
}

extension RecordEntry {
    fileprivate func impossibleDays(
        at place: String,
        birth: CivilDate?,
        today: CivilDate
    ) -> [RecordProblem] {
        var found: [RecordProblem] = []
        func check(_ element: Element, from first: CivilDate?, to last: CivilDate?) {
            guard let day = date(element) else { return }
            if first.map({ day < $0 }) == true || last.map({ day > $0 }) == true {
                found.append(
                    RecordProblem(
                        element,
                        at: place,
                        found: day.description,
                        allowed: .between(first, last)
                    )
                )
            }
        }
        check(.birthDate, from: CivilDate(year: 1900, month: 1, day: 1), to: today)
        check(.immunizationDate, from: birth, to: today)
        let latest = today.advanced(by: RecordReading.longestAhead)
        check(.enrollmentDate, from: birth, to: latest)
        check(.withdrawalDate, from: date(.enrollmentDate) ?? birth, to: latest)
        check(.terminationDate, from: birth, to: latest)
        check(.educationAlertResolution, from: birth, to: today)
        check(.medicalAlertResolution, from: birth, to: today)
        check(.qualifyingArrivalDate, from: birth, to: today)
        check(.residencyDate, from: birth, to: today)
        if case .month(let month) = value(.assessmentDate),
            let last = YearMonth(year: today.year, month: today.month),
            month > last || birth.map({ month.year < $0.year }) == true
        {
            found.append(
                RecordProblem(
                    .assessmentDate,
                    at: place,
                    found: month.description,
                    allowed: .between(birth, today)
                )
            )
        }
        if case .year(let year) = value(.courseYear),
            year > today.year + 1 || birth.map({ year < $0.year }) == true
        {
            found.append(
                RecordProblem(
                    .courseYear,
                    at: place,
                    found: String(year),
                    allowed: .between(birth, today)
                )
            )
        }
        return found
    }

    /// Two entries of one source with the same key are one thing said twice.
    fileprivate var duplicateKey: String? {
        let elements: [Element]
        switch group {
        case .course: elements = [.courseTitle, .courseYear, .termType, .courseSection]
        case .immunization: elements = [.immunizationDate, .immunizationType]
        default: return nil
        }
        guard elements.first.flatMap({ text($0) }) != nil else { return nil }
        let words = elements.map { (text($0) ?? "").folded }
        let about = place?.school?.description ?? place?.name.folded ?? ""
        return
            ([group.rawValue, source.name, source.date.description, about, standard ?? ""] + words)
            .joined(separator: "\u{1F}")
    }
}

extension RecordReading {
    /// Adds what in the record contradicts itself, or the day.
    package mutating func addContradictions(today: CivilDate, born: CivilDate? = nil) {
        let found = record.problems(today: today, born: born)
        let room = max(0, Self.mostProblems - problems.count)
        problems += found.prefix(room)
        unlisted += max(0, found.count - room)
    }

    /// Puts what must not be overlooked before what was found already.
    package mutating func putFirst(_ urgent: [RecordProblem]) {
        let all = urgent + problems
        problems = Array(all.prefix(Self.mostProblems))
        unlisted += all.count - problems.count
    }

    /// How many days ahead a school may know of somebody's coming, leaving or eligibility: the
    /// longest of them, a migrant child's, ends after three years.
    package static let longestAhead = 3 * 366
}
