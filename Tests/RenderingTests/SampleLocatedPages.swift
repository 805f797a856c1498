import Casework
import RecordExchange
import Rendering
import Vocabulary

extension Samples {
    static let locatedPages: [SamplePage] = [
        SamplePage(
            name: "near-matches",
            page: NearMatchesPage(
                rows: [
                    NearMatchRow(
                        path: "/locator/people/pairs/m1?purpose=upkeep",
                        firstInitials: "M. R. O.",
                        secondInitials: "M. R.",
                        states: "California, Texas",
                        schools: 2,
                        foundOn: day("2026-05-18"),
                        reasons: [.sameName, .sameBirthDate],
                        doubts: [.otherSurname],
                        isProposed: true
                    ),
                    NearMatchRow(
                        path: "/locator/people/pairs/m2",
                        firstInitials: "J. L.",
                        secondInitials: "J. L.",
                        states: "Texas",
                        schools: 1,
                        foundOn: day("2026-05-18"),
                        reasons: [.sameName, .similarBirthDate]
                    ),
                ],
                pager: Pager(total: 52, next: "/locator/people?after=2"),
                doubts: [
                    PersonDoubtRow(
                        path: "/locator/people/one/o1",
                        initials: "M. C. R.",
                        states: "Florida, Texas",
                        schools: 2,
                        foundOn: day("2026-05-18"),
                        doubts: [.otherBirthDate, .otherName]
                    ),
                    PersonDoubtRow(
                        path: "/locator/people/one/o2",
                        initials: "A. L.",
                        states: "Texas",
                        schools: 1,
                        foundOn: day("2026-05-19"),
                        doubts: [.otherStateNumber],
                        isProposed: true
                    ),
                ],
                waiting: [proposals[0], proposals[1]],
                allWaitingPath: "/locator/people/proposals?waiting=yes",
                decided: [proposals[2]],
                allDecidedPath: "/locator/people/proposals",
                purposes: Choice.list(PeoplePurpose.allCases, chosen: [.upkeep]),
                form: Form(
                    [.recordNumber: "SR-1"],
                    problems: [
                        FieldProblem(.recordNumber, .recordNumberMalformed),
                        FieldProblem(.recordNumber, .recordNumberMistyped),
                        FieldProblem(.recordNumber, .recordNumberUnknown),
                        FieldProblem(.peoplePurpose, .purposeMissing),
                    ]
                )
            ),
            door: .locator
        ),
        SamplePage(
            name: "near-matches-none",
            page: NearMatchesPage(
                rows: [],
                pager: Pager(total: 0),
                waiting: [],
                decided: [],
                purposes: Choice.list(PeoplePurpose.allCases, chosen: []),
                ungrouped: 12_400
            ),
            door: .locator
        ),
        SamplePage(
            name: "look-purpose",
            page: LookPurposePage(
                path: "/locator/people/pairs/m1",
                purposes: Choice.list(PeoplePurpose.allCases, chosen: []),
                form: Form(problems: [FieldProblem(.peoplePurpose, .purposeMissing)])
            ),
            door: .locator
        ),
        SamplePage(
            name: "near-match",
            page: NearMatchPage(
                path: "/locator/people/pairs/m1",
                backPath: "/locator/people?purpose=upkeep",
                purpose: .upkeep,
                sides: [side(1), side(2)],
                reasons: [.sameName],
                doubts: [],
                form: Form(problems: [FieldProblem(.proposalReason, .proposalReasonMissing)])
            ),
            door: .locator
        ),
        SamplePage(
            name: "near-match-proposed",
            page: NearMatchPage(
                path: "/locator/people/pairs/m1",
                backPath: "/locator/people",
                purpose: .safety,
                sides: [side(1), side(2)],
                reasons: [],
                doubts: [.otherName],
                proposalPath: "/locator/people/proposals/p1"
            ),
            door: .locator
        ),
        SamplePage(
            name: "located",
            page: LocatedPersonPage(
                path: "/locator/people/one/p1",
                backPath: "/locator/people",
                purpose: .reported,
                side: side(1),
                history: proposals,
                doubts: [.otherBirthDate, .otherName],
                form: Form(problems: [
                    FieldProblem(.entries, .entriesMissing),
                    FieldProblem(.proposalReason, .alreadyProposed),
                    FieldProblem(.mergeReason, .messageTooLong(limit: 2_000)),
                ])
            ),
            door: .locator
        ),
        SamplePage(
            name: "located-new",
            page: LocatedPersonPage(
                path: "/locator/people/one/p1",
                backPath: "/locator/people",
                purpose: .request,
                side: side(1),
                history: [],
                proposalPath: "/locator/people/proposals/p1"
            ),
            door: .locator
        ),
        SamplePage(
            name: "proposal",
            page: ProposalPage(
                path: "/locator/people/proposals/p1",
                backPath: "/locator/people",
                purpose: .upkeep,
                row: proposals[0],
                reason: "Called both schools: the same mother.",
                decidedAt: nil,
                decisionNote: "",
                sides: [side(1), side(2)],
                mayDecide: true,
                mayUndo: false,
                form: Form(problems: [FieldProblem(.decisionNote, .proposalReasonMissing)])
            ),
            door: .locator
        ),
        SamplePage(
            name: "proposal-own",
            page: ProposalPage(
                path: "/locator/people/proposals/p1",
                backPath: "/locator/people",
                purpose: .upkeep,
                row: proposals[1],
                reason: "Another child.",
                decidedAt: nil,
                decisionNote: "",
                sides: [side(1)],
                mayDecide: false,
                mayUndo: false
            ),
            door: .locator
        ),
        SamplePage(
            name: "proposal-done",
            page: ProposalPage(
                path: "/locator/people/proposals/p1",
                backPath: "/locator/people",
                purpose: .upkeep,
                row: proposals[2],
                reason: "The same mother.",
                decidedAt: time("2026-05-19", 10, 0),
                decisionNote: "Called too.",
                sides: [side(1)],
                mayDecide: false,
                mayUndo: true
            ),
            door: .locator
        ),
        SamplePage(
            name: "proposals",
            page: ProposalsPage(
                backPath: "/locator/people?purpose=upkeep",
                isDecided: true,
                rows: [proposals[2]],
                newerPath: "/locator/people/proposals?before=1",
                olderPath: "/locator/people/proposals?after=1"
            ),
            door: .locator
        ),
        SamplePage(
            name: "proposals-none",
            page: ProposalsPage(backPath: "/locator/people", isDecided: false, rows: []),
            door: .locator
        ),
    ]

