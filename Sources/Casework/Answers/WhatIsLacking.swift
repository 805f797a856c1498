package import RecordExchange
package import StudentRecords
import Vocabulary

extension AnswerTask {
    /// What the receiver will have of what is asked: by the answers that count, and by the one that
    /// is about to be sent.
    ///
    /// The same for the look before sending and for the receipt. `records` is what all of these
    /// say as data; `hasUnreadFiles`, whether the new one has files that are no data; `replaced`,
    /// the answers that it corrects and that will count no more.
    package func completeness(
        of records: [StudentRecord],
        adding parts: [RecordBundle.Part] = [],
        hasUnreadFiles: Bool = false,
        replacing replaced: Set<RecordBundle.ID> = []
    ) -> Completeness {
        let counting = standing.filter { !replaced.contains($0.id) }
        return Completeness(
            of: MergedRecord(records),
            parts: asked,
            statements: Completeness.statements(of: counting.flatMap(\.parts) + parts),
            unread: counting.unreadParts.union(hasUnreadFiles ? parts.perhapsInFiles : []),
            phase: phase.rawValue
        )
    }
}

extension RecordBundle {
    /// What is looked into for a record; anything else, such as a scan, only a person can read.
    package static let typesOfData = [
        "application/json", "application/xml", "text/csv", "text/plain",
    ]

    /// Files came with it that could not be read as data.
    ///
    /// Files that may be data were read when it was sent; where one of them was not, its sender's
    /// silence about a part was kept as such.
    package var hasUnreadFiles: Bool {
        let others = files.filter { $0 != recordFile }
        let isUnsaid = parts.contains { $0.status == .unsaid }
        return others.contains { file in
            isUnsaid || !Self.typesOfData.contains { file.mediaType.hasPrefix($0) }
        }
    }
}

extension Collection where Element == RecordBundle {
    /// The parts of which files may hold more than could be read as data.
    package var unreadParts: Set<RecordPart> {
        Set(filter(\.hasUnreadFiles).flatMap(\.parts.perhapsInFiles))
    }
}

extension Collection where Element == RecordBundle.Part {
    /// What was sent, or may have been: not what its sender says is in no file.
    fileprivate var perhapsInFiles: Set<RecordPart> {
        Set(filter { $0.status == .sent || $0.status == .unsaid }.map(\.part))
    }
}
