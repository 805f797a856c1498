extension Migration {
    /// What came attached to mails and waits for a word from whoever may answer.
    static let m028MailedFiles = Self(number: 28, name: "mailed files") { dialect in
        """
        CREATE TABLE mailed_files(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            inquiry TEXT NOT NULL REFERENCES inquiries(id),
            received_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL,
            body \(dialect.blob) NOT NULL CHECK (length(body) > 0)
        );
        CREATE INDEX mailed_files_of ON mailed_files(inquiry, received_at, id);
        CREATE INDEX mailed_files_expired ON mailed_files(expires_at, id);

        CREATE TABLE waiting_files(
            mailed TEXT NOT NULL REFERENCES mailed_files(id),
            file TEXT NOT NULL CHECK (length(file) = 26),
            PRIMARY KEY (mailed, file)
        );
        """
    }
}
