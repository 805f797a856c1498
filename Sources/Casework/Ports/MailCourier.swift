package import Vocabulary

/// One mail, complete: whoever carries it adds nothing but the encoding.
package struct OutgoingMail: Hashable, Sendable, Codable {
    /// Without angle brackets; the same for every attempt, so that a repeat can be recognised.
    package let messageID: String
    package let fromName: String
    package let from: EmailAddress
    /// Where a reply goes; `nil` for `from`.
    package let replyTo: EmailAddress?
    /// The envelope sender, to which bounces come.
    package let envelopeSender: EmailAddress
    package let to: EmailAddress
    package let toName: String
    package let subject: String
    package let plainText: String
    package let html: String
    package let language: Language
    /// Message-IDs of the thread, oldest first, without angle brackets.
    package let references: [String]
    package let date: Instant

    package init(
        messageID: String,
        fromName: String,
        from: EmailAddress,
        replyTo: EmailAddress? = nil,
        envelopeSender: EmailAddress,
        to: EmailAddress,
        toName: String,
        subject: String,
        plainText: String,
        html: String,
        language: Language,
        references: [String] = [],
        date: Instant
    ) {
        self.messageID = messageID
        self.fromName = fromName
        self.from = from
        self.replyTo = replyTo
        self.envelopeSender = envelopeSender
        self.to = to
        self.toName = toName
        self.subject = subject
        self.plainText = plainText
        self.html = html
        self.language = language
        self.references = references
        self.date = date
    }
}

/// What became of one attempt to hand a mail on.
package enum MailOutcome: Hashable, Sendable {
    /// The next server took responsibility for it.
    case accepted
    /// Trying again later may help: no connection, a 4xx answer.
    case deferred(reason: String)
    /// It will never be taken: a 5xx answer to this mail or this recipient.
    case refused(reason: String)
}

/// Hands mail to the next server.
package protocol MailCourier: Sendable {
    /// Never throws: every failure is an outcome somebody will see. Reasons hold no addresses,
    /// links or codes.
    func send(_ mail: OutgoingMail) async -> MailOutcome
}
