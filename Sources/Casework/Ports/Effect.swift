package import RecordExchange
package import Vocabulary

/// Something the world must be told once a transaction is on file.
///
/// Rows of the outbox: carried out by workers, at least once, with the effect's identifier as
/// idempotence key.
package struct Effect: Hashable, Sendable, Codable {
    package typealias ID = Identifier<Effect>

    /// What is to be done.
    package enum Work: Hashable, Sendable, Codable {
        /// A mail, complete; stored encrypted, since it may hold a link and a code.
        case mail(OutgoingMail, about: MailSubject)
        /// Write a state contact's digest from what is in the queue at that moment.
        case digest(Contact.ID, StateCode)
        /// Write one mail of all that waits for somebody who had enough single mails that day.
        case notices(NoticeBox)
        /// Tell a records office what waits for it, on a Monday.
        case waiting(Contact.ID, StateCode)
        /// Seal a bundle's files.
        case assemble(RecordBundle.ID)
        /// Push a sealed bundle to the recipient's server.
        case push(Delivery.ID)
        /// Look whether the copies of a recalled bundle are destroyed.
        case recall(RecordBundle.ID)
        /// Tell a school's own system.
        case webhook(WebhookMessage)
    }

    /// What a mail is about, so that its fate can be told to the right people.
    package struct MailSubject: Hashable, Sendable, Codable {
        package let letter: String
        package let request: RecordRequest.ID?
        package let inquiry: Inquiry.ID?
        package let contact: Contact.ID?
        /// What a digest of notices is about, each as if it had gone by itself.
        package let folded: [MailSubject]?
        /// How many requests it is about, where it is about none by name.
        package let count: Int?

        package init(
            letter: String,
            request: RecordRequest.ID? = nil,
            inquiry: Inquiry.ID? = nil,
            contact: Contact.ID? = nil,
            folded: [MailSubject]? = nil,
            count: Int? = nil
        ) {
            self.letter = letter
            self.request = request
            self.inquiry = inquiry
            self.contact = contact
            self.folded = folded
            self.count = count
        }
    }

    /// Whose notices are gathered.
    package struct NoticeBox: Hashable, Sendable, Codable {
        package let address: EmailAddress
        package let name: String
        package let language: Language
        /// The mailbox of the directory; `nil` for somebody who signs in.
        package let contact: Contact.ID?
    }

    /// Where it stands.
    package enum Status: String, Sendable, CaseIterable, Codable {
        case waiting, done
        /// Given up; an operator sees it.
        case failed
    }

    package let id: ID
    package let work: Work
    package var status: Status
    package var attempts: Int
    /// Not tried before this instant.
    package var due: Instant
    package let createdAt: Instant
    /// The last thing that went wrong; no addresses, links or student data.
    package var trouble: String

    package init(id: ID, work: Work, due: Instant) {
        self.id = id
        self.work = work
        self.status = .waiting
        self.attempts = 0
        self.due = due
        self.createdAt = due
        self.trouble = ""
    }

    /// `mail`, `digest`, `assemble`, `push` or `webhook`.
    package var kind: String {
        switch work {
        case .mail: "mail"
        case .digest, .notices, .waiting, .recall: "digest"
        case .assemble: "assemble"
        case .push: "push"
        case .webhook: "webhook"
        }
    }

    /// Seconds until the next attempt after `attempts` failures: 30 s, doubling, at most an hour.
    package static func delay(afterAttempts attempts: Int) -> Int64 {
        min(3_600, 30 << Int64(min(max(attempts - 1, 0), 7)))
    }
}
