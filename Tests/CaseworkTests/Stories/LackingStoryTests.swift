import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("What the receiver will still lack") struct LackingStoryTests {
    /// A course without its credits.
    private static let course = StudentRecord([
        RecordEntry(
            .course,
            from: RecordSource(name: "", date: CivilDate(dayNumber: 0)),
            [.courseTitle: .value(.text("Algebra I"))]
        )
    ])

    /// A transcript was sent as scans, and more is to come.
    private func task() async throws -> (AnswerTask, RecordBundle) {
        let world = try await World(on: "2026-05-18")
        _ = try await world.file()
        let bundle = try await world.sendRecords(complete: false)
        let answerer = try await world.open()
        return (try await world.desk.answerTask(answerer.inquiry, by: answerer), bundle)
    }

    @Test func `what was sent, what is about to be said and the phase are one picture`()
        async throws
    {
        let (task, _) = try await task()
        let part = try #require(task.asked.first { $0 != .transcript })
        let before = task.completeness(of: [])
        let after = task.completeness(
            of: [],
            adding: [RecordBundle.Part(part: part, status: .toFollow(by: nil))]
        )
        #expect(before.rows.map(\.part) == task.asked)
        #expect(before.parts(standing: .inFiles) == [.transcript])
        #expect(after.parts(standing: .toFollow) == [part])
    }

    @Test func `beside a scan no element is missing, and without one it is`() async throws {
        let (task, bundle) = try await task()
        func row(replacing replaced: Set<RecordBundle.ID>) throws -> Completeness.Row {
            let found = task.completeness(of: [Self.course], replacing: replaced)
            return try #require(found.rows.first { $0.part == .transcript })
        }
        #expect(try row(replacing: []).missing.isEmpty)
        #expect(try !row(replacing: []).perhapsInFiles.isEmpty)
        // What a correction takes the place of holds nothing any more.
        #expect(try row(replacing: [bundle.id]).perhapsInFiles.isEmpty)
        #expect(try !row(replacing: [bundle.id]).missing.isEmpty)
    }
}
