import HostileInput
import RecordExchange
import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

/// The day written, for tests that name days.
func day(_ text: String) throws -> CivilDate { try #require(CivilDate(iso8601: text), "\(text)") }

/// Values of which a test states only what matters to it.
enum Fixture {
    static let instant = Instant(millisecondsSince1970: 1_779_100_000_000)
    static let request = RecordRequest.ID(rawValue: 1)

    static func school(_ digits: String = "480000101145") throws -> SchoolID {
        try #require(SchoolID(digits))
    }

    static func clock(
        askedOn day: CivilDate = CivilDate(dayNumber: 20_591),
        calendar: SchoolCalendar = SchoolCalendar(recesses: [])
    ) -> InquiryClock {
        InquiryClock(askedOn: day, calendar: calendar)
    }

    /// An inquiry just filed.
    static func inquiry(
        _ number: UInt128 = 1,
        clock: InquiryClock = clock()
    ) throws -> Inquiry {
        Inquiry(
            id: Inquiry.ID(rawValue: number),
            request: request,
            sequence: Int(number),
            holder: .school(try school()),
            school: try school(),
            holderState: try #require(StateCode("TX")),
            askedAt: instant,
            clock: clock
        )
    }

    /// An inquiry brought to `status` by the shortest way through the table.
    static func inquiry(
        in status: Inquiry.Status,
        _ number: UInt128 = 1,
        clock: InquiryClock = clock()
    ) throws -> Inquiry {
        var inquiry = try inquiry(number, clock: clock)
        for step in try #require(way(to: status), "no way leads to \(status)") {
            let actor = try #require(step.by.first)
            _ = try inquiry.apply(step.on, by: actor, facts(for: step.on), at: instant)
        }
        return inquiry
    }

    /// The shortest row of transitions from a new inquiry to `status`.
    static func way(to status: Inquiry.Status) -> [InquiryLifecycle.Transition]? {
        var ways: [Inquiry.Status: [InquiryLifecycle.Transition]] = [.queued: []]
        var frontier: [Inquiry.Status] = [.queued]
        while let from = frontier.first {
            frontier.removeFirst()
            for step in InquiryLifecycle.transitions where step.from == from && ways[step.to] == nil
            {
                ways[step.to] = (ways[from] ?? []) + [step]
                frontier.append(step.to)
            }
        }
        return ways[status]
    }

    /// What an event needs to be complete.
    static func facts(for event: InquiryLifecycle.Event) -> Inquiry.Facts {
        switch event {
        case .refuse: Inquiry.Facts(reason: .neverEnrolled)
        case .reject: Inquiry.Facts(reason: .unreadable)
        case .promise: Inquiry.Facts(promisedFor: CivilDate(dayNumber: 20_600))
        case .hold: Inquiry.Facts(hold: HoldCondition(.afterGradesPosted))
        default: Inquiry.Facts()
        }
    }

    static func recordRequest(
        cancelRequested: ReasonCode? = nil,
        conclusion: RecordRequest.Conclusion.Kind? = nil,
        startDate: CivilDate? = nil,
        grounds: [UrgentGround] = []
    ) throws -> RecordRequest {
        let name = try PersonName(given: "Ana", paternalSurname: "Roble")
        let birth = try day("2011-02-03")
        var filed = RecordRequest(
            id: request,
            number: RequestNumber(bits: 7),
            requester: try school("530000000001"),
            requesterState: try #require(StateCode("WA")),
            filedBy: StaffID(rawValue: 9),
            student: StudentIdentity(name: name, birthDate: birth),
            uses: [.enrollment],
            parts: RecordUse.enrollment.parts,
            urgentGrounds: grounds,
            startDate: startDate,
            filedAt: instant,
            filedOn: try day("2026-05-18")
        )
        filed.cancelRequested = cancelRequested
        filed.conclusion = conclusion.map {
            RecordRequest.Conclusion(kind: $0, reason: nil, at: instant)
        }
        return filed
    }

    static func bundle(
        _ number: UInt128 = 1,
        received: Bool = false,
        withdrawn: Bool = false
    ) throws -> RecordBundle {
        var bundle = RecordBundle(
            id: RecordBundle.ID(rawValue: number),
            request: request,
            inquiry: Inquiry.ID(rawValue: 1),
            sequence: Int(number),
            holder: .school(try school()),
            certification: RecordBundle.Certification(
                kind: .mailboxHolder,
                name: "Elm Clerk",
                title: ""
            ),
            parts: [],
            files: [],
            note: "",
            answeredAt: instant
        )
        bundle.receivedAt = received ? instant : nil
        bundle.withdrawnAt = withdrawn ? instant : nil
        return bundle
    }

    /// A calendar nobody would plan: recesses of any kind and length, overlapping or touching.
    static func anyCalendar(
        around day: CivilDate,
        _ generator: inout SeededGenerator
    ) -> SchoolCalendar {
        let count = Int.random(in: 0...4, using: &generator)
        let recesses = (0..<count).map { number in
            let first = day.advanced(by: Int.random(in: -60...90, using: &generator))
            let length = generator.choice(of: [0, 1, 2, 4, 8, 15, 70])
            return SchoolCalendar.Recess(
                kind: generator.choice(of: SchoolCalendar.Recess.Kind.allCases),
                name: "recess \(number)",
                first: first,
                last: first.advanced(by: length)
            )
        }
        return SchoolCalendar(recesses: recesses)
    }

    /// Any day of a few years around 2026.
    static func anyDay(_ generator: inout SeededGenerator) -> CivilDate {
        CivilDate(dayNumber: Int.random(in: 19_700...22_300, using: &generator))
    }
}
