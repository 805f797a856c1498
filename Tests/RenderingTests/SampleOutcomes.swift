import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

extension Samples {
    static func outcome(_ index: Int = 0) -> OutcomeView {
        OutcomeView(
            CreditOutcome(
                id: Identifier(rawValue: 1),
                request: Identifier(rawValue: 2),
                bundle: Identifier(rawValue: 3),
                holder: .gateway,
                number: index + 1,
                at: Instant(millisecondsSince1970: 0),
                person: "Rosa Delgado",
                enrolledOn: day("2026-05-18"),
                placedOn: day("2026-05-20"),
                lines: [
                    CreditLine(
                        course: "Algebra I",
                        detail: "2024 · A",
                        sent: Hundredths(50),
                        accepted: Hundredths(25),
                        reason: .tooFewHours,
                        note: "30 hours"
                    ),
                    CreditLine(whole: nil),
                ]
            ),
            index: index,
            requester: "Oak Valley High School",
            askedOn: day("2026-05-18"),
            at: time("2026-05-21", 10, 1)
        )
    }

    private static func reasons(
        _ chosen: [CreditLine.Reason] = []
    ) -> [Choice<CreditLine.Reason>] {
        Choice.list(CreditLine.Reason.allCases, chosen: chosen)
    }

    /// One group with something typed and wrong, and one that is folded away.
    static let judged = [
        OutcomeGroup(
            title: "Cedar East High School · 2024",
            credits: "0.50",
            courses: [
                OutcomeCourse(
                    index: 1,
                    title: "Algebra I",
                    detail: "2024 · A",
                    sent: "0.50",
                    accepted: "0.75",
                    reasons: reasons([.tooFewHours]),
                    said: "Honors",
                    troubles: [.moreThanSent(course: "Algebra I")]
                ),
                OutcomeCourse(
                    index: 2,
                    title: "Chemistry",
                    detail: "",
                    sent: "",
                    reasons: reasons([.gradeTooLow]),
                    troubles: [.courseCreditsMissing(course: "Chemistry")]
                ),
            ],
            isShort: false
        ),
        OutcomeGroup(
            title: "Pecan High School · 2023",
            credits: "1.00",
            courses: [
                OutcomeCourse(
                    index: 3,
                    title: "Biology",
                    detail: "2023",
                    sent: "1.00",
                    reasons: reasons()
                )
            ],
            isShort: false
        ),
    ]
}
