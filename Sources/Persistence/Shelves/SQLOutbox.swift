import Casework
import RecordExchange
import Vocabulary

extension SQLCaseSession {
    static let effectTable = SealedTable<Effect>(
        name: "effects",
        save: """
            INSERT INTO effects(id, kind, status, due, is_troubled, created_at, body)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, status = excluded.status,
                due = excluded.due, is_troubled = excluded.is_troubled,
                created_at = excluded.created_at, body = excluded.body
            """,
        select: "SELECT id, kind, status, due, is_troubled, created_at, body FROM effects",
        columns: { effect in
            [
                effect.id, effect.kind, effect.status.rawValue, effect.due, effect.isTroubled,
                effect.createdAt,
            ]
        }
    )

    func enqueue(_ effect: Effect) throws {
        let body = try codec.seal(effect, table: Self.effectTable.name, id: effect.id)
        try change(
            """
            INSERT INTO effects(id, kind, status, due, is_troubled, created_at, body)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            Self.effectTable.columns(effect) + [body],
            unique: ["effects.id": "effect"]
        )
    }

    func effect(_ id: Effect.ID) throws -> Effect? {
        try rows(of: Self.effectTable, "WHERE id = $1", [id]).first
    }

    func dueEffects(by instant: Instant, limit: Int) throws -> [Effect] {
        try rows(
            of: Self.effectTable,
            "WHERE status = 'waiting' AND due <= $1 ORDER BY due, id LIMIT $2",
            [instant, limit]
        )
    }

    func save(_ effect: Effect) throws {
        let kept = effect.erasedWhereDone
        try insert(kept, id: kept.id, into: Self.effectTable)
    }

    func troubledEffects(limit: Int) throws -> [Effect] {
        try rows(
            of: Self.effectTable,
            "WHERE is_troubled = TRUE ORDER BY created_at, id LIMIT $1",
            [limit]
        )
    }

    func noteMail(
        _ effect: Effect.ID,
        to address: EmailAddress,
        on day: CivilDate,
        isHeld: Bool
    ) throws {
        try change(
            "INSERT INTO mail_days(effect, recipient, day, is_held) VALUES ($1, $2, $3, $4)",
            [effect, try recipients(address).first ?? [], day.dayNumber, isHeld]
        )
    }

    func singleMails(to address: EmailAddress, on day: CivilDate) throws -> Int {
        try recipients(address).reduce(0) { sum, digest in
            let row = try sql.query(
                """
                SELECT COUNT(*) AS number FROM mail_days
                WHERE recipient = $1 AND day = $2 AND is_held = FALSE
                """,
                [digest, day.dayNumber]
            ).first
            return sum + Int(try row?.integer("number") ?? 0)
        }
    }

    func heldMails(to address: EmailAddress) throws -> [Effect] {
        try recipients(address).flatMap { digest in
            try rows(
                of: Self.effectTable,
                """
                WHERE status = 'waiting' AND id IN
                    (SELECT effect FROM mail_days WHERE recipient = $1 AND is_held = TRUE)
                """,
                [digest]
            )
        }.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    /// By each key there is, the newest first.
    private func recipients(_ address: EmailAddress) throws -> [[UInt8]] {
        try codec.fields.digests(of: address.description, context: "mail_days/recipient")
    }

    func nextEffect() throws -> Instant? {
        try sql.query(
            "SELECT due FROM effects WHERE status = 'waiting' ORDER BY due LIMIT 1"
        ).first?.instant("due")
    }
}
