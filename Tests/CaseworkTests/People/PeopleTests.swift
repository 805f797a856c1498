import Casework
import RecordExchange
import RecordLocator
import SeededNumbers
import TestSupport
import Testing
import Vocabulary

@Suite("People over entries")
struct PeopleTests {
    @Test
    func `entries that are certainly one person's are grouped, each person with a number`()
        async throws
    {
        let world = try await FeedWorld()
        try await world.save([.sample(1), .sample(2, school: .willow), .other(3)])

        let step = try await world.group()

        #expect(step.minted == 2)
        #expect(step.joined == 1)
        let people = try await world.people()
        #expect(people[1] == people[2])
        #expect(people[1] != people[3])
        let person = try await world.store.read { session in
            try session.person(try #require(people[1]))
        }
        let number = try #require(person?.number)
        #expect(try StudentRecordNumber(parsing: number.description) == number)
        // Nothing is left, and nothing is minted twice.
        #expect(try await world.group() == GroupingStep())
    }

    @Test
    func `the answer names every place of the person, also those it would not find`() async throws {
        let world = try await FeedWorld()
        try await world.save([.sample(1), .other(3, school: .willow)])
        try await world.group()
        let people = try await world.people()
        let (one, other) = (try #require(people[1]), try #require(people[3]))
        #expect(await world.locator.find(.paloma).people.first?.matches.count == 1)

        let proposal = try await world.desk.proposeMerge(
            one,
            other,
            note: "same mother",
            by: world.mary
        )
        try await world.desk.approve(proposal, by: world.walt)

        let answer = await world.locator.find(.paloma)
        #expect(answer.people.count == 1)
        #expect(
            answer.people.first?.matches.map(\.entry.school.description).sorted() == [
                School.maple.id.description, School.willow.id.description,
            ]
        )
        #expect(answer.certain != nil)
    }

    @Test
    func `who is near goes onto the worklist and nobody is joined`() async throws {
        let world = try await FeedWorld()
        try await world.save([.sample(1), .near(2)])

        let step = try await world.group()

        #expect(step.minted == 2)
        #expect(step.nearMatches == 1)
        let rows = try await world.desk.lines(by: world.mary)
        #expect(rows.count == 1)
        #expect(rows.first?.proposal == nil)
        let people = try await world.people()
        #expect(
            Set([rows.first?.first.id, rows.first?.second.id]) == [people[1], people[2]]
        )
    }

