import StudentRecords
import Vocabulary

extension SheetBuilder {
    static let nameElements: [Element] = [
        .firstName, .middleName, .paternalSurname, .maternalSurname, .generation,
    ]
    static let parentElements: [Element] = [
        .parent1FirstName, .parent1LastName, .parent2FirstName, .parent2LastName,
    ]

    func words(_ source: RecordSource) -> String {
        "\(source.name), \(words(source.date))"
    }

    private func words(_ date: CivilDate) -> String { DateWords(date, in: language).full }

    func name(_ entry: RecordEntry) -> String? { joined(entry, Self.nameElements, separator: " ") }

    func birth(_ entry: RecordEntry) -> String? {
        guard let date = entry.date(.birthDate) else { return nil }
        let evidence = record.first(.birth)?.entries.first { $0.source.name == entry.source.name }
            .flatMap { word($0, .birthEvidence) }
        return words(date) + (evidence.map { " (\($0))" } ?? "")
    }

    func parents(_ entry: RecordEntry) -> String? {
        let names = [
            [Element.parent1FirstName, .parent1LastName], [.parent2FirstName, .parent2LastName],
        ]
        .compactMap { joined(entry, $0, separator: " ") }
        return names.isEmpty ? nil : names.joined(separator: ", ")
    }

    func school(_ entry: RecordEntry) -> String? {
        let name = entry.place?.name ?? entry.source.name
        let days = [entry.date(.enrollmentDate), entry.date(.withdrawalDate)].map {
            $0.map(words) ?? "…"
        }
        guard entry.date(.enrollmentDate) != nil || entry.date(.withdrawalDate) != nil else {
            return nil
        }
        return "\(name), \(days[0]) – \(days[1])"
    }

    func grade(_ entry: RecordEntry) -> String? {
        guard let text = entry.text(.gradeLevel) else { return nil }
        return Int(text).flatMap { (1...12).contains($0) ? "\($0)" : nil }
            ?? word(entry, .gradeLevel)
    }

    func unfinished(_ entry: RecordEntry) -> String? {
        guard let title = entry.text(.courseTitle) else { return nil }
        let details = [
            word(entry, .courseSection), entry.amount(.clockHours).map(hours),
            entry.text(.gradeToDate).map { "\($0) %" },
        ]
        .compactMap { $0 }
        return title + (details.isEmpty ? "" : " (\(details.joined(separator: ", ")))")
    }

    /// A course that stands in no sum: its credits as they were sent, or that they were withheld.
    func notCounted(_ entry: RecordEntry) -> String? {
        guard let title = entry.text(.courseTitle) else { return nil }
        let word: SheetWord
        switch entry.answers[.creditsGranted] {
        case .unreadable(let text): word = .creditsUnreadable(title: title, found: text)
        case .withheld: word = .creditsWithheld(title: title)
        case .value, .noneOnFile, nil: return nil
        }
        return renderer.sentence(word, in: language)
    }

    func alert(_ entry: RecordEntry, _ flag: Element, _ resolved: Element) -> String? {
        guard entry.text(flag) == "yes" else { return nil }
        // The report's alert names no condition: it says to call the school that raised it.
        let call = renderer.sentence(SheetWord.callSchool(school: entry.source.name), in: language)
        guard let day = entry.date(resolved) else { return call }
        return call + " "
            + renderer.sentence(SheetWord.resolved(day: words(day)), in: language)
    }

    /// A code in words of the page's language; its own label where there are none.
    func word(_ entry: RecordEntry, _ element: Element) -> String? {
        guard case .code(let code) = entry.value(element) else { return nil }
        if let known = SheetCode(rawValue: "\(element.rawValue).\(code.token)") {
            return renderer.sentence(known, in: language)
        }
        return code.label
    }

    func joined(
        _ entry: RecordEntry,
        _ elements: [Element],
        separator: String = ", "
    ) -> String? {
        let texts = elements.compactMap { entry.text($0) }
        return texts.isEmpty ? nil : texts.joined(separator: separator)
    }

    /// `h` is the sign for hours in both languages.
    private func hours(_ amount: Hundredths) -> String { "\(amount) h" }

    // MARK: Credits

    var credits: SheetCredits {
        let credits = CreditAccrual(record, plan: plan)
        let rows = credits.rows.map { row in
            SheetCredits.Row(
                subject: subject(row.subject),
                needed: row.needed?.description ?? "",
                granted: row.granted.description,
                left: row.left?.description ?? "",
                courses: row.unfinished.count,
                hours: row.clockHours == .zero ? "" : hours(row.clockHours),
                surplus: row.surplus == .zero ? "" : row.surplus.description,
                hasThreeThirds: row.hasThreeThirds,
                isSubjectUnknown: row.subject == nil
            )
        }
        return SheetCredits(
            plan: plan?.name ?? "",
            hasPlan: plan != nil,
            schools: Set(record.entries(of: .course).flatMap(\.sources).map(\.name)).count,
            rows: rows,
            needed: credits.needed?.description ?? "",
            granted: credits.granted.description,
            left: credits.left?.description ?? "",
            hours: hours(credits.clockHours),
            unfinished: credits.unfinished.map { course in
                SheetCredits.Unfinished(
                    title: course.text(.courseTitle) ?? "",
                    section: course.entries.first.flatMap { word($0, .courseSection) } ?? "",
                    hours: course.amount(.clockHours).map(hours) ?? "",
                    grade: course.text(.gradeToDate).map { "\($0) %" } ?? "",
                    school: course.place?.name ?? course.sources.first?.name ?? ""
                )
            },
            notCounted: credits.notCounted.flatMap(\.entries).compactMap { course in
                notCounted(course).map { "\($0) \(words(course.source))" }
            },
            hasThreeThirds: rows.contains(where: \.hasThreeThirds),
            hasSurplus: rows.contains { !$0.surplus.isEmpty }
        )
    }

    private func subject(_ name: String?) -> String {
        guard let name else { return "" }
        let requirement = plan?.requirements.first { $0.subject == name }
        if language == .spanish, let spanish = requirement?.spanish { return spanish }
        guard let area = SubjectArea(named: name), area.name == name else { return name }
        return renderer.sentence(area, in: language)
    }
}

/// Short sentences of the page.
package enum SheetWord: Hashable, Sendable, Worded {
    package static let words = "sheetWord"

    case callSchool(school: String)
    case resolved(day: String)
    case creditsUnreadable(title: String, found: String)
    case creditsWithheld(title: String)
    case notADate(found: String)
}
