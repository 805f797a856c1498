import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

extension Samples {
    static let queuePeople: [Choice<PersonWord>] = [
        Choice(value: "me", words: .reader(name: "Patricia Holloway"), isChosen: true),
        Choice(value: "nobody", words: .nobody, isChosen: false),
        Choice(value: "s1", words: .other(name: "Marta Coleman"), isChosen: false),
    ]

    static let statePages: [SamplePage] = [
        SamplePage(
            name: "queue",
            page: QueuePage(
                stateName: "Texas",
                today: day("2026-07-07"),
                view: .mine,
                views: QueueView.allCases.map {
                    QueueTab(
                        view: $0,
                        count: 4,
                        path: "/queue?view=\($0.rawValue)",
                        isCurrent: $0 == .mine
                    )
                },
                groups: [
                    QueueGroup(
                        index: 1,
                        school: "Cedar East High School",
                        district: "Cedar ISD",
                        phone: "(555) 555-0101",
                        contactsPath: "/contacts/school:480000100001",
                        closedUntil: day("2026-08-17"),
                        rows: [
                            QueueRow(
                                path: "/queue/i1",
                                inquiry: "i1",
                                number: number,
                                student: "M. R. O.",
                                grade: .tenth,
                                askedBy: "Oak Valley High School, Washington",
                                age: age,
                                status: .withTheSchool,
                                why: .closedUntil(day: day("2026-08-17")),
                                next: .stateHasIt(state: "Texas"),
                                isUrgent: true,
                                law: .over(days: 2),
                                who: .other(name: "Marta Coleman"),
                                phone: "(555) 555-0101"
                            ),
                            QueueRow(
                                path: "/queue/i2",
                                inquiry: "i2",
                                number: number,
                                student: "J. L.",
                                grade: nil,
                                askedBy: "Mangrove High School, Florida",
                                age: AgeBar(days: 1, width: 5, tick: 50, tone: .ok),
                                status: .withTheSchool,
                                why: .mailBounced,
                                next: .capOn(state: "Texas", day: day("2026-07-27")),
                                isUrgent: false,
                                law: .until(day: day("2026-06-02"))
                            ),
                        ]
                    ),
                    QueueGroup(
                        index: 2,
                        school: "",
                        district: "",
                        phone: "",
                        closedUntil: nil,
                        rows: [
                            QueueRow(
                                path: "/queue/requests/\(number)",
                                inquiry: "",
                                number: number,
                                student: "A. V.",
                                grade: .third,
                                askedBy: "Pine School, Texas",
                                age: AgeBar(days: 22, width: 100, tick: 50, tone: .bad),
                                status: .findingTheSchool,
                                why: .noSchool,
                                next: .stateMustDecide(state: "Texas"),
                                isUrgent: false
                            )
                        ]
                    ),
                ],
                ages: [QueueAge(days: 3, isChosen: true), QueueAge(days: 11, isChosen: false)],
                isUnfolded: true,
                people: [Choice(value: "", words: .everybody, isChosen: false)] + queuePeople,
                kept: [KeptField(name: "who", value: "me"), KeptField(name: "days", value: "3")],
                widePath: "/queue?view=mine",
                filePath: "/queue/queue.csv?view=mine&who=me&days=3",
                own: [
                    OwnView(name: "Seniors", count: 2, path: "/queue?view=all&urgent=yes"),
                    OwnView(name: "Juniors", count: nil, path: "/queue?view=all"),
                ],
                form: Form(problems: [FieldProblem(.viewName, .viewNameMissing)]),
                pager: Pager(total: 3, previous: "/queue?before=1", next: "/queue?after=2")
            ),
            door: .queue
        ),
        SamplePage(
            name: "queue-none",
            page: QueuePage(
                stateName: "Texas",
                today: day("2026-07-07"),
                view: .all,
                views: [],
                groups: [],
                unconfirmed: [
                    UnconfirmedRow(
                        path: "/queue/i2",
                        number: number,
                        askedBy: "Oak Valley High School",
                        phone: "(555) 555-0108"
                    )
                ],
                people: [
                    Choice(value: "", words: .everybody, isChosen: false),
                    Choice(value: "s4", words: .left(name: "Lou Barnes"), isChosen: true),
                ],
                kept: [KeptField(name: "who", value: "s4")],
                widePath: "/queue?view=all",
                freePath: "/queue?view=all&who=nobody",
                pager: Pager(total: 0)
            ),
            door: .queue
        ),
        SamplePage(name: "report", page: Self.report, door: .reports),
        SamplePage(name: "report-empty", page: Self.emptyReport, door: .reports),
        SamplePage(
            name: "queue-row",
            page: QueueRowPage(
                path: "/queue/i1",
                number: number,
                student: "M. R. O.",
                grade: .tenth,
                holder: "Cedar East High School, Weslaco",
                askedBy: "Oak Valley High School, Washington",
                status: .withTheSchool,
                why: .openedNotAnswered,
                next: .stateHasIt(state: "Texas"),
                law: law(late: 3),
                age: age,
                steps: steps,
                contacts: contacts,
                phones: [PhoneRow(organization: "Cedar ISD", phone: "(555) 555-0106")],
                answerPath: "/answers/i1/records",
                restPath: "/answers/i1/none",
                findContactPath: "/queue/i1/contact",
                suggested: SuggestedRow(
                    name: "",
                    email: "rosa@cedar.example",
                    note: "",
                    takePath: "/contacts/school:480000100001?suggested=i1#add"
                ),
                canRemind: true,
                canAddLocation: true,
                canExtend: true,
                canClose: true,
                saidAlone: [
                    SaidAloneRow(
                        school: "Cedar East High School",
                        reason: .protectiveOrder,
                        note: "Call us."
                    )
                ],
                reasons: Choice.list(ReasonCode.all(in: .system), chosen: []),
                form: Form(problems: [
                    FieldProblem(.calledPerson, .missing),
                    FieldProblem(.reason, .reasonMissing),
                ])
            ),
            door: .queue
        ),
        SamplePage(
            name: "extend",
            page: ExtendPage(
                path: "/queue/\(number)/more-time",
                backPath: "/queue/\(number)",
                number: number,
                holder: "Cedar East High School",
                latest: day("2026-06-08"),
                law: day("2026-06-08"),
                given: day("2026-05-22"),
                promised: day("2026-05-20"),
                form: Form(problems: [
                    FieldProblem(.extended, .notAfterPromise(day: day("2026-05-20"))),
                    FieldProblem(.extensionReason, .noteMissing),
                ])
            ),
            door: .queue
        ),
        SamplePage(
            name: "find-contact",
            page: FindContactPage(
                path: "/queue/\(number)/contact",
                backPath: "/queue/\(number)",
                number: number,
                holder: "Cedar East High School",
                place: "Weslaco, Texas",
                phones: [PhoneRow(organization: "Cedar ISD", phone: "(555) 555-0106")],
                contacts: contacts,
                suggested: "rosa@cedar.example",
                contactsPath: "/contacts/school:480000100001",
                form: Form(problems: [
                    FieldProblem(.name, .nameMissing),
                    FieldProblem(.email, .emailCameBack),
                ])
            ),
            door: .queue
        ),
        SamplePage(
            name: "find-contact-nothing",
            page: FindContactPage(
                path: "/queue/\(number)/contact",
                backPath: "/queue/\(number)",
                number: number,
                holder: "Cedar East High School",
                place: "Weslaco, Texas",
                phones: [],
                contacts: [],
                contactsPath: "/contacts/school:480000100001"
            ),
            door: .queue
        ),
        SamplePage(
            name: "extend-over",
            page: ExtendPage(
                path: "/queue/\(number)/more-time",
                backPath: "/queue/\(number)",
                number: number,
                holder: "Cedar East High School",
                latest: nil
            ),
            door: .queue
        ),
        SamplePage(
            name: "queue-bulk",
            page: BulkPage(
                deed: .close,
                isDone: false,
                possible: [
                    BulkRow(
                        number: number,
                        path: "/queue/\(number)",
                        school: "Cedar East High School",
                        outcome: .ends
                    )
                ],
                impossible: [
                    BulkRow(
                        number: number,
                        path: "/queue/\(number)",
                        school: "",
                        outcome: .notNow
                    )
                ],
                reasons: Choice.list(ReasonCode.all(in: .system), chosen: []),
                form: Form(problems: [FieldProblem(.reason, .reasonMissing)])
            ),
            door: .queue
        ),
        SamplePage(
            name: "queue-bulk-done",
            page: BulkPage(
                deed: .remind,
                isDone: true,
                possible: [
                    BulkRow(
                        number: number,
                        path: "/queue/\(number)",
                        school: "Cedar East High School",
                        outcome: .mails(count: 3)
                    )
                ],
                impossible: []
            ),
            door: .queue
        ),
        SamplePage(
            name: "people",
            page: PeoplePage(
                waiting: [
                    PersonRow(
                        id: "a1",
                        name: "Lee Park",
                        title: "Counselor",
                        email: "lee@oak-valley.example",
                        role: .counselor,
                        organization: "Oak Valley High School",
                        state: .requested
                    )
                ],
                people: [
                    PersonRow(
                        id: "a2",
                        name: "Rosa Delgado",
                        title: "Registrar",
                        email: "rosa@oak-valley.example",
                        role: .registrar,
                        organization: "Oak Valley High School",
                        state: .active,
                        canDisable: true
                    )
                ],
                roles: Choice.list(RoleWord.allCases, chosen: []),
                organizations: [
                    NamedChoice(value: "school:530000100001", label: "Oak Valley High School")
                ],
                form: Form(problems: [
                    FieldProblem(.role, .roleMissing), FieldProblem(.email, .emailTaken),
                ])
            ),
            door: .people
        ),
        SamplePage(
            name: "audit",
            page: AuditPage(
                rows: [
                    AuditRow(
                        sequence: 12,
                        at: time("2026-05-18", 9, 12),
                        actor: "staff:01hz6k3v9p7q2m5x8w4t0r1y6z",
                        action: "request.file",
                        subject: "01hz6k3v9p7q2m5x8w4t0r1y6z",
                        detail: "uses E",
                        hash: digest
                    )
                ],
                isUnbroken: true,
                total: 12,
                olderPath: "/audit?before=1"
            ),
            door: .audit
        ),
    ]
}
