import Casework
import RecordLocator
import Vocabulary

extension SQLCaseSession {
    static let nearMatchTable = SealedTable<NearMatch>(
        name: "near_matches",
        save: """
            INSERT INTO near_matches(id, first, second, status, found_at, body)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (id) DO UPDATE SET status = excluded.status, body = excluded.body
            """,
        select: "SELECT id, first, second, status, found_at, body FROM near_matches",
        columns: { match in
            [match.id, match.first, match.second, match.status.rawValue, match.foundAt]
        }
    )

    static let proposalTable = SealedTable<PersonProposal>(
        name: "person_proposals",
        save: """
            INSERT INTO person_proposals(id, status, is_open, proposed_at, body)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (id) DO UPDATE SET status = excluded.status, is_open = excluded.is_open,
                body = excluded.body
            """,
        select: "SELECT id, status, is_open, proposed_at, body FROM person_proposals",
        columns: { proposal in
            [
                proposal.id, proposal.status.rawValue, proposal.status == .open,
                proposal.proposedAt,
            ]
        }
    )

    func person(_ id: PersonID) throws -> Person? {
        try people("WHERE id = $1", [id]).first
    }

    func person(numbered number: StudentRecordNumber) throws -> Person? {
        try people("WHERE number = $1", [number.description]).first
    }

    func save(_ person: Person) throws {
        try change(
            """
            INSERT INTO people(id, number, minted_at, merged_into) VALUES ($1, $2, $3, $4)
            ON CONFLICT (id) DO UPDATE SET merged_into = excluded.merged_into
            """,
            [person.id, person.number.description, person.mintedAt, person.mergedInto],
            unique: ["people.number": "student record number"]
        )
        touchedPeople.people.insert(person.id)
    }

    func entries(of person: PersonID) throws -> [LocatorEntry] {
        try sql.query(
            "SELECT id, body, person FROM locator_entries WHERE person = $1 ORDER BY id",
            [person]
        ).map(locatorEntry(in:))
    }

    func nearMatch(_ id: NearMatch.ID) throws -> NearMatch? {
        try rows(of: Self.nearMatchTable, "WHERE id = $1", [id]).first
    }

    func nearMatch(of one: PersonID, and other: PersonID) throws -> NearMatch? {
        try rows(
            of: Self.nearMatchTable,
            "WHERE first = $1 AND second = $2",
            [min(one, other), max(one, other)]
        ).first
    }

    func save(_ match: NearMatch) throws {
        try insert(match, id: match.id, into: Self.nearMatchTable)
        touchedPeople.matches.insert(match.id)
    }

    func proposal(_ id: PersonProposal.ID) throws -> PersonProposal? {
        try rows(of: Self.proposalTable, "WHERE id = $1", [id]).first
    }

    func proposals(about person: PersonID) throws -> [PersonProposal] {
        try rows(
            of: Self.proposalTable,
            """
            WHERE id IN (SELECT proposal FROM person_proposal_people WHERE person = $1)
            ORDER BY proposed_at, id
            """,
            [person]
        )
    }

    func save(_ proposal: PersonProposal) throws {
        try insert(proposal, id: proposal.id, into: Self.proposalTable)
        for person in proposal.people {
            try change(
                """
                INSERT INTO person_proposal_people(person, proposal) VALUES ($1, $2)
                ON CONFLICT (person, proposal) DO NOTHING
                """,
                [person, proposal.id]
            )
        }
    }

    func groupedUpTo() throws -> Int64 { try locatorMark("grouped") }

    func setGroupedUpTo(_ sequence: Int64) throws { try setLocatorMark("grouped", sequence) }

    func locatorMark(_ name: String) throws -> Int64 {
        try sql.query("SELECT sequence FROM locator_marks WHERE name = $1", [name]).first?
            .integer("sequence") ?? 0
    }

    func setLocatorMark(_ name: String, _ sequence: Int64) throws {
        try change(
            """
            INSERT INTO locator_marks(name, sequence) VALUES ($1, $2)
            ON CONFLICT (name) DO UPDATE SET sequence = excluded.sequence
            """,
            [name, sequence]
        )
    }

    private func people(_ condition: String, _ parameters: [any SQLBindable]) throws -> [Person] {
        try sql.query(
            "SELECT id, number, minted_at, merged_into FROM people \(condition)",
            parameters
        ).map { row in
            var person = Person(
                id: try row.parsed("id") { PersonID($0) },
                number: try row.parsed("number") { try? StudentRecordNumber(parsing: $0) },
                mintedAt: try row.instant("minted_at")
            )
            person.mergedInto = try row.optionalText("merged_into").flatMap { PersonID($0) }
            return person
        }
    }
}