    @Test
    func `a merge needs a second person, keeps both numbers and can be taken back`() async throws {
        let world = try await FeedWorld()
        try await world.save([.sample(1), .near(2)])
        try await world.group()
        let row = try #require(try await world.desk.lines(by: world.mary).first)
        let before = try await world.people()

        let id = try await world.desk.proposeMerge(
            row.first.id,
            row.second.id,
            note: "same mother",
            by: world.mary
        )
        #expect(try await world.people() == before)
        await #expect(throws: CaseworkFailure.notAllowed) {
            try await world.desk.approve(id, by: world.mary)
        }
        await #expect(throws: CaseworkFailure.alreadyThere) {
            try await world.desk.proposeMerge(
                row.second.id,
                row.first.id,
                note: "same mother",
                by: world.walt
            )
        }
        let waiting = try await world.desk.lines(by: world.walt).first
        #expect(waiting?.proposal == id)
        #expect(
            try await world.desk.personProposals(open: true, by: world.mary).items.map(\.mayDecide)
                == [false]
        )
        #expect(
            try await world.desk.personProposals(open: true, by: world.walt).items.map(\.mayDecide)
                == [true]
        )

        try await world.desk.approve(id, by: world.walt)
        let merged = try await world.people()
        #expect(merged[1] == merged[2])
        #expect(try await world.desk.lines(by: world.mary).isEmpty)
        for number in [row.first.number, row.second.number] {
            let view = try await world.desk.person(numbered: number, by: world.mary)
            #expect(view.id == merged[1])
            #expect(view.places.count == 2)
        }
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.approve(id, by: world.walt)
        }

        let undo = try await world.desk.proposeUndo(of: id, note: "twins", by: world.walt)
        await #expect(throws: CaseworkFailure.notAllowed) {
            try await world.desk.approve(undo, by: world.walt)
        }
        try await world.desk.approve(undo, by: world.mary)
        #expect(try await world.people() == before)
        for view in [row.first, row.second] {
            let now = try await world.desk.person(numbered: view.number, by: world.mary)
            #expect(now.id == view.id)
        }
        let history = try await world.desk.history(of: row.first.id, by: world.mary)
        #expect(history.map(\.proposal.status) == [.undone, .approved])
        let actions = try await world.store.read { try $0.auditEntries(after: 0, limit: 99) }
            .map(\.action).filter { $0.hasPrefix("person.") }
        #expect(
            actions == ["person.propose", "person.approve", "person.propose", "person.approve"]
        )
    }

    @Test
    func `a split makes a person of its own, and its undo puts them together again`() async throws {
        let world = try await FeedWorld()
        try await world.save([.sample(1), .sample(2, school: .willow)])
        try await world.group()
        let person = try #require(try await world.people()[1])

        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.proposeSplit(
                person,
                entries: [.numbered(1), .numbered(2)],
                note: "same mother",
                by: world.mary
            )
        }
        let id = try await world.desk.proposeSplit(
            person,
            entries: [.numbered(2)],
            note: "another child",
            by: world.mary
        )
        try await world.desk.approve(id, by: world.walt)

        let split = try await world.people()
        let made = try #require(split[2])
        #expect(split[1] == person)
        #expect(made != person)
        // The grouping does not put them together by itself, nor ask again.
        try await world.group()
        #expect(try await world.people() == split)
        #expect(try await world.desk.lines(by: world.mary).isEmpty)
        let number = try #require(try await world.store.read { try $0.person(made)?.number })

        let undo = try await world.desk.proposeUndo(of: id, note: "same mother", by: world.walt)
        try await world.desk.approve(undo, by: world.mary)
        #expect(try await world.people()[2] == person)
        #expect(try await world.desk.person(numbered: number, by: world.mary).id == person)
    }

    @Test
    func `a rejected proposal changes nothing, and what is apart stays off the worklist`()
        async throws
    {
        let world = try await FeedWorld()
        try await world.save([.sample(1), .near(2)])
        try await world.group()
        let row = try #require(try await world.desk.lines(by: world.mary).first)
        let before = try await world.people()
        let id = try await world.desk.proposeMerge(
            row.first.id,
            row.second.id,
            note: "same mother",
            by: world.mary
        )
        try await world.desk.reject(id, note: "no", by: world.walt)
        #expect(try await world.people() == before)
        #expect(try await world.desk.lines(by: world.mary).count == 1)

        try await world.desk.markApart(row.match.id, by: world.mary)
        #expect(try await world.desk.lines(by: world.mary).isEmpty)
        try await world.save([.near(5)])
        try await world.group()
        let again = try await world.desk.lines(by: world.mary).map(\.match.id)
        #expect(!again.contains(row.match.id))
    }

    @Test
    func `a protected student surfaces by no number, line, count or grouping`() async throws {
        let world = try await FeedWorld()
        try await world.save([.sample(1), .near(2)])
        try await world.group()
        let row = try #require(try await world.desk.lines(by: world.mary).first)
        let id = try await world.desk.proposeMerge(
            row.first.id,
            row.second.id,
            note: "same mother",
            by: world.mary
        )
        for number in [1, 2] {
            var entry = try #require(
                try await world.store.read { try $0.locatorEntry(.numbered(number)) }
            )
            entry.isProtected = number == 1
            try await world.save([entry])
        }
        let people = try await world.people()
        let hidden = row.first.id == people[1] ? row.first : row.second

        #expect(try await world.desk.lines(by: world.mary).isEmpty)
        #expect(try await world.desk.personProposals(open: true, by: world.walt).items.isEmpty)
        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.person(numbered: hidden.number, by: world.mary)
        }
        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.history(of: hidden.id, by: world.mary)
        }
        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.approve(id, by: world.walt)
        }
        // A number that was never minted looks the same.
        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.person(
                numbered: StudentRecordNumber(bits: 99),
                by: world.mary
            )
        }
        // An entry that comes later joins nobody who is protected.
        try await world.save([.sample(6, school: .willow)])
        try await world.group()
        #expect(try await world.people()[6] != hidden.id)
        let found = await world.locator.find(.paloma).people.flatMap(\.matches).map(\.entry.id)
        #expect(!found.contains(.numbered(1)))
    }

    @Test
    func `only state contacts of the person's states work on people`() async throws {
        let world = try await FeedWorld()
        try await world.save([.sample(1), .near(2)])
        try await world.group()
        let row = try #require(try await world.desk.lines(by: world.mary).first)

        for account in Cast.everybody {
            let actor = account.actor
            let isTheirs = actor.watchedStates.contains(.california)
            if actor.watchedStates.isEmpty {
                await #expect(throws: CaseworkFailure.notAllowed) {
                    try await world.desk.lines(by: actor)
                }
            } else {
                #expect(
                    try await world.desk.lines(by: actor).isEmpty == !isTheirs
                )
            }
            if isTheirs { continue }
            await #expect(throws: CaseworkFailure.notFound) {
                try await world.desk.proposeMerge(
                    row.first.id,
                    row.second.id,
                    note: "same mother",
                    by: actor
                )
            }
            await #expect(throws: CaseworkFailure.notFound) {
                try await world.desk.person(numbered: row.first.number, by: actor)
            }
        }
    }

    @Test(arguments: [UInt64(1), 2, 3, 4])
    func `after any merges, splits and undos every number leads to somebody and undo restores`(
        seed: UInt64
    ) async throws {
        let world = try await FeedWorld()
        try await world.save((1...6).map { .numbered($0, seed: seed) })
        try await world.group()
        var random = SeededGenerator(seed: seed)
        let minted = Set(try await world.people().values.compactMap { $0 })
        for _ in 0..<12 {
            let before = try await world.people()
            let people = Array(Set(before.values.compactMap { $0 })).sorted()
            let one = people[Int(random.next() % UInt64(people.count))]
            let other = people[Int(random.next() % UInt64(people.count))]
            let own = before.filter { $0.value == one }.keys.sorted()
            let id: PersonProposal.ID
            if one != other {
                id = try await world.desk.proposeMerge(
                    one,
                    other,
                    note: "same mother",
                    by: world.mary
                )
            } else if own.count > 1 {
                id = try await world.desk.proposeSplit(
                    one,
                    entries: [.numbered(own[0])],
                    note: "same mother",
                    by: world.mary
                )
            } else {
                continue
            }
            try await world.desk.approve(id, by: world.walt)
            if random.next() % 2 == 0 {
                let undo = try await world.desk.proposeUndo(
                    of: id,
                    note: "same mother",
                    by: world.walt
                )
                try await world.desk.approve(undo, by: world.mary)
                #expect(try await world.people() == before)
            }
            for person in minted {
                let number = try #require(
                    try await world.store.read { try $0.person(person)?.number }
                )
                #expect(
                    try await !world.desk.person(numbered: number, by: world.mary).places.isEmpty
                )
            }
        }
    }
}
