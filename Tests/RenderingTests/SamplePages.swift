import Casework
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// A page to render, under the name its picture is saved by.
struct SamplePage {
    let name: String
    let page: any Page
    var door: Door?
    var signedIn = true
}

extension Samples {
    static let pages: [SamplePage] =
        openPages + askingPages + requestPages + recallPages + familyPages + answerPages
        + mailedPages + statePages + deskPages + officePages + planPages + locatorPages
        + locatedPages + feedPages + recordPages + elementsPages

    static let openPages: [SamplePage] = [
        SamplePage(name: "welcome", page: WelcomePage(), signedIn: false),
        SamplePage(
            name: "sign-in",
            page: SignInPage(
                next: "/requests",
                demoSignIns: [
                    DemoSignIn(
                        name: "Rosa Delgado",
                        role: .registrar,
                        organization: "Oak Valley High School, Yakima, Washington",
                        email: "rosa@oak-valley.example",
                        password: "four small dry leaves",
                        oneTimeCode: "492817"
                    )
                ]
            ),
            signedIn: false
        ),
        SamplePage(
            name: "sign-in-refused",
            page: SignInPage(
                form: Form(
                    [.email: "rosa@oak-valley.example"],
                    problems: [
                        FieldProblem(.password, .signInFailed),
                        FieldProblem(.email, .signInLocked(until: time("2026-05-18", 9, 30))),
                    ]
                )
            ),
            signedIn: false
        ),
        SamplePage(
            name: "second-factor",
            page: SecondFactorPage(next: "/", demoCode: "492817"),
            signedIn: false
        ),
        SamplePage(
            name: "set-up-second-factor",
            page: SetUpSecondFactorPage(
                secret: "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP",
                otpauth: "otpauth://totp/Mochila:rosa?secret=JBSWY3DPEHPK3PXP&issuer=Mochila"
            ),
            signedIn: false
        ),
        SamplePage(
            name: "ask-for-account-search",
            page: AskForAccountPage(roles: [], search: search),
            signedIn: false
        ),
        SamplePage(
            name: "ask-for-account",
            page: AskForAccountPage(
                form: Form(problems: [FieldProblem(.email, .emailMissing)]),
                roles: Choice.list([.registrar, .counselor, .recordsClerk], chosen: []),
                search: search,
                organization: "Cedar East High School, Weslaco, Texas",
                organizationID: "school:480000100001"
            ),
            signedIn: false
        ),
        SamplePage(
            name: "account-asked",
            page: AccountAskedPage(whoDecides: "Cedar ISD"),
            signedIn: false
        ),
        SamplePage(
            name: "recovery-ask",
            page: RecoveryAskPage(
                form: Form([.email: "ana"], problems: [FieldProblem(.email, .emailMalformed)])
            ),
            signedIn: false
        ),
        SamplePage(name: "recovery-sent", page: RecoverySentPage(), signedIn: false),
        SamplePage(name: "recovery-over", page: RecoveryOverPage(), signedIn: false),
        SamplePage(
            name: "recovery",
            page: RecoveryPage(
                path: "/account/recover/abc",
                email: "ana@cedar-east.example",
                minimumLength: 12,
                form: Form(problems: [FieldProblem(.password, .passwordTooShort(minimum: 12))])
            ),
            signedIn: false
        ),
        SamplePage(
            name: "invitation",
            page: InvitationPage(
                path: "/invitation/abc",
                name: "Ana Treviño",
                email: "ana@cedar-east.example",
                organization: "Cedar East High School",
                role: .recordsClerk,
                minimumLength: 12,
                form: Form(problems: [
                    FieldProblem(.password, .passwordTooShort(minimum: 12)),
                    FieldProblem(.passwordAgain, .passwordsDiffer),
                ])
            ),
            signedIn: false
        ),
        SamplePage(
            name: "check",
            page: CheckNumberPage(
                form: Form([.number: number.description]),
                found: CheckedNumber(
                    number: number,
                    requester: "Oak Valley High School, Yakima, Washington",
                    holder: "Cedar East High School, Weslaco, Texas",
                    filedOn: day("2026-05-18"),
                    status: .withTheSchool
                )
            ),
            signedIn: false
        ),
        SamplePage(
            name: "check-receipt",
            page: CheckNumberPage(
                receipt: ShownReceipt(
                    number: number.description,
                    word: .accepted,
                    at: time("2026-05-20", 10, 1),
                    signedAt: time("2026-05-20", 10, 2),
                    digest: String(repeating: "a7", count: 32),
                    files: [
                        .init(size: ByteCount(48_120), digest: String(repeating: "b8", count: 32))
                    ],
                    parts: [
                        OpenedPart(part: .transcript, opened: .opened, ways: [.unpacked])
                    ]
                )
            ),
            signedIn: false
        ),
        SamplePage(
            name: "check-proof",
            page: CheckNumberPage(
                proof: ShownProof(
                    kind: .paper,
                    standing: .laterAnswer,
                    number: number.description,
                    signer: "Cedar East High School",
                    sender: "Cedar East High School",
                    recipient: "Oak Valley High School",
                    at: time("2026-05-20", 10, 1),
                    signedAt: time("2026-05-20", 10, 2)
                )
            ),
            signedIn: false
        ),
        SamplePage(
            name: "check-proof-withdrawn",
            page: CheckNumberPage(
                proof: ShownProof(
                    kind: .sealed,
                    standing: .withdrawn,
                    number: number.description,
                    signer: "",
                    sender: "Cedar East High School",
                    recipient: "Oak Valley High School",
                    at: time("2026-05-20", 10, 1)
                )
            ),
            signedIn: false
        ),
        SamplePage(
            name: "check-proof-wrong",
            page: CheckNumberPage(
                form: Form(problems: [FieldProblem(.shownFile, .shownFileChanged)])
            ),
            signedIn: false
        ),
        SamplePage(
            name: "check-receipt-wrong",
            page: CheckNumberPage(
                form: Form(problems: [FieldProblem(.receipt, .receiptNotOurs)])
            ),
            signedIn: false
        ),
        SamplePage(
            name: "help",
            page: HelpPage(states: [PhoneRow(organization: "Texas", phone: "(555) 555-0104")]),
            signedIn: false
        ),
        SamplePage(name: "privacy", page: PrivacyPage(), signedIn: false),
        SamplePage(name: "accessibility", page: AccessibilityPage(), signedIn: false),
        SamplePage(
            name: "error-disk",
            page: ErrorPage(.diskFull, again: "/answers"),
            signedIn: false
        ),
        SamplePage(
            name: "error-too-large",
            page: ErrorPage(.tooLarge(limit: ByteCount(1_000_000_000)))
        ),
        SamplePage(
            name: "demo-mail",
            page: DemoMailPage(rows: [
                DemoMailRow(
                    id: "m1",
                    to: "records@cedar-east.example",
                    subject: "\(number): Oak Valley High School asks for a student's records",
                    at: time("2026-05-18", 9, 12)
                )
            ]),
            signedIn: false
        ),
        SamplePage(
            name: "demo-message",
            page: DemoMessagePage(
                to: "records@cedar-east.example",
                from: "records@ayuda.example",
                subject: "\(number): Oak Valley High School asks for a student's records",
                at: time("2026-05-18", 9, 12),
                text: "Dear registrar,\n\nRosa Delgado asks.\n\n  Code   HJTRWK\n",
                link: "/r/7q4k2p8d0m5vx3n9tz1c6bhj4s"
            ),
            signedIn: false
        ),
    ]

