package import Rendering
package import StudentRecords
package import Vocabulary

/// What somebody typed of the minimum data elements: every problem at once, and every word kept.
package struct TypedElements {
    package private(set) var entries: [RecordEntry] = []
    package private(set) var problems: [FieldProblem] = []
    /// How many rows of each group the page has.
    package private(set) var rows: [ElementGroup: Int] = [:]
    private let fields: FormFields
    /// The row of the page in which each entry was typed.
    private var typedRows: [Int] = []

    /// Rows of one group on one page; whoever has more sends these and comes again.
    package static let mostRows = 8
    /// Two fields an element, and some room for the others that a form may have.
    private static let mostBoxes = 220

    package init(
        _ fields: FormFields,
        asked: Set<RecordPart>,
        codes: StandardCodes,
        from source: RecordSource
    ) {
        self.fields = fields
        for group in ElementGroup.allCases {
            let said = fields[TypedGroup.rowsField(group)].flatMap { Int($0) }
            let first = Self.isFirst(group, asked) ? 1 : 0
            rows[group] = min(max(said ?? first, 0), group.repeats ? Self.mostRows : 1)
        }
        // Without this a form could be sent that no browser may send back.
        for group in ElementGroup.allCases.reversed() where boxes > Self.mostBoxes {
            rows[group] = min(rows[group] ?? 0, 1)
        }
        if let more = fields["more"].flatMap(ElementGroup.init(rawValue:)), canAdd(more) {
            rows[more, default: 0] += 1
        }
        for group in ElementGroup.allCases {
            for row in 0..<(rows[group] ?? 0) { read(group, row + 1, codes, source) }
        }
    }

    /// On the page at once: what has a use and belongs to a part that was asked for.
    ///
    /// Doses and courses have a place of their own on the answer page, and which school sends is
    /// known.
    private static func isFirst(_ group: ElementGroup, _ asked: Set<RecordPart>) -> Bool {
        ![.immunization, .course, .school].contains(group) && asked.contains(group.part)
            && group.elements.contains { !$0.definition.uses.isEmpty }
    }

    private var boxes: Int {
        rows.reduce(0) { $0 + $1.key.elements.count * $1.value }
    }

    /// Whether a row more of the group has room.
    package func canAdd(_ group: ElementGroup) -> Bool {
        let count = rows[group] ?? 0
        return count < (group.repeats ? Self.mostRows : 1)
            && boxes + group.elements.count <= Self.mostBoxes
    }

    private mutating func read(
        _ group: ElementGroup,
        _ row: Int,
        _ codes: StandardCodes,
        _ source: RecordSource
    ) {
        var entry = RecordEntry(group, from: source)
        var isWrong = false
        for element in group.elements {
            let field = ElementBox.field(element, in: group, row: row)
            let text = typed(element, group, row)
            if let word = absent(element, group, row) {
                if text.isEmpty {
                    let answer: ElementAnswer = word == .withheld ? .withheld : .noneOnFile
                    entry.answers[element] = answer
                } else {
                    isWrong = true
                    refuse(.elementSaidTwice(element: element), at: field)
                }
                continue
            }
            guard !text.isEmpty else { continue }
            do throws(ElementValue.Unreadable) {
                let read = try value(text, element, codes, &entry.standard)
                entry.answers[element] = .value(read)
            } catch {
                isWrong = true
                refuse(
                    .elementWrong(
                        element: element,
                        found: text.shown(),
                        allowed: AllowedWord(error.allowed)
                    ),
                    at: field
                )
            }
        }
        if group == .course, !entry.answers.isEmpty || isWrong,
            typed(.courseTitle, group, row).isEmpty, entry.answers[.courseTitle] == nil
        {
            refuse(
                .courseTitleMissing(row: row),
                at: ElementBox.field(.courseTitle, in: group, row: row)
            )
        }
        guard !entry.answers.isEmpty else { return }
        entries.append(entry)
        typedRows.append(row)
    }

    private func value(
        _ text: String,
        _ element: Element,
        _ codes: StandardCodes,
        _ standard: inout String?
    ) throws(ElementValue.Unreadable) -> ElementValue {
        switch element {
        case .subjectArea:
            guard let area = SubjectArea(rawValue: text) else {
                throw ElementValue.Unreadable(allowed: .shortText)
            }
            standard = area.rawValue
            return .text(area.name)
        case .immunizationType:
            let value = try ElementValue.read(text, for: element)
            let vaccine = codes.vaccine(text)
            standard = vaccine?.code
            // A number alone says nothing to whoever reads it.
            guard text.utf8.allSatisfy({ (48...57).contains($0) }) else { return value }
            guard let vaccine else {
                throw ElementValue.Unreadable(allowed: .form(.vaccineCode))
            }
            return .text(vaccine.name)
        default: return try ElementValue.read(text, for: element)
        }
    }

    private func typed(_ element: Element, _ group: ElementGroup, _ row: Int) -> String {
        let text = (fields[ElementBox.field(element, in: group, row: row)] ?? "").trimmed
        // A list says in itself that there is no value.
        return isList(element) && AbsentWord(rawValue: text) != nil ? "" : text
    }

    private func absent(_ element: Element, _ group: ElementGroup, _ row: Int) -> AbsentWord? {
        let field =
            isList(element)
            ? ElementBox.field(element, in: group, row: row)
            : ElementBox.absentField(element, in: group, row: row)
        return fields[field].flatMap(AbsentWord.init(rawValue:))
    }

    private func isList(_ element: Element) -> Bool {
        element == .subjectArea || element.definition.kind == .code
            || element.definition.kind == .flag
    }

    private mutating func refuse(_ trouble: FieldTrouble, at field: String) {
        problems.append(FieldProblem(.elements, trouble, at: field))
    }

    /// The contradictions of what was typed, as problems of the form.
    package mutating func check(birth: CivilDate, today: CivilDate) {
        var places: [String: (group: ElementGroup, row: Int)] = [:]
        var numbers: [ElementGroup: Int] = [:]
        for (entry, row) in zip(entries, typedRows) {
            numbers[entry.group, default: 0] += 1
            places["\(entry.group.rawValue) \(numbers[entry.group] ?? 0)"] = (entry.group, row)
        }
        var record = StudentRecord(entries)
        if let source = entries.first?.source,
            !entries.contains(where: { $0.date(.birthDate) != nil })
        {
            // Nobody typed the day of birth, which the request says.
            record.entries.append(
                RecordEntry(.identity, from: source, [.birthDate: .value(.date(birth))])
            )
        }
        for problem in record.problems(today: today) {
            let place = problem.place.split(separator: ",").first.map { String($0) } ?? ""
            guard let element = problem.element, let (group, row) = places[place],
                problem.allowed != .form(.courseTitle)
            else { continue }
            refuse(
                .elementWrong(
                    element: element,
                    found: problem.found,
                    allowed: AllowedWord(problem.allowed)
                ),
                at: ElementBox.field(element, in: group, row: row)
            )
        }
    }

    /// The groups of the page, with every word that was typed and what is wrong beside it.
    package func groups(showing problems: [FieldProblem]) -> [TypedGroup] {
        ElementGroup.allCases.compactMap { group in
            let count = rows[group] ?? 0
            guard count > 0 else { return nil }
            let typedRows = (1...count).map { row in
                TypedRow(
                    row: row,
                    boxes: group.elements.map { element in
                        let field = ElementBox.field(element, in: group, row: row)
                        return ElementBox(
                            element,
                            in: group,
                            row: row,
                            value: typed(element, group, row),
                            absent: absent(element, group, row),
                            troubles: problems.filter { $0.input == field }.map(\.trouble)
                        )
                    }
                )
            }
            return TypedGroup(
                group,
                rows: typedRows,
                isOpen: fields["more"] == group.rawValue,
                canAdd: group.repeats && canAdd(group)
            )
        }
    }

    /// Groups of which no row is on the page and of which one has room.
    package var others: [Choice<ElementGroup>] {
        Choice.list(
            ElementGroup.allCases.filter { rows[$0] == 0 && canAdd($0) },
            chosen: [ElementGroup]()
        )
    }
}
