import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// What the tests render: made-up people, schools named after trees.
enum Samples {
    static let folder = "Templates"

    static func renderer() throws -> Renderer { try Renderer(templates: Self.templates) }

    /// Found beside this file, since tests run from anywhere.
    static let templates: String = {
        let path = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/\(path)/\(folder)"
    }()

    static func day(_ text: String) -> CivilDate {
        CivilDate(iso8601: text) ?? CivilDate(dayNumber: 0)
    }

    static func time(_ text: String, _ hour: Int, _ minute: Int) -> LocalTime {
        LocalTime(date: day(text), hour: hour, minute: minute, zone: "CDT")
    }

    static let number = RequestNumber(bits: 0x7A5_33F1_92AB)
    static let installation = Installation(
        name: "Ayuda Department of Education",
        host: "records.ayuda.example",
        phone: "1-800-555-0100",
        email: "help@records.ayuda.example"
    )

    static func chrome(
        _ language: Language,
        signedIn: Bool = true,
        current: Door? = nil,
        notice: Notice? = nil
    ) -> Chrome {
        Chrome(
            language: language,
            otherLanguagePath: "/language/\(language == .english ? "es" : "en")?back=/",
            csrf: "csrf-token",
            person: signedIn
                ? SignedInPerson(name: "Rosa Delgado", organization: "Oak Valley High School")
                : nil,
            doors: signedIn
                ? Door.doors(for: [.registrar, .stateContact])
                    .map { DoorLink($0, isCurrent: $0 == current) } : [],
            demo: DemoBar(today: day("2026-05-18"), july: day("2026-07-06")),
            installation: installation,
            notice: notice
        )
    }

    static let digest = DigestText(String(repeating: "3f9a2c41", count: 8))
    static let files = [
        FileRow(
            id: "f1",
            name: "transcript.pdf",
            size: ByteCount(1_420_000),
            digest: digest,
            isViewed: true
        ),
        FileRow(id: "f2", name: "vacunas.jpg", size: ByteCount(480_000), digest: digest),
    ]
    static let parts = [
        PartRow(part: .enrollment, state: .sent),
        PartRow(part: .immunization, state: .toFollowBy(day: day("2026-06-01"))),
        PartRow(part: .transcript, state: .noneOnFile),
        PartRow(part: .assessment, state: .withheldFor(reason: .feesOwed)),
    ]
    static let steps = [
        TrackStep(
            phase: .past,
            heading: .requestSent,
            detail: .askedFor(uses: "To enroll the student"),
            at: time("2026-05-18", 9, 12),
            person: "Rosa Delgado, Oak Valley High School"
        ),
        TrackStep(
            phase: .now,
            heading: .openedByPerson(organization: "Cedar East High School"),
            note: "I look for the paper file.",
            at: time("2026-05-19", 14, 5)
        ),
        TrackStep(
            phase: .future,
            heading: .willTellState(organization: "Texas"),
            on: day("2026-06-02")
        ),
    ]

    static let search = SchoolSearch(
        form: Form([.searchName: "cedar", .searchTown: "Weslaco"]),
        states: [
            NamedChoice(value: "TX", label: "Texas", isChosen: true),
            NamedChoice(value: "WA", label: "Washington"),
        ],
        wasAsked: true,
        total: 2,
        hasMore: true,
        schools: [
            SchoolHit(
                id: "480000100001",
                name: "Cedar East High School",
                place: "Weslaco, Texas",
                district: "Cedar ISD",
                grades: "9-12"
            ),
            SchoolHit(
                id: "480000100002",
                name: "Old Cedar Academy",
                place: "Weslaco, Texas",
                district: "Cedar ISD",
                phone: "(555) 555-0102",
                custodian: "Cedar ISD Records"
            ),
        ]
    )
    static let emptySearch = SchoolSearch(
        form: Form(problems: [FieldProblem(.searchName, .searchTooShort)]),
        states: [NamedChoice(value: "TX", label: "Texas")],
        wasAsked: true
    )
    static let contacts = [
        ContactRow(
            id: "c1",
            role: .recordsOffice,
            organization: "Cedar East High School",
            name: "Ana Treviño",
            title: "Registrar",
            email: "records@cedar-east.example",
            phone: "(555) 555-0103",
            confidence: .confirmed(day: day("2026-02-03"))
        ),
        ContactRow(
            role: .district,
            organization: "Cedar ISD",
            name: "Office",
            title: "",
            email: "office@cedar.example",
            phone: "",
            confidence: .bounced(day: day("2026-05-11"))
        ),
    ]
    static let age = AgeBar(days: 14, width: 70, tick: 50, tone: .warn)
    static let student = StudentSummary(
        name: "Marisol Reyes Ortega",
        birthDate: day("2010-03-27"),
        grade: .tenth,
        number: "4417720193"
    )
}
