import Casework
import RecordExchange
import Vocabulary

extension SQLCaseSession {
    private static let slipColumns = "SELECT request, issued_by, issued_at FROM family_slips"

    func slip(key: String) throws -> FamilySlip? {
        // Slips that were made under an older key of ours are found by its digest.
        for digest in try slipDigests(key) {
            let rows = try sql.query("\(Self.slipColumns) WHERE digest = $1", [digest])
            if let row = rows.first { return try slip(in: row) }
        }
        return nil
    }

    func slip(of request: RecordRequest.ID) throws -> FamilySlip? {
        try sql.query("\(Self.slipColumns) WHERE request = $1", [request]).first.map(slip(in:))
    }

    func save(_ slip: FamilySlip, key: String) throws {
        // A slip that is not on file must not be handed to a family.
        guard let digest = try slipDigests(key).first else {
            throw StorageFailure.unreadable(
                table: "family_slips",
                id: slip.request.description
            )
        }
        try change(
            """
            INSERT INTO family_slips(request, digest, issued_by, issued_at)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT (request) DO UPDATE SET digest = excluded.digest,
                issued_by = excluded.issued_by, issued_at = excluded.issued_at
            """,
            [slip.request, digest, slip.issuedBy, slip.issuedAt],
            unique: ["family_slips.digest": "family slip"]
        )
    }

    static let familyContactTable = SealedTable<FamilyContact>(
        name: "family_contacts",
        save: """
            INSERT INTO family_contacts(request, body) VALUES ($1, $2)
            ON CONFLICT (request) DO UPDATE SET body = excluded.body
            """,
        select: "SELECT request AS id, body FROM family_contacts",
        columns: { contact in [contact.request] }
    )

    func familyContact(of request: RecordRequest.ID) throws -> FamilyContact? {
        try rows(of: Self.familyContactTable, "WHERE request = $1", [request]).first
    }

    func save(_ contact: FamilyContact) throws {
        try insert(contact, id: contact.request, into: Self.familyContactTable)
    }

    func forgetFamilyContact(of request: RecordRequest.ID) throws {
        try change("DELETE FROM family_contacts WHERE request = $1", [request])
    }

    private func slipDigests(_ key: String) throws -> [[UInt8]] {
        try codec.fields.digests(of: key, context: "family_slips/digest")
    }

    private func slip(in row: SQLRow) throws -> FamilySlip {
        FamilySlip(
            request: try row.parsed("request") { RecordRequest.ID($0) },
            issuedBy: try row.parsed("issued_by") { StaffID($0) },
            issuedAt: try row.instant("issued_at")
        )
    }
}
