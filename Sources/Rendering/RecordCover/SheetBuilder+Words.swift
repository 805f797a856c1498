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
        // Two schools that say the same day do not disagree because one of them saw the paper.
        let same = record.entries(of: .identity).flatMap(\.entries)
            .filter { $0.date(.birthDate) == date }.map(\.source.name)
        let evidence = record.first(.birth)?.entries.lazy
            .filter { same.contains($0.source.name) }
            .compactMap { word($0, .birthEvidence) ?? note([.birthEvidence], in: [$0]) }.first
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
        let days = [Element.enrollmentDate, .withdrawalDate].map { element in
            entry.date(element).map(words) ?? cell(element, in: [entry])
        }
        guard days.contains(where: { $0 != nil }) else { return nil }
        return "\(name), \(days.map { $0 ?? "…" }.joined(separator: " – "))"
    }

    /// The school from which the student expects to graduate, by its name or by whoever says it.
    func designated(_ entry: RecordEntry) -> String? {
        guard entry.text(.designatedForGraduation) == "yes" else { return nil }
        return entry.text(.schoolName) ?? note([.schoolName], in: [entry])
    }

    func grade(_ entry: RecordEntry) -> String? {
        let number = entry.text(.gradeLevel).flatMap { Int($0) }
            .flatMap { (1...12).contains($0) ? "\($0)" : nil }
        var said = [number ?? word(entry, .gradeLevel)].compactMap { $0 }
        if let kind = word(entry, .enrollmentType) {
            // The kind alone must not look as if it were the grade.
            if said.isEmpty, gap(.gradeLevel, in: [entry]) == nil {
                said.append(renderer.sentence(SheetStanding.missing, in: language))
            }
            said.append(kind)
        }
        guard !said.isEmpty else { return nil }
        let grade = said.joined(separator: ", ")
        let years = [entry.date(.enrollmentDate), entry.date(.withdrawalDate)]
            .compactMap { $0?.year }
        guard let first = years.first, let last = years.last else { return grade }
        return "\(grade) (\(first == last ? "\(first)" : "\(first)–\(last)"))"
    }

    /// The month in which a test was taken, as the page's other days are written.
    func month(_ entry: RecordEntry) -> String? {
        guard case .month(let month) = entry.value(.assessmentDate),
            let day = CivilDate(year: month.year, month: month.month, day: 1)
        else { return entry.text(.assessmentDate) }
        return DateWords(day, in: language).monthAndYear
    }

    func unfinished(_ entry: RecordEntry) -> String? {
        guard let title = titled(entry) else { return nil }
        let details = [
            word(entry, .courseSection), entry.amount(.clockHours).map(hours),
            entry.text(.gradeToDate).map { "\($0) %" },
            note([.courseSection, .clockHours, .gradeToDate], in: [entry]),
        ]
        .compactMap { $0 }
        return title + (details.isEmpty ? "" : " (\(details.joined(separator: ", ")))")
    }

    /// A course that stands in no sum: its credits as they were sent, or that they were withheld.
    func notCounted(_ entry: RecordEntry) -> String? {
        guard let title = titled(entry) else { return nil }
        let word: SheetWord
        switch entry.answers[.creditsGranted] {
        case .unreadable(let text): word = .creditsUnreadable(title: title, found: text)
        case .withheld: word = .creditsWithheld(title: title)
        case .value, .noneOnFile, nil: return nil
        }
        return renderer.sentence(word, in: language)
    }

    func alert(_ entry: RecordEntry, _ flag: Element, _ resolved: Element) -> String? {
        let school = entry.source.name
        guard let flag = entry.text(flag) else { return nil }
        // That there is none is an answer; a school that says nothing is another one.
        guard flag == "yes" else {
            return renderer.sentence(SheetWord.noAlert(school: school), in: language)
        }
        // The report's alert names no condition: it says to call the school that raised it.
        let contact = [school, phone(of: entry.source)].compactMap { $0 }.joined(separator: ", ")
        let call = renderer.sentence(SheetWord.callSchool(school: contact), in: language)
        guard let day = entry.date(resolved) else {
            return note([resolved], in: [entry]).map { "\(call) (\($0))" } ?? call
        }
        return call + " "
            + renderer.sentence(SheetWord.resolved(day: words(day)), in: language)
    }

    /// The number that a school gives for itself.
    private func phone(of source: RecordSource) -> String? {
        for entry in record.entries(of: .school).flatMap(\.entries) {
            let isByName = entry.text(.schoolName)?.folded == source.name.folded
            let isByNumber = source.school.map { entry.text(.schoolCode) == $0.description }
            if isByName || isByNumber == true, let phone = entry.text(.phone) { return phone }
        }
        return nil
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
            plan: planInForce.map(words) ?? "",
            hasPlan: plan != nil,
            schools: Set(record.entries(of: .course).flatMap(\.sources).map(\.name)).count,
            rows: rows,
            needed: credits.needed?.description ?? "",
            granted: credits.granted.description,
            left: credits.left?.description ?? "",
            courses: credits.unfinished.count,
            hours: credits.clockHours == .zero ? "" : hours(credits.clockHours),
            unfinished: credits.unfinished.map { course in
                SheetCredits.Unfinished(
                    title: said(.courseTitle, of: course) ?? "",
                    section: course.entries.first.flatMap { word($0, .courseSection) }
                        ?? note([.courseSection], in: course.entries) ?? "",
                    hours: course.amount(.clockHours).map(hours)
                        ?? note([.clockHours], in: course.entries) ?? "",
                    grade: course.text(.gradeToDate).map { "\($0) %" }
                        ?? note([.gradeToDate], in: course.entries) ?? "",
                    school: course.place?.name ?? course.sources.first?.name ?? ""
                )
            },
            notCounted: credits.notCounted.flatMap(\.entries).compactMap { course in
                notCounted(course).map { "\($0) \(words(course.source))" }
            },
            undisputed: credits.undisputed == credits.granted
                ? "" : credits.undisputed.description,
            hasThreeThirds: rows.contains(where: \.hasThreeThirds),
            hasSurplus: rows.contains { !$0.surplus.isEmpty }
        )
    }

    /// The plan's name, and whose it is.
    private func words(_ inForce: PlanInForce) -> String {
        let name = inForce.plan.name
        let word: SheetWord =
            switch inForce.owner {
            case .designated(let school): .planOfDesignated(plan: name, school: school)
            case .record where name.isEmpty: .planOfRecord
            case .record: .planOfRecordFor(school: name)
            case .requester: .planOfRequester(plan: name)
            }
        let said = renderer.sentence(word, in: language)
        guard let entry = inForce.plan.entry, let classes = inForce.plan.classes else {
            return said
        }
        let day = DateWords(entry.since, in: language).full
        let since: SheetWord
        if let last = classes.last {
            since = .planSinceBetween(
                office: entry.office,
                day: day,
                version: String(entry.version),
                span: "\(classes.first)–\(last)"
            )
        } else {
            since = .planSinceFor(
                office: entry.office,
                day: day,
                version: String(entry.version),
                first: String(classes.first)
            )
        }
        return said + " (" + renderer.sentence(since, in: language) + ")"
    }

    private func subject(_ name: String?) -> String {
        guard let name else { return "" }
        let requirement = plan?.requirements.first { $0.subject == name }
        if language == .spanish, let spanish = requirement?.spanish { return spanish }
        guard let area = SubjectArea(named: name), area.name.folded == name.folded else {
            return name
        }
        return renderer.sentence(area, in: language)
    }
}

/// Short sentences of the page.
package enum SheetWord: Hashable, Sendable, Worded {
    package static let words = "sheetWord"

    case callSchool(school: String)
    case noAlert(school: String)
    case resolved(day: String)
    case creditsUnreadable(title: String, found: String)
    case creditsWithheld(title: String)
    case notADate(found: String)
    case dosesDiffer(doses: String, undisputed: String, days: String)
    case planOfDesignated(plan: String, school: String)
    case planOfRecord
    case planOfRecordFor(school: String)
    case planOfRequester(plan: String)
    case planSinceFor(office: String, day: String, version: String, first: String)
    case planSinceBetween(office: String, day: String, version: String, span: String)
}