    static let askingPages: [SamplePage] = [
        SamplePage(
            name: "home",
            page: HomePage(
                name: "Rosa Delgado",
                organization: "Oak Valley High School",
                asking: AskingDoor(
                    open: 3,
                    ready: 1,
                    questions: 2,
                    drafts: [
                        DraftRow(
                            id: "d1",
                            studentName: "Marisol Reyes",
                            changedAt: time("2026-05-17", 15, 4)
                        ),
                        DraftRow(
                            id: "d2",
                            studentName: "",
                            changedAt: time("2026-05-17", 15, 4)
                        ),
                    ]
                ),
                answering: AnsweringDoor(waiting: 2, oldestDue: day("2026-05-20")),
                queue: QueueDoor(stateName: "Washington", waiting: 1),
                closedUntil: day("2026-08-17"),
                summerContact: "Lee Park, Oak district"
            )
        ),
        SamplePage(
            name: "home-new",
            page: HomePage(
                name: "Rosa Delgado",
                organization: "Oak Valley High School",
                asking: AskingDoor(open: 0, ready: 0, questions: 0, drafts: []),
                answering: AnsweringDoor(waiting: 0, oldestDue: nil),
                queue: nil
            )
        ),
        SamplePage(
            name: "student",
            page: StudentPage(
                draft: "d1",
                grades: Choice.list(Grade.allCases, chosen: [.tenth]),
                purposes: Choice.list(LookupPurpose.allCases, chosen: [.placing]),
                schools: [
                    NamedChoice(value: "530000100001", label: "Oak Valley High School"),
                    NamedChoice(value: "530000100002", label: "Oak Middle School"),
                ]
            ),
            door: .requests
        ),
        SamplePage(
            name: "student-refused",
            page: StudentPage(
                draft: "d1",
                form: Form(
                    [
                        .given: "Marisol", .birthMonth: "2", .birthDay: "30",
                        .birthYear: "2010",
                    ],
                    problems: [
                        FieldProblem(.paternalSurname, .surnameMissing),
                        FieldProblem(.birthDate, .birthDateImpossible),
                        FieldProblem(.grade, .gradeUnknown),
                    ]
                ),
                grades: Choice.list(Grade.allCases, chosen: []),
                purposes: Choice.list(LookupPurpose.allCases, chosen: [])
            ),
            door: .requests
        ),
        SamplePage(
            name: "purpose",
            page: PurposePage(
                draft: "d1",
                studentName: "Marisol Reyes Ortega",
                uses: RecordUse.allCases.map {
                    UseChoice(
                        use: $0,
                        letter: $0.rawValue,
                        parts: $0.parts,
                        isChosen: $0 == .enrollment
                    )
                },
                grounds: Choice.list(UrgentGround.allCases, chosen: [.interstateSecondary]),
                messageLimit: 2_000,
                form: Form(
                    [.message: "She was in band."],
                    problems: [
                        FieldProblem(.uses, .usesMissing),
                        FieldProblem(.startDate, .startDateImpossible),
                        FieldProblem(.familyEmail, .familyEmailMalformed),
                        FieldProblem(.familyConsent, .familyConsentMissing),
                    ]
                )
            ),
            door: .requests
        ),
        SamplePage(
            name: "request-check",
            page: CheckPage(
                draft: "d1",
                student: student,
                place: .school,
                school: "Cedar East High School, Weslaco, Texas",
                asked: [
                    AskedParty(role: .summer, organization: "Cedar East High School"),
                    AskedParty(
                        role: .project,
                        organization: "Valley Migrant Education Project",
                        hasContact: false
                    ),
                ],
                expectation: .closed(until: day("2026-08-17")),
                uses: [.enrollment, .placement],
                parts: RecordUse.placement.parts,
                grounds: [.interstateSecondary],
                startDate: day("2026-08-03"),
                message: "She was in band.",
                statute: "Texas: 10 working days (TEC 25.002).",
                acceptance: AcceptancePanel(
                    state: "Washington",
                    rule: nil,
                    askName: "Kenji Morales",
                    askPhone: "(555) 555-0142"
                ),
                familyEmail: "familia@correo.example",
                mailTrouble: true
            ),
            door: .requests
        ),
        SamplePage(
            name: "duplicate",
            page: DuplicatePage(
                draft: "d1",
                studentName: "Marisol Reyes Ortega",
                number: number,
                filedBy: "Lee Park",
                filedOn: day("2026-05-11"),
                holder: "Cedar East High School",
                status: .withTheSchool,
                form: Form(problems: [FieldProblem(.duplicateReason, .duplicateReasonMissing)])
            ),
            door: .requests
        ),
        SamplePage(
            name: "sent",
            page: SentPage(
                number: number,
                studentName: "Marisol Reyes Ortega",
                holder: "Cedar East High School",
                next: .weRemind(holder: "Cedar East High School", day: day("2026-05-20"))
            ),
            door: .requests
        ),
    ]
}
