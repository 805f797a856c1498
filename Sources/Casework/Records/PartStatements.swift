package import RecordExchange
package import StudentRecords
import Vocabulary

extension Completeness {
    /// What the holders said of each part in these bundles; of two answers the later one counts.
    package static func statements(of bundles: [RecordBundle]) -> [RecordPart: Statement] {
        statements(of: bundles.flatMap(\.parts))
    }

    /// The same of what was said one after the other, and of what is about to be said.
    package static func statements(of parts: [RecordBundle.Part]) -> [RecordPart: Statement] {
        parts.said.mapValues { status in
            switch status {
            case .sent: .sent
            case .unsaid: .unsaid
            case .noneOnFile: .noneOnFile
            case .toFollow: .toFollow
            case .withheld: .withheld
            }
        }
    }

    /// The same, with what is known since not to come: nothing follows of that any more.
    ///
    /// `inquiries` and `events` are those of the request whose bundles they are.
    package static func statements(
        of bundles: [RecordBundle],
        inquiries: [Inquiry],
        events: [TimelineEvent]
    ) -> [RecordPart: Statement] {
        var statements = statements(of: bundles)
        for (part, gap) in gaps(inquiries, events) {
            switch statements[part] {
            case .toFollow, .unsaid, nil: statements[part] = gap
            case .sent, .noneOnFile, .withheld: break
            }
        }
        return statements
    }

    /// What a holder that sent some says will not come, where nobody else is still asked.
    private static func gaps(
        _ inquiries: [Inquiry],
        _ events: [TimelineEvent]
    ) -> [RecordPart: Statement] {
        guard !inquiries.contains(where: \.isLive) else { return [:] }
        var gaps: [RecordPart: Statement] = [:]
        for event in events {
            guard case .restNotComing(let parts, let reason, _, _) = event.kind,
                inquiries.contains(where: { $0.id == event.inquiry && $0.restReason != nil })
            else { continue }
            let isNowhere = [.destroyedUnderSchedule, .noGradesPosted, .noDegreeAwarded]
                .contains(reason)
            for part in parts { gaps[part] = isNowhere ? .noneOnFile : .withheld }
        }
        return gaps
    }
}
