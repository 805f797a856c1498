import RecordExchange
import Rendering
import Vocabulary

extension Samples {
    static let link = "https://records.ayuda.example/r/7q4k2p8d0m5vx3n9tz1c6bhj4s"

    static func law(late: Int) -> LawPanel {
        LawPanel(
            sentence: late > 0
                ? .passed(
                    state: "Texas",
                    span: .workingDays(count: 10),
                    until: day("2026-06-02"),
                    late: .calendarDays(count: late)
                )
                : .gives(
                    state: "Texas",
                    span: .workingDays(count: 10),
                    until: day("2026-06-02")
                ),
            citation: "TEC 25.002",
            isVerified: late > 0,
            isOver: late > 0
        )
    }

    static func ask(_ audience: Audience, closed: Bool) -> AskLetter {
        AskLetter(
            number: number,
            audience: audience,
            recipient: "Ana Treviño",
            holder: "Cedar East High School",
            requester: "Oak Valley High School",
            requesterPlace: "Yakima, Washington",
            askedBy: "Rosa Delgado",
            askedByTitle: "registrar",
            startDate: closed ? nil : day("2026-05-11"),
            answerBy: day("2026-06-01"),
            closedUntil: closed ? day("2026-08-17") : nil,
            code: "HJTRWK",
            link: link,
            stateOffice: "Texas",
            installation: installation
        )
    }

    static func escalate(_ audience: Audience, code: String) -> EscalateLetter {
        EscalateLetter(
            number: number,
            audience: audience,
            recipient: "Sam Hill",
            holder: "Cedar East High School",
            requester: "Oak Valley High School",
            requesterPlace: "Yakima, Washington",
            tried: [
                TriedContact(day: day("2026-05-18"), name: "Ana Treviño"),
                TriedContact(day: day("2026-05-19"), name: "Second contact"),
            ],
            wasOpened: code.isEmpty,
            days: code.isEmpty ? 1 : 4,
            closedUntil: code.isEmpty ? day("2026-08-17") : nil,
            stateOn: code.isEmpty ? nil : day("2026-06-02"),
            stateName: "Texas",
            law: code.isEmpty ? nil : law(late: 2),
            code: code,
            link: link,
            installation: installation
        )
    }

    static let letters: [(name: String, letter: any Letter)] =
        [
            ("ask", ask(.recordsOffice, closed: false)),
            ("ask-backup", ask(.backup, closed: false)),
            ("ask-summer", ask(.project, closed: true)),
            (
                "remind",
                RemindLetter(
                    number: number,
                    recipient: "Ana Treviño",
                    holder: "Cedar East High School",
                    requester: "Oak Valley High School",
                    requesterPlace: "Yakima, Washington",
                    askedBy: "Rosa Delgado",
                    askedOn: day("2026-05-18"),
                    answerBy: day("2026-06-01"),
                    law: law(late: 0),
                    code: "HJTRWK",
                    link: link,
                    installation: installation
                )
            ),
            ("escalate-district", escalate(.district, code: "HJTRWK")),
            ("escalate-state", escalate(.stateContact, code: "")),
        ]
        + HolderUpdate.allCases.map { update in
            (
                "update-\(update)",
                UpdateLetter(
                    number: number,
                    update: update,
                    recipient: "Ana Treviño",
                    holder: "Cedar East High School",
                    requester: "Oak Valley High School",
                    sender: update == .answeredFor ? "Patricia Holloway" : "",
                    someRefused: update == .filesByMail,
                    refusals: update == .filesRefused ? everyRefusal : [],
                    until: update == .extended ? day("2026-06-08") : nil,
                    code: [.withdrawn, .answeredFor].contains(update) ? "" : "HJTRWK",
                    link: link,
                    installation: installation
                )
            )
        } + requesterLetters + officeLetters + recallLetters + noticeLetters
        + accountLetters + mondayLetters

    static let news: [NewsWord] = [
        .question, .promised(day: day("2026-06-08")), .extended(day: day("2026-06-08")),
        .noRecords, .restNotComing,
        .movedOn(school: "Pine School"),
        .movedOnPerhaps(school: "Pine School"), .keptElsewhere(keeper: "Cedar Unified"),
        .paperMailed(day: day("2026-06-08")), .onHold(day: day("2026-06-08")), .onHoldOpen,
        .noLocationLeft(state: "Texas"),
        .stateHasIt(state: "Texas"), .closedUnfilled,
    ]

