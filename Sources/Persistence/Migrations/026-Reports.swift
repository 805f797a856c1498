extension Migration {
    /// What is counted for reports, derived from requests and inquiries; when a link's code was
    /// typed; which mailboxes refused mail.
    ///
    /// Nothing in it says who a student is: `student` is the beginning of a keyed digest.
    static let m026Reports = Self(number: 26, name: "reports") { _ in
        """
        CREATE TABLE report_rows(
            -- The inquiry's identifier, or the request's where no school was asked.
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            request TEXT NOT NULL REFERENCES requests(id),
            student BIGINT NOT NULL,
            requester TEXT NOT NULL CHECK (length(requester) = 12),
            requester_state TEXT NOT NULL CHECK (length(requester_state) = 2),
            holder TEXT CHECK (length(holder) = 12),
            holder_state TEXT CHECK (length(holder_state) = 2),
            filed_on BIGINT NOT NULL,
            -- The one row of its request that counts as the request.
            speaks BOOLEAN NOT NULL,
            stop TEXT NOT NULL CHECK (length(stop) > 0),
            level BIGINT NOT NULL CHECK (level BETWEEN 0 AND 4),
            -- From request to record; NULL while and where none came.
            minutes BIGINT CHECK (minutes >= 0),
            was_closed BOOLEAN,
            reason TEXT,
            effort_seconds BIGINT,
            effort_fields BIGINT,
            CHECK ((holder IS NULL) = (holder_state IS NULL))
        );
        CREATE INDEX report_rows_by_request ON report_rows(request);
        CREATE INDEX report_rows_asked_by ON report_rows(requester, filed_on);
        CREATE INDEX report_rows_asked_in ON report_rows(requester_state, filed_on);
        CREATE INDEX report_rows_held_by ON report_rows(holder, filed_on);
        CREATE INDEX report_rows_held_in ON report_rows(holder_state, filed_on);
        CREATE INDEX report_rows_by_day ON report_rows(filed_on);

        ALTER TABLE links ADD COLUMN entered_at BIGINT;

        ALTER TABLE contacts ADD COLUMN has_bounced BOOLEAN NOT NULL DEFAULT FALSE;
        UPDATE contacts SET has_bounced = TRUE WHERE body LIKE '%"bouncedOn"%';
        CREATE INDEX contacts_bounced ON contacts(has_bounced, id);
        """
    }
}
