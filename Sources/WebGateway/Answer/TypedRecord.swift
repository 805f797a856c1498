import Rendering
import StudentRecords
import Vocabulary

/// What a clerk typed in because it stands in no file: dates of immunizations and courses.
struct TypedRecord {
    private(set) var entries: [RecordEntry] = []
    private(set) var problems: [FieldProblem] = []

    /// Rows of courses on the page.
    static let courseRows = 6

    init(_ fields: FormFields, from source: RecordSource) {
        for vaccine in TypedVaccine.allCases {
            readDoses(fields[vaccine.fieldName] ?? "", of: vaccine, from: source)
        }
        for row in 1...Self.courseRows { readCourse(row, fields, from: source) }
    }

    /// Several dates in one box, with anything but a digit, slash or hyphen between them.
    private mutating func readDoses(
        _ text: String,
        of vaccine: TypedVaccine,
        from source: RecordSource
    ) {
        let words = text.unicodeScalars.split {
            $0 == "," || $0 == ";" || $0.properties.isWhitespace
        }
        // More doses than any child has: somebody pasted something else.
        guard words.count <= 40 else {
            problems.append(
                FieldProblem(
                    .doses,
                    .doseUnreadable(found: text.shown()),
                    at: vaccine.fieldName
                )
            )
            return
        }
        for word in words {
            let word = String(String.UnicodeScalarView(word))
            do {
                entries.append(
                    RecordEntry(
                        .immunization,
                        from: source,
                        standard: vaccine.rawValue,
                        [
                            .immunizationDate:
                                .value(try ElementValue.read(word, for: .immunizationDate)),
                            .immunizationType: .value(.text(vaccine.written)),
                        ]
                    )
                )
            } catch {
                problems.append(
                    FieldProblem(
                        .doses,
                        .doseUnreadable(found: word.shown()),
                        at: vaccine.fieldName
                    )
                )
            }
        }
    }

    private mutating func readCourse(
        _ row: Int,
        _ fields: FormFields,
        from source: RecordSource
    ) {
        var entry = RecordEntry(.course, from: source)
        var isTyped = false
        for (name, element) in TypedCourse.elements {
            let text = (fields[TypedCourse.field(row, name)] ?? "").trimmed
            guard !text.isEmpty else { continue }
            isTyped = true
            if name == "subject" {
                guard let area = SubjectArea(rawValue: text) else { continue }
                entry.standard = area.rawValue
                entry.answers[.subjectArea] = .value(.text(area.name))
                continue
            }
            do {
                entry.answers[element] = .value(try ElementValue.read(text, for: element))
            } catch {
                problems.append(
                    FieldProblem(
                        .courses,
                        .courseUnreadable(row: row, found: text.shown()),
                        at: TypedCourse.field(row, name)
                    )
                )
            }
        }
        // All that is wrong with a row is said at once.
        if isTyped, (fields[TypedCourse.field(row, "title")] ?? "").trimmed.isEmpty {
            problems.append(
                FieldProblem(
                    .courses,
                    .courseTitleMissing(row: row),
                    at: TypedCourse.field(row, "title")
                )
            )
        }
        if !entry.answers.isEmpty { entries.append(entry) }
    }

    /// The contradictions of what was typed, as problems of the form.
    mutating func check(birth: CivilDate, today: CivilDate) {
        for entry in entries {
            guard let day = entry.date(.immunizationDate), day < birth || day > today else {
                continue
            }
            problems.append(
                FieldProblem(
                    .doses,
                    .doseImpossible(day: day),
                    at: entry.standard.flatMap(TypedVaccine.init(rawValue:))?.fieldName
                )
            )
        }
    }
}

extension TypedSection {
    /// The section of the page, with every word that was typed and what is wrong beside it.
    init(_ fields: FormFields, problems: [FieldProblem] = []) {
        func troubles(_ input: String) -> [FieldTrouble] {
            problems.filter { $0.input == input }.map(\.trouble)
        }
        let doses = TypedVaccine.allCases.map { vaccine in
            TypedDoses(
                vaccine: vaccine,
                dates: fields[vaccine.fieldName] ?? "",
                troubles: troubles(vaccine.fieldName)
            )
        }
        let courses = (1...TypedRecord.courseRows).map { row in
            func typed(_ name: String) -> String { fields[TypedCourse.field(row, name)] ?? "" }
            func box(_ label: TypedLabel) -> TypedBox {
                let field = TypedCourse.field(row, label.rawValue)
                return TypedBox(
                    field: field,
                    label: label,
                    value: fields[field] ?? "",
                    troubles: troubles(field)
                )
            }
            return TypedCourse(
                row: row,
                title: box(.title),
                boxes: [box(.year), box(.hours), box(.grade), box(.credits)],
                subjects: Choice.list(
                    SubjectArea.allCases,
                    chosen: SubjectArea(rawValue: typed("subject")).map { [$0] } ?? []
                ),
                sections: Choice.list(
                    SectionWord.allCases,
                    chosen: SectionWord(rawValue: typed("section")).map { [$0] } ?? []
                )
            )
        }
        self.init(doses: doses, courses: courses)
    }
}
