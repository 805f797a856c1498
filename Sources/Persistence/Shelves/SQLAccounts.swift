import Casework
import RecordExchange
import Vocabulary

extension SQLCaseSession {
    private static let accountColumns = "SELECT id, one_time_secret, body FROM accounts"

    func account(_ id: StaffID) throws -> StaffAccount? {
        try sql.query("\(Self.accountColumns) WHERE id = $1", [id]).first.map(account(in:))
    }

    func account(email: EmailAddress) throws -> StaffAccount? {
        try sql.query(
            "\(Self.accountColumns) WHERE email = $1",
            [email.description.lowercased()]
        ).first.map(account(in:))
    }

    func account(invitationDigest: String) throws -> StaffAccount? {
        try sql.query("\(Self.accountColumns) WHERE invitation_digest = $1", [invitationDigest])
            .first.map(account(in:))
    }

    func accounts(at organization: OrganizationID) throws -> [StaffAccount] {
        try sql.query(
            """
            \(Self.accountColumns)
            WHERE id IN (SELECT account FROM account_memberships WHERE organization = $1)
            ORDER BY email
            """,
            [organization]
        ).map(account(in:))
    }

    func allAccounts() throws -> [StaffAccount] {
        try sql.query("\(Self.accountColumns) ORDER BY email").map(account(in:))
    }

    func save(_ account: StaffAccount) throws {
        var body = account
        body.oneTimeSecret = nil
        let secret = try account.oneTimeSecret.map { secret in
            try codec.seal(secret, table: "accounts", column: "one_time_secret", id: account.id)
        }
        try change(
            """
            INSERT INTO accounts(id, email, status, invitation_digest, one_time_secret, body)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (id) DO UPDATE SET email = excluded.email, status = excluded.status,
                invitation_digest = excluded.invitation_digest,
                one_time_secret = excluded.one_time_secret, body = excluded.body
            """,
            [
                account.id, account.email.description.lowercased(), account.status.rawValue,
                account.invitationDigest, secret, try codec.plain(body),
            ],
            unique: [
                "accounts.email": "account email",
                "accounts.invitation_digest": "invitation",
            ]
        )
        try change("DELETE FROM account_memberships WHERE account = $1", [account.id])
        for membership in Set(account.memberships) {
            try change(
                """
                INSERT INTO account_memberships(account, organization, role)
                VALUES ($1, $2, $3)
                """,
                [account.id, membership.organization, membership.role.rawValue]
            )
        }
    }

    private func account(in row: SQLRow) throws -> StaffAccount {
        var account = try codec.plainValue(row, table: "accounts", as: StaffAccount.self)
        if try row.optionalBlob("one_time_secret") != nil {
            account.oneTimeSecret = try codec.open(
                row,
                table: "accounts",
                column: "one_time_secret"
            )
        }
        return account
    }
}
