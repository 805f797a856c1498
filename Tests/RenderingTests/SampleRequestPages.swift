import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

extension Samples {
    static let requestPages: [SamplePage] = [
        SamplePage(
            name: "requests",
            page: RequestsPage(
                tab: .open,
                tabs: RequestsTab.allCases.map {
                    TabLink(tab: $0, count: 3, isCurrent: $0 == .open)
                },
                rows: [
                    RequestRow(
                        number: number,
                        studentName: "Marisol Reyes Ortega",
                        holder: "Cedar East High School, Texas",
                        filedOn: day("2026-05-18"),
                        status: .withTheSchool,
                        due: .dueIn(days: 3),
                        next: .weRemind(
                            holder: "Cedar East High School",
                            day: day("2026-05-20")
                        )
                    ),
                    RequestRow(
                        number: number,
                        studentName: "Jorge Luna",
                        holder: "Mangrove High School, Florida",
                        filedOn: day("2026-05-01"),
                        status: .questionForYou,
                        due: .overdue(days: 1),
                        next: .answerQuestion(holder: "Mangrove High School")
                    ),
                ],
                drafts: [
                    DraftRow(id: "d1", studentName: "", changedAt: time("2026-05-17", 15, 4))
                ]
            ),
            door: .requests
        ),
        SamplePage(
            name: "requests-none",
            page: RequestsPage(
                tab: .ready,
                tabs: RequestsTab.allCases.map {
                    TabLink(tab: $0, count: 0, isCurrent: $0 == .ready)
                },
                rows: []
            ),
            door: .requests
        ),
        SamplePage(
            name: "tracker",
            page: TrackerPage(
                number: number,
                studentName: "Marisol Reyes Ortega",
                holder: "Cedar East High School",
                status: .questionForYou,
                due: .dueToday,
                next: .answerQuestion(holder: "Cedar East High School"),
                steps: steps,
                folded: [
                    TrackStep(
                        phase: .past,
                        heading: .mailDelayed(organization: "Cedar East High School"),
                        detail: .mailTriedAgain,
                        at: time("2026-05-18", 9, 20)
                    )
                ],
                question: "Is she also called Mary?",
                holderPhone: "(555) 555-0101",
                holderPhoneOf: "Cedar East High School",
                canReadRecords: true,
                standings: standings,
                actions: TrackerAction.allCases,
                isFollower: true
            ),
            door: .requests
        ),
        SamplePage(
            name: "records",
            page: RecordsPage(
                number: number,
                studentName: "Marisol Reyes Ortega",
                bundles: [
                    BundleView(
                        bundle: "b1",
                        sequence: 1,
                        holder: "Cedar East High School",
                        answeredAt: time("2026-05-20", 10, 1),
                        certification: .mailboxHolder(name: "Ana Treviño", title: "Registrar"),
                        signature: .checked,
                        isComplete: false,
                        isFirstAnswer: true,
                        note: "Grades follow.",
                        parts: parts,
                        files: files,
                        sealedSize: ByteCount(1_950_000),
                        sealedDigest: digest,
                        pushedTo: "Oak Valley High School"
                    ),
                    BundleView(
                        bundle: "b2",
                        sequence: 2,
                        holder: "Cedar East High School",
                        answeredAt: time("2026-05-21", 10, 1),
                        certification: .certifyingOfficial(
                            name: "Ana Treviño",
                            title: "Registrar"
                        ),
                        signature: .notYet,
                        isComplete: true,
                        isWithdrawn: true,
                        parts: parts,
                        files: []
                    ),
                ],
                canAccept: true,
                canReject: true,
                missing: [.assessment, .specialEducation]
            ),
            door: .requests
        ),
        SamplePage(
            name: "reject",
            page: RejectPage(
                number: number,
                studentName: "Marisol Reyes Ortega",
                reasons: Choice.list(ReasonCode.all(in: .notAcceptable), chosen: []),
                form: Form(problems: [FieldProblem(.reason, .reasonMissing)])
            ),
            door: .requests
        ),
        SamplePage(
            name: "cancel",
            page: CancelPage(
                number: number,
                studentName: "Marisol Reyes Ortega",
                holderHasBegun: true,
                reasons: Choice.list(ReasonCode.all(in: .cancellation), chosen: [])
            ),
            door: .requests
        ),
        SamplePage(
            name: "add-location",
            page: AddLocationPage(
                path: "/requests/\(number)/location",
                backPath: "/requests/\(number)",
                number: number,
                search: search,
                named: SchoolHit(
                    id: "480000000001",
                    name: "Pine School",
                    place: "Weslaco, Texas",
                    district: "Pine Valley"
                ),
                askedNow: "Cedar East High School",
                canReplace: true,
                form: Form(problems: [FieldProblem(.school, .schoolUnknown)])
            ),
            door: .requests
        ),
        SamplePage(
            name: "disclosures",
            page: DisclosuresPage(
                number: number,
                studentName: "Marisol Reyes Ortega",
                rows: [
                    DisclosureRow(
                        at: time("2026-05-20", 10, 1),
                        holder: "Cedar East High School",
                        recipient: "Oak Valley High School",
                        person: "Rosa Delgado",
                        way: .web,
                        parts: [.enrollment, .transcript],
                        uses: [.enrollment, .placement],
                        basis: .enrollment,
                        extent: "transcript.pdf"
                    )
                ]
            ),
            door: .requests
        ),
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
                message: "She was in band.",
                parts: RecordUse.placement.parts.map {
                    PartQuestion(
                        part: $0,
                        choices: Choice.list(PartAnswer.allCases, chosen: []),
                        earlier: $0 == .immunization ? .toFollow : nil,
                        troubles: $0 == .transcript ? [.partNotSaid(part: $0)] : []
                    )
                },
                others: [
                    PartQuestion(
                        part: .attendance,
                        choices: Choice.list(PartAnswer.allCases, chosen: [.inFiles])
                    )
                ],
                earlier: files,
                fileLimit: ByteCount(1_000_000_000),
                complete: Choice.list(CompleteWord.allCases, chosen: []),
                canCertify: true,
                isCertifying: true,
                actsFor: "Cedar East High School",
                cancelAsked: true,
                typed: typed,
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
                complete: Choice.list(CompleteWord.allCases, chosen: [])
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
                parts: parts,
                lacking: [.assessment],
                problems: problemList,
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
                reasons: Choice.list(
                    [.neverEnrolled, .cannotIdentify, .destroyedUnderSchedule, .paperOnly],
                    chosen: []
                ),
                form: Form(problems: [FieldProblem(.reason, .reasonMissing)])
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
            name: "answer-done",
            page: AnswerDonePage(
                base: "/r/token",
                number: number,
                outcome: .promised(day: day("2026-06-08")),
                canAnswerStill: true
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
                        isUrgent: true
                    )
                ]
            ),
            door: .answers
        ),
    ]
}
