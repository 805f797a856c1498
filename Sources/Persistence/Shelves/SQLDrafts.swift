import Casework
import RecordExchange

extension SQLCaseSession {
    static let draftTable = SealedTable<RequestDraft>(
        name: "drafts",
        save: """
            INSERT INTO drafts(id, owner, changed_at, body) VALUES ($1, $2, $3, $4)
            ON CONFLICT (id) DO UPDATE SET owner = excluded.owner,
                changed_at = excluded.changed_at, body = excluded.body
            """,
        select: "SELECT id, owner, changed_at, body FROM drafts",
        columns: { draft in [draft.id, draft.owner, draft.changedAt] }
    )

    func draft(_ id: RequestDraft.ID) throws -> RequestDraft? {
        try rows(of: Self.draftTable, "WHERE id = $1", [id]).first
    }

    func drafts(of owner: StaffID) throws -> [RequestDraft] {
        try rows(
            of: Self.draftTable,
            "WHERE owner = $1 ORDER BY changed_at DESC, id DESC",
            [owner]
        )
    }

    func save(_ draft: RequestDraft) throws {
        try insert(draft, id: draft.id, into: Self.draftTable)
    }

    func deleteDraft(_ id: RequestDraft.ID) throws {
        try change("DELETE FROM drafts WHERE id = $1", [id])
    }
}
