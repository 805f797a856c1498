import RecordFormats
import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

@Suite("Graduation plans from a file") struct GraduationPlanFileTests {
    private static let head = "state,school,plan,subject,subject_es,areas,credits\n"

    private func read(_ text: String) throws -> [GraduationPlan] {
        try GraduationPlanFile.read(Array(text.utf8))
    }

    @Test func `rows of one plan come together, in their order, with both names of a subject`()
        throws
    {
        let plans = try read(
            Self.head
                + """
                TX,,Foundation,"English, language arts",Lengua inglesa,01,4
                WA,531011001689,Davis,Science,,03 21,3.50
                TX,,Foundation,Electives,Materias optativas,,5.00
                """
        )
        #expect(plans.map(\.name) == ["Foundation", "Davis"])
        #expect(plans.map(\.state) == [StateCode("TX"), StateCode("WA")])
        #expect(plans.map(\.school) == [nil, SchoolID("531011001689")])
        let first = try #require(plans.first)
        #expect(first.requirements.map(\.subject) == ["English, language arts", "Electives"])
        #expect(first.requirements.map(\.spanish) == ["Lengua inglesa", "Materias optativas"])
        #expect(first.total == Hundredths(900))
        let science = try #require(plans.last?.requirements.first)
        #expect(science.areas == [.science, .engineering] && science.spanish == nil)
        #expect(science.credits == Hundredths(350))
    }

    @Test func `columns come in any order, and those that nobody needs may be left out`() throws {
        let plans = try read("credits;subject;areas;plan;STATE\n1;Art;05;P;wa\n")
        #expect(plans.first?.requirements.first?.areas == [.arts])
        #expect(plans.first?.state == StateCode("WA"))
    }

    @Test(
        arguments: [
            ("ZZ,,P,Art,,05,1", "state"), ("TX,12,P,Art,,05,1", "school"),
            ("TX,,,Art,,05,1", "plan"), ("TX,,P,,,05,1", "subject"),
            ("TX,,P,Art,,5,1", "areas"), ("TX,,P,Art,,05 99,1", "areas"),
            ("TX,,P,Art,,,1", "areas"), ("TX,,P,Art,,05,-1", "credits"),
            ("TX,,P,Art,,05,1.005", "credits"), ("TX,,P,Art,,05,", "credits"),
            ("TX,,P\u{202E}x,Art,,05,1", "plan"),
        ]
    )
    func `what cannot be read is named by its row and column`(row: String, column: String) {
        let error = #expect(throws: GraduationPlanFile.Malformed.self) {
            try read(Self.head + "TX,,P,Mathematics,,02,4\n" + row + "\n")
        }
        #expect(error?.problems.count == 1)
        #expect(error?.description.hasPrefix("row 3: \(column): ") == true)
    }

    @Test func `all that is wrong is said at once`() {
        let error = #expect(throws: GraduationPlanFile.Malformed.self) {
            try read(Self.head + "ZZ,x,P,Art,,99,one\n\nTX,,P,Art,,05,1\nTX,,P,ART,,05,1\n")
        }
        #expect(error?.problems.count == 5)
        #expect(error?.problems.last?.contains("each subject once") == true)
    }

    @Test(
        arguments: [
            "", "\n", "a,b\n1,2\n", "state,plan,subject\nTX,P,Art\n", head,
            head + ",,,,,,\n", head.replacing("areas", with: "area") + "TX,,P,Art,,05,1\n",
        ]
    )
    func `what is no such table, or holds no plan, is refused`(text: String) {
        #expect(throws: GraduationPlanFile.Malformed.self) { try read(text) }
    }

    @Test func `of two plans of one state nobody could tell which counts`() {
        #expect(throws: GraduationPlanFile.Malformed.self) {
            try read(Self.head + "TX,,P,Art,,05,1\nTX,,Q,Art,,05,1\n")
        }
    }

    @Test func `a school has its own plan, else its state's, else none`() throws {
        let plans = try read(
            Self.head + "WA,531011001689,Davis,Art,,05,1\nWA,,State,Art,,05,2\n"
        )
        let washington = try #require(StateCode("WA"))
        let texas = try #require(StateCode("TX"))
        let davis = try #require(SchoolID("531011001689"))
        let other = try #require(SchoolID("484496008851"))
        #expect(plans.plan(of: davis, in: washington)?.name == "Davis")
        #expect(plans.plan(of: other, in: washington)?.name == "State")
        #expect(plans.plan(of: other, in: texas) == nil)
    }

    @Test(arguments: 0..<60)
    func `random bytes end nothing, and what is read can be counted against`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "TX", "WA", ",", ",", ",", "\n", "\"", "P", "Art", "05", "1.00", "x", "\u{0}", "é",
        ]
        let text =
            Self.head
            + (0..<60).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
        guard let plans = try? read(text) else { return }
        #expect(!plans.isEmpty && plans.allSatisfy { !$0.requirements.isEmpty })
    }
}
