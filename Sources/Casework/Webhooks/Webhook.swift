package import RecordExchange
package import Vocabulary

/// An address of a school's own system that is told when something happens, after Standard
/// Webhooks 1.0.
///
/// What is told holds identifiers and no student data: whoever gets it asks for the rest with its
/// access key.
package struct Webhook: Hashable, Sendable, Codable {
    package typealias ID = Identifier<Webhook>

    /// What can be told.
    package enum Event: String, Sendable, CaseIterable, Codable, Comparable {
        // To the school that asked.
        case requestOpened = "request.opened"
        case requestPromised = "request.promised"
        case requestQuestion = "request.question"
        case requestNotFilled = "request.not-filled"
        case recordsReady = "records.ready"
        case recordsRecalled = "records.recalled"
        case recordsReplaced = "records.replaced"
        case requestClosed = "request.closed"
        // To whoever was asked.
        case inquiryAsked = "inquiry.asked"
        case inquiryAnswered = "inquiry.question-answered"
        case recordsReceived = "records.received"
        case inquiryRejected = "inquiry.rejected"
        case inquiryRecalled = "inquiry.recalled"
        case inquiryClosed = "inquiry.closed"
        /// To whoever asked for it, whatever else is wanted there.
        case test = "webhook.test"

        package static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
    }

    /// A key that signs what is sent.
    package struct Secret: Hashable, Sendable, Codable {
        package let key: Redacted<[UInt8]>
        /// Signs until then, beside its successor; `nil` for the newest.
        package var endsAt: Instant?

        package init(key: Redacted<[UInt8]>) {
            self.key = key
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            key = Redacted(try container.decode([UInt8].self, forKey: .key))
            endsAt = try container.decodeIfPresent(Instant.self, forKey: .endsAt)
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(key.revealed, forKey: .key)
            try container.encodeIfPresent(endsAt, forKey: .endsAt)
        }

        private enum Keys: CodingKey { case key, endsAt }
    }

    /// Why nothing is sent any more.
    package enum Stop: String, Sendable, CaseIterable, Codable {
        case byOperator
        /// The receiver answered 410.
        case gone
        /// One message could not be delivered for days.
        case dead
    }

    package let id: ID
    /// Told what concerns it, and nothing else.
    package let organization: OrganizationID
    package let url: WebhookURL
    /// Empty: all.
    package let events: Set<Event>
    package let createdAt: Instant
    /// Reaches addresses that are not of the public internet: only the operator can say so.
    package let reachesPrivate: Bool
    /// PEM of the authority that certifies the receiver, where it is no public one.
    package let authorityPEM: String?
    /// Newest first.
    package var secrets: [Secret]
    package var stopped: Stop?
    /// Absent while it is told, and in those that were stopped before this was kept.
    package var stoppedAt: Instant?
    /// When somebody asked for the last message that says nothing.
    package var testedAt: Instant?

    package init(
        id: ID,
        organization: OrganizationID,
        url: WebhookURL,
        events: Set<Event>,
        createdAt: Instant,
        reachesPrivate: Bool = false,
        authorityPEM: String? = nil,
        secrets: [Secret]
    ) {
        self.id = id
        self.organization = organization
        self.url = url
        self.events = events
        self.createdAt = createdAt
        self.reachesPrivate = reachesPrivate
        self.authorityPEM = authorityPEM
        self.secrets = secrets
    }

    package var isActive: Bool { stopped == nil }

    package func wants(_ event: Event) -> Bool { events.isEmpty || events.contains(event) }

    /// Most of one organisation.
    package static let most = 10
    /// How long an old secret signs beside the new one, in seconds.
    package static let overlap: Int64 = 86_400
    /// Seconds between two messages that say nothing.
    package static let testPause: Int64 = 60
    /// How long one that was stopped can still be seen, in seconds.
    package static let memory: Int64 = 30 * 86_400
    /// How long one message is tried, in seconds.
    package static let patience: Int64 = 3 * 86_400
}

/// One message to one webhook: its text is fixed when it is written, and is the same each time it
/// is tried.
package struct WebhookMessage: Hashable, Sendable, Codable {
    package let webhook: Webhook.ID
    package let event: Webhook.Event
    /// JSON.
    package let body: String

    package init(webhook: Webhook.ID, event: Webhook.Event, body: String) {
        self.webhook = webhook
        self.event = event
        self.body = body
    }
}
