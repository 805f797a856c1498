import RecordExchange
import Vocabulary

/// `docs/lifecycle.md`, written from the tables that the program runs on.
struct LifecycleDocument {
    let text: String

    init() throws {
        text =
            [
                Self.opening, Self.inquiries, try Self.statuses(), try Self.requests(),
                Self.deliveries, try Self.ladder(), Self.holds, Self.reasons,
            ]
            .joined(separator: "\n\n") + "\n"
    }

    private static let opening = """
        # The life of a request

        Written by a test from the tables in `Sources/RecordExchange`; after a change of a table
        run `RECORD_SNAPSHOTS=1 swift test --filter LifecycleDocument` and commit the result.

        Four things are told apart. An **inquiry** is one holder asked. A **request** is one
        student's record wanted by one school; where it stands follows from its inquiries. A
        **delivery** is one attempt to hand a sealed bundle over one channel. The **clock level** says
        who must act next, and can therefore never hide where the inquiry itself stands.
        """

    // MARK: Inquiries

    /// Rows of the table that differ only in where they start.
    private struct Group {
        let first: InquiryLifecycle.Transition
        var from: [Inquiry.Status]
    }

    private static var groups: [Group] {
        var groups: [Group] = []
        for row in InquiryLifecycle.transitions {
            let index = groups.firstIndex { group in
                let first = group.first
                return first.on == row.on && first.by == row.by && first.to == row.to
                    && first.effects == row.effects
            }
            if let index {
                groups[index].from.append(row.from)
            } else {
                groups.append(Group(first: row, from: [row.from]))
            }
        }
        return groups
    }

    private static var inquiries: String {
        var sets: [[Inquiry.Status]] = []
        var edges: [String] = []
        for group in groups {
            let label = "\(group.first.to) : \(group.first.on)"
            // Drawn one by one, eight arrows into each status could not be followed.
            if group.from.count < 3 {
                edges += group.from.map { "    \($0) --> \(label)" }
            } else {
                if !sets.contains(group.from) { sets.append(group.from) }
                let number = (sets.firstIndex(of: group.from) ?? 0) + 1
                edges.append("    any\(number) --> \(label)")
            }
        }
        let nodes = sets.enumerated().map { number, statuses in
            "    state \"any of: \(names(statuses))\" as any\(number + 1)"
        }
        let rows = groups.map { group in
            let effects = group.first.effects.isEmpty ? "-" : names(group.first.effects)
            return "| \(names(group.from)) | \(group.first.on) | \(names(group.first.by)) "
                + "| \(group.first.to) | \(effects) |"
        }
        return
            (["## An inquiry", "", "```mermaid", "stateDiagram-v2", "    [*] --> queued"]
            + nodes + edges + ["```", "", "| From | Event | By | To | What follows |"]
            + ["| --- | --- | --- | --- | --- |"] + rows)
            .joined(separator: "\n")
    }

    private static func statuses() throws -> String {
        let open = try Fixture.recordRequest()
        let rows = try Inquiry.Status.allCases.map { status in
            let inquiry = try Fixture.inquiry(in: status)
            let state = RequestState.derive(open, inquiries: [inquiry], bundles: [])
            let clock =
                inquiry.clock.isStopped ? "stopped" : inquiry.clock.isPaused ? "paused" : "runs"
            return "| \(status) | \(clock) | \(inquiry.acceptsAnswers ? "yes" : "no") | \(state) "
                + "| \(state.word) |"
        }
        return
            ([
                "A request with one inquiry stands where the inquiry does; with several, the one that is",
                "furthest along speaks for it, and one holder's \"no\" never ends it.",
                "",
                "| Inquiry | Clock | Link takes an answer | Request | Word on screen |",
                "| --- | --- | --- | --- | --- |",
            ] + rows).joined(separator: "\n")
    }

    // MARK: Requests

    private static func requests() throws -> String {
        let rules = RequestLifecycle.rules
        let edges = rules.compactMap { rule in
            rule.next.map { "    \(rule.from) --> \($0) : \(rule.action)" }
        }
        let unique = edges.enumerated().filter { edges.firstIndex(of: $0.element) == $0.offset }
        let rows = RequestState.allCases.map { state in
            let actions = RequestLifecycle.Actor.allCases.map { actor in
                let names = names(RequestLifecycle.actions(for: actor, in: state))
                return names.isEmpty ? "-" : names
            }
            return "| \(state) | \(state.word) | \(actions.joined(separator: " | ")) |"
        }
        return
            (["## A request", ""]
            + [
                "What people do with a whole request. Where no arrow is drawn, the next state follows"
            ]
            + ["from the inquiries.", "", "```mermaid", "stateDiagram-v2"]
            + unique.map(\.element)
            + [
                "```", "",
                "| State | Word on screen | Requester | Holder | State contact | System |",
            ]
            + ["| --- | --- | --- | --- | --- | --- |"] + rows)
            .joined(separator: "\n")
    }

