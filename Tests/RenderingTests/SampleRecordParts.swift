import Rendering
import StudentRecords

extension Samples {
    /// A typed section with one wrong date, one wrong number and one course that is sound.
    static let typed = TypedSection(
        doses: TypedVaccine.allCases.map { vaccine in
            TypedDoses(
                vaccine: vaccine,
                dates: vaccine == .mmr ? "4/2/2011, 4/2/12" : "",
                troubles: vaccine == .mmr ? [.doseUnreadable(found: "4/2/12")] : []
            )
        },
        courses: (1...3).map { row in
            func box(_ label: TypedLabel, _ value: String = "") -> TypedBox {
                let isWrong = label == .hours && row == 1
                return TypedBox(
                    field: TypedCourse.field(row, label.rawValue),
                    label: label,
                    value: value,
                    troubles: isWrong ? [.courseUnreadable(row: 1, found: "sixty")] : []
                )
            }
            return TypedCourse(
                row: row,
                title: box(.title, row == 3 ? "" : "Algebra \(row)"),
                boxes: [box(.year), box(.hours, row == 1 ? "sixty" : ""), box(.credits)],
                subjects: Choice.list(SubjectArea.allCases, chosen: [.mathematics]),
                sections: Choice.list(SectionWord.allCases, chosen: [])
            )
        }
    )

    /// One problem of each kind of sentence.
    static let problemList = ProblemList(
        [
            .date, .month, .year, .flag, .stateCode, .zip, .phone, .amount, .percentage,
            .shortText, .schoolNumber, .once, .element, .oneOf(["01 Female", "02 Male"]),
            .between(day("2010-03-27"), day("2026-06-01")), .between(day("2010-03-27"), nil),
            .between(nil, day("2026-06-01")), .form(.noDocumentType),
        ]
        .enumerated().map { number, allowed in
            RecordProblem(
                number.isMultiple(of: 2) ? .creditsGranted : nil,
                at: "courses.csv, row \(number + 2)",
                found: "one",
                allowed: allowed
            )
        },
        unlisted: 7
    )

    static let standings = PartStandings(
        Completeness(
            of: MergedRecord([]),
            for: .graduation,
            statements: [
                .enrollment: .sent, .immunization: .noneOnFile, .transcript: .toFollow,
                .partialCredit: .withheld,
            ]
        ),
        for: .graduation,
        isRecordOpen: false
    )
}
