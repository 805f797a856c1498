import Casework
import RecordExchange
import Rendering
import Testing
import Vocabulary

@Suite("Who acts next, in words") struct NextStepWordsTests {
    private static let day = Samples.day("2026-05-20")

    private func words(
        _ step: Ladder.Step,
        people: [String] = ["Luz Orienta"]
    ) throws -> Rendering.NextStep {
        let school = try #require(SchoolID("530000000001"))
        return Rendering.NextStep(
            Casework.NextStep(owner: .holder(.school(school)), on: Self.day, step: step),
            state: .partlySent,
            holder: "Maple School",
            people: people,
            district: "",
            stateName: ""
        )
    }

    @Test func `whoever has the rest is named on the day on which they are reminded`() throws {
        #expect(
            try words(.remind)
                == .restWith(people: "Luz Orienta", holder: "Maple School", day: Self.day)
        )
    }

    @Test func `nobody is told of a reminder that goes to others`() throws {
        #expect(
            try words(.askBackup) == .weAskBackup(holder: "Maple School", day: Self.day)
        )
        for step in [Ladder.Step.remindLaw, .remindLawHalfway] {
            #expect(try words(step) == .weRemind(holder: "Maple School", day: Self.day))
        }
        #expect(
            try words(.remind, people: []) == .weRemind(holder: "Maple School", day: Self.day)
        )
    }
}
