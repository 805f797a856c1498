import Casework
import RecordLocator
import Vocabulary

/// The people and lines of the worklist whose derived rows a transaction has made stale.
final class TouchedPeople {
    var people: Set<PersonID> = []
    var matches: Set<NearMatch.ID> = []
}

extension SQLCaseSession {
    private static let nearMatchVersion = 1
    private static let nearMatchBatch = 500

    /// Notes that an entry changes or goes, for the person it belongs to now and the one after.
    func touchPeople(of entry: LocatorEntry.ID, now person: PersonID?) throws {
        let row = try sql.query("SELECT person FROM locator_entries WHERE id = $1", [entry]).first
        let before = try row?.optionalText("person").flatMap { PersonID($0) }
        for person in [before, person].compactMap({ $0 }) { touchedPeople.people.insert(person) }
    }

    /// Writes the derived rows of every line touched since the last call.
    func refreshNearMatches() throws {
        var matches = touchedPeople.matches
        for person in touchedPeople.people { matches.formUnion(try openMatches(of: person)) }
        touchedPeople.matches = []
        touchedPeople.people = []
        for id in matches.sorted() {
            // A line of which something does not open keeps its rows: `verify` names it.
            do { try deriveStates(of: id) } catch StorageFailure.unreadable { continue }
        }
    }

    /// The open lines about a person, or about somebody merged into them.
    private func openMatches(of person: PersonID) throws -> Set<NearMatch.ID> {
        var found: Set<NearMatch.ID> = []
        var seen: Set<PersonID> = []
        var left = [person]
        while let next = left.popLast() {
            guard seen.insert(next).inserted else { continue }
            for row in try sql.query("SELECT id FROM people WHERE merged_into = $1", [next]) {
                left.append(try row.parsed("id") { PersonID($0) })
            }
            for side in ["first", "second"] {
                let rows = try sql.query("SELECT id FROM near_matches WHERE \(side) = $1", [next])
                for row in rows { found.insert(try row.parsed("id") { NearMatch.ID($0) }) }
            }
        }
        return found
    }

    private func deriveStates(of id: NearMatch.ID) throws {
        guard let match = try nearMatch(id) else { return }
        let states = try match.states(in: self)
        try change("DELETE FROM near_match_states WHERE near_match = $1", [id])
        for state in states {
            try change(
                "INSERT INTO near_match_states(near_match, state, found_at) VALUES ($1, $2, $3)",
                [id, state, match.foundAt]
            )
        }
    }

    func nearMatches(
        seenFrom states: Set<StateCode>,
        start: PageStart,
        limit: Int
    ) throws -> ListPage<NearMatch> {
        try refreshNearMatches()
        guard limit > 0 else { return ListPage(items: []) }
        let (comparison, direction, position): (String, String, ListPosition?) =
            switch start {
            case .top: (">", "ASC", nil)
            case .after(let position): (">", "ASC", position)
            case .before(let position): ("<", "DESC", position)
            }
        // One range of the index for each state; a line that two of them see is one line.
        var found: Set<ListPosition> = []
        for state in states {
            var condition = "state = $1"
            var parameters: [any SQLBindable] = [state, limit + 1]
            if let position {
                condition += " AND (found_at, near_match) \(comparison) ($3, $4)"
                parameters += [position.first, position.id]
            }
            let rows = try sql.query(
                """
                SELECT near_match, found_at FROM near_match_states WHERE \(condition)
                ORDER BY found_at \(direction), near_match \(direction) LIMIT $2
                """,
                parameters
            )
            for row in rows {
                found.insert(
                    ListPosition(try row.integer("found_at"), id: try row.text("near_match"))
                )
            }
        }
        let sorted = found.sorted { direction == "ASC" ? $0 < $1 : $0 > $1 }.prefix(limit + 1)
        let page = ListPage(
            read: sorted.map { (position: $0, item: $0.id) },
            from: start,
            limit: limit
        )
        return ListPage(
            items: try page.items.compactMap { try NearMatch.ID($0).flatMap { try nearMatch($0) } },
            before: page.before,
            after: page.after
        )
    }

    func nearMatchCount(seenFrom states: Set<StateCode>) throws -> Int {
        try refreshNearMatches()
        guard !states.isEmpty else { return 0 }
        let places = (1...states.count).map { "$\($0)" }.joined(separator: ", ")
        let row = try sql.query(
            """
            SELECT COUNT(DISTINCT near_match) AS number FROM near_match_states
            WHERE state IN (\(places))
            """,
            Array(states)
        ).first
        return Int(try row?.integer("number") ?? 0)
    }

    /// One step of filling the derived table from lines that were there before it.
    ///
    /// - Returns: whether there is more to do.
    func fillNearMatches() throws -> Bool {
        let row = try sql.query(
            "SELECT version, filled_to FROM derived_tables WHERE name = 'near matches'"
        ).first
        let isCurrent = try row?.integer("version") == Int64(Self.nearMatchVersion)
        let filledTo = try row?.optionalText("filled_to")
        if isCurrent, filledTo == nil { return false }
        let ids = try sql.query(
            "SELECT id FROM near_matches WHERE id > $1 ORDER BY id LIMIT $2",
            [isCurrent ? filledTo ?? "" : "", Self.nearMatchBatch]
        ).map { try $0.parsed("id") { NearMatch.ID($0) } }
        touchedPeople.matches.formUnion(ids)
        try refreshNearMatches()
        try change(
            """
            INSERT INTO derived_tables(name, version, filled_to) VALUES ('near matches', $1, $2)
            ON CONFLICT (name) DO UPDATE SET version = excluded.version,
                filled_to = excluded.filled_to
            """,
            [Self.nearMatchVersion, ids.last]
        )
        return !ids.isEmpty
    }
}

extension RowVerification {
    /// Compares the derived rows with what they are derived from.
    func checkNearMatches() throws -> [String] {
        var ids: [NearMatch.ID] = []
        try session.sql.forEachRow("SELECT id FROM near_matches", []) { row in
            ids.append(try row.parsed("id") { NearMatch.ID($0) })
        }
        var problems: [String] = []
        for id in ids {
            // What does not open is named by the other checks.
            guard let match = try? session.nearMatch(id),
                let expected = try? match.states(in: session)
            else { continue }
            let stored = try session.sql.query(
                "SELECT state, found_at FROM near_match_states WHERE near_match = $1",
                [id]
            )
            let states = try stored.map { try $0.text("state") }
            let found = try stored.map { try $0.instant("found_at") }
            if Set(states) != Set(expected.map(\.description))
                || found.contains(where: { $0 != match.foundAt })
            {
                problems.append("near_match_states \(id): the rows are not what the line says")
            }
        }
        return problems
    }
}