    // MARK: Deliveries, ladder, reasons

    private static var deliveries: String {
        (["## A delivery", "", "```mermaid", "stateDiagram-v2", "    [*] --> waiting"]
            + Delivery.transitions.map { "    \($0.from) --> \($0.to) : \($0.on)" } + ["```"])
            .joined(separator: "\n")
    }

    private static func ladder() throws -> String {
        // A month without a holiday, so that working days can be read off.
        let start = try day("2026-03-02")
        let closure = SchoolCalendar.Recess(
            kind: .summer,
            name: "",
            first: start,
            last: start.advanced(by: 300)
        )
        let columns = [[], [closure]].map { recesses in
            let calendar = SchoolCalendar(recesses: recesses)
            let clock = InquiryClock(askedOn: start, calendar: calendar)
            return Ladder.outlook(clock, calendar: calendar, policy: .standard)
                .prefix { $0.step != .changeColumn }
                .map { "\(Self.wait(from: start, to: $0)): \($0.step)" }
        }
        let rows = (0..<max(columns[0].count, columns[1].count)).map { index in
            let cells = columns.map { $0.indices.contains(index) ? $0[index] : "" }
            return "| \(cells.joined(separator: " | ")) |"
        }
        return
            (["## The ladder of a silent school", ""]
            + [
                "By the standard policy. A school that closes or opens while a request waits changes"
            ]
            + ["column that day; a promise is waited for, the cap waits for nothing.", ""]
            + urgency
            + ["| In session | Closed by its calendar |", "| --- | --- |"] + rows)
            .joined(separator: "\n")
    }

    private static var urgency: [String] {
        let policy = Ladder.Policy.standard
        let fast = policy.paced(for: [.immunizationHold])
        return [
            "On urgent grounds it is climbed faster: the second address and the reminder after",
            "\(fast.remindAfter) working day, the district after \(fast.districtAfter), the state "
                + "after \(fast.stateAfter), the cap after",
            "\(fast.capAfter) calendar days. A limit of the law draws the district to the working "
                + "day before it and the",
            "state to its last day; whoever was asked is reminded at "
                + "\(policy.lawReminderAtPercent) % of its time and "
                + "\(policy.lawReminderBefore) working day before.", "",
        ]
    }

    private static func wait(from start: CivilDate, to due: Ladder.Due) -> String {
        if due.on == start { return "at once" }
        if due.step == .cap { return "\(start.days(to: due.on)) calendar days" }
        let days = WorkingDays.count(after: start, through: due.on)
        return days == 1 ? "1 working day" : "\(days) working days"
    }

    private static var holds: String {
        let names = names(HoldCondition.Code.choices)
        return """
            ## What a holder can wait for

            \(names).

            With a date, the holder is asked again the day after it; without one after \
            \(Ladder.Policy.standard.holdReviewAfter) working days. The cap waits for nothing.
            """
    }

    private static var reasons: String {
        let rows = ReasonCode.Family.allCases.flatMap { family in
            ReasonCode.all(in: family).map { reason in
                "| \(reason.rawValue) | \(reason) | \(family) | \(follows(reason.consequence)) |"
            }
        }
        let head = [
            "## Reasons", "",
            "Of a refusal, what follows. Once records were sent in part it only says of the rest",
            "that it will not come.", "",
            "| Code | Name | Family | What follows |", "| --- | --- | --- | --- |",
        ]
        return (head + rows).joined(separator: "\n")
    }

    private static func follows(_ consequence: ReasonCode.Consequence?) -> String {
        switch consequence {
        case .nextLocation: "ends; the next location"
        case .otherHolder: "ends; the holder that was named"
        case .question: "the requester is asked, once; said again it ends"
        case .hold(let code): "on hold: \(code)"
        case .fees: "ends; refused for homeless, foster and migratory students"
        case .silence: "ends; nothing more is mailed to the family"
        case nil: "-"
        }
    }

    private static func names(_ values: [some Any]) -> String {
        values.map { "\($0)" }.joined(separator: ", ")
    }
}
