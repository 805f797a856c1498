extension Migration {
    /// To whom a mail of the outbox goes and of which day it is: one person's are counted and, above
    /// three a day, gathered into one.
    ///
    /// `recipient` is a keyed digest of the address.
    static let m024MailDays = Self(number: 24, name: "mail days") { dialect in
        """
        CREATE TABLE mail_days(
            effect TEXT PRIMARY KEY REFERENCES effects(id),
            recipient \(dialect.blob) NOT NULL CHECK (length(recipient) > 0),
            day BIGINT NOT NULL,
            is_held BOOLEAN NOT NULL
        );
        CREATE INDEX mail_days_of ON mail_days(recipient, day, is_held);
        CREATE INDEX mail_days_held ON mail_days(recipient, is_held, effect);
        """
    }
}
