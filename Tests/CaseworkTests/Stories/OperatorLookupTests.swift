import Casework
import RecordExchange
import RecordLocator
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("The operator's look-ups") struct OperatorLookupTests {
    /// The student of `World`, who is on file at the Maple School.
    private static func question(
        in world: World,
        change: (inout OperatorQuestion) -> Void = { _ in }
    ) async throws -> OperatorQuestion {
        let draft = try await world.draft(place: .unknown)
        var question = OperatorQuestion()
        question.given = draft.given
        question.middle = draft.middle
        question.paternalSurname = draft.paternalSurname
        question.maternalSurname = draft.maternalSurname
        let parts = [draft.birthMonth, draft.birthDay].map { $0.utf8.count < 2 ? "0" + $0 : $0 }
        question.born = ([draft.birthYear] + parts).joined(separator: "-")
        question.purpose = .serving
        change(&question)
        return question
    }

    @Test func `the answer is the registrar's, and the look is on the record`() async throws {
        let world = try await World()
        let draft = try await world.draft(place: .unknown)
        let seen = try await world.desk.locate(draft.id, by: Cast.registrar.actor)
        let found = try await world.desk.locate(try await Self.question(in: world))
        #expect(found == seen)
        #expect(found.people.first?.places.map(\.school?.school) == [.maple])
        let line = try #require(try await world.everything().audit.last)
        #expect(line.actor == "operator" && line.action == "locator.query")
        #expect(
            line.detail == "purpose=serving school= certain=1 probable=0 possible=0 "
                + "shown=\(School.maple.id)"
        )
        try await Invariants.check(world)
    }

    @Test func `everything wrong with a question is said at once, and nothing is counted`()
        async throws
    {
        let world = try await World()
        let before = try await world.everything().audit.count
        var question = OperatorQuestion()
        question.given = String(repeating: "a", count: 500)
        question.born = "2199-01-01"
        question.stateStudentID = String(repeating: "7", count: 41)
        question.statedPlace = String(repeating: "w", count: 201)
        let refused = await #expect(throws: RequestDraft.Malformed.self) {
            try await world.desk.locate(question)
        }
        #expect(
            Set(refused?.problems ?? []) == [
                .name(.tooLong(.given)), .name(.surnameMissing), .birthDateInFuture,
                .studentNumberTooLong, .purposeMissing, .statedPlaceTooLong(limit: 200),
            ]
        )
        #expect(try await world.everything().audit.count == before)
    }

    @Test(arguments: [
        ("", RequestDraft.Problem.birthDateMissing), ("  ", .birthDateMissing),
        ("2009-02-30", .birthDateImpossible), ("4/12/2009", .birthDateImpossible),
        ("1950-01-01", .birthDateTooLongAgo),
    ])
    func `a birth date that is none is refused`(
        born: String,
        problem: RequestDraft.Problem
    ) async throws {
        let world = try await World()
        let question = try await Self.question(in: world) { $0.born = born }
        let refused = #expect(throws: RequestDraft.Malformed.self) {
            try world.desk.check(question)
        }
        #expect(refused?.problems == [problem])
    }

    @Test func `the operator too has a budget, and the administrators hear when it is spent`()
        async throws
    {
        let world = try await World(
            lookups: LookupBudget(
                person: .init(perHour: 1, perDay: 1),
                organization: .init(perHour: 2, perDay: 5)
            )
        )
        for number in 1...2 {
            let question = try await Self.question(in: world) { $0.stateStudentID = "N\(number)" }
            _ = try await world.desk.locate(question)
        }
        let question = try await Self.question(in: world)
        for _ in 0..<2 {
            let spent = await #expect(throws: LookupsSpent.self) {
                try await world.desk.locate(question)
            }
            #expect(spent?.holder == .organization(.gateway) && spent?.window == .hour)
        }
        try await world.settle()
        let audit = try await world.everything().audit
        #expect(audit.count { $0.action == "locator.query" } == 2)
        #expect(audit.count { $0.action == "locator.budgetSpent" } == 1)
        #expect(world.mails(to: Cast.administrator.email, named: "operator").count == 1)
        #expect(world.mails(to: Cast.texas.email, named: "operator").isEmpty)
        try await Invariants.check(world)
    }

    @Test func `schools of a doubtful student are kept back from the operator as well`()
        async throws
    {
        let world = try await World()
        let question = try await Self.question(in: world) { question in
            question.given = "Zenaida"
            question.middle = ""
        }
        let found = try await world.desk.locate(question)
        #expect(found.people.allSatisfy { $0.grade < .certain })
        #expect(found.people.flatMap(\.places).allSatisfy { $0.school == nil })
    }
}
