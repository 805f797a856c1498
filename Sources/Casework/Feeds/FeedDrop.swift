package import RecordExchange
package import Vocabulary

/// An extract that a partner's system dropped: on disk, encrypted, until it is decided.
package struct FeedDrop: Hashable, Sendable, Codable {
    package typealias ID = Identifier<FeedDrop>

    /// What became of it.
    package enum Status: String, Sendable, CaseIterable, Codable {
        /// Its turn has not come.
        case waiting
        /// A person of the organisation has to look first.
        case held
        /// A person looked and agreed; its turn has not come.
        case agreed
        case applied
        /// It cannot be used; nothing was changed.
        case refused
        /// A person looked and declined.
        case declined
        /// A newer file came before anybody decided.
        case superseded

        /// Nothing more becomes of it.
        package var isFinal: Bool {
            switch self {
            case .waiting, .held, .agreed: false
            case .applied, .refused, .declined, .superseded: true
            }
        }
    }

    package let id: ID
    package let source: SourceSystem.ID
    package let partner: Partner.ID
    /// Unique for each submission, so that one that is looked at twice is kept once.
    package let mark: String
    /// As its sender called it.
    package let name: String
    package let mode: FeedMode
    package let file: DroppedFile
    package let receivedAt: Instant
    package internal(set) var status: Status
    package internal(set) var decidedAt: Instant
    /// What it did or would do; `nil` where its rows could not be read.
    package internal(set) var counts: FeedCounts?
    /// The first of them.
    package internal(set) var refusals: [RefusedRow]
    /// Why a person has to look; also how many withdrawals they agree to.
    package internal(set) var confirmation: FeedConfirmation?
    package internal(set) var failure: FeedFailure?
    /// Its sender was told how it stands.
    package internal(set) var isReported: Bool

    package init(
        id: ID,
        source: SourceSystem.ID,
        partner: Partner.ID,
        mark: String,
        name: String,
        mode: FeedMode,
        file: DroppedFile,
        receivedAt: Instant
    ) {
        self.id = id
        self.source = source
        self.partner = partner
        self.mark = mark
        self.name = name
        self.mode = mode
        self.file = file
        self.receivedAt = receivedAt
        status = .waiting
        decidedAt = receivedAt
        refusals = []
        isReported = true
    }

    /// The most of one system that wait, for their turn or for a person.
    package static let mostOpen = 200

    /// Came before the other.
    func isOlder(than other: Self) -> Bool {
        (receivedAt, id) < (other.receivedAt, other.id)
    }

    /// Something is to be done about it: it waits its turn, or its sender has to be told.
    package var isDue: Bool { status == .waiting || status == .agreed || !isReported }
}
