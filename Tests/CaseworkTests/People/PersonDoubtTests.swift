import Casework
import RecordExchange
import RecordLocator
import TestSupport
import Testing
import Vocabulary

@Suite("People who may be two")
struct PersonDoubtTests {
    /// Two entries of one child, grouped, of which the second becomes somebody else's.
    private static func turned() async throws -> FeedWorld {
        let world = try await FeedWorld()
        try await world.save([.sample(1), .sample(2, school: .willow)])
        try await world.group()
        #expect(try await world.assess() > 0)
        #expect(try await world.desk.personDoubts(by: world.mary).isEmpty)
        try await world.turn(2)
        return world
    }

    @Test
    func `an entry that became another child's puts the person onto the worklist`() async throws {
        let world = try await Self.turned()
        #expect(try await world.desk.personDoubts(by: world.mary).isEmpty)
        try await world.assess()

        let line = try #require(try await world.desk.personDoubts(by: world.mary).first)
        #expect(line.parting.moved == [.numbered(2)])
        #expect(line.parting.reasons == [.birthDateDiffers, .givenNameDiffers])
        #expect(line.proposal == nil)
        // Nothing is new: nothing is written.
        #expect(try await world.assess() == 0)
        let file = try await world.desk.person(line.person.id, for: .upkeep, by: world.mary)
        #expect(file.parting == line.parting)
    }

    @Test
    func `the prepared split is proposed by one and approved by another`() async throws {
        let world = try await Self.turned()
        try await world.assess()
        let line = try #require(try await world.desk.personDoubts(by: world.mary).first)

        let split = try await world.desk.proposeSplit(
            line.person.id,
            entries: line.parting.moved,
            note: "two children",
            by: world.mary
        )
        #expect(try await world.desk.personDoubts(by: world.mary).map(\.proposal) == [split])
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.keepAsOne(line.person.id, by: world.walt)
        }
        try await world.desk.approve(split, by: world.walt)

