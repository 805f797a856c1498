extension Migration {
    /// Lists derived from requests and inquiries, for sorting, filtering and counting.
    ///
    /// Nothing in them says who a student is: `student` is a keyed digest. `derived_tables` says
    /// which version of the derivation filled them and, while that is under way, up to where.
    static let m013Worklists = Self(number: 13, name: "worklists") { dialect in
        """
        CREATE TABLE derived_tables(
            name TEXT PRIMARY KEY,
            version BIGINT NOT NULL,
            filled_to TEXT
        );

        CREATE TABLE request_rows(
            request TEXT PRIMARY KEY REFERENCES requests(id),
            requester TEXT NOT NULL CHECK (length(requester) = 12),
            is_open BOOLEAN NOT NULL,
            stage TEXT NOT NULL CHECK (length(stage) > 0),
            filed_at BIGINT NOT NULL,
            student \(dialect.blob) NOT NULL CHECK (length(student) > 0)
        );
        CREATE INDEX request_rows_by_school ON
            request_rows(requester, is_open, filed_at, request, stage);
        CREATE INDEX request_rows_by_stage ON request_rows(requester, stage);
        CREATE INDEX request_rows_by_student ON request_rows(requester, student, is_open);

        CREATE TABLE worklist(
            -- The inquiry's identifier, or the request's where no school is left to ask.
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            request TEXT NOT NULL REFERENCES requests(id),
            inquiry TEXT REFERENCES inquiries(id),
            state TEXT NOT NULL CHECK (length(state) = 2),
            holder TEXT,
            school TEXT,
            requester TEXT NOT NULL CHECK (length(requester) = 12),
            stage TEXT NOT NULL CHECK (length(stage) > 0),
            is_waiting BOOLEAN NOT NULL,
            is_told BOOLEAN NOT NULL,
            priority BIGINT NOT NULL CHECK (priority IN (0, 1)),
            since BIGINT NOT NULL,
            due BIGINT NOT NULL,
            why TEXT NOT NULL CHECK (why IN ('known', 'closed', 'silent', 'withoutSchool')),
            is_unreachable BOOLEAN NOT NULL,
            CHECK ((inquiry IS NULL) = (holder IS NULL)),
            CHECK ((inquiry IS NULL) = (why = 'withoutSchool'))
        );
        CREATE INDEX worklist_by_request ON worklist(request);
        CREATE INDEX worklist_by_inquiry ON worklist(inquiry);
        CREATE INDEX worklist_by_age ON worklist(state, priority, since, id);
        CREATE INDEX worklist_by_due ON worklist(state, due, since, id);
        CREATE INDEX worklist_told_by_age ON worklist(state, is_told, priority, since, id);
        CREATE INDEX worklist_told_by_due ON worklist(state, is_told, due, since, id);
        CREATE INDEX worklist_counts ON worklist(state, is_told, why, is_unreachable);
        CREATE INDEX worklist_of_holder ON worklist(holder, is_waiting, priority, since, id);
        CREATE INDEX worklist_of_holder_by_due ON worklist(holder, is_waiting, due, since, id);
        """
    }
}
