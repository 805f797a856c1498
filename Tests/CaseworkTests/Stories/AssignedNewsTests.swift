import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

extension [BulkLine] {
    /// Who has each, as a look at them said.
    var seen: [RequestNumber: Assignee] {
        reduce(into: [:]) { seen, line in
            if case .isHeld(let holder) = line.outcome {
                seen[line.number] = holder.map { .person($0.id) } ?? .nobody
            }
        }
    }
}

extension StaffAccount {
    var person: QueuePerson { QueuePerson(id: id, name: name) }
}

@Suite("Two of a state's contacts at one queue") struct AssignedNewsTests {
    private static let second = StaffAccount.sample(
        925,
        role: .stateContact,
        at: .state(.california)
    )
    private let me = Cast.california

    private func asked(_ count: Int) async throws -> (world: World, numbers: [RequestNumber]) {
        let world = try await World()
        var numbers: [RequestNumber] = []
        for day in 10..<(10 + count) {
            numbers.append(try await world.file { $0.birthDay = "\(day)" }.number)
        }
        try await world.store.write { try $0.save(Self.second) }
        return (world, numbers)
    }

    private func look(
        _ world: World,
        _ numbers: [RequestNumber]
    ) async throws -> [RequestNumber: Assignee] {
        try await world.desk.checkMany(
            numbers,
            .assign(nil, in: .california, seen: [:]),
            by: me.actor
        ).seen
    }

    @discardableResult
    private func give(
        _ world: World,
        _ numbers: [RequestNumber],
        to assignee: Assignee,
        seen: [RequestNumber: Assignee],
        by account: StaffAccount = Cast.california
    ) async throws -> [BulkLine.Outcome] {
        try await world.desk.doMany(
            numbers,
            .assign(assignee, in: .california, seen: seen),
            by: account.actor
        ).map(\.outcome)
    }

    private func mails(_ world: World, _ name: String) -> [OutgoingMail] {
        world.mails(to: Self.second.email, named: name)
    }

    @Test func `what a colleague took between look and deed stays theirs, and the rest is done`()
        async throws
    {
        let (world, numbers) = try await asked(3)
        let seen = try await look(world, numbers)
        #expect(seen.count == 3)
        let other = Assignee.person(Self.second.id)
        try await give(world, [numbers[1]], to: other, seen: seen, by: Self.second)

        let outcomes = try await give(world, numbers, to: .person(me.id), seen: seen)
        #expect(
            outcomes == [
                .goes(to: me.person), .changedHands(to: Self.second.person), .goes(to: me.person),
            ]
        )
        #expect(try await look(world, numbers)[numbers[1]] == .person(Self.second.id))
        // After another look it can be had.
        let again = try await look(world, numbers)
        #expect(
            try await give(world, [numbers[1]], to: .person(me.id), seen: again)
                == [.goes(to: me.person)]
        )
    }

    @Test func `what was given back meanwhile is left alone too, and what nobody looked at`()
        async throws
    {
        let (world, numbers) = try await asked(2)
        let free = try await look(world, numbers)
        try await give(world, numbers, to: .person(me.id), seen: free)
        let seen = try await look(world, numbers)
        try await give(world, [numbers[0]], to: .nobody, seen: seen)
        #expect(
            try await give(world, numbers, to: .person(Self.second.id), seen: seen)
                == [.changedHands(to: nil), .goes(to: Self.second.person)]
        )
        #expect(
            try await give(world, [numbers[0]], to: .person(me.id), seen: [:])
                == [.changedHands(to: nil)]
        )
    }

    @Test func `whoever left between look and deed is given nothing, not even the first`()
        async throws
    {
        let (world, numbers) = try await asked(2)
        let seen = try await look(world, numbers)
        try await world.desk.disableAccount(Self.second.id, by: Cast.administrator.actor)
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.notAllowed) {
            try await give(world, numbers, to: .person(Self.second.id), seen: seen)
        }
        #expect(try await world.everything() == before)
    }

    @Test func `whoever is given requests hears of it in one mail, which tells of no child`()
        async throws
    {
        let (world, numbers) = try await asked(3)
        let seen = try await look(world, numbers)
        try await give(world, numbers, to: .person(Self.second.id), seen: seen)
        try await world.settle()
        let mail = try #require(mails(world, "assigned").last)
        #expect(mails(world, "assigned").count == 1)
        #expect(mail.plainText.contains("count: 3") && mail.plainText.contains("/queue?who=me"))
        for number in numbers { #expect(!mail.plainText.contains("\(number)")) }
        #expect(!mail.plainText.contains("Prueba"))
    }

    @Test func `nobody is told of what they take themselves, or of what nothing came`()
        async throws
    {
        let (world, numbers) = try await asked(2)
        let seen = try await look(world, numbers)
        try await give(world, numbers, to: .person(me.id), seen: seen)
        try await give(world, numbers, to: .person(Self.second.id), seen: seen)
        try await give(world, numbers, to: .nobody, seen: try await look(world, numbers))
        try await world.settle()
        #expect(world.mails(to: me.email, named: "assigned").isEmpty)
        #expect(mails(world, "assigned").isEmpty)
    }

    @Test func `above three mails of a day the rest comes as one, and none is lost`()
        async throws
    {
        let (world, numbers) = try await asked(7)
        let seen = try await look(world, numbers)
        // One, one, one; then one and three, which wait.
        for given in [[0], [1], [2], [3], [4, 5, 6]] {
            try await give(
                world,
                given.map { numbers[$0] },
                to: .person(Self.second.id),
                seen: seen
            )
        }
        // A second one of as many is about another.
        try await give(world, [numbers[3]], to: .nobody, seen: try await look(world, numbers))
        try await give(
            world,
            [numbers[3]],
            to: .person(Self.second.id),
            seen: try await look(world, numbers)
        )
        try await world.settle()
        #expect(mails(world, "assigned").count == 3)
        #expect(mails(world, "notices").isEmpty)
        // Three in the afternoon in California.
        try await world.walk(to: "2026-05-18", hour: 18)
        let digest = try #require(mails(world, "notices").first)
        #expect(mails(world, "notices").count == 1 && mails(world, "assigned").count == 3)
        #expect(digest.plainText.contains("total: 5"))
        #expect(digest.plainText.contains("/queue?who=me"))
    }

    @Test func `whoever left is known by name to the state's contacts, and nobody else is`()
        async throws
    {
        let (world, _) = try await asked(1)
        try await world.desk.disableAccount(Self.second.id, by: Cast.administrator.actor)
        let left = try await world.desk.queuePerson(Self.second.id, of: .california, by: me.actor)
        #expect(left == Self.second.person)
        let stranger = try await world.desk.queuePerson(
            Cast.registrar.id,
            of: .california,
            by: me.actor
        )
        #expect(stranger == nil)
    }
}
