package import Vocabulary

/// One attempt to hand a sealed bundle over one channel.
package struct Delivery: Hashable, Sendable, Codable {
    package typealias ID = Identifier<Delivery>

    /// The way it goes.
    package enum Way: String, Sendable, CaseIterable, Codable {
        case web, sftpPush
        /// Lies in the recipient's `out` folder until its system fetches it.
        case sftpPickup
        /// Put into a folder of the recipient's own web server.
        case httpsPush
    }

    /// The ways on which we take a bundle to the recipient's own server.
    package static let pushes: [Way] = [.sftpPush, .httpsPush]

    /// Where it stands.
    package enum Status: String, Sendable, CaseIterable, Codable {
        case waiting, sent, retrying, failed, collected, receiptGood, receiptBad
    }

    /// What happens to it.
    package enum Event: String, Sendable, CaseIterable {
        /// The other server has it under its final name with the right size.
        case arrive
        /// Something passing went wrong; it is tried again later.
        case stumble
        /// A person must change something first.
        case fail
        /// The requester downloaded or viewed all of it.
        case collect
        case confirm, dispute
        /// A person asks for another try after a failure.
        case retry
        /// The bundle was withdrawn while it lies in the recipient's folder: it waits to be taken
        /// out again.
        case recall
    }

    package let id: ID
    package let bundle: RecordBundle.ID
    package let request: RecordRequest.ID
    package let recipient: OrganizationID
    package let way: Way
    package private(set) var status: Status
    package private(set) var attempts: Int
    /// The last thing that went wrong, for the person who can mend it.
    package private(set) var trouble: String
    package private(set) var changedAt: Instant

    package init(
        id: ID,
        bundle: RecordBundle.ID,
        request: RecordRequest.ID,
        recipient: OrganizationID,
        way: Way,
        at instant: Instant
    ) {
        self.id = id
        self.bundle = bundle
        self.request = request
        self.recipient = recipient
        self.way = way
        self.status = .waiting
        self.attempts = 0
        self.trouble = ""
        self.changedAt = instant
    }

    /// Every permitted change of status.
    package static let transitions: [(from: Status, on: Event, to: Status)] = [
        (.waiting, .arrive, .sent), (.waiting, .stumble, .retrying), (.waiting, .fail, .failed),
        (.retrying, .arrive, .sent), (.retrying, .stumble, .retrying), (.retrying, .fail, .failed),
        (.failed, .retry, .waiting), (.sent, .recall, .waiting),
        (.waiting, .collect, .collected), (.sent, .collect, .collected),
        (.sent, .confirm, .receiptGood), (.sent, .dispute, .receiptBad),
        (.collected, .confirm, .receiptGood), (.collected, .dispute, .receiptBad),
        (.receiptGood, .dispute, .receiptBad),
    ]

    /// The event is not possible now.
    package struct Refusal: Error, Hashable, Sendable {
        package let event: Event
        package let status: Status
    }

    package mutating func apply(
        _ event: Event,
        trouble: String = "",
        at instant: Instant
    ) throws(Refusal) {
        guard let row = Self.transitions.first(where: { $0.from == status && $0.on == event })
        else { throw Refusal(event: event, status: status) }
        status = row.to
        if event == .arrive || event == .stumble || event == .fail { attempts += 1 }
        self.trouble = trouble
        changedAt = instant
    }
}