        #expect(try await world.desk.personDoubts(by: world.mary).isEmpty)
        let people = try await world.people()
        #expect(people[1] != people[2])
        // Taken back: people said that they are one, so nothing asks them again.
        let undo = try await world.desk.proposeUndo(of: split, note: "one", by: world.mary)
        try await world.desk.approve(undo, by: world.walt)
        try await world.assess()
        #expect(try await world.desk.personDoubts(by: world.mary).isEmpty)
    }

    @Test
    func `who is kept as one comes back only for something else`() async throws {
        let world = try await Self.turned()
        try await world.assess()
        let line = try #require(try await world.desk.personDoubts(by: world.mary).first)

        try await world.desk.keepAsOne(line.person.id, by: world.mary)
        #expect(try await world.desk.personDoubts(by: world.mary).isEmpty)
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.keepAsOne(line.person.id, by: world.mary)
        }
        try await world.turn(2, given: "Ulises")
        try await world.assess()
        #expect(try await world.desk.personDoubts(by: world.mary).isEmpty)

        // A third entry conflicts with the first in another way.
        var third = LocatorEntry.sample(3, student: .sample(birthDate: "2004-04-04"))
        third.person = line.person.id
        try await world.save([third])
        try await world.assess()
        #expect(try await world.desk.personDoubts(by: world.mary).count == 1)
        let actions = try await world.store.read { try $0.auditEntries(after: 0, limit: 99) }
            .map(\.action)
        #expect(actions.filter { $0 == "person.one" }.count == 1)
    }

    @Test
    func `whom two people merged is not asked about again`() async throws {
        let world = try await FeedWorld()
        try await world.save([.sample(1), .other(3, school: .willow)])
        try await world.group()
        let people = try await world.people()
        let merge = try await world.desk.proposeMerge(
            try #require(people[1]),
            try #require(people[3]),
            note: "same mother",
            by: world.mary
        )
        try await world.desk.approve(merge, by: world.walt)
        try await world.assess()
        #expect(try await world.desk.personDoubts(by: world.mary).isEmpty)
    }

    @Test
    func `what was put right or withdrawn is a line no longer`() async throws {
        for isWithdrawn in [true, false] {
            let world = try await Self.turned()
            try await world.assess()
            if isWithdrawn {
                try await world.store.write { try $0.withdrawEntry(.numbered(2)) }
            } else {
                try await world.turn(2, given: "Paloma", born: "2011-03-09")
            }
            try await world.assess()
            #expect(try await world.desk.personDoubts(by: world.mary).isEmpty)
        }
    }

    @Test
    func `a protected entry is no reason, and other states see nothing`() async throws {
        let world = try await Self.turned()
        try await world.assess()
        #expect(
            try await world.desk.personDoubts(by: Cast.texas.actor).isEmpty
        )
        let person = try #require(try await world.people()[1])
        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.keepAsOne(person, by: Cast.texas.actor)
        }
        var hidden = try #require(try await world.entries.first { $0.id == .numbered(2) })
        hidden.isProtected = true
        try await world.save([hidden])
        #expect(try await world.desk.personDoubts(by: world.mary).isEmpty)
        try await world.assess()
        #expect(try await world.desk.personDoubts(by: world.mary).isEmpty)
    }

    @Test
    func `decided proposals are reached page by page, however many are other states'`()
        async throws
    {
        let world = try await FeedWorld()
        try await world.save([.sample(1), .other(3)])
        try await world.group()
        let people = try await world.people()
        let own = [try #require(people[1]), try #require(people[3])]
        let strangers = [Person.sample(801), Person.sample(802)]
        try await world.store.write { session in
            for stranger in strangers { try session.save(stranger) }
            for number in 1...1_300 {
                // One of a hundred is about people whom this contact may see.
                let about = number % 100 == 0 ? own : strangers.map(\.id)
                var proposal = PersonProposal(
                    id: .numbered(number),
                    change: .merge(from: about[1], into: about[0]),
                    people: about,
                    note: "",
                    proposedBy: .numbered(9),
                    proposedAt: .noon("2026-05-03", plusSeconds: Int64(number))
                )
                proposal.status = .rejected
                try session.save(proposal)
            }
        }

        let wanted = (1...13).reversed().map { PersonProposal.ID.numbered($0 * 100) }
        var down: [PersonProposal.ID] = []
        var start = PageStart.top
        while true {
            let page = try await world.desk.personProposals(
                open: false,
                by: world.mary,
                start: start,
                limit: 7
            )
            #expect(page.items.count <= 7)
            down += page.items.map(\.proposal.id)
            guard let after = page.after else { break }
            start = .after(after)
        }
        #expect(down == wanted)

        var up: [PersonProposal.ID] = []
        start = .before(ListPosition(0, id: String(repeating: "0", count: 26)))
        while true {
            let page = try await world.desk.personProposals(
                open: false,
                by: world.mary,
                start: start,
                limit: 7
            )
            up = page.items.map(\.proposal.id) + up
            guard let before = page.before else { break }
            start = .before(before)
        }
        #expect(up == wanted)
    }
}

extension FeedWorld {
    /// Compares until nothing is left.
    @discardableResult
    func assess() async throws -> Int {
        var looked = 0
        while true {
            let step = try await desk.assessPeople(atMost: 3)
            guard step > 0 else { return looked }
            looked += step
        }
    }

    /// The entry is another child's from now on, as where a school uses a number twice.
    func turn(_ number: Int, given: String = "Ulises", born: String = "2006-12-31") async throws {
        let old = try await entries.first { $0.id == .numbered(number) }
        let new = LocatorEntry(
            id: .numbered(number),
            name: try PersonName(given: given, paternalSurname: old?.name.paternalSurname ?? ""),
            birthDate: .on(born),
            school: old?.school ?? School.willow.id,
            provenance: .init(source: "Sample feed", receivedOn: .on("2026-05-18")),
            person: old?.person
        )
        try await save([new])
    }
}
