import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

extension Samples {
    private static let headings: [RecordPart: SheetTitle] = [
        .enrollment: .enroll, .transcript: .place,
    ]

    static let answerPages: [SamplePage] = [
        SamplePage(
            name: "link",
            page: LinkPage(
                path: "/r/token",
                number: number,
                holder: "Cedar East High School",
                requester: "Oak Valley High School",
                requesterPlace: "Yakima, Washington",
                requesterPhone: "(555) 555-0105",
                askedBy: "Rosa Delgado",
                askedByTitle: "registrar",
                startDate: day("2026-05-11"),
                answerBy: day("2026-06-01"),
                law: law(late: 0),
                form: Form(problems: [FieldProblem(.linkCode, .linkCodeWrong(left: 4))])
            ),
            signedIn: false
        ),
        SamplePage(
            name: "link-dead",
            page: DeadLinkPage(
                path: "/r/token",
                obstacle: .expired,
                number: number,
                status: .withTheSchool,
                canSendNew: true
            ),
            signedIn: false
        ),
        SamplePage(
            name: "link-dead-judged",
            page: DeadLinkPage(
                path: "/r/token",
                obstacle: .closed,
                number: number,
                credits: [.partly, .accepted]
            ),
            signedIn: false
        ),
        SamplePage(name: "link-new", page: NewLinkSentPage(number: number), signedIn: false),
        SamplePage(
            name: "not-me",
            page: NotMePage(
                path: "/r/token/not-me",
                backPath: "/r/token",
                holder: "Cedar East High School",
                number: number,
                form: Form([.email: "ana"], problems: [FieldProblem(.email, .emailMalformed)])
            ),
            signedIn: false
        ),
        SamplePage(
            name: "answer",
            page: AnswerPage(
                base: "/r/token",
                number: number,
                student: AnswerStudent(
                    name: "Marisol Reyes Ortega",
                    birthDate: day("2010-03-27"),
                    grade: .tenth,
                    number: "4417720193",
                    lastEnrolled: day("2026-05-01")
                ),
                holder: "Cedar East High School",
                requester: "Oak Valley High School",
                answerBy: day("2026-06-01"),
                law: .until(day: day("2026-06-05")),
                hasMailed: true,
                message: "She was in band.",
                parts: RecordUse.placement.parts.map {
                    PartQuestion(
                        part: $0,
                        heading: headings[$0],
                        choices: Choice.list(PartAnswer.allCases, chosen: []),
                        earlier: $0 == .immunization ? .toFollow : nil,
                        troubles: $0 == .transcript ? [.partNotSaid(part: $0)] : []
                    )
                },
                others: [
                    PartQuestion(
                        part: .attendance,
                        choices: Choice.list(
                            PartAnswer.allCases.filter { $0 != .colleague },
                            chosen: [.inFiles]
                        )
                    )
                ],
                earlier: files,
                corrigible: [
                    CorrigibleRow(bundle: "b1", answeredAt: time("2026-05-20", 10, 1), files: 2)
                ],
                fileLimit: ByteCount(1_000_000_000),
                complete: Choice.list(CompleteWord.allCases, chosen: []),
                reasons: Choice.list(WithholdingWord.allCases, chosen: [.fees]),
                canCertify: true,
                isCertifying: true,
                actsFor: "Cedar East High School",
                cancelAsked: true,
                typed: typed,
                colleagueEndings: "@cedar-east.example",
                form: Form(
                    [.name: "Ana Treviño"],
                    problems: [
                        FieldProblem(.doses, .doseUnreadable(found: "4/2/12"), at: "dose-03"),
                        FieldProblem(
                            .courses,
                            .courseUnreadable(row: 1, found: "sixty"),
                            at: "course-1-hours"
                        ),
                        FieldProblem(
                            .parts,
                            .partNotSaid(part: .transcript),
                            at: "part-transcript"
                        ),
                        FieldProblem(.files, .fileTypeNotAllowed(file: "setup.exe")),
                        FieldProblem(.files, .fileLettersNotKnown(file: "grades.csv")),
                        FieldProblem(.files, .fileEmpty(file: "scan.pdf")),
                        FieldProblem(.complete, .completeMissing),
                        FieldProblem(.parts, .partsMissing),
                    ]
                )
            ),
            signedIn: false
        ),
        SamplePage(
            name: "answer-first",
            page: AnswerPage(
                base: "/r/token",
                number: number,
                student: AnswerStudent(
                    name: "Marisol Reyes Ortega",
                    birthDate: day("2010-03-27"),
                    grade: .tenth
                ),
                holder: "Cedar East High School",
                requester: "Oak Valley High School",
                answerBy: day("2026-06-01"),
                parts: RecordUse.enrollment.parts.map {
                    PartQuestion(
                        part: $0,
                        choices: Choice.list(PartAnswer.allCases, chosen: [.inFiles])
                    )
                },
                fileLimit: ByteCount(1_000_000_000),
                complete: Choice.list(CompleteWord.allCases, chosen: []),
                reasons: Choice.list(WithholdingWord.allCases, chosen: []),
                look: AnswerLook(
                    Completeness(
                        of: MergedRecord([]),
                        for: .placement,
                        statements: [.transcript: .toFollow, .partialCredit: .withheld]
                    ),
                    phase: .third,
                    hadFiles: true
                ),
                form: Form(problems: [FieldProblem(.reason, .reasonMissing)])
            ),
            signedIn: false
        ),
        SamplePage(
            name: "answer in part",
            page: AnswerPage(
                base: "/r/token",
                number: number,
                student: AnswerStudent(
                    name: "Marisol Reyes Ortega",
                    birthDate: day("2010-03-27"),
                    grade: .tenth
                ),
                holder: "Cedar East High School",
                requester: "Oak Valley High School",
                answerBy: day("2026-06-01"),
                parts: [
                    PartQuestion(
                        part: .immunization,
                        choices: Choice.list(
                            PartAnswer.allCases.filter { $0 != .colleague },
                            chosen: []
                        )
                    )
                ],
                fileLimit: ByteCount(1_000_000_000),
                complete: [],
                isInPart: true
            ),
            signedIn: false
        ),
        SamplePage(
            name: "receipt",
            page: ReceiptPage(
                base: "/r/token",
                number: number,
                receipt: "4K2P-9TZ1",
                requester: "Oak Valley High School",
                receivedAt: time("2026-05-20", 10, 1),
                name: "Ana Treviño",
                title: "Registrar",
                files: files,
                held: files,
                parts: parts,
                notYetHeld: [.transcript],
                lacking: [.assessment],
                lacks: PartLacks.all(
                    of: Completeness(
                        of: MergedRecord([
                            StudentRecord([
                                RecordEntry(
                                    .course,
                                    from: RecordSource(name: "", date: day("2026-05-20")),
                                    [.courseTitle: .value(.text("Algebra I"))]
                                )
                            ])
                        ]),
                        for: .graduation
                    )
                ),
                problems: problemList,
                outcomes: [outcome()],
                isComplete: false,
                canSendMore: true,
                readers: "Oak Valley High School: registrar, counselors"
            ),
            signedIn: false
        ),
        SamplePage(
            name: "answer-none",
            page: NoRecordsPage(
                base: "/r/token",
                number: number,
                studentName: "Marisol Reyes Ortega",
                reasons: Choice.list(ReasonCode.forRefusing, chosen: []),
                others: Choice.list(ReasonCode.forRefusingSeldom, chosen: []),
                concealed: Choice.list(ReasonCode.forRefusingConcealed, chosen: []),
                keepers: Choice.list(Keeper.allCases, chosen: []),
                form: Form(problems: [FieldProblem(.reason, .reasonMissing)])
            ),
            signedIn: false
        ),
        SamplePage(
            name: "answer-none-rest",
            page: NoRecordsPage(
                base: "/r/token",
                number: number,
                studentName: "Marisol Reyes Ortega",
                reasons: Choice.list(ReasonCode.forRest, chosen: [.feesOwed]),
                isRest: true
            ),
            signedIn: false
        ),
        SamplePage(
            name: "answer-moved",
            page: MovedOnPage(
                base: "/r/token",
                number: number,
                studentName: "Marisol Reyes Ortega",
                search: search,
                form: Form(problems: [FieldProblem(.school, .schoolUnknown)])
            ),
            signedIn: false
        ),
        SamplePage(
            name: "answer-later",
            page: MoreTimePage(
                base: "/r/token",
                number: number,
                studentName: "Marisol Reyes Ortega",
                latest: day("2026-06-08"),
                waits: Choice.list(HoldCondition.Code.allCases, chosen: [.afterGradesPosted]),
                form: Form(
                    [.promiseMonth: "9"],
                    problems: [
                        FieldProblem(.promise, .promiseTooFar(latest: day("2026-06-08")))
                    ]
                )
            ),
            signedIn: false
        ),
        SamplePage(
            name: "answer-question",
            page: AskBackPage(
                base: "/r/token",
                number: number,
                studentName: "Marisol Reyes Ortega",
                requester: "Oak Valley High School"
            ),
            signedIn: false
        ),
        SamplePage(
            name: "answer-paper",
            page: PaperPage(
                base: "/r/token",
                number: number,
                studentName: "José Luis Escamilla Muñoz",
                form: Form(
                    [.mailedMonth: "13"],
                    problems: [FieldProblem(.mailed, .mailedImpossible)]
                )
            ),
            signedIn: false
        ),
        SamplePage(
            name: "answer-away",
            page: AwayPage(
                base: "/r/token",
                number: number,
                holder: "Cedar East High School",
                form: Form(
                    problems: [FieldProblem(.back, .dayTooFar(latest: day("2026-09-15")))]
                )
            ),
            signedIn: false
        ),
        SamplePage(
            name: "cover-sheet",
            page: CoverSheetPage(
                base: "/r/token",
                number: number,
                barcode: Barcode(number.description),
                holder: "Cedar East High School",
                holderPlace: "Cedar, Texas",
                holderPhone: "(956) 555-0100",
                requester: "Oak Valley High School",
                requesterPlace: "Oak Valley, Washington",
                requesterPhone: "",
                attention: "Sam Hill"
            ),
            signedIn: false
        ),
        SamplePage(
            name: "answer-done",
            page: AnswerDonePage(
                base: "/r/token",
                number: number,
                outcome: .promised(day: day("2026-06-08")),
                canAnswerStill: true,
                coverPath: "/r/token/cover"
            ),
            signedIn: false
        ),
        SamplePage(
            name: "answers",
            page: InboxPage(
                organizations: "Cedar East High School",
                rows: [
                    InboxRow(
                        inquiry: "i1",
                        number: number,
                        student: "M. R. O.",
                        grade: .tenth,
                        requester: "Oak Valley High School",
                        requesterPlace: "Yakima, Washington",
                        askedOn: day("2026-05-18"),
                        answerBy: day("2026-06-01"),
                        due: .dueIn(days: 1),
                        level: .reminded,
                        isUrgent: true,
                        law: .over(days: 2)
                    )
                ],
                pager: Pager(total: 51, next: "/answers?after=2"),
                searchForm: Form([.searchName: "oak"]),
                isUrgentOnly: true,
                widePath: "/answers",
                sent: [
                    SentOutcomeRow(
                        inquiry: "i1",
                        number: number,
                        requester: "Oak Valley High School",
                        on: time("2026-05-21", 10, 1),
                        verdict: .partly,
                        sentTotal: "2.50",
                        acceptedTotal: "2.00",
                        enrolledOn: day("2026-05-18"),
                        placedOn: nil
                    )
                ]
            ),
            door: .answers
        ),
    ]
}
