import Casework
import RecordLocator
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
}
