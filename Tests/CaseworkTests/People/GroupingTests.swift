import Casework
import RecordLocator
import SeededNumbers
import Synchronization
import TestSupport
import Testing
import Vocabulary

@Suite("Grouping beside everything else")
struct GroupingTests {
    @Test(arguments: [1, 7, 40])
    func `two processes over one store group every entry once`(size: Int) async throws {
        let alone = try await FeedWorld()
        let world = try await FeedWorld()
        let entries = (1...40).map { LocatorEntry.numbered($0, seed: 1) }
        try await alone.save(entries)
        try await alone.group()
        try await world.save(entries)
        let beside = LivingLocator(over: world.store)
        try await beside.load()
        let desks = [world.desk, world.desk.asking(beside)]

        let steps = try await withThrowingTaskGroup(of: GroupingStep.self) { group in
            for desk in desks {
                group.addTask {
                    var all = GroupingStep()
                    while true {
                        let step = try await desk.groupEntries(atMost: size)
                        guard step.looked > 0 else { return all }
                        all.joined += step.joined
                        all.minted += step.minted
                        all.nearMatches += step.nearMatches
                    }
                }
            }
            return try await group.reduce(into: [GroupingStep]()) { $0.append($1) }
        }

        let expected = try await alone.people().values
        #expect(steps.map(\.minted).reduce(0, +) == Set(expected).count)
        #expect(steps.map(\.joined).reduce(0, +) == expected.count - Set(expected).count)
        // The same entries belong together, whoever grouped them.
        let together = { (people: [Int: PersonID]) in
            Set(Dictionary(grouping: people.keys, by: { people[$0] }).values.map(Set.init))
        }
        #expect(together(try await world.people()) == together(try await alone.people()))
        #expect(try await world.people().count == 40)
        #expect(try await world.desk.ungroupedChanges() == 0)
    }

    @Test
    func `what the locator does not know yet waits, and is then nobody new`() async throws {
        let interruption = Interruption()
        let world = try await FeedWorld { _ in interruption }
        try await world.save([.sample(1), .sample(2, school: .willow)])

        // It knows nothing: nothing can be said about either.
        #expect(try await world.desk.groupEntries() == GroupingStep())
        #expect(try await world.desk.ungroupedChanges() == 2)
        #expect(try await world.people().isEmpty)

        interruption.locator.withLock { $0 = world.locator }
        let step = try await world.group()
        #expect(step.minted == 1)
        #expect(step.joined == 1)
        #expect(try await world.desk.ungroupedChanges() == 0)
    }

    @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6])
    func `after any changes, merges, splits and undos the living index equals a rebuilt one`(
        seed: UInt64
    ) async throws {
        let world = try await FeedWorld()
        var random = SeededGenerator(seed: seed)
        try await world.save((1...12).map { .numbered($0, seed: seed) })
        try await world.group()

        for _ in 0..<50 { try await world.step(&random) }

        let rebuilt = LivingLocator(over: world.store)
        try await rebuilt.load()
        try await world.locator.follow()
        #expect(await world.locator.count == rebuilt.count)
        for entry in try await world.entries {
            let query = LocatorQuery(entry)
            #expect(await world.locator.find(query) == rebuilt.find(query))
            #expect(await world.locator.entry(entry.id) == rebuilt.entry(entry.id))
        }
    }
}

extension FeedWorld {
    /// One thing that may happen to entries and people, whatever it is.
    fileprivate func step(_ random: inout SeededGenerator) async throws {
        let number = Int(random.next() % 20) + 1
        let people = Set(try await people().values).sorted()
        switch random.next() % 8 {
        case 0: try await save([.numbered(number, seed: 1)])
        case 1: try await save([random.next() % 2 == 0 ? .sample(number) : .near(number)])
        case 2: try await store.write { try $0.withdrawEntry(.numbered(number)) }
        case 3: try await group()
        case 4: _ = await locator.find(.paloma)
        case 5: try await merge(people, &random)
        case 6: try await split(people, &random)
        default: try await undo()
        }
    }

    private func merge(_ people: [PersonID], _ random: inout SeededGenerator) async throws {
        guard people.count > 1 else { return }
        let one = people[Int(random.next() % UInt64(people.count))]
        let other = people[Int(random.next() % UInt64(people.count))]
        await decide { try await desk.proposeMerge(one, other, note: "same mother", by: mary) }
    }

    private func split(_ people: [PersonID], _ random: inout SeededGenerator) async throws {
        guard !people.isEmpty else { return }
        let person = people[Int(random.next() % UInt64(people.count))]
        let own = try await entries.filter { $0.person == person }.map(\.id)
        await decide {
            try await desk.proposeSplit(
                person,
                entries: Array(own.prefix(1)),
                note: "two cousins",
                by: mary
            )
        }
    }

    private func undo() async throws {
        let decided = try await store.read { try $0.proposals(open: false, limit: 50) }
        guard let last = decided.first(where: { $0.status == .approved }) else { return }
        await decide { try await desk.proposeUndo(of: last.id, note: "it was wrong", by: mary) }
    }

    /// Proposes and approves; what is not possible now changes nothing, and an open proposal that
    /// became impossible is declined.
    private func decide(_ propose: () async throws -> PersonProposal.ID) async {
        guard let proposal = try? await propose() else { return }
        do {
            try await desk.approve(proposal, by: walt)
        } catch {
            try? await desk.reject(proposal, note: "not possible now", by: walt)
        }
    }
}
