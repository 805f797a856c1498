import Casework
import RecordExchange
import Rendering
import Vocabulary

extension Samples {
    static let locatorPages: [SamplePage] = [
        SamplePage(
            name: "place",
            page: PlacePage(
                draft: "d1",
                studentName: "Marisol Reyes Ortega",
                outlook: .several,
                people: [
                    PersonMatch(
                        id: "p1",
                        name: "Marisol Reyes Ortega",
                        birthDate: day("2010-03-27"),
                        birthYear: 2_010,
                        certainty: .certain,
                        reasons: [.sameName, .sameBirthDate],
                        schools: [
                            EnrollmentMatch(
                                schoolID: "480000100001",
                                name: "Cedar East High School",
                                place: "Weslaco, Texas",
                                from: day("2025-08-19"),
                                until: day("2026-05-01"),
                                grade: .tenth,
                                isChosen: true
                            ),
                            EnrollmentMatch(
                                schoolID: "120000100001",
                                name: "Mangrove High School",
                                place: "Immokalee, Florida",
                                custodian: "Collier County Records"
                            ),
                        ]
                    ),
                    PersonMatch(
                        id: "p2",
                        name: "Marisol R.",
                        birthDate: nil,
                        birthYear: 2_010,
                        certainty: .possible,
                        reasons: [.oneSurnameOnly, .similarBirthDate],
                        doubts: [.otherSurname],
                        schools: [],
                        kept: [
                            KeptMatch(state: "Texas", grade: .eighth, untilYear: 2_025),
                            KeptMatch(state: "Ohio", grade: nil, untilYear: nil),
                        ]
                    ),
                ],
                keepsBack: true,
                statementMisses: true,
                search: search,
                chosen: "480000100009",
                chosenName: "Pine School, Pharr, Texas"
            ),
            door: .requests
        ),
        SamplePage(
            name: "place-spent",
            page: PlacePage(
                draft: "d1",
                studentName: "Marisol Reyes Ortega",
                outlook: .spent(until: time("2026-05-18", 15, 0)),
                people: [],
                search: search,
                chosenKind: .unknown
            ),
            door: .requests
        ),
        SamplePage(
            name: "lookups",
            page: LookupsPage(rows: [
                LookupRow(
                    kind: .person,
                    name: "Rosa Delgado",
                    place: "Oak Valley High School",
                    thisHour: 40,
                    hourLimit: 40,
                    today: 41,
                    dayLimit: 150,
                    refused: 3,
                    isSpent: true
                ),
                LookupRow(
                    kind: .school,
                    name: "Oak Valley High School",
                    place: "Oak Valley",
                    thisHour: 40,
                    hourLimit: 120,
                    today: 41,
                    dayLimit: 500,
                    refused: 0,
                    isSpent: false
                ),
            ]),
            door: .locator
        ),
        SamplePage(name: "lookups-none", page: LookupsPage(rows: []), door: .locator),
        SamplePage(
            name: "place-nobody",
            page: PlacePage(
                draft: "d1",
                studentName: "Marisol Reyes Ortega",
                outlook: .nobody,
                people: [],
                search: emptySearch,
                form: Form(problems: [FieldProblem(.place, .placeMissing)])
            ),
            door: .requests
        ),
    ]

    static let feedPages: [SamplePage] = [
        SamplePage(
            name: "feeds",
            page: FeedsPage(
                systems: [
                    FeedSystemRow(
                        name: "texas-peims",
                        title: "Texas student extract",
                        owner: "Texas",
                        last: uploads.first
                    ),
                    FeedSystemRow(name: "new", title: "New", owner: "Texas", last: nil),
                ],
                owners: [NamedChoice(value: "state:TX", label: "Texas", isChosen: true)],
                problems: [.keyMissing, .fieldMissing(field: "given")],
                form: Form(
                    [.feedName: "Texas", .feedMapping: "title: x"],
                    problems: [
                        FieldProblem(.feedName, .feedNameUnusable),
                        FieldProblem(.feedMapping, .feedMappingUnusable),
                        FieldProblem(.feedSchools, .schoolNumbersMalformed(row: 2)),
                    ]
                )
            ),
            door: .locator
        ),
        SamplePage(name: "feeds-none", page: FeedsPage(systems: [], owners: []), door: .locator),
        SamplePage(
            name: "feed",
            page: feed(
                FeedStageView(
                    job: "j1",
                    file: "june.csv",
                    mode: .snapshot,
                    word: .checked,
                    canApply: true,
                    counts: uploads.first?.counts,
                    confirmation: FeedConfirmationView(
                        withdrawals: 40,
                        entries: 100,
                        grounds: [.tooMany, .unreadableKeys(rows: 1), .endsEarly]
                    ),
                    refusals: [
                        RefusalRow(row: 3, column: "DATE-OF-BIRTH", reason: .notADate),
                        RefusalRow(row: 9, column: "", reason: .wrongColumnCount),
                    ],
                    olderPath: "/locator/feeds/texas-peims?row=50",
                    newerPath: "/locator/feeds/texas-peims?row=0"
                )
            ),
            door: .locator
        ),
        SamplePage(
            name: "feed-moving",
            page: feed(
                FeedStageView(
                    job: "j1",
                    file: "june.csv",
                    mode: .changes,
                    word: .applying(rows: 50_000),
                    isMoving: true
                )
            ),
            door: .locator
        ),
        SamplePage(
            name: "feed-failed",
            page: feed(
                FeedStageView(
                    job: "j1",
                    file: "june.csv",
                    mode: .changes,
                    word: .failed,
                    trouble: .trailerDiffers(said: 5, found: 4)
                )
            ),
            door: .locator
        ),
        SamplePage(name: "feed-new", page: feed(nil, history: []), door: .locator),
    ]

    private static let uploads: [FeedUploadRow] = {
        var counts = FeedCounts()
        counts.rows = 12
        counts.added = 10
        counts.refused = 2
        return [
            FeedUploadRow(
                file: "may.csv",
                at: time("2026-05-11", 9, 0),
                mode: .snapshot,
                status: .applied,
                counts: FeedCountsView(counts)
            )
        ]
    }()

    private static let drops: [FeedDropRow] = {
        var counts = FeedCounts()
        counts.rows = 20_012
        counts.added = 12
        counts.withdrawn = 4_000
        counts.refused = 1_400
        let at = time("2026-05-18", 2, 0)
        let path = "/locator/feeds/texas-peims/drops/d"
        return [
            FeedDropRow(
                path: path + "1",
                file: "texas-peims.snapshot.2026-05-18.csv",
                at: at,
                mode: .snapshot,
                status: .held,
                counts: FeedCountsView(counts),
                confirmation: FeedConfirmationView(
                    withdrawals: 4_000,
                    entries: 20_000,
                    grounds: [.tooMany, .manyRefused(rows: 1_400)]
                ),
                hasRefusals: true
            ),
            FeedDropRow(
                path: path + "2",
                file: "texas-peims.changes.csv",
                at: at,
                mode: .changes,
                status: .refused,
                trouble: .cutOff(row: 312)
            ),
        ]
    }()

    private static func feed(
        _ stage: FeedStageView?,
        history: [FeedUploadRow] = uploads
    ) -> FeedPage {
        FeedPage(
            name: "texas-peims",
            title: "Texas student extract",
            owner: "Texas",
            stage: stage,
            modes: Choice.list(FeedMode.allCases, chosen: [.snapshot]),
            fileLimit: ByteCount(1_000_000),
            history: history,
            drops: drops,
            form: stage == nil
                ? Form([:], problems: [FieldProblem(.files, .feedFileMissing)]) : .empty
        )
    }
}
