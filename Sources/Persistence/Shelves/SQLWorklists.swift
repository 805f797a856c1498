import Casework
import RecordExchange
import Vocabulary

extension SQLCaseSession {
    func worklist(_ question: WorklistQuestion) throws -> ListPage<WorklistItem> {
        try refreshDerivedRows()
        guard question.limit > 0 else { return ListPage(items: []) }
        var condition = Condition(question)
        condition.restrict(to: question.view)
        let first = question.order.column
        // All of them have the one priority then: left in, it would cost a sort.
        let isOne = question.order == .waiting && question.isUrgentOnly
        let keys = isOne ? "since, id" : "\(first), since, id"
        var direction = ""
        switch question.start {
        case .top: break
        case .after(let position): condition.add(keys, ">", position)
        case .before(let position):
            condition.add(keys, "<", position)
            direction = " DESC"
        }
        let order = keys.split(separator: ", ").map { "\($0)\(direction)" }
            .joined(separator: ", ")
        let limit = condition.bind(question.limit + 1)
        let read = try sql.query(
            """
            SELECT id, request, inquiry, \(first) AS first, since FROM worklist
            WHERE \(condition.text) ORDER BY \(order) LIMIT \(limit)
            """,
            condition.parameters
        ).map { row in
            WorklistItem(
                request: try row.parsed("request") { RecordRequest.ID($0) },
                inquiry: try row.optionalText("inquiry").flatMap { Inquiry.ID($0) },
                position: ListPosition(
                    try row.integer("first"),
                    try row.integer("since"),
                    id: try row.text("id")
                )
            )
        }
        return ListPage(
            read: read.map { (position: $0.position, item: $0) },
            from: question.start,
            limit: question.limit
        )
    }

    func worklistCounts(_ question: WorklistQuestion) throws -> WorklistCounts {
        try refreshDerivedRows()
        let condition = Condition(question)
        var counts = WorklistCounts()
        for row in try sql.query(
            """
            SELECT is_told, why, is_unreachable, COUNT(*) AS number FROM worklist
            WHERE \(condition.text) GROUP BY is_told, why, is_unreachable
            """,
            condition.parameters
        ) {
            counts.add(
                Int(try row.integer("number")),
                isTold: try row.boolean("is_told"),
                why: try row.parsed("why") { WorklistEntry.Why(rawValue: $0) },
                isUnreachable: try row.boolean("is_unreachable")
            )
        }
        return counts
    }

    func requests(_ question: RequestListQuestion) throws -> ListPage<RecordRequest> {
        try refreshDerivedRows()
        guard question.limit > 0 else { return ListPage(items: []) }
        var condition = Condition()
        condition.add("requester = ", question.school)
        condition.add("is_open = ", question.part != .closed)
        switch question.part {
        case .ready, .questions:
            condition.add("stage", in: RequestState.allCases.filter(question.part.holds))
        // Said already.
        case .open, .closed: break
        }
        var direction = "DESC"
        // Newest first: what comes after is older.
        switch question.start {
        case .top: break
        case .after(let position): condition.add("(filed_at, request) < ", position)
        case .before(let position):
            condition.add("(filed_at, request) > ", position)
            direction = "ASC"
        }
        let limit = condition.bind(question.limit + 1)
        let read = try sql.query(
            """
            SELECT request, filed_at FROM request_rows WHERE \(condition.text)
            ORDER BY filed_at \(direction), request \(direction) LIMIT \(limit)
            """,
            condition.parameters
        ).map { row in
            (
                position: ListPosition(try row.integer("filed_at"), id: try row.text("request")),
                item: try row.parsed("request") { RecordRequest.ID($0) }
            )
        }
        let page = ListPage(read: read, from: question.start, limit: question.limit)
        return ListPage(
            items: try page.items.compactMap { try request($0) },
            before: page.before,
            after: page.after
        )
    }

    func requestCounts(from school: SchoolID) throws -> [RequestState: Int] {
        try refreshDerivedRows()
        var counts: [RequestState: Int] = [:]
        for row in try sql.query(
            """
            SELECT stage, COUNT(*) AS number FROM request_rows WHERE requester = $1
            GROUP BY stage
            """,
            [school]
        ) {
            let state = try row.parsed("stage") { RequestState(rawValue: $0) }
            counts[state] = Int(try row.integer("number"))
        }
        return counts
    }

