extension Migration {
    /// Requests, inquiries, bundles, answer links and drafts.
    ///
    /// `body` columns are encrypted: the
    /// typed columns beside them are what is searched or constrained, and hold no personal data.
    static let m001Cases = Self(number: 1, name: "cases") { dialect in
        """
        CREATE TABLE requests(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            number TEXT NOT NULL UNIQUE CHECK (length(number) = 14),
            requester TEXT NOT NULL CHECK (length(requester) = 12),
            requester_state TEXT NOT NULL CHECK (length(requester_state) = 2),
            filed_by TEXT NOT NULL CHECK (length(filed_by) = 26),
            filed_at BIGINT NOT NULL,
            conclusion TEXT CHECK (conclusion IN ('completed', 'cancelled', 'closedUnfilled',
                'closedDuplicate', 'enteredInError')),
            is_open BOOLEAN NOT NULL CHECK (is_open = (conclusion IS NULL)),
            body \(dialect.blob) NOT NULL CHECK (length(body) > 0)
        );
        CREATE INDEX requests_by_school ON requests(requester, is_open, filed_at, id);
        CREATE INDEX requests_by_state ON
            requests(requester_state, is_open, filed_at, id);

        CREATE TABLE request_followers(
            request TEXT NOT NULL REFERENCES requests(id),
            staff TEXT NOT NULL CHECK (length(staff) = 26),
            position BIGINT NOT NULL,
            PRIMARY KEY (request, staff)
        );

        CREATE TABLE inquiries(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            request TEXT NOT NULL REFERENCES requests(id),
            sequence BIGINT NOT NULL CHECK (sequence > 0),
            holder TEXT NOT NULL CHECK (length(holder) > 0),
            school TEXT NOT NULL CHECK (length(school) = 12),
            holder_state TEXT NOT NULL CHECK (length(holder_state) = 2),
            status TEXT NOT NULL CHECK (status IN ('queued', 'notified', 'opened', 'accepted',
                'onHold', 'question', 'partlySent', 'sent', 'notFilled', 'superseded',
                'timedOut', 'withdrawn')),
            is_live BOOLEAN NOT NULL CHECK (is_live = (status IN ('queued', 'notified', 'opened',
                'accepted', 'onHold', 'question', 'partlySent'))),
            -- The clock's level while somebody at the holder's state may have to act.
            queue_level BIGINT CHECK (queue_level BETWEEN 0 AND 4),
            asked_at BIGINT NOT NULL,
            body \(dialect.blob) NOT NULL CHECK (length(body) > 0),
            UNIQUE (request, sequence)
        );
        CREATE INDEX inquiries_by_holder ON inquiries(holder, is_live, asked_at, id);
        CREATE INDEX inquiries_by_state ON inquiries(holder_state, queue_level, asked_at);

        CREATE TABLE timers(
            inquiry TEXT PRIMARY KEY REFERENCES inquiries(id),
            due BIGINT NOT NULL
        );
        CREATE INDEX timers_by_due ON timers(due, inquiry);

        CREATE TABLE bundles(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            request TEXT NOT NULL REFERENCES requests(id),
            inquiry TEXT NOT NULL REFERENCES inquiries(id),
            sequence BIGINT NOT NULL CHECK (sequence > 0),
            holder TEXT NOT NULL CHECK (length(holder) > 0),
            answered_at BIGINT NOT NULL,
            body \(dialect.blob) NOT NULL CHECK (length(body) > 0),
            UNIQUE (request, sequence)
        );

        CREATE INDEX bundles_by_inquiry ON bundles(inquiry);

        CREATE TABLE bundle_files(
            bundle TEXT NOT NULL REFERENCES bundles(id),
            file TEXT NOT NULL CHECK (length(file) > 0),
            PRIMARY KEY (bundle, file)
        );

        CREATE TABLE deliveries(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            bundle TEXT NOT NULL REFERENCES bundles(id),
            request TEXT NOT NULL REFERENCES requests(id),
            recipient TEXT NOT NULL CHECK (length(recipient) > 0),
            way TEXT NOT NULL CHECK (way IN ('web', 'sftpPush')),
            status TEXT NOT NULL CHECK (status IN ('waiting', 'sent', 'retrying', 'failed',
                'collected', 'receiptGood', 'receiptBad')),
            body \(dialect.blob) NOT NULL CHECK (length(body) > 0)
        );
        CREATE INDEX deliveries_by_request ON deliveries(request);
        CREATE INDEX deliveries_by_bundle ON deliveries(bundle, id);

        CREATE TABLE links(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            inquiry TEXT NOT NULL REFERENCES inquiries(id),
            contact TEXT NOT NULL CHECK (length(contact) = 26),
            token_digest TEXT NOT NULL UNIQUE CHECK (length(token_digest) = 64),
            code_digest TEXT NOT NULL CHECK (length(code_digest) = 64),
            issued_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL,
            wrong_codes BIGINT NOT NULL CHECK (wrong_codes >= 0),
            revoked_at BIGINT,
            fetched_at BIGINT
        );
        CREATE INDEX links_by_inquiry ON links(inquiry, issued_at, id);

        CREATE TABLE drafts(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            owner TEXT NOT NULL CHECK (length(owner) = 26),
            changed_at BIGINT NOT NULL,
            body \(dialect.blob) NOT NULL CHECK (length(body) > 0)
        );
        CREATE INDEX drafts_by_owner ON drafts(owner, changed_at, id);
        """
    }
}
