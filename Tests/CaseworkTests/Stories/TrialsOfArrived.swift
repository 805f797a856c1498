import Casework
import RecordExchange
import TestSupport
import Vocabulary

/// What the receiving school does with records that are there.
extension Trial {
    static let overArrived: [Self] = [
        Self(name: "earlierRecords", permitted: requesters, prepare: answered) { desk, it, actor in
            _ = try await desk.earlierRecords(of: it.number, for: .placement, by: actor)
        },
        Self(name: "recordOutcome", permitted: requesters, prepare: answered) { desk, it, actor in
            try await desk.recordOutcome(
                OutcomeTests.draft(),
                of: it.bundle,
                in: it.number,
                by: actor
            )
        },
        Self(name: "creditOutcomes", permitted: requesters, prepare: answered) { desk, it, actor in
            _ = try await desk.creditOutcomes(of: it.bundle, in: it.number, by: actor)
        },
    ]
}