    static let requesterLetters: [(name: String, letter: any Letter)] =
        news.map { word in
            (
                "news-\(word.caseName)",
                NewsLetter(
                    number: number,
                    recipient: "Rosa Delgado",
                    holder: "Cedar East High School",
                    news: word,
                    link: "https://records.ayuda.example/requests/\(number)",
                    installation: installation
                )
            )
        } + [
            (
                "filed",
                FiledLetter(
                    number: number,
                    recipient: "Rosa Delgado",
                    holder: "Cedar East High School",
                    next: .weRemind(holder: "Cedar East High School", day: day("2026-05-20")),
                    link: "https://records.ayuda.example/requests/\(number)",
                    installation: installation
                )
            ),
            (
                "filed-looking",
                FiledLetter(
                    number: number,
                    recipient: "Rosa Delgado",
                    holder: "",
                    next: .stateLooksForSchool(state: "Texas"),
                    link: "https://records.ayuda.example/requests/\(number)",
                    installation: installation
                )
            ),
            (
                "ready",
                ReadyLetter(
                    number: number,
                    recipient: "Rosa Delgado",
                    holder: "Cedar East High School",
                    files: 4,
                    isComplete: true,
                    link: "https://records.ayuda.example",
                    installation: installation
                )
            ),
            (
                "ready-one",
                ReadyLetter(
                    number: number,
                    recipient: "Rosa Delgado",
                    holder: "Cedar East High School",
                    files: 1,
                    isComplete: false,
                    link: "https://records.ayuda.example",
                    installation: installation
                )
            ),
            (
                "family",
                FamilyLetter(
                    number: number,
                    link: "https://records.ayuda.example",
                    installation: installation
                )
            ),
            (
                "bounced",
                BouncedLetter(
                    number: number,
                    recipient: "Rosa Delgado",
                    organization: "Cedar East High School",
                    next: .stateHasIt(state: "Texas"),
                    link: "https://records.ayuda.example/requests/\(number)",
                    installation: installation
                )
            ),
            (
                "digest",
                DigestLetter(
                    recipient: "Sam Hill",
                    count: 3,
                    added: 1,
                    groups: [
                        DigestGroup(
                            school: "Cedar East High School",
                            phone: "(555) 555-0101",
                            rows: [
                                DigestRow(
                                    number: number,
                                    days: 14,
                                    why: .closedUntil(day: day("2026-08-17"))
                                ),
                                DigestRow(number: number, days: 1, why: .notOpened),
                            ]
                        ),
                        DigestGroup(
                            school: "",
                            rows: [DigestRow(number: number, days: 3, why: .noSchool)]
                        ),
                    ],
                    link: "https://records.ayuda.example/queue?view=mine",
                    installation: installation
                )
            ),
        ]

    static let noticeLetters: [(name: String, letter: any Letter)] =
        ["notices", "notices-office"].map { name in
            let isOffice = name == "notices-office"
            return (
                name,
                NoticesLetter(
                    recipient: "Ana Treviño",
                    count: isOffice ? 5 : 6,
                    rows: isOffice
                        ? [
                            .remind(school: "Oak Valley High School"),
                            .escalate(school: "Pine School"),
                            .questionAnswered(school: "Pine School"),
                            .message(school: "Pine School"), .cancelAsked(school: "Pine School"),
                            .extended(school: "Pine School"),
                        ].map { NoticeLine(number: number, notice: $0) }
                        : [
                            .filed(school: "Pine School"), .news(school: "Pine School"),
                            .ready(school: "Pine School"), .bounced(school: "Pine School"),
                        ].map { NoticeLine(number: number, notice: $0) }
                            + [NoticeLine(number: nil, notice: .assigned(count: 2))],
                    code: isOffice ? "HJTRWK" : "",
                    link: isOffice ? link : "https://records.ayuda.example/requests",
                    installation: installation
                )
            )
        }

    static let officeLetters: [(name: String, letter: any Letter)] = [
        (
            "receipt",
            ReceiptLetter(
                number: number,
                receipt: "4K2P-9TZ1",
                recipient: "Ana Treviño",
                requester: "Oak Valley High School",
                files: [ReceiptFile(size: ByteCount(1_420_000), digest: digest)],
                isComplete: false,
                code: "HJTRWK",
                link: link,
                installation: installation
            )
        ),
        (
            "receipt-none",
            ReceiptLetter(
                number: number,
                receipt: "4K2P-9TZ1",
                recipient: "Ana Treviño",
                requester: "Oak Valley High School",
                files: [],
                isComplete: true,
                link: link,
                installation: installation
            )
        ),
        (
            "invitation",
            InvitationLetter(
                recipient: "Ana Treviño",
                organization: "Cedar East High School",
                role: .recordsClerk,
                expires: day("2026-05-25"),
                link: "https://records.ayuda.example/invitation/abc",
                installation: installation
            )
        ),
        (
            "account-request",
            AccountRequestLetter(
                recipient: "Sam Hill",
                applicant: "Lee Park",
                applicantTitle: "counselor",
                applicantEmail: "lee@oak-valley.example",
                organization: "Oak Valley High School",
                role: .counselor,
                link: "https://records.ayuda.example/people",
                installation: installation
            )
        ),
        (
            "assigned",
            AssignedLetter(
                recipient: "Patricia Holloway",
                count: 12,
                link: "https://records.ayuda.example/queue?who=me",
                installation: installation
            )
        ),
        (
            "assigned-one",
            AssignedLetter(
                recipient: "Patricia Holloway",
                count: 1,
                link: "https://records.ayuda.example/queue?who=me",
                installation: installation
            )
        ),
        (
            "contact-changed",
            ContactChangedLetter(
                recipient: "Ana Treviño",
                isEnded: false,
                organization: "Cedar East High School",
                role: .recordsOffice,
                person: "Lee Park",
                changedBy: "Sam Hill",
                link: "https://records.ayuda.example/contacts",
                installation: installation
            )
        ),
        (
            "confirm-contact",
            ConfirmContactLetter(
                recipient: "Ana Treviño",
                organization: "Cedar East High School",
                role: .recordsOffice,
                takesOver: false,
                code: "HJTRWK",
                link: "https://records.ayuda.example/c/7q4k2p8d0m5vx3n9tz1c6bhj4s",
                installation: installation
            )
        ),
        (
            "office-claimed",
            OfficeClaimLetter(
                recipient: "Sam Hill",
                organization: "Cedar East High School",
                link: "https://records.ayuda.example/contacts",
                installation: installation
            )
        ),
        (
            "unattended",
            UnattendedLetter(
                recipient: "Ingrid Vance",
                state: "Michigan",
                link: "https://records.ayuda.example/contacts/state:MI",
                installation: installation
            )
        ),
    ]
}
