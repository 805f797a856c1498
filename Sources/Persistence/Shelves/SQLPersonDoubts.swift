import Casework
import RecordLocator
import Vocabulary

extension SQLCaseSession {
    static let doubtTable = SealedTable<PersonDoubt>(
        name: "person_doubts",
        save: """
            INSERT INTO person_doubts(id, person, status, found_at, body)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (id) DO UPDATE SET status = excluded.status, found_at = excluded.found_at,
                body = excluded.body
            """,
        select: "SELECT id, person, status, found_at, body FROM person_doubts",
        columns: { doubt in [doubt.id, doubt.person, doubt.status.rawValue, doubt.foundAt] }
    )

    func doubt(about person: PersonID) throws -> PersonDoubt? {
        try rows(of: Self.doubtTable, "WHERE person = $1", [person]).first
    }

    func openDoubts(start: PageStart, limit: Int) throws -> ListPage<PersonDoubt> {
        try page(
            of: Self.doubtTable,
            from: start,
            "status = 'open'",
            [],
            by: "found_at",
            isDescending: false,
            limit: limit,
            position: \.position
        )
    }

    func save(_ doubt: PersonDoubt) throws {
        try insert(
            doubt,
            id: doubt.id,
            into: Self.doubtTable,
            unique: ["person_doubts.person": "person doubt"]
        )
    }

    func proposals(open: Bool, start: PageStart, limit: Int) throws -> ListPage<PersonProposal> {
        try page(
            of: Self.proposalTable,
            from: start,
            "is_open = $1",
            [open],
            by: "proposed_at",
            isDescending: true,
            limit: limit,
            position: \.position
        )
    }

    func assessedUpTo() throws -> Int64 { try locatorMark("assessed") }

    func setAssessedUpTo(_ sequence: Int64) throws {
        try setLocatorMark("assessed", sequence)
    }

    /// A page of a table by one key: one more row than it holds is read, away from where it begins.
    private func page<Value>(
        of table: SealedTable<Value>,
        from start: PageStart,
        _ condition: String,
        _ parameters: [any SQLBindable],
        by key: String,
        isDescending: Bool,
        limit: Int,
        position place: (Value) -> ListPosition
    ) throws -> ListPage<Value> {
        let (position, isBack): (ListPosition?, Bool) =
            switch start {
            case .top: (nil, false)
            case .after(let position): (position, false)
            case .before(let position): (position, true)
            }
        let isDown = isDescending != isBack
        var condition = condition
        var parameters = parameters
        if let position {
            let places = (parameters.count + 1, parameters.count + 2)
            condition += " AND (\(key), id) \(isDown ? "<" : ">") ($\(places.0), $\(places.1))"
            parameters += [position.first, position.id]
        }
        let direction = isDown ? "DESC" : "ASC"
        parameters.append(limit + 1)
        let read = try rows(
            of: table,
            """
            WHERE \(condition) ORDER BY \(key) \(direction), id \(direction)
            LIMIT $\(parameters.count)
            """,
            parameters
        )
        return ListPage(
            read: read.map { (position: place($0), item: $0) },
            from: start,
            limit: limit
        )
    }
}
