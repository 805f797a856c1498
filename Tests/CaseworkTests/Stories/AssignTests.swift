import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Requests have somebody among a state's contacts") struct AssignTests {
    private static let second = StaffAccount.sample(
        925,
        role: .stateContact,
        at: .state(.california)
    )

    /// Two requests that are with California, and one of another state.
    private func asked() async throws -> (world: World, numbers: [RequestNumber]) {
        let world = try await World()
        let numbers = [
            try await world.file().number,
            try await world.file { $0.birthDay = "11" }.number,
            try await world.file(
                by: Cast.registrar,
                place: .school(School.willow.id)
            ) { $0.birthDay = "12" }.number,
        ]
        try await world.store.write { try $0.save(Self.second) }
        return (world, numbers)
    }

    private func give(
        _ world: World,
        _ numbers: [RequestNumber],
        to assignee: Assignee?,
        in state: StateCode = .california,
        by account: StaffAccount = Cast.california
    ) async throws -> [BulkLine.Outcome] {
        let lines = try await world.desk.checkMany(
            numbers,
            .assign(nil, in: state, seen: [:]),
            by: account.actor
        )
        return try await world.desk.doMany(
            numbers,
            .assign(assignee, in: state, seen: lines.seen),
            by: account.actor
        ).map(\.outcome)
    }

    private func shown(
        _ world: World,
        _ assignee: Assignee?,
        by account: StaffAccount = Cast.california,
        in state: StateCode = .california
    ) async throws -> [RequestNumber: StaffID?] {
        let queue = try await world.desk.stateQueue(
            WorklistQuestion(.state(state), assignee: assignee),
            by: account.actor
        )
        #expect(queue.counts.all == queue.page.items.count)
        return Dictionary(
            uniqueKeysWithValues: queue.page.items.map { ($0.number, $0.assignee?.id) }
        )
    }

    @Test func `a look says who has each and changes nothing`() async throws {
        let (world, numbers) = try await asked()
        _ = try await give(world, [numbers[0]], to: .person(Self.second.id))
        let before = try await world.everything()
        let lines = try await world.desk.checkMany(
            numbers,
            .assign(nil, in: .california, seen: [:]),
            by: Cast.california.actor
        )
        #expect(
            lines.map(\.outcome)
                == [.isHeld(by: Self.second.person), .isHeld(by: nil), .cannot(.notYours)]
        )
        #expect(try await world.everything() == before)
    }

    @Test func `one person takes many at once, and the queue shows whose they are`()
        async throws
    {
        let (world, numbers) = try await asked()
        let me = Cast.california
        #expect(try await shown(world, .nobody).count == 2)
        #expect(
            try await give(world, numbers + numbers, to: .person(me.id))
                == [.goes(to: me.person), .goes(to: me.person), .cannot(.notYours)]
        )
        let mine = try await shown(world, .person(me.id))
        #expect(mine == [numbers[0]: me.id, numbers[1]: me.id])
        #expect(try await shown(world, .nobody).isEmpty)
        #expect(
            try await give(world, [numbers[0]], to: .person(me.id)) == [.cannot(.hasAlready)]
        )
        #expect(
            try await give(world, [numbers[0]], to: .person(Self.second.id))
                == [.goes(to: Self.second.person)]
        )
        #expect(try await shown(world, nil) == [numbers[0]: Self.second.id, numbers[1]: me.id])
        let row = try await world.desk.queueRow(of: numbers[0], by: me.actor)
        #expect(row.assignee?.name == Self.second.name)
        #expect(try await give(world, [numbers[0]], to: .nobody) == [.goes(to: nil)])
        #expect(try await shown(world, .nobody) == [numbers[0]: nil])
        let log = try await world.everything().audit.filter { $0.action == "request.assign" }
        #expect(log.count == 4)
        try await Invariants.check(world)
    }

    @Test func `the other state's contacts have somebody of their own`() async throws {
        let (world, numbers) = try await asked()
        _ = try await give(world, [numbers[0]], to: .person(Cast.california.id))
        let other = try await world.desk.queueRow(of: numbers[0], by: Cast.texas.actor)
        #expect(other.assignee == nil)
        #expect(
            try await give(
                world,
                [numbers[0]],
                to: .person(Cast.texas.id),
                in: .texas,
                by: Cast.texas
            ) == [.goes(to: Cast.texas.person)]
        )
        let own = try await world.desk.queueRow(of: numbers[0], by: Cast.california.actor)
        #expect(own.assignee?.id == Cast.california.id)
    }

    @Test func `whoever leaves leaves nothing behind: it is nobody's and shows as such`()
        async throws
    {
        let (world, numbers) = try await asked()
        _ = try await give(world, [numbers[0]], to: .person(Self.second.id))
        _ = try await give(world, [numbers[1]], to: .person(Cast.california.id))
        try await world.desk.disableAccount(Self.second.id, by: Cast.administrator.actor)
        #expect(try await shown(world, .nobody) == [numbers[0]: nil])
        #expect(try await shown(world, .person(Self.second.id)).isEmpty)
        let log = try await world.everything().audit.last { $0.action == "account.disable" }
        #expect(log?.detail == "assignments ended: 1")
        // Nor can they be given anything again.
        await #expect(throws: CaseworkFailure.notAllowed) {
            _ = try await give(world, [numbers[0]], to: .person(Self.second.id))
        }
        #expect(
            try await world.desk.queuePeople(of: .california, by: Cast.california.actor).map(\.id)
                == [Cast.california.id]
        )
    }

    @Test(arguments: [Cast.texas, Cast.clerk, Cast.administrator])
    func `nobody else is given any`(account: StaffAccount) async throws {
        let (world, numbers) = try await asked()
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.notAllowed) {
            _ = try await give(world, [numbers[0]], to: .person(account.id))
        }
        #expect(try await world.everything() == before)
        #expect(try await shown(world, .nobody).count == 2)
    }

    @Test func `without a name nothing is done, nor in a state that one does not watch`()
        async throws
    {
        let (world, numbers) = try await asked()
        await #expect(throws: CaseworkFailure.nameMissing) {
            _ = try await give(world, numbers, to: nil)
        }
        await #expect(throws: CaseworkFailure.notAllowed) {
            _ = try await give(world, numbers, to: .nobody, in: .texas)
        }
        #expect(try await shown(world, .nobody).count == 2)
    }

    @Test func `what ended meanwhile is left alone`() async throws {
        let (world, numbers) = try await asked()
        try await world.desk.cancelRequest(
            numbers[0],
            reason: .arrivedAnotherWay,
            note: "",
            by: Cast.registrar.actor
        )
        #expect(
            try await give(world, Array(numbers.prefix(2)), to: .person(Cast.california.id))
                == [.cannot(.notNow), .goes(to: Cast.california.person)]
        )
    }

    @Test func `a saved view remembers whose, and an old one is everybody's`() async throws {
        let (world, numbers) = try await asked()
        _ = try await give(world, [numbers[0]], to: .person(Cast.california.id))
        let actor = Cast.california.actor
        for (name, assignee) in [
            ("Mine", Assignee.person(Cast.california.id)), ("Free", .nobody),
        ] {
            var filter = QueueFilter()
            filter.assignee = assignee
            try await world.desk.saveQueueView(
                SavedView(name: name, filter),
                by: actor
            )
        }
        let views = try await world.desk.queueViews(of: .california, by: actor)
        #expect(views.map(\.count) == [1, 1])
        #expect(views.map(\.view.filter.assignee) == [.person(Cast.california.id), .nobody])
    }
}
