import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

extension Samples {
    /// Offices: their mailboxes, calendars, legends and rules.
    static let officePages: [SamplePage] = [
        SamplePage(
            name: "contact-import",
            page: ContactImportPage(
                result: ContactImportResult(
                    added: 1,
                    changed: 0,
                    same: 2,
                    rows: [
                        ContactImportRow(
                            line: 2,
                            organization: "Cedar East High School",
                            name: "Lee Park",
                            outcome: .added
                        )
                    ],
                    refused: [
                        ContactImportRow(
                            line: 3,
                            organization: "999",
                            name: "",
                            outcome: .organizationUnknown
                        )
                    ]
                ),
                form: Form([.contactList: "organization,role,name,email"])
            ),
            door: .contacts
        ),
        SamplePage(
            name: "contact-import-refused",
            page: ContactImportPage(
                form: Form(
                    [.contactList: "name"],
                    problems: [
                        FieldProblem(.contactList, .columnsMissing(columns: "role, email"))
                    ]
                )
            ),
            door: .contacts
        ),
        SamplePage(
            name: "contacts",
            page: ContactsPage(
                search: search,
                mine: [
                    OrganizationRow(
                        id: "district:4800001",
                        name: "Cedar ISD",
                        contacts: 2,
                        unconfirmed: 1
                    )
                ],
                claimed: [
                    ClaimedOffice(
                        path: "/contacts/school:480000100001",
                        school: "Cedar East High School",
                        schoolPhone: "(555) 555-0101",
                        contacts: 1,
                        claims: [
                            ClaimRow(
                                id: "c1",
                                name: "Lee Park",
                                title: "registrar",
                                email: "registrar@cedar-east.example",
                                phone: "(555) 555-0102",
                                isAtKnownDomain: true
                            ),
                            ClaimRow(
                                id: "c3",
                                name: "Sam Hill",
                                title: "",
                                email: "office@elsewhere.example",
                                phone: "",
                                isAtKnownDomain: false
                            ),
                        ],
                        more: 1
                    ),
                    ClaimedOffice(
                        path: "/contacts/school:480000100002",
                        school: "Cedar West High School",
                        schoolPhone: "",
                        contacts: 0,
                        claims: [
                            ClaimRow(
                                id: "c2",
                                name: "Ana Treviño",
                                title: "",
                                email: "ana@elsewhere.example",
                                phone: "",
                                isAtKnownDomain: false
                            )
                        ]
                    ),
                ]
            ),
            door: .contacts
        ),
        SamplePage(
            name: "contact",
            page: ContactPage(
                organizationID: "school:480000100001",
                name: "Cedar East High School",
                closedUntil: day("2026-08-17"),
                rows: contacts,
                canEdit: true,
                roles: Choice.list([.recordsOffice, .backup, .summer], chosen: [.summer]),
                hasSummer: true,
                calendar: CalendarSection(
                    inheritedFrom: "Cedar ISD",
                    closures: [
                        ClosureRow(
                            .init(
                                kind: .summer,
                                name: "Summer break",
                                first: day("2026-06-15"),
                                last: day("2026-08-16")
                            )
                        )
                    ],
                    kinds: Choice.list(SchoolCalendar.Recess.Kind.allCases, chosen: [.summer])
                ),
                suggested: [
                    SuggestedRow(
                        name: "Rosa Registro",
                        email: "rosa@cedar.example",
                        note: "She has the records now.",
                        takePath: "/contacts/school:480000100001?suggested=i1#add"
                    )
                ],
                form: Form(
                    [.phone: "12", .closureLastMonth: "13"],
                    problems: [
                        FieldProblem(.phone, .phoneMalformed),
                        FieldProblem(.contactRole, .roleMissing),
                        FieldProblem(.closureLast, .lastDayImpossible),
                    ]
                )
            ),
            door: .contacts
        ),
        SamplePage(
            name: "mailbox",
            page: MailboxPage(
                path: "/c/x1",
                organization: "Cedar East High School",
                role: .recordsOffice,
                name: "Ana Treviño",
                takesOver: false,
                domains: ["cedar-east.example", "cedar.example"],
                isOther: true,
                form: Form(
                    [.name: "Lee"],
                    problems: [
                        FieldProblem(.email, .addressElsewhere),
                        FieldProblem(.linkCode, .linkCodeMissing),
                    ]
                )
            ),
            signedIn: false
        ),
        SamplePage(
            name: "mailbox-named",
            page: MailboxPage(
                path: "/c/x1",
                organization: "Cedar East High School",
                role: .backup,
                name: "Lee Park",
                takesOver: true,
                domains: []
            ),
            signedIn: false
        ),
        SamplePage(
            name: "mailbox-claim",
            page: MailboxPage(
                path: "/c/x1",
                organization: "Cedar East High School",
                role: .recordsOffice,
                name: "Lee Park",
                takesOver: true,
                isClaim: true,
                domains: []
            ),
            signedIn: false
        ),
        SamplePage(name: "mailbox-over", page: MailboxOverPage(), signedIn: false),
        SamplePage(
            name: "claim",
            page: ClaimPage(
                form: Form(
                    [.phone: "12"],
                    problems: [
                        FieldProblem(.email, .emailMissing), FieldProblem(.phone, .phoneMalformed),
                    ]
                ),
                search: search,
                organization: "Cedar East High School, Weslaco, Texas",
                organizationID: "school:480000100001"
            ),
            signedIn: false
        ),
        SamplePage(name: "claim-search", page: ClaimPage(search: search), signedIn: false),
        SamplePage(name: "claim-sent", page: ClaimSentPage(), signedIn: false),
        SamplePage(
            name: "contact-state",
            page: ContactPage(
                organizationID: "state:WA",
                name: "Washington",
                closedUntil: nil,
                rows: contacts,
                canEdit: false,
                roles: [],
                rulePath: "/states/WA/rule"
            ),
            door: .contacts
        ),
        SamplePage(
            name: "transcript-legend",
            page: LegendPage(
                path: "/contacts/school:480000100001/legend",
                backPath: "/contacts/school:480000100001",
                name: "Cedar East High School",
                form: Form(
                    [.transcriptLegend: "A 90-100 · One credit is 120 hours."],
                    problems: [
                        FieldProblem(.transcriptLegend, .textUnprintable),
                        FieldProblem(.transcriptLegend, .tooLong(limit: 2_000)),
                    ]
                )
            ),
            door: .contacts
        ),
        SamplePage(
            name: "state-rule",
            page: StateRulePage(
                code: "WA",
                stateName: "Washington",
                phases: Choice.list(PhaseWord.allCases, chosen: [.second]),
                electronic: Choice.list(RecordUse.allCases, chosen: [.enrollment]),
                handCarried: Choice.list(RecordUse.allCases, chosen: []),
                isVerified: true,
                isMadeUp: true,
                limits: [
                    LimitRow(
                        StatutoryLimit(
                            days: 10,
                            unit: .schoolDay,
                            scope: .otherStates,
                            countsSummer: true,
                            citation: "Sample Code 49",
                            isVerified: false
                        )
                    )
                ],
                units: Choice.list(StatutoryLimit.Unit.allCases, chosen: [.workingDay]),
                starts: Choice.list(StatutoryLimit.Start.allCases, chosen: [.asked]),
                scopes: Choice.list(StatutoryLimit.Scope.allCases, chosen: [.every]),
                isSummerChosen: true,
                form: Form(
                    [.certifier: "The principal"],
                    problems: [
                        FieldProblem(.citation, .citationMissing),
                        FieldProblem(.rulePhase, .rulePhaseMissing),
                        FieldProblem(.limitUnit, .limitUnitMissing),
                    ]
                )
            ),
            door: .contacts
        ),
    ]
}