    func openRequests(from school: SchoolID, for student: StudentKey) throws -> [RecordRequest] {
        try refreshDerivedRows()
        var found: [RecordRequest] = []
        for digest in try studentDigests(student) {
            let ids = try sql.query(
                """
                SELECT request FROM request_rows
                WHERE requester = $1 AND student = $2 AND is_open = TRUE
                """,
                [school, digest]
            )
            for row in ids {
                let id = try row.parsed("request") { RecordRequest.ID($0) }
                if let request = try request(id) { found.append(request) }
            }
        }
        return found.sorted { ($0.filedAt, $0.id) > ($1.filedAt, $1.id) }
    }

    func openRequestCount(from school: SchoolID, for student: StudentKey) throws -> Int {
        try refreshDerivedRows()
        return try studentDigests(student).reduce(0) { count, digest in
            let row = try sql.query(
                """
                SELECT COUNT(*) AS number FROM request_rows
                WHERE requester = $1 AND student = $2 AND is_open = TRUE
                """,
                [school, digest]
            ).first
            return count + Int(try row?.integer("number") ?? 0)
        }
    }

    /// Mail to a holder arrives again, or no longer.
    func noteReach(of organization: OrganizationID) throws {
        try change(
            "UPDATE worklist SET is_unreachable = $2 WHERE holder = $1",
            [organization, WorklistEntry.isUnreachable(try contacts(of: organization))]
        )
    }
}

extension WorklistQuestion.Order {
    /// What stands before how long it waits.
    fileprivate var column: String {
        switch self {
        case .waiting: "priority"
        case .next: "due"
        case .law: "law"
        case .place: "place"
        }
    }
}

/// The text after WHERE and its parameters, built together.
private struct Condition {
    private var terms: [String] = []
    private(set) var parameters: [any SQLBindable] = []

    init() {}

    /// What every line of the question's list has, whatever the view.
    init(_ question: WorklistQuestion) {
        switch question.owner {
        case .state(let state):
            add("state = ", state)
            if let assignee = question.assignee {
                add("assignee = ", assignee.staff?.description ?? "")
            }
        case .requester(let state):
            add("requester_state = ", state)
            if let assignee = question.assignee {
                add("requester_assignee = ", assignee.staff?.description ?? "")
            }
        case .holder(let holder):
            add("holder = ", holder)
            terms.append("is_waiting = TRUE")
        }
        if question.isUrgentOnly { terms.append("priority = 0") }
        if let step = question.step { add("step = ", step.rawValue) }
        // The sign keeps the planner from looking it up behind the priority: it would save reading
        // some of an index, and cost a sort of all that is urgent.
        if let instant = question.askedBefore { add("+since < ", instant) }
        if let band = question.band { add("band = ", band.rawValue) }
        if let number = question.number {
            terms.append("request IN (SELECT id FROM requests WHERE number = \(bind(number)))")
        } else if let name = question.nameSearched {
            let pattern = bind("%\(Self.escaped(name))%")
            let named = "(SELECT id FROM schools WHERE lower(name) LIKE \(pattern) ESCAPE '\\')"
            terms.append("(school IN \(named) OR requester IN \(named))")
        }
    }

    var text: String { terms.joined(separator: " AND ") }

    mutating func bind(_ value: any SQLBindable) -> String {
        parameters.append(value)
        return "$\(parameters.count)"
    }

    mutating func add(_ comparison: String, _ value: any SQLBindable) {
        terms.append("\(comparison)\(bind(value))")
    }

    /// Compares the last two or all three of a worklist's keys with a position's.
    mutating func add(_ keys: String, _ comparison: String, _ position: ListPosition) {
        var values = [bind(position.second), bind(position.id)]
        if keys != "since, id" { values.insert(bind(position.first), at: 0) }
        terms.append("(\(keys)) \(comparison) (\(values.joined(separator: ", ")))")
    }

    /// Compares an instant and an identifier with a position's.
    mutating func add(_ comparison: String, _ position: ListPosition) {
        terms.append("\(comparison)(\(bind(position.first)), \(bind(position.id)))")
    }

    mutating func add(_ column: String, in states: [RequestState]) {
        let values = states.map(\.rawValue).sorted().map { bind($0) }
        terms.append("\(column) IN (\(values.joined(separator: ", ")))")
    }

    mutating func restrict(to view: WorklistQuestion.View) {
        switch view {
        case .all: break
        case .told: terms.append("is_told = TRUE")
        case .closedSchools: terms.append("why = 'closed'")
        case .unreachable: terms.append("why = 'silent' AND is_unreachable = TRUE")
        case .withoutSchool: terms.append("why = 'withoutSchool'")
        }
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, letter in
            if letter == "%" || letter == "_" || letter == "\\" { result.append("\\") }
            result.append(letter)
        }
    }
}
