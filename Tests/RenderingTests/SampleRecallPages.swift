import RecordExchange
import Rendering
import Vocabulary

extension Samples {
    /// A bundle of another student: before, after, and as its sender sees it.
    static let recallPages: [SamplePage] = [
        SamplePage(
            name: "recall",
            page: RecallPage(
                path: "/requests/\(number)/bundles/01J0000000000000000000000A",
                backPath: "/requests/\(number)",
                number: number,
                sequence: 1,
                holder: "Cedar East High School",
                requester: "Oak Valley High School",
                answeredAt: time("2026-05-20", 10, 1),
                rows: [],
                canRecall: true,
                form: Form(problems: [FieldProblem(.note, .tooLong(limit: 2_000))])
            ),
            door: .requests
        ),
        SamplePage(
            name: "recalled",
            page: RecallPage(
                path: "/requests/\(number)/bundles/01J0000000000000000000000A",
                backPath: "/requests/\(number)",
                number: number,
                sequence: 1,
                holder: "Cedar East High School",
                requester: "Oak Valley High School",
                answeredAt: time("2026-05-20", 10, 1),
                recall: RecallSaid(
                    at: time("2026-05-21", 9, 5),
                    side: .holder,
                    person: "Ana Treviño",
                    note: "Two girls of that name."
                ),
                rows: [
                    OpeningRow(
                        firstAt: time("2026-05-20", 10, 2),
                        lastAt: time("2026-05-20", 16, 40),
                        person: "Rosa Delgado",
                        recipient: "Oak Valley High School",
                        way: .web,
                        taken: [.everything, .file(kind: "PDF"), .copy],
                        destroyed: .said(person: "Rosa Delgado", day: day("2026-05-21"))
                    ),
                    OpeningRow(
                        firstAt: time("2026-05-20", 10, 3),
                        person: "",
                        recipient: "Oak Valley High School",
                        way: .sftpPush,
                        taken: [.sealed],
                        destroyed: .notYet
                    ),
                    OpeningRow(
                        firstAt: time("2026-05-21", 8, 0),
                        person: "Lena Park",
                        recipient: "Pine School",
                        way: .web,
                        taken: [.familyCopy],
                        destroyed: .elsewhere
                    ),
                ],
                open: 1,
                canConfirm: true,
                canConfirmForSchool: true
            ),
            door: .requests
        ),
        SamplePage(
            name: "recall-answer",
            page: RecallAnswerPage(
                base: "/answer/01J0000000000000000000000B",
                number: number,
                requester: "Oak Valley High School",
                rows: [
                    SentRow(
                        bundle: "01J0000000000000000000000A",
                        answeredAt: time("2026-05-20", 10, 1),
                        files: 2,
                        openings: 3,
                        isRecalled: true,
                        path: "/requests/\(number)/bundles/01J0000000000000000000000A/recall"
                    ),
                    SentRow(
                        bundle: "01J0000000000000000000000C",
                        answeredAt: time("2026-05-21", 10, 1),
                        files: 1,
                        openings: 1,
                        isRecalled: false,
                        isFirst: true
                    ),
                    SentRow(
                        bundle: "01J0000000000000000000000D",
                        answeredAt: time("2026-05-22", 10, 1),
                        files: 1,
                        openings: 0,
                        isRecalled: false
                    ),
                ],
                canRecall: true,
                form: Form(problems: [FieldProblem(.recalled, .recalledMissing)])
            )
        ),
        SamplePage(
            name: "correct-answer",
            page: CorrectAnswerPage(
                base: "/answer/01J0000000000000000000000B",
                number: number,
                requester: "Oak Valley High School",
                rows: [
                    CorrigibleRow(
                        bundle: "01J0000000000000000000000C",
                        answeredAt: time("2026-05-21", 10, 1),
                        files: 1
                    ),
                    CorrigibleRow(
                        bundle: "01J0000000000000000000000D",
                        answeredAt: time("2026-05-22", 10, 1),
                        files: 2
                    ),
                ],
                fileLimit: ByteCount(100_000_000),
                form: Form(problems: [
                    FieldProblem(.corrected, .recalledMissing),
                    FieldProblem(.files, .correctionMissing),
                ])
            )
        ),
        SamplePage(
            name: "correct-answer-nothing",
            page: CorrectAnswerPage(
                base: "/answer/01J0000000000000000000000B",
                number: number,
                requester: "Oak Valley High School",
                rows: [],
                fileLimit: ByteCount(100_000_000)
            )
        ),
        SamplePage(
            name: "correct-done",
            page: CorrectionDonePage(
                number: number,
                receipt: "01J0000000",
                outcome: .corrected(requester: "Oak Valley High School"),
                problems: problemList
            )
        ),
        SamplePage(
            name: "correct-done-held",
            page: CorrectionDonePage(
                number: number,
                receipt: "01J0000000",
                outcome: .corrected(requester: "Oak Valley High School"),
                held: 2
            )
        ),
    ]
}
