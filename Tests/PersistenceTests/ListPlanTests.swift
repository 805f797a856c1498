import Casework
import Persistence
import RecordExchange
import SQLiteDatabase
import TestSupport
import Testing
import Vocabulary

@Suite("Every order and filter of a list has its index")
struct ListPlanTests {
    private static let position = ListPosition(1, 1, id: Identifier<Never>.numbered(1).description)
    static let starts: [PageStart] = [.top, .after(position), .before(position)]

    static let worklistQuestions: [WorklistQuestion] = {
        let owners: [WorklistQuestion.Owner] = [
            .state(.texas), .requester(.texas), .holder(School.oak.organization),
        ]
        var questions: [WorklistQuestion] = []
        for owner in owners {
            for order in WorklistQuestion.Order.allCases {
                for start in starts {
                    for view in WorklistQuestion.View.allCases {
                        questions.append(
                            WorklistQuestion(owner, view: view, order: order, start: start)
                        )
                    }
                    questions.append(
                        WorklistQuestion(
                            owner,
                            view: .told,
                            order: order,
                            isUrgentOnly: true,
                            step: .question,
                            start: start
                        )
                    )
                    for isUrgentOnly in [false, true] {
                        questions.append(
                            WorklistQuestion(
                                owner,
                                order: order,
                                isUrgentOnly: isUrgentOnly,
                                askedBefore: noon,
                                band: .high,
                                step: .unopened,
                                start: start
                            )
                        )
                    }
                }
            }
            questions.append(WorklistQuestion(owner, search: "oak"))
            questions.append(WorklistQuestion(owner, search: RequestNumber(bits: 1).description))
        }
        return questions
    }()

    static let requestQuestions = RequestListQuestion.Part.allCases.flatMap { part in
        starts.map { RequestListQuestion(School.oak.id, part, start: $0) }
    }

    @Test
    func `a page of a list is read in its order from an index, and counted without its rows`()
        async throws
    {
        let database = try TestDatabase()
        try await Migrator().migrate(database.file)
        let recorder = RecordingDatabase(database.file)
        let store = SQLCaseStore(recorder, fields: ScramblingFields())
        try await store.read { session in
            let noon = Self.noon
            for question in Self.worklistQuestions where question.search.isEmpty {
                _ = try session.worklist(question)
            }
            for owner in [WorklistQuestion.Owner.state(.texas), .requester(.texas)] {
                _ = try session.worklistCounts(WorklistQuestion(owner))
                let narrow = WorklistQuestion(
                    owner,
                    isUrgentOnly: true,
                    assignee: .nobody,
                    askedBefore: noon,
                    band: .high,
                    step: .unopened
                )
                _ = try session.worklist(narrow)
                _ = try session.worklistCounts(narrow)
            }
            for assignee in [Assignee.nobody, .person(.numbered(1))] {
                let question = WorklistQuestion(.state(.texas), assignee: assignee)
                _ = try session.worklist(question)
                _ = try session.worklistCounts(question)
            }
            _ = try session.openRequestCount(from: School.oak.id, for: StudentKey(.paloma))
            for question in Self.requestQuestions { _ = try session.requests(question) }
            _ = try session.requestCounts(from: School.oak.id)
            _ = try session.openRequests(from: School.oak.id, for: StudentKey(.paloma))
        }

        let statements = recorder.statements
        #expect(statements.count > 30)
        for (statement, parameters) in statements {
            let plan = try await database.file.read { session in
                try session.query("EXPLAIN QUERY PLAN \(statement)", parameters)
                    .map { try $0.text("detail") }
            }
            #expect(plan.allSatisfy { $0.hasPrefix("SEARCH") }, "\(plan) for \(statement)")
            if statement.contains("COUNT(*)"), statement.contains("state = ") {
                #expect(plan.allSatisfy { $0.contains("COVERING") }, "\(plan) for \(statement)")
            }
        }
    }

    private static let noon = Instant.noon("2026-05-18")
}
