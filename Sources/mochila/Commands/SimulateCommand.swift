import ArgumentParser
import Casework
import Glibc
package import Operations
import Persistence
import ReferenceData
import SQLiteDatabase
import Sealing
import Simulation
package import Vocabulary

/// `mochila simulate`: school years through the real use cases, store and outbox.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "School years in minutes: days from request to record, and every rule checked.",
        discussion: """
            Drives the use cases, an SQLite store and the outbox with a clock set by hand; people, \
            mail servers and partners' servers are modelled. The same seed is the same run. A rule \
            that breaks ends it with the seed and the step.
            """
    )

    @Option var schools = 40
    @Option var requests = 200
    @Option var years = 1
    @Option var seed: UInt64 = 1
    @Option(help: "So many runs, each with the next seed; says only what broke and what was run.")
    var seeds = 1
    @Option(help: "mail, reminders, ladder or all.") var policy = "all"
    @Option(help: "Transactions in a thousand that are cut by a failing machine.") var cuts = 2

    @Option(
        help: """
            Check the rules every so many days on all that is open, besides what each step touched: \
            more days, less time.
            """
    )
    var lookEvery = 1

    @Flag(help: "Leave out Monday's mail to records offices, to see what it brings.")
    var withoutMondays = false

    func validate() throws {
        guard (4...5_000).contains(schools), (1...1_000_000).contains(requests),
            (1...20).contains(years), (0...200).contains(cuts), (1...366).contains(lookEvery)
        else {
            throw ValidationError(
                """
                4 to 5000 schools, 1 to 1000000 requests, 1 to 20 years, 0 to 200 cuts, a look every \
                1 to 366 days.
                """
            )
        }
        guard policy == "all" || SimulationPlan.Policy(rawValue: policy) != nil else {
            throw ValidationError("--policy: mail, reminders, ladder or all")
        }
        guard (1...1_000_000).contains(seeds), !seed.addingReportingOverflow(UInt64(seeds)).overflow
        else { throw ValidationError("--seeds: 1 to 1000000, and the last seed has 64 bits.") }
    }

    func run() async throws {
        let policies =
            SimulationPlan.Policy(rawValue: policy).map { [$0] } ?? SimulationPlan.Policy.allCases
        guard let start = CivilDate(year: 2026, month: 1, day: 5) else { return }
        let directory = try NationalDirectory.load()
        let places = PlaceTime(try ZoneClock(states: directory.states))
        let plans = { (seed: UInt64) in
            policies.map { policy in
                SimulationPlan(
                    schools: schools,
                    requests: requests,
                    years: years,
                    seed: seed,
                    policy: policy,
                    cutsPerThousand: cuts,
                    start: start,
                    withoutMondays: withoutMondays,
                    lookEvery: lookEvery
                )
            }
        }
        guard seeds > 1 else {
            let model = SimulationAssumptions.standard
            for plan in plans(seed) {
                print(try await figures(of: plan, places).table(plan, model), terminator: "\n\n")
            }
            return print(model.text)
        }
        try await runMany(plans, places)
    }

    /// Goes on after a rule that broke: what breaks once in a thousand runs may break twice.
    private func runMany(
        _ plans: (UInt64) -> [SimulationPlan],
        _ places: PlaceTime
    ) async throws {
        var sum = Sum(lookEvery: lookEvery)
        for seed in seed..<(seed + UInt64(seeds)) {
            for plan in plans(seed) {
                do {
                    sum.add(try await figures(of: plan, places))
                } catch let fault as SimulationFault {
                    sum.broken += 1
                    Progress().say("\(plan.policy): \(fault)")
                }
            }
            if sum.runs % 100 == 0 { Progress().say(sum.text) }
        }
        print(sum.text)
        guard sum.broken == 0 else { throw ExitCode.failure }
    }

    /// One run over a store of its own.
    private func figures(
        of plan: SimulationPlan,
        _ places: PlaceTime
    ) async throws -> SimulationFigures {
        let folder = try Scratch()
        let database = try SQLiteFile(path: folder.path + "/simulation.sqlite")
        let store = try await SQLCaseStore.opened(
            database,
            fields: FieldCipher(keys: .ephemeral())
        )
        let zero = Instant(millisecondsSince1970: 0)
        let clock = DemonstrationClock(start: zero, places: places, source: { zero })
        let secrets = SystemSecrets()
        let figures = try await Simulator(
            plan,
            store: store,
            clock: clock,
            hash: { secrets.digest(of: $0) }
        ).run()
        try database.close()
        withExtendedLifetime(folder) {}
        return figures
    }
}

/// What many runs came to.
private struct Sum {
    let lookEvery: Int
    var runs = 0
    var filed = 0
    var steps = 0
    var cuts = 0
    var broken = 0

    var text: String {
        "\(runs) runs, \(filed) requests, \(steps) steps with the rules checked after each on what it "
            + "touched and every \(lookEvery) day(s) on all, \(cuts) cuts: \(broken == 0 ? "nothing broke" : "\(broken) broke a rule")"
    }

    mutating func add(_ figures: SimulationFigures) {
        runs += 1
        filed += figures.filed
        steps += figures.steps
        cuts += figures.cuts
    }
}

/// It stands still between two settings where its source does.
extension DemonstrationClock: SettableClock {
    package func set(_ instant: Instant) { set(to: instant) }
}

/// A folder that is gone when nobody holds it any more.
private final class Scratch {
    let path: String

    init() throws {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/mochila-simulation-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else {
            throw SystemFailure(what: "No scratch folder could be made", code: errno)
        }
        path = String(cString: made)
    }

    deinit {
        for ending in ["", "-wal", "-shm"] { unlink("\(path)/simulation.sqlite\(ending)") }
        rmdir(path)
    }
}
