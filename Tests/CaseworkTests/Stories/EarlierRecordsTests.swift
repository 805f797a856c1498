import Casework
import RecordExchange
import RecordLocator
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("What came for a student before") struct EarlierRecordsTests {
    /// Filed, answered, taken and accepted.
    @discardableResult
    private func completed(
        _ world: World,
        by account: StaffAccount = Cast.registrar,
        change: (inout RequestDraft) -> Void = { _ in }
    ) async throws -> RecordRequest {
        let request = try await world.file(by: account, change: change)
        let bundle = try await world.sendRecords()
        try await world.take(.archive, of: request, bundle, by: account)
        try await world.desk.acceptRecords(request.number, by: account.actor)
        try await world.settle()
        return request
    }

    private func look(
        _ world: World,
        _ request: RecordRequest,
        by account: StaffAccount = Cast.registrar
    ) async throws -> EarlierRecords {
        try await world.desk.earlierRecords(
            of: request.number,
            for: .placement,
            by: account.actor
        )
    }

    @Test func `one request alone shows itself`() async throws {
        let world = try await World()
        let request = try await completed(world)

        let found = try await look(world, request)

        #expect(found.requests.map(\.request.number) == [request.number])
        #expect(found.requests.map(\.link) == [.itself])
        #expect(found.requests.map(\.bundles.count) == [1])
        #expect(found.holderNames[Cast.maple] == School.maple.name)
    }

    @Test func `the same name and birth date do not make one student`() async throws {
        let world = try await World()
        try await completed(world)
        let second = try await completed(world)

        #expect(try await look(world, second).requests.count == 1)
    }

    @Test func `the same number of the state with birth date and name does`() async throws {
        let world = try await World()
        let first = try await completed(world) { $0.stateStudentID = "4417" }
        let second = try await completed(world) { $0.stateStudentID = "4417" }

        let found = try await look(world, second)

        #expect(found.requests.map(\.request.number) == [second.number, first.number])
        #expect(found.requests.map(\.link) == [.itself, .sameStateNumber])
    }

    @Test(arguments: ["name", "birth date"])
    func `a number that a clerk mistyped joins nobody`(other: String) async throws {
        let world = try await World()
        try await completed(world) { $0.stateStudentID = "4417" }
        let second = try await completed(world) { draft in
            draft.stateStudentID = "4417"
            if other == "name" { draft.given = "Renata" } else { draft.birthDay = "10" }
        }

        #expect(try await look(world, second).requests.count == 1)
    }

    @Test func `what was asked again is the same student, both ways`() async throws {
        let world = try await World()
        let first = try await world.file()
        try await world.desk.cancelRequest(
            first.number,
            reason: .wrongSchool,
            note: "",
            by: Cast.registrar.actor
        )
        let draft = try await world.desk.reopenRequest(first.number, by: Cast.registrar.actor)
        let outcome = try await world.desk.fileRequest(draft.id, by: Cast.registrar.actor)
        guard case .filed(let second) = outcome else {
            Issue.record("not filed")
            return
        }

        for (request, other) in [(first, second), (second, first)] {
            let found = try await look(world, request)
            #expect(found.requests.map(\.request.number) == [request.number, other.number])
            #expect(found.requests.map(\.link) == [.itself, .askedAgain])
        }
    }

    @Test func `one person of the locator is one student, and two persons are two`() async throws {
        let world = try await World()
        let first = try await completed(world) { $0.stateStudentID = "4417" }
        let second = try await completed(world) { $0.stateStudentID = "4417" }
        func belongs(_ request: RecordRequest, to person: Int) async throws {
            try await world.store.write { session in
                try session.save(Person.sample(person))
                var entry = LocatorEntry.sample(1)
                entry = LocatorEntry(
                    id: LocatorEntry.ID(rawValue: request.id.rawValue),
                    name: request.student.name,
                    birthDate: request.student.birthDate,
                    school: request.requester,
                    provenance: entry.provenance,
                    person: .numbered(person)
                )
                try session.save([entry])
            }
        }
        try await belongs(first, to: 1)
        try await belongs(second, to: 1)
        #expect(try await look(world, second).requests.map(\.link) == [.itself, .samePerson])

        // Somebody decided that they are two: no number joins them any more.
        try await belongs(second, to: 2)
        #expect(try await look(world, second).requests.map(\.link) == [.itself])
    }

    @Test func `nothing of another school is ever in it`() async throws {
        let world = try await World()
        try await completed(world) { $0.stateStudentID = "4417" }
        let elsewhere = try await completed(world, by: Cast.outsider) {
            $0.stateStudentID = "4417"
        }

        let found = try await look(world, elsewhere, by: Cast.outsider)

        #expect(found.requests.map(\.request.number) == [elsewhere.number])
    }

    @Test func `an answer that was not acceptable is not in it`() async throws {
        let world = try await World()
        let request = try await world.file()
        let bundle = try await world.sendRecords()
        try await world.take(.archive, of: request, bundle)
        try await world.desk.rejectRecords(
            request.number,
            bundle: bundle.id,
            reason: .unreadable,
            note: "",
            by: Cast.registrar.actor
        )

        #expect(try await look(world, request).requests.flatMap(\.bundles).isEmpty)
    }

    @Test func `every look is in the log, with what it was for and nothing of the student`()
        async throws
    {
        let world = try await World()
        let request = try await completed(world)

        _ = try await look(world, request)

        let entry = try #require(try await world.everything().audit.last)
        #expect(entry.action == "records.lookBack")
        #expect(entry.subject == request.number.description)
        #expect(entry.detail == "placement, 1 requests")
    }
}
