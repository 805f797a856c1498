import Foundation
import RecordExchange
import StudentRecords
import Testing
import Vocabulary

@Suite("An entered plan") struct EnteredPlanTests {
    private func need(
        _ subject: String,
        _ areas: [SubjectArea],
        _ credits: Int = 400
    ) -> GraduationPlan.Requirement {
        GraduationPlan.Requirement(
            subject: subject,
            areas: areas,
            credits: Hundredths(credits)
        )
    }

    private func content(
        _ name: String = "Diploma",
        from first: Int = 2027,
        through last: Int? = nil,
        _ requirements: [GraduationPlan.Requirement]? = nil,
        citation: String = "",
        isVerified: Bool = false
    ) throws -> PlanContent {
        PlanContent(
            name: name,
            classes: try #require(ClassYears(from: first, through: last)),
            requirements: requirements ?? [need("Mathematics", [.mathematics])],
            citation: citation,
            isVerified: isVerified
        )
    }

    private func entered(
        _ content: PlanContent,
        at organization: OrganizationID = .gateway
    ) throws -> EnteredPlan {
        EnteredPlan(
            id: EnteredPlan.ID(rawValue: 1),
            organization: organization,
            version: 3,
            content: content,
            entered: EnteredPlan.Deed(
                staff: nil,
                name: "Ana",
                at: Instant(millisecondsSince1970: 0),
                on: try day("2026-05-18")
            )
        )
    }

    @Test func `a plan that says what is needed has no fault`() throws {
        let plan = try content(
            "Diploma",
            [
                need("Mathematics", [.mathematics], 1), need("Career", [.business, .healthCare]),
                need("Electives", [], 2_000),
            ],
            citation: "Code 7",
            isVerified: true
        )
        #expect(plan.faults(beside: []).isEmpty)
    }

    @Test func `all its faults are said at once`() throws {
        let long = String(repeating: "a", count: PlanContent.longestText + 1)
        let plan = try content(
            " ",
            [
                need("Mathematics", [.mathematics], 0), need("Math 2", [.mathematics], 2_001),
                need("MATHEMATICS", [.science]), need(long, [.arts]), need("Electives", []),
                need("Others", []),
            ],
            isVerified: true
        )
        let other = try entered(try content("Older", from: 2020))
        #expect(
            Set(plan.faults(beside: [other])) == [
                .nameMissing, .citationMissing, .creditsImpossible(0), .creditsImpossible(1),
                .subjectTwice(1), .subjectTwice(2), .subjectUnusable(3), .subjectTwice(5),
                .classesOverlap(plan: "Older"),
            ]
        )
    }

    @Test func `a plan that asks for nothing, and one too many, are refused`() throws {
        #expect(try content("Diploma", []).faults(beside: []) == [.nothingNeeded])
        let others = try (0..<EnteredPlan.most).map { index in
            try entered(try content("Old", from: 2000 + index, through: 2000 + index))
        }
        #expect(try content().faults(beside: others) == [.tooMany])
        #expect(try content().faults(beside: Array(others.dropLast())) == [])
    }

    @Test func `text that cannot stand on a page is refused`() throws {
        let long = String(repeating: "ñ", count: PlanContent.longestText / 2 + 1)
        let plan = try content(long, citation: "a\nb")
        #expect(plan.faults(beside: []) == [.nameTooLong, .citationUnprintable])
        #expect(
            try content("a\u{202E}b", citation: long).faults(beside: [])
                == [.nameUnprintable, .citationTooLong]
        )
    }

    @Test func `it is held against as its office's, with its day and its version`() throws {
        let state = try #require(StateCode("TX"))
        let plan = try #require(
            try entered(try content(), at: .state(state)).plan(of: "Texas")
        )
        #expect(plan.state == state && plan.school == nil && plan.district == nil)
        #expect(plan.entry?.office == "Texas" && plan.entry?.version == 3)
        let since = try day("2026-05-18")
        #expect(plan.entry?.since == since)
        #expect(plan.total == Hundredths(400))
        #expect(try entered(try content()).plan(of: "Gateway") == nil)
    }

    @Test func `what is stored comes back to the hundredth`() throws {
        let plan = try entered(
            try content("Diploma", through: 2030, [need("Art", [.arts], 33)], citation: "Code 7")
        )
        let bytes = try JSONEncoder().encode(plan)
        #expect(try JSONDecoder().decode(EnteredPlan.self, from: bytes) == plan)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("\"areas\":[\"05\"]") && text.contains("\"credits\":33"))
    }
}
