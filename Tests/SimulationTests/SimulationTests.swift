import Casework
import Foundation
import RecordExchange
import Simulation
package import TestSupport
import Testing
package import Vocabulary

extension ManualTimekeeper: SettableClock {
    package func set(_ instant: Instant) { advance(bySeconds: now().seconds(to: instant)) }
}

/// School years through the real use cases; every rule is checked after every step.
@Suite("School years") struct SimulationTests {
    static let isDeep = ProcessInfo.processInfo.environment["MOCHILA_DEEP"] != nil
    private static let seeds: ClosedRange<UInt64> = isDeep ? 1...24 : 1...2

    private func run(
        _ seed: UInt64,
        _ policy: SimulationPlan.Policy = .ladder,
        schools: Int = 6,
        requests: Int = 10,
        cuts: Int = 30,
        withoutMondays: Bool = false,
        lookEvery: Int = 1
    ) async throws -> SimulationFigures {
        let plan = SimulationPlan(
            schools: schools,
            requests: requests,
            years: 1,
            seed: seed,
            policy: policy,
            cutsPerThousand: cuts,
            start: .on("2026-01-05"),
            withoutMondays: withoutMondays,
            lookEvery: lookEvery
        )
        let simulator = Simulator(
            plan,
            store: MemoryCaseStore(),
            clock: ManualTimekeeper(day: plan.start, hour: 0),
            hash: { ReferenceSHA256.digest(of: $0) }
        )
        return try await simulator.run()
    }

    @Test(arguments: seeds)
    func `no rule breaks in a year with outages, bounces and cuts`(seed: UInt64) async throws {
        let figures = try await run(seed)
        #expect(figures.filed >= 9)
        // A year in which nothing happened would prove nothing.
        #expect(figures.steps > 40)
        #expect(figures.tally["send", default: 0] > 4, "\(figures.tally)")
        #expect(figures.cuts > 0 && figures.tally["restart", default: 0] > 0)
        #expect(figures.tally["approving one's own refused"] == 1)
    }

    @Test func `schools asked at once, requests asked twice and asked again are among them`()
        async throws
    {
        var tally: [String: Int] = [:]
        for seed in 21...26 as ClosedRange<UInt64> {
            tally.merge(try await run(seed, requests: 16).tally) { $0 + $1 }
        }
        for name in ["ask beside", "merge", "ask again filed"] {
            #expect(tally[name, default: 0] > 0, "\(name) in \(tally)")
        }
    }

    /// One small school year a seed: with the others a thousand.
    @Test(.enabled(if: isDeep), arguments: 0..<61)
    func `nor in nearly a thousand small years`(batch: Int) async throws {
        var sent = 0
        for seed in UInt64(batch) * 16 + 1_001...UInt64(batch) * 16 + 1_016 {
            let figures = try await run(seed, schools: 4, requests: 2)
            sent += figures.tally["send", default: 0]
        }
        #expect(sent > 5)
    }

    @Test func `a commit whose answer was lost leaves no timer on what it ended`() async throws {
        // The cut strikes the commit that completes a request by silence, in this year without
        // Monday's mails.
        let figures = try await run(14, withoutMondays: true)
        #expect(figures.cuts > 0)
    }

    @Test(arguments: SimulationPlan.Policy.allCases)
    func `nor under any other policy`(policy: SimulationPlan.Policy) async throws {
        let figures = try await run(11, policy)
        #expect(figures.days.count + figures.neverArrived == figures.filed)
    }

    @Test func `the same seed is the same run`() async throws {
        let first = try await run(5)
        let second = try await run(5)
        #expect(first == second)
        let other = try await run(6)
        #expect(other.trace != first.trace)
    }

    @Test func `how often everything is looked at changes nothing of what happens`() async throws {
        let daily = try await run(5)
        let monthly = try await run(5, lookEvery: 30)
        #expect(daily == monthly)
    }

    @Test func `the ladder brings more records than mail alone`() async throws {
        let mail = try await run(3, .mail, requests: 16, cuts: 0)
        let ladder = try await run(3, .ladder, requests: 16, cuts: 0)
        #expect(ladder.neverArrived < mail.neverArrived)
    }
}

/// Mails that name several requests.
extension SimulationTests {
    @Test func `Monday's mail goes out in the whole ladder, and its lines are counted`()
        async throws
    {
        let ladder = try await run(3, requests: 16, cuts: 0)
        let mondays = try #require(ladder.tally["waiting"])
        #expect(mondays > 0)
        // Each names one request at least, to somebody who is asked.
        #expect(ladder.itemsPerContactDay.reduce(0, +) >= mondays)
        #expect(ladder.itemsPerContactDay.allSatisfy { $0 > 0 })
        let without = try await run(3, requests: 16, cuts: 0, withoutMondays: true)
        #expect(without.tally["waiting"] == nil)
        #expect(without.trace != ladder.trace)
    }

    @Test(arguments: [SimulationPlan.Policy.mail, .reminders])
    func `what goes without the ladder goes without Mondays`(
        policy: SimulationPlan.Policy
    ) async throws {
        let figures = try await run(3, policy, cuts: 0)
        #expect(figures.tally["waiting"] == nil)
    }
}

@Suite("Figures of a simulation") struct SimulationFiguresTests {
    @Test func `what never arrived counts in every share`() {
        let days = [1, 2, 3, 4, 5, 6]
        #expect(SimulationFigures.day(50, of: days, filed: 6) == 3)
        #expect(SimulationFigures.day(50, of: days, filed: 10) == 5)
        #expect(SimulationFigures.day(90, of: days, filed: 10) == nil)
        #expect(SimulationFigures.day(50, of: [], filed: 10) == nil)
        #expect(SimulationFigures.day(50, of: [], filed: 0) == nil)
    }

    @Test func `a percentile is one of the values`() {
        #expect(SimulationFigures.percentile(50, of: [1, 2, 3, 4]) == 3)
        #expect(SimulationFigures.percentile(99, of: [7]) == 7)
        #expect(SimulationFigures.percentile(50, of: []) == nil)
    }
}
