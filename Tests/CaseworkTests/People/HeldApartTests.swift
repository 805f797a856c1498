import Casework
import RecordExchange
import RecordLocator
import TestSupport
import Testing
import Vocabulary

/// Two children who are written alike: only people can tell them apart.
@Suite("People held apart")
struct HeldApartTests {
    /// Grouped as one person, and split by one state contact with another's approval.
    private func split() async throws -> (world: FeedWorld, proposal: PersonProposal.ID) {
        let world = try await FeedWorld()
        try await world.save([.sample(1), .sample(2, school: .willow)])
        try await world.group()
        let person = try #require(try await world.people()[1])
        #expect(await world.locator.find(.paloma).certain?.matches.count == 2)
        let id = try await world.desk.proposeSplit(
            person,
            entries: [.numbered(2)],
            note: "another child",
            by: world.mary
        )
        try await world.desk.approve(id, by: world.walt)
        return (world, id)
    }

    @Test
    func `who was split is found as two, and neither is certain`() async throws {
        let (world, _) = try await split()

        let answer = await world.locator.find(.paloma)

        #expect(answer.people.map { $0.matches.count } == [1, 1])
        #expect(answer.people.allSatisfy { $0.grade <= .probable })
        #expect(answer.people.flatMap(\.matches).allSatisfy { $0.grade <= .probable })
        #expect(answer.certain == nil)
        #expect(answer.isAmbiguous)
    }

    @Test
    func `another process over the store parts them too`() async throws {
        let (world, _) = try await split()
        let other = LivingLocator(over: world.store)
        try await other.load()

        #expect(await other.find(.paloma).people.count == 2)
    }

    @Test
    func `a split that is taken back makes them one certain person again`() async throws {
        let (world, id) = try await split()
        let undo = try await world.desk.proposeUndo(of: id, note: "one after all", by: world.mary)
        try await world.desk.approve(undo, by: world.walt)

        let answer = await world.locator.find(.paloma)

        #expect(answer.people.count == 1)
        #expect(answer.certain?.matches.count == 2)
    }

    @Test
    func `look-alikes whom somebody marked as two on the worklist are found as two`() async throws {
        let world = try await FeedWorld()
        let people = try await world.store.write { session in
            let people = [Person.sample(1), .sample(2)]
            for person in people { try session.save(person) }
            var entries = [LocatorEntry.sample(1), .sample(2, school: .willow)]
            for index in entries.indices { entries[index].person = people[index].id }
            try session.save(entries)
            try session.save(NearMatch.sample(1))
            return people
        }
        #expect(people.count == 2)
        // Nobody said anything yet: their entries agree in everything.
        #expect(await world.locator.find(.paloma).people.count == 1)

        try await world.desk.markApart(.numbered(1), by: world.mary)

        let answer = await world.locator.find(.paloma)
        #expect(answer.people.count == 2)
        #expect(answer.people.allSatisfy { $0.grade <= .probable })
    }

    @Test
    func `who is held apart from somebody is so from the one they were merged into`() async throws {
        let (world, _) = try await split()
        try await world.save([.other(3)])
        try await world.group()
        let people = try await world.people()
        let merge = try await world.desk.proposeMerge(
            try #require(people[2]),
            try #require(people[3]),
            note: "same mother",
            by: world.mary
        )
        try await world.desk.approve(merge, by: world.walt)

        let answer = await world.locator.find(.paloma)

        #expect(answer.certain == nil)
        #expect(!answer.people.contains { $0.people.count > 1 })
    }

    @Test
    func `a new entry that fits two who are held apart joins neither by itself`() async throws {
        let (world, _) = try await split()

        try await world.save([.sample(3, school: .maple)])
        try await world.group()

        let people = try await world.people()
        #expect(Set([people[1], people[2], people[3]].compactMap { $0 }).count == 3)
    }
}
