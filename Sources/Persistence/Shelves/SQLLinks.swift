import Casework
import RecordExchange
import StudentRecords
import Vocabulary

extension SQLCaseSession {
    private static let linkColumns = """
        SELECT id, inquiry, contact, token_digest, code_digest, issued_at, expires_at,
            wrong_codes, revoked_at, fetched_at, parts, passed_by, entered_at
        FROM links
        """

    func link(tokenDigest: String) throws -> AnswerLink? {
        try sql.query("\(Self.linkColumns) WHERE token_digest = $1", [tokenDigest]).first
            .map(link(in:))
    }

    func links(of inquiry: Inquiry.ID) throws -> [AnswerLink] {
        try sql.query("\(Self.linkColumns) WHERE inquiry = $1 ORDER BY issued_at, id", [inquiry])
            .map(link(in:))
    }

    func save(_ link: AnswerLink) throws {
        try change(
            """
            INSERT INTO links(id, inquiry, contact, token_digest, code_digest, issued_at,
                expires_at, wrong_codes, revoked_at, fetched_at, parts, passed_by,
                entered_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT (id) DO UPDATE SET inquiry = excluded.inquiry,
                contact = excluded.contact, token_digest = excluded.token_digest,
                code_digest = excluded.code_digest, issued_at = excluded.issued_at,
                expires_at = excluded.expires_at, wrong_codes = excluded.wrong_codes,
                revoked_at = excluded.revoked_at, fetched_at = excluded.fetched_at,
                parts = excluded.parts, passed_by = excluded.passed_by,
                entered_at = excluded.entered_at
            """,
            [
                link.id, link.inquiry, link.contact, link.tokenDigest, link.codeDigest,
                link.issuedAt, link.expiresAt, link.wrongCodes, link.revokedAt, link.fetchedAt,
                link.parts.map { $0.map(\.rawValue).joined(separator: " ") }, link.passedBy,
                link.enteredAt,
            ],
            unique: ["links.token_digest": "link token"]
        )
    }

    private func link(in row: SQLRow) throws -> AnswerLink {
        var link = AnswerLink(
            id: try row.parsed("id") { AnswerLink.ID($0) },
            inquiry: try row.parsed("inquiry") { Inquiry.ID($0) },
            contact: try row.parsed("contact") { Contact.ID($0) },
            // A word that is no part is left out: its bearer may answer for less, never for more.
            parts: try row.optionalText("parts").map { words in
                words.split(separator: " ").compactMap { RecordPart(rawValue: String($0)) }
            },
            passedBy: try row.optionalText("passed_by").flatMap { Contact.ID($0) },
            tokenDigest: try row.text("token_digest"),
            codeDigest: try row.text("code_digest"),
            issuedAt: try row.instant("issued_at")
        )
        link.expiresAt = try row.instant("expires_at")
        link.wrongCodes = Int(try row.integer("wrong_codes"))
        link.revokedAt = try row.optionalInstant("revoked_at")
        link.fetchedAt = try row.optionalInstant("fetched_at")
        link.enteredAt = try row.optionalInstant("entered_at")
        return link
    }
}
