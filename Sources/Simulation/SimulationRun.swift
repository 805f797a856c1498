import Casework
import RecordExchange
import RecordLocator
import SeededNumbers
import StudentRecords
import Vocabulary

/// One run: a queue of what people will do, beside the gateway's own timers.
final class SimulationRun {
    enum Deed {
        case file
        /// Somebody reads a mail with a link.
        case answer(Reader, token: String, code: String, try: Int)
        /// The holder sends the rest.
        case sendRest(Inquiry.ID, SchoolID)
        /// The requester looks at what came.
        case look(RequestNumber, SchoolID)
        /// The requester answers a question or names another school.
        case attend(RequestNumber, SchoolID)
        /// The requester asks two schools at once, asks twice, or takes back and asks again.
        case rarity(RequestNumber, SchoolID)
        case workQueue(StateCode)
        case weather
    }

    struct Planned {
        let at: Instant
        let order: Int
        let deed: Deed
    }

    let plan: SimulationPlan
    let model: SimulationAssumptions
    let world: SimulatedWorld
    let store: CutStore
    let clock: any SettableClock
    let desk: Desk
    let mail = SimulatedMail()
    let servers = SimulatedServers()
    var random: SeededGenerator
    var figures = SimulationFigures()
    private var queue: [Planned] = []
    private var planned = 0
    var worker: OutboxWorker
    /// Where each child's records really are.
    var home: [RequestNumber: SchoolID] = [:]
    var filedAt: [RecordRequest.ID: Instant] = [:]
    var filedInRecess: Set<RecordRequest.ID> = []
    var open: [RecordRequest.ID] = []
    var ended: [RecordRequest.ID: RecordRequest.Conclusion] = [:]
    var arrived: Set<RecordRequest.ID> = []
    var mailsToday: [Contact.ID: Int] = [:]
    /// Mails written to each address on one day, by what they are.
    var lettersOfDay: [CivilDate: [EmailAddress: [String: Int]]] = [:]
    /// Requests that those mails name, for whoever is asked.
    var itemsOfDay: [CivilDate: [EmailAddress: Int]] = [:]
    let registrars: Set<EmailAddress>
    private var today: CivilDate
    var children = 0
    var files: UInt128 = 0

    init(
        _ plan: SimulationPlan,
        _ model: SimulationAssumptions,
        store: any CaseStore,
        clock: any SettableClock,
        hash: @escaping @Sendable ([UInt8]) -> SHA256Digest
    ) throws {
        self.plan = plan
        self.model = model
        self.clock = clock
        world = SimulatedWorld(plan, model)
        registrars = Set(world.registrars.values.map(\.email))
        random = SeededGenerator(seed: plan.seed &+ 1)
        self.store = CutStore(store, perThousand: plan.cutsPerThousand, seed: plan.seed)
        today = plan.start
        desk = Desk(
            store: self.store,
            time: clock,
            secrets: SimulatedSecrets(seed: plan.seed, hash: hash),
            passwords: NoPasswords(),
            oneTimeCodes: NoCodes(),
            letters: BareLetters(),
            finder: LivingLocator(over: self.store),
            settings: Desk.Settings(
                baseAddress: "https://records.example",
                mailFromName: "Mochila",
                mailFrom: SimulatedWorld.address("records", "mochila"),
                mondayMails: plan.policy.hasMondayMails && !plan.withoutMondays
            )
        )
        worker = OutboxWorker(
            desk: desk,
            mail: mail,
            bundles: servers,
            assembler: SimulatedSeals(),
            webhooks: SimulatedSystems()
        )
    }