    private static let proposals = [
        ProposalRow(
            path: "/locator/people/proposals/p1",
            kind: .merge,
            initials: "M. R. O. · M. R.",
            status: .open,
            proposedBy: "Walt Underhill",
            at: time("2026-05-18", 9, 0)
        ),
        ProposalRow(
            path: "/locator/people/proposals/p2",
            kind: .split,
            initials: "J. L.",
            status: .open,
            proposedBy: "Mary Stone",
            at: time("2026-05-18", 9, 30),
            isOwn: true
        ),
        ProposalRow(
            path: "/locator/people/proposals/p3",
            kind: .undo,
            initials: "J. L.",
            status: .approved,
            proposedBy: "Mary Stone",
            at: time("2026-05-18", 9, 30),
            decidedBy: "Walt Underhill"
        ),
    ]

    private static func side(_ index: Int) -> PersonSide {
        PersonSide(
            index: index,
            path: index == 1 ? "/locator/people/one/p1" : "",
            number: StudentRecordNumber(bits: UInt64(index)),
            name: "Marisol Reyes Ortega",
            entries: (1...2).map { entry in
                SideEntry(
                    id: "e\(index)\(entry)",
                    name: "Marisol Reyes",
                    birthDate: entry == 1 ? day("2010-03-27") : nil,
                    school: "Cedar East High School",
                    place: "Weslaco, Texas",
                    grade: entry == 1 ? .tenth : nil,
                    from: entry == 1 ? day("2025-08-19") : nil,
                    until: entry == 1 ? day("2026-05-01") : nil,
                    hasStateNumber: entry == 1,
                    source: "Texas state system",
                    receivedOn: day("2026-05-10"),
                    isMoved: entry == 2
                )
            }
        )
    }
}
