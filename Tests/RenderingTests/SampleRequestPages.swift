import Casework
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

extension Samples {
    private static let otherNumber = RequestNumber(bits: 4_711)
    private static let twins = [
        TwinRow(
            number: otherNumber,
            path: "/requests/\(otherNumber)",
            filedBy: "Miguel Ochoa",
            filedOn: day("2026-05-12"),
            holder: "Cedar West High School",
            status: .withTheSchool,
            isChosen: true
        )
    ]

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
                ],
                pager: Pager(
                    total: 1_204,
                    previous: "/requests?show=open&before=1",
                    next: "/requests?show=open&after=2",
                    isByDate: true
                )
            ),
            door: .requests
        ),
        SamplePage(
            name: "requests-found",
            page: RequestsPage(
                tab: .open,
                tabs: RequestsTab.allCases.map {
                    TabLink(tab: $0, count: 3, isCurrent: false)
                },
                rows: [],
                isSearch: true,
                isPart: true,
                form: Form(
                    [.requestSearch: " "],
                    problems: [FieldProblem(.requestSearch, .nameMissing)]
                ),
                pager: Pager(total: 0)
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
                rows: [],
                pager: Pager(total: 0)
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
                law: law(late: 0),
                steps: steps,
                folded: [
                    TrackStep(
                        phase: .past,
                        heading: .mailDelayed(organization: "Cedar East High School"),
                        detail: .mailTriedAgain,
                        at: time("2026-05-18", 9, 20)
                    )
                ],
                questions: questions,
                holderPhone: "(555) 555-0101",
                holderPhoneOf: "Cedar East High School",
                canReadRecords: true,
                standings: standings,
                actions: TrackerAction.allCases,
                isFollower: true,
                task: SchoolTask(
                    kind: .outsideUnitedStates,
                    told: "Secundaria 12 in Oaxaca, until June",
                    stateName: "Washington",
                    person: "Samuel Etienne",
                    phone: "(555) 555-0109"
                ),
                twins: twins
            ),
            door: .requests
        ),
        SamplePage(
            name: "tracker-merged",
            page: TrackerPage(
                number: number,
                studentName: "Marisol Reyes Ortega",
                holder: "",
                status: .closed,
                due: .none,
                next: .closed,
                steps: steps,
                actions: [.reopen],
                task: SchoolTask(kind: .unknown, told: "", stateName: "Texas"),
                mergedInto: otherNumber
            ),
            door: .requests
        ),
        SamplePage(
            name: "request-merge",
            page: MergePage(
                number: number,
                student: "Marisol Reyes Ortega",
                backPath: "/requests/\(number)",
                choices: twins,
                others: [
                    TwinRow(
                        number: otherNumber,
                        path: "/requests/\(otherNumber)",
                        filedBy: "Rosa Delgado",
                        filedOn: day("2026-05-11"),
                        holder: "",
                        status: .recordsReady,
                        obstacle: .hasRecords,
                        mergePath: "/requests/\(otherNumber)/merge"
                    )
                ],
                form: Form(problems: [FieldProblem(.number, .requestMissing)])
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
                        wholeness: .partial,
                        isFirstAnswer: true,
                        note: "Grades follow.",
                        parts: parts,
                        files: files,
                        sealedSize: ByteCount(1_950_000),
                        sealedDigest: digest,
                        pushedTo: "Oak Valley High School",
                        outcomes: [outcome()]
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
                        wholeness: .complete,
                        isWithdrawn: true,
                        isRecalled: true,
                        parts: parts,
                        files: []
                    ),
                    BundleView(
                        bundle: "b3",
                        sequence: 3,
                        holder: "Cedar East High School",
                        answeredAt: time("2026-05-22", 10, 1),
                        certification: .mailboxHolder(name: "Ana Treviño", title: ""),
                        signature: .checked,
                        wholeness: .complete,
                        isWithdrawn: true,
                        isReplaced: true,
                        parts: parts,
                        files: []
                    ),
                ],
                canAccept: true,
                canReject: true,
                missing: [.assessment, .specialEducation],
                acceptance: AcceptancePanel(
                    state: "Washington",
                    rule: StateRule.Acceptance(
                        certifier: "The registrar of the sending school",
                        electronic: [.enrollment, .placement],
                        handCarried: [],
                        note: "Credits once a certified record is here.",
                        citation: "No law: made up",
                        isVerified: false,
                        isMadeUp: true
                    )
                )
            ),
            door: .requests
        ),
        SamplePage(
            name: "earlier-purpose",
            page: EarlierPage(
                number: number,
                studentName: "Marisol Reyes Ortega",
                purposes: Choice.list(EarlierPurpose.allCases, chosen: []),
                form: Form(problems: [FieldProblem(.earlierPurpose, .earlierPurposeMissing)])
            ),
            door: .requests
        ),
        SamplePage(
            name: "outcome",
            page: OutcomePage(
                number: number,
                bundle: "b1",
                studentName: "Marisol Reyes Ortega",
                holder: "Cedar East High School",
                choices: Choice.list(
                    [.asSent, .except, .byCourse, .none, .undecided],
                    chosen: [.except]
                ),
                reasons: Choice.list(CreditLine.Reason.allCases, chosen: []),
                groups: judged,
                latest: [outcome(1)],
                earlier: [outcome(0)],
                form: Form(
                    [.enrolledMonth: "5", .creditNote: "See the syllabus."],
                    problems: [
                        FieldProblem(
                            .acceptedCredits,
                            .moreThanSent(course: "Algebra I"),
                            at: "accepted-1"
                        ),
                        FieldProblem(.enrolledOn, .enrolledImpossible),
                        FieldProblem(.placedOn, .placedInFuture),
                    ]
                )
            ),
            door: .requests
        ),
        SamplePage(
            name: "outcome-files",
            page: OutcomePage(
                number: number,
                bundle: "b1",
                studentName: "Marisol Reyes Ortega",
                holder: "Cedar East High School",
                choices: Choice.list([.asSent, .partly, .none, .undecided], chosen: []),
                reasons: Choice.list(CreditLine.Reason.allCases, chosen: [.proofMissing]),
                groups: [],
                hasTooMany: true,
                takesTotal: true,
                form: Form(
                    [.acceptedCredits: "two"],
                    problems: [
                        FieldProblem(.creditChoice, .creditChoiceMissing),
                        FieldProblem(.creditReason, .creditReasonMissing),
                        FieldProblem(.acceptedCredits, .creditsUnreadable),
                    ]
                )
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
                ],
                receipts: [
                    ReceiptRow(
                        at: time("2026-05-20", 10, 2),
                        recipient: "Oak Valley High School",
                        holder: "Cedar East High School",
                        way: .web,
                        word: .partly,
                        parts: [
                            OpenedPart(
                                part: .transcript,
                                opened: .partly,
                                ways: [.shown, .downloaded]
                            ),
                            OpenedPart(part: .immunization, opened: .nothingSent),
                        ],
                        path: "/requests/\(number)/receipts/01J0000000000000000000000A"
                    ),
                    ReceiptRow(
                        at: time("2026-05-20", 10, 3),
                        recipient: "Oak Valley High School",
                        holder: "Cedar East High School",
                        way: .sftpPickup,
                        word: .handedOver,
                        parts: [OpenedPart(part: .transcript, opened: .unknown)],
                        path: ""
                    ),
                ]
            ),
            door: .requests
        ),
    ]
}