    func go() async throws -> SimulationFigures {
        for address in world.wrong { mail.addWrong(address) }
        let (world, plan) = (world, plan)
        try await store.write { try world.save(to: $0, plan) }
        clock.set(instant(of: plan.start, hour: 8))
        store.set(isSafe: false)
        planEverything()
        let end = instant(of: plan.end, hour: 8)
        while true {
            let due = try await desk.nextDue()
            let next = queue.last
            if let next, due.map({ next.at <= $0 }) ?? true {
                guard next.at < end else { break }
                queue.removeLast()
                advance(to: next.at)
                try await perform(next.deed)
            } else if let due, due < end {
                advance(to: due)
                try await runGateway()
            } else {
                break
            }
        }
        store.set(isSafe: true)
        try await checkEverything("the end")
        try await checkSecondPerson()
        closeDay()
        figures.days.sort()
        figures.daysFiledInRecess.sort()
        figures.mailsPerContactDay.sort()
        figures.lettersPerPersonDay = lettersOfDay.values
            .flatMap { $0.values.map { $0.values.reduce(0, +) } }.sorted()
        figures.itemsPerContactDay = itemsOfDay.values.flatMap(\.values).sorted()
        figures.itemsPerStateContactDay.sort()
        figures.cuts = store.cuts
        figures.repeatedMails = mail.repeats
        // 9: nothing that was to be told is left lying.
        let now = clock.now()
        let left = try await store.read { try $0.dueEffects(by: now, limit: 1_000) }
            .filter { $0.createdAt.seconds(to: now) > 3 * 86_400 }
        if !left.isEmpty {
            throw SimulationFault(
                step: "the end",
                faults: ["9: \(left.count) notifications were never sent"],
                seed: plan.seed
            )
        }
        if mail.repeats > store.cuts {
            throw SimulationFault(
                step: "the end",
                faults: ["\(mail.repeats) mails repeated by \(store.cuts) cuts"],
                seed: plan.seed
            )
        }
        return figures
    }

    // MARK: Time

    func instant(of day: CivilDate, hour: Int) -> Instant {
        clock.instant(of: day, hour: hour, in: world.states[0].code)
    }

    private func advance(to instant: Instant) {
        clock.set(max(instant, clock.now()))
        let day = clock.today(in: world.states[0].code)
        if day != today {
            closeDay()
            today = day
        }
    }

    private func closeDay() {
        figures.mailsPerContactDay += mailsToday.values.filter { $0 > 0 }
        mailsToday = [:]
    }

    /// Latest first, so that the next one is taken off the end.
    func schedule(_ deed: Deed, at instant: Instant) {
        planned += 1
        let new = Planned(at: instant, order: planned, deed: deed)
        var (low, high) = (0, queue.count)
        while low < high {
            let middle = (low + high) / 2
            let other = queue[middle]
            if (other.at, other.order) > (new.at, new.order) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        queue.insert(new, at: low)
    }

    /// Some working days from now, in office hours; on days that `isAtWork`.
    func later(_ days: ClosedRange<Int>, _ isAtWork: (CivilDate) -> Bool) -> Instant {
        var left = random.within(days)
        var day = clock.today(in: world.states[0].code)
        for _ in 0..<400 {
            if isAtWork(day) {
                if left == 0 { break }
                left -= 1
            }
            day = day.advanced(by: 1)
        }
        let at = instant(of: day, hour: random.within(9...15))
        return at > clock.now() ? at : clock.now().advanced(bySeconds: 1_800)
    }

    private func planEverything() {
        for _ in 0..<plan.requests {
            let year = random.below(plan.years)
            // 60 % from June to September, when migrant children change schools.
            let summer = random.happens(600)
            let month =
                summer ? random.within(6...9) : [1, 2, 3, 4, 5, 10, 11, 12][random.below(8)]
            let first = CivilDate(year: plan.start.year + year, month: month, day: 1) ?? plan.start
            let day = WorkingDays.first(onOrAfter: first.advanced(by: random.below(28)))
            let at = day < plan.start ? day.advanced(by: 365) : day
            schedule(.file, at: instant(of: at, hour: random.within(8...16)))
        }
        var day = plan.start
        while day < plan.end {
            if WorkingDays.isWorkingDay(day), plan.policy.contacts.contains(.stateContact) {
                for state in world.states {
                    schedule(.workQueue(state.code), at: instant(of: day, hour: 10))
                }
            }
            schedule(.weather, at: instant(of: day, hour: 1))
            day = day.advanced(by: 1)
        }
    }
}
