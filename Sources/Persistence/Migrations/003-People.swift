extension Migration {
    /// Staff accounts and web sessions.
    ///
    /// The authenticator secret has an encrypted column of its own and is not in `body`.
    static let m003People = Self(number: 3, name: "people") { dialect in
        """
        CREATE TABLE accounts(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            email TEXT NOT NULL UNIQUE CHECK (email = lower(email)),
            status TEXT NOT NULL CHECK (status IN ('requested', 'invited', 'active', 'disabled')),
            invitation_digest TEXT UNIQUE CHECK (length(invitation_digest) = 64),
            one_time_secret \(dialect.blob) CHECK (length(one_time_secret) > 0),
            body TEXT NOT NULL
        );
        CREATE TABLE account_memberships(
            account TEXT NOT NULL REFERENCES accounts(id),
            organization TEXT NOT NULL CHECK (length(organization) > 0),
            role TEXT NOT NULL CHECK (role IN ('registrar', 'counselor', 'recordsClerk',
                'district', 'stateContact', 'administrator', 'auditor')),
            PRIMARY KEY (account, organization, role)
        );
        CREATE INDEX memberships_by_organization ON account_memberships(organization);

        CREATE TABLE sessions(
            digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
            account TEXT CHECK (length(account) = 26),
            second_factor_passed BOOLEAN NOT NULL,
            inquiry TEXT CHECK (length(inquiry) = 26),
            link TEXT CHECK (length(link) = 26),
            started_at BIGINT NOT NULL,
            last_used_at BIGINT NOT NULL,
            CHECK ((account IS NULL) <> (inquiry IS NULL)),
            CHECK ((inquiry IS NULL) = (link IS NULL))
        );
        CREATE INDEX sessions_by_account ON sessions(account);
        CREATE INDEX sessions_by_inquiry ON sessions(inquiry);
        CREATE INDEX sessions_by_use ON sessions(last_used_at);
        """
    }
}
