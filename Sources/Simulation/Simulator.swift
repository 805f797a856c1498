package import Casework
import RecordExchange
import RecordLocator
import StudentRecords
package import Vocabulary

/// A clock that the simulation moves.
package protocol SettableClock: Timekeeper {
    func set(_ instant: Instant)
}

/// Whole school years through the real use cases, store and outbox: only people, mail servers and
/// partners' servers are modelled.
package struct Simulator: Sendable {
    private let plan: SimulationPlan
    private let model: SimulationAssumptions
    private let store: any CaseStore
    private let clock: any SettableClock
    private let hash: @Sendable ([UInt8]) -> SHA256Digest

    /// `store` is empty; `hash` is SHA-256.
    package init(
        _ plan: SimulationPlan,
        model: SimulationAssumptions = .standard,
        store: any CaseStore,
        clock: any SettableClock,
        hash: @escaping @Sendable ([UInt8]) -> SHA256Digest
    ) {
        self.plan = plan
        self.model = model
        self.store = store
        self.clock = clock
        self.hash = hash
    }

    /// Runs to the end.
    ///
    /// Throws `SimulationFault` at the first rule that is broken.
    package func run() async throws -> SimulationFigures {
        let run = try SimulationRun(plan, model, store: store, clock: clock, hash: hash)
        return try await run.go()
    }
}

/// A rule that was broken, and by which step.
package struct SimulationFault: Error, CustomStringConvertible {
    package let step: String
    package let faults: [String]
    package let seed: UInt64

    package var description: String {
        "seed \(seed), \(step): \(faults.joined(separator: "; "))"
    }
}
