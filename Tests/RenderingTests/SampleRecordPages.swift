import Casework
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

extension Samples {
    static let recordPages: [SamplePage] = {
        guard let sheet = try? RecordSheetTests.sheet(.graduation) else { return [] }
        return [
            SamplePage(
                name: "earlier",
                page: EarlierPage(
                    number: number,
                    studentName: "Marisol Reyes Ortega",
                    purposes: [],
                    purpose: EarlierPurpose.placement.rawValue,
                    record: EarlierRecord(
                        uses: Choice.list(RecordUse.allCases, chosen: [.placement]),
                        sheet: sheet,
                        standings: .none,
                        requests: [
                            EarlierRow(
                                number: number,
                                filedOn: day("2026-05-18"),
                                link: .itself,
                                holders: "Cedar East High School",
                                answers: 2,
                                filesOnly: 1
                            ),
                            EarlierRow(
                                number: number,
                                filedOn: day("2025-05-18"),
                                link: .sameStateNumber,
                                holders: "",
                                answers: 0,
                                filesOnly: 0
                            ),
                        ]
                    )
                ),
                door: .requests
            ),
            SamplePage(
                name: "record-sheet",
                page: RecordSheetPage(
                    number: number,
                    studentName: "Marisol Reyes Ortega",
                    birthDate: day("2010-03-27"),
                    uses: Choice.list(RecordUse.allCases, chosen: [.graduation]),
                    sheet: sheet,
                    standings: standings,
                    copies: [
                        CopyLink(kind: .pdf, file: "record.pdf"),
                        CopyLink(kind: .json, file: "record.json"),
                        CopyLink(kind: .pesc, file: "transcript.pesc.xml"),
                        CopyLink(kind: .edFi, file: "transcript.ed-fi.json"),
                    ]
                        + ElementGroup.allCases.map {
                            CopyLink(kind: .csv(group: $0), file: "\($0.rawValue).csv")
                        },
                    lacking: ProblemList([
                        RecordProblem(
                            .paternalSurname,
                            at: "student",
                            found: "",
                            allowed: .form(.lastName)
                        )
                    ]),
                    signature: .checked,
                    wholeness: .partial,
                    sent: [SentBy(holder: "Oak Valley High School", on: day("2026-05-29"))],
                    archives: [SentArchive(bundle: "b1", holder: "Oak Valley High School")],
                    printedOn: day("2026-06-01"),
                    printedBy: "Rosa Delgado",
                    checkHost: "records.ayuda.example"
                ),
                door: .requests
            ),
            SamplePage(
                name: "record-sheet-schema",
                page: RecordSheetPage(
                    number: number,
                    studentName: "Marisol Reyes Ortega",
                    birthDate: day("2010-03-27"),
                    uses: Choice.list(RecordUse.allCases, chosen: [.graduation]),
                    sheet: sheet,
                    copies: [CopyLink(kind: .pesc, file: "transcript.pesc.xml")],
                    schema: SchemaNotice(
                        .differs(
                            (1...30).map { line in
                                SchemaDifference(
                                    line: line,
                                    element: "CourseTitle",
                                    words: "This element is not expected."
                                )
                            }
                        )
                    ),
                    signature: .checked,
                    wholeness: .complete,
                    sent: [SentBy(holder: "Oak Valley High School", on: day("2026-05-29"))],
                    archives: [SentArchive(bundle: "b1", holder: "Oak Valley High School")],
                    printedOn: day("2026-06-01"),
                    printedBy: "Rosa Delgado",
                    checkHost: "records.ayuda.example"
                ),
                door: .requests
            ),
            SamplePage(
                name: "record-sheet-no-schema",
                page: RecordSheetPage(
                    number: number,
                    studentName: "Marisol Reyes Ortega",
                    birthDate: day("2010-03-27"),
                    uses: Choice.list(RecordUse.allCases, chosen: [.graduation]),
                    sheet: sheet,
                    copies: [CopyLink(kind: .pesc, file: "transcript.pesc.xml")],
                    schema: SchemaNotice(.unreadable),
                    certified: [
                        .certifyingOfficial(name: "Ana Treviño", title: "Registrar"),
                        .mailboxHolder(name: "Lee Park", title: ""),
                    ],
                    legends: ["A 90-100 · Official with the seal <b>"],
                    signature: .checked,
                    wholeness: .complete,
                    sent: [SentBy(holder: "Oak Valley High School", on: day("2026-05-29"))],
                    archives: [SentArchive(bundle: "b1", holder: "Oak Valley High School")],
                    printedOn: day("2026-06-01"),
                    printedBy: "Rosa Delgado",
                    checkHost: "records.ayuda.example"
                ),
                door: .requests
            ),
            SamplePage(
                name: "record-sheet-no-paper",
                page: RecordSheetPage(
                    number: number,
                    studentName: "Marisol Reyes Ortega",
                    birthDate: day("2010-03-27"),
                    uses: Choice.list(RecordUse.allCases, chosen: [.graduation]),
                    sheet: sheet,
                    copies: [CopyLink(kind: .pdf, file: "record.pdf")],
                    isPaperMissing: true,
                    signature: .checked,
                    wholeness: .complete,
                    sent: [SentBy(holder: "Oak Valley High School", on: day("2026-05-29"))],
                    archives: [SentArchive(bundle: "b1", holder: "Oak Valley High School")],
                    printedOn: day("2026-06-01"),
                    printedBy: "Rosa Delgado",
                    checkHost: "records.ayuda.example"
                ),
                door: .requests
            ),
        ]
    }()
}
