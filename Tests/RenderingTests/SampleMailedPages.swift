import Casework
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

extension Samples {
    static let mailedPages: [SamplePage] = [
        SamplePage(
            name: "answer-mailed",
            page: MailedPage(
                base: "/r/token",
                number: number,
                student: AnswerStudent(
                    name: "Marisol Reyes Ortega",
                    birthDate: day("2010-03-27"),
                    grade: .tenth
                ),
                holder: "Cedar East High School",
                requester: "Oak Valley High School",
                files: ["Reyes Ortega.pdf", "fax.tif"].enumerated().map { number, name in
                    MailedPage.MailedRow(
                        id: "file\(number)",
                        name: name,
                        size: ByteCount(1_200_000),
                        cameAt: time("2026-05-19", 9, 12),
                        isChosen: number == 0
                    )
                },
                refused: MailedFiles.Refusal.allCases.map {
                    MailedPage.RefusedRow(name: "setup.exe", reason: $0)
                },
                parts: RecordUse.placement.parts.map {
                    PartQuestion(
                        part: $0,
                        choices: Choice.list(PartAnswer.allCases, chosen: [])
                    )
                },
                complete: Choice.list(CompleteWord.allCases, chosen: []),
                reasons: Choice.list(WithholdingWord.allCases, chosen: []),
                form: Form(
                    [.name: "Ana Treviño"],
                    problems: [
                        FieldProblem(.files, .mailedFilesMissing),
                        FieldProblem(.complete, .completeMissing),
                    ]
                )
            ),
            signedIn: false
        ),
        SamplePage(
            name: "answer-mailed-none",
            page: MailedPage(
                base: "/r/token",
                number: number,
                student: AnswerStudent(
                    name: "Marisol Reyes Ortega",
                    birthDate: day("2010-03-27"),
                    grade: nil
                ),
                holder: "Cedar East High School",
                requester: "Oak Valley High School",
                files: []
            ),
            signedIn: false
        ),
    ]
}
