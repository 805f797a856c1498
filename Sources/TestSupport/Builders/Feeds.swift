package import Casework
package import RecordExchange
package import RecordLocator
package import Vocabulary

extension FeedMapping {
    /// The plainest mapping: a column for each field, the school by its directory number.
    package static let plain = Self(
        title: "Plain",
        key: ["id"],
        columns: [
            .given: Column(column: "given"), .paternalSurname: Column(column: "surname"),
            .birthDate: Column(column: "born"),
        ],
        school: SchoolRule(by: .ncesID, column: Column(column: "school"))
    )
}

extension SourceSystem {
    /// Of the state of Texas, unless said otherwise.
    package static func sample(
        _ number: Int = 1,
        name: String? = nil,
        owner: OrganizationID = .state(.texas),
        mapping: FeedMapping = .plain
    ) -> Self {
        Self(
            id: .numbered(number),
            name: name ?? "system-\(number)",
            owner: owner,
            mapping: mapping,
            secret: [UInt8](repeating: 7, count: 16),
            registeredAt: .noon("2026-05-01")
        )
    }
}

extension FeedUpload {
    /// Of system 1.
    package static func sample(
        _ number: Int = 1,
        of source: SourceSystem.ID = .numbered(1),
        at instant: Instant = .noon("2026-05-02")
    ) -> Self {
        Self(
            id: .numbered(number),
            source: source,
            mode: .snapshot,
            fileName: "students.csv",
            digest: ReferenceSHA256.digest(of: []),
            mappingVersion: 1,
            by: "operator",
            startedAt: instant
        )
    }
}

extension FeedDrop {
    /// Of system 1, waiting; each a minute after the one before.
    package static func sample(
        _ number: Int = 1,
        of source: SourceSystem.ID = .numbered(1),
        mark: String? = nil
    ) -> Self {
        Self(
            id: .numbered(number),
            source: source,
            partner: .numbered(1),
            mark: mark ?? "mark-\(number)",
            name: "texas.snapshot.csv",
            mode: .snapshot,
            file: DroppedFile(
                id: .numbered(100 + number),
                name: "texas.snapshot.csv",
                mediaType: "text/csv",
                byteCount: 12,
                digest: ReferenceSHA256.digest(of: [])
            ),
            receivedAt: .noon("2026-05-02").advanced(bySeconds: 60 * Int64(number))
        )
    }
}

extension FeedEntry {
    /// Of system 1, with the digest `number`.
    package static func sample(
        _ number: Int,
        entry: LocatorEntry? = nil,
        source: SourceSystem.ID = .numbered(1)
    ) -> Self {
        Self(
            entry: entry ?? .sample(number),
            source: source,
            digest: Int64(number),
            upload: .numbered(1)
        )
    }
}
