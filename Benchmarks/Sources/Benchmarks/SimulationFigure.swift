import Casework
import Foundation
import Persistence
import RecordExchange
import SQLiteDatabase
import Sealing
import Simulation
package import TestSupport
package import Vocabulary

/// A school year through the real use cases, store and outbox, every rule checked on the way:
/// how many requests of it go by in a minute.
struct SimulationFigure {
    let folder: String
    let requests = 500
    /// A national year, a million of them, in ten minutes.
    static let aimed = 100_000.0

    private struct Nobody: Error {}

    /// Requests a minute, by the clock.
    func run() async throws -> Double {
        let plan = SimulationPlan(
            schools: 100,
            requests: requests,
            years: 1,
            seed: 1,
            policy: .ladder,
            start: CivilDate(dayNumber: 20_458),
            // The rules of what a step touched are checked in any case.
            lookEvery: 30
        )
        let database = try SQLiteFile(path: "\(folder)/simulation.sqlite")
        let store = try await SQLCaseStore.opened(
            database,
            fields: FieldCipher(keys: MasterKeys.ephemeral())
        )
        let secrets = SystemSecrets()
        let simulator = Simulator(
            plan,
            store: store,
            clock: ManualTimekeeper(day: plan.start, hour: 0),
            hash: { secrets.digest(of: $0) }
        )
        let clock = ContinuousClock()
        let start = clock.now
        let figures = try await simulator.run()
        let taken = start.duration(to: clock.now) / .seconds(1)
        // A year in which nothing arrives would be quick.
        guard figures.filed > requests * 9 / 10, figures.days.count > requests / 2 else {
            throw Nobody()
        }
        return Double(figures.filed) / taken * 60
    }
}

extension ManualTimekeeper: SettableClock {
    package func set(_ instant: Instant) { advance(bySeconds: now().seconds(to: instant)) }
}
