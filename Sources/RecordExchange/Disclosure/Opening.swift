package import Vocabulary

/// Who took something of one bundle, and when: the disclosure records of one recipient, person
/// and way together.
package struct Opening: Hashable, Sendable {
    package let recipient: OrganizationID
    /// Empty where a system took it.
    package let person: String
    package let way: Delivery.Way
    package let firstAt: Instant
    package private(set) var lastAt: Instant
    /// What was taken, each once, in the order in which it was.
    package private(set) var extents: [String]

    private init(_ record: DisclosureRecord) {
        recipient = record.recipient
        person = record.person
        way = record.way
        firstAt = record.at
        lastAt = record.at
        extents = [record.extent]
    }

    private func isOf(_ record: DisclosureRecord) -> Bool {
        recipient == record.recipient && person == record.person && way == record.way
    }

    private mutating func take(_ record: DisclosureRecord) {
        lastAt = max(lastAt, record.at)
        if !extents.contains(record.extent) { extents.append(record.extent) }
    }

    /// Everybody who took something of `bundle`, first comer first; `records` are the oldest first.
    package static func all(
        of bundle: RecordBundle.ID,
        in records: [DisclosureRecord]
    ) -> [Self] {
        var openings: [Self] = []
        for record in records where record.bundle == bundle {
            if let index = openings.firstIndex(where: { $0.isOf(record) }) {
                openings[index].take(record)
            } else {
                openings.append(Self(record))
            }
        }
        return openings
    }
}
