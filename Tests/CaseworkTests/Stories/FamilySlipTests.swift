import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("A family's slip") struct FamilySlipTests {
    private func look(
        _ world: World,
        _ slip: PrintedSlip,
        year: Int = 2011,
        code: String? = nil
    ) async throws -> FamilyView? {
        try await world.desk.familyView(
            of: slip.number,
            birthYear: year,
            code: code ?? slip.code
        )
    }

    private func slip(_ world: World, _ request: RecordRequest) async throws -> PrintedSlip {
        try await world.desk.makeFamilySlip(of: request.number, by: Cast.registrar.actor)
    }

    @Test func `it follows the request from the question to the new school`() async throws {
        let world = try await World()
        let request = try await world.file()
        let slip = try await slip(world, request)

        #expect(try await look(world, slip)?.stage == .asked)
        let next = try await world.desk.story(of: request.number, by: Cast.registrar.actor).next
        #expect(try await look(world, slip)?.next == next?.on)
        let bundle = try await world.sendRecords()
        #expect(try await look(world, slip) == FamilyView(stage: .arrived, next: nil))
        try await world.take(.archive, of: request, bundle)
        try await world.desk.acceptRecords(request.number, by: Cast.registrar.actor)
        #expect(try await look(world, slip) == FamilyView(stage: .received, next: nil))
    }

    @Test func `a part that came, and no school that is left, have stages of their own`()
        async throws
    {
        let world = try await World()
        let slip = try await slip(world, try await world.file())
        try await world.sendRecords(complete: false)
        #expect(try await look(world, slip)?.stage == .partly)

        let other = try await World()
        let nowhere = try await self.slip(other, try await other.file(place: .unknown))
        #expect(try await look(other, nowhere)?.stage == .looking)
    }

    @Test(arguments: ["number", "year", "code", "empty", "hostile"])
    func `anything wrong shows nothing`(what: String) async throws {
        let world = try await World()
        let slip = try await slip(world, try await world.file())
        let view =
            switch what {
            case "number":
                try await world.desk.familyView(
                    of: RequestNumber(bits: 9),
                    birthYear: 2011,
                    code: slip.code
                )
            case "year": try await look(world, slip, year: 2012)
            case "code": try await look(world, slip, code: "ZZZZ-ZZZZ")
            case "empty": try await look(world, slip, code: "")
            default: try await look(world, slip, code: "|2011|\u{0}" + slip.code)
            }
        #expect(view == nil)
    }

    @Test func `a code is read as people type it`() async throws {
        let world = try await World()
        let slip = try await slip(world, try await world.file())
        for typed in [
            slip.code.lowercased(), " " + slip.code,
            slip.code.split(separator: "-")
                .joined(separator: " "),
        ] {
            #expect(try await look(world, slip, code: typed) != nil)
        }
    }

    @Test func `a new slip ends the one before, and only its own request's`() async throws {
        let world = try await World()
        let request = try await world.file()
        let first = try await slip(world, request)
        let other = try await world.file { $0.birthDay = "10" }
        let others = try await slip(world, other)
        let second = try await slip(world, request)

        #expect(first.code != second.code)
        #expect(try await look(world, first) == nil)
        #expect(try await look(world, second) != nil)
        #expect(try await look(world, others) != nil)
        let kept = try await world.desk.familySlip(of: request.number, by: Cast.registrar.actor)
        #expect(kept?.issuedBy == Cast.registrar.id)
    }

    /// What a slip shows, and what is logged, after a school had no records for a reason.
    private func seen(after reason: ReasonCode) async throws -> ([FamilyView?], [String]) {
        let world = try await World()
        let request = try await world.file()
        let slip = try await slip(world, request)
        let answerer = try await world.open()
        try await world.desk.refuse(answerer.inquiry, reason: reason, note: "", by: answerer)
        let first = try await look(world, slip)
        let again = try await self.slip(world, request)
        let second = try await look(world, again)
        return ([first, second], try await world.everything().audit.suffix(3).map(\.action))
    }

    @Test(arguments: [ReasonCode.missingChild, .protectiveOrder])
    func `a concealed reason looks like never enrolled, to whoever made the slip too`(
        reason: ReasonCode
    ) async throws {
        let concealed = try await seen(after: reason)
        let plain = try await seen(after: .neverEnrolled)
        #expect(concealed.0 == plain.0 && concealed.1 == plain.1)
        #expect(concealed.0.allSatisfy { $0 != nil })
        #expect(concealed.1 == ["family.look", "family.slip", "family.look"])
    }

    @Test func `a protected child's slip shows what every other shows`() async throws {
        let world = try await World()
        let slip = try await slip(world, try await world.file())
        let before = try await look(world, slip)
        world.locator.guardsEverybody.isRaised = true
        #expect(try await look(world, slip) == before)
        #expect(before?.stage == .asked)
        #expect(try await world.everything().audit.last?.action == "family.look")
    }

    @Test func `it goes on for thirty days after the end`() async throws {
        let world = try await World()
        let request = try await world.file()
        let slip = try await slip(world, request)
        try await world.desk.cancelRequest(
            request.number,
            reason: .wrongSchool,
            note: "",
            by: Cast.registrar.actor
        )
        #expect(try await look(world, slip) == FamilyView(stage: .ended, next: nil))
        world.clock.advance(bySeconds: 30 * 86_400)
        #expect(try await look(world, slip) == nil)
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await self.slip(world, request)
        }
    }

    @Test func `every look leaves a line without a name or code, and made-up numbers leave none`()
        async throws
    {
        let world = try await World()
        let request = try await world.file()
        // Before there is a slip, tries at the number are tries at nothing.
        let before = try await world.everything()
        let missing = PrintedSlip(number: request.number, code: "BBBB-BBBB")
        _ = try await look(world, missing)
        _ = try await world.desk.familyView(
            of: RequestNumber(bits: 9),
            birthYear: 2011,
            code: "BBBBBBBB"
        )
        #expect(try await world.everything() == before)

        let slip = try await slip(world, request)
        _ = try await look(world, slip)
        _ = try await look(world, slip, code: "ZZZZZZZZ")
        let lines = try await world.everything().audit.dropFirst(before.audit.count)
        #expect(lines.map(\.action) == ["family.slip", "family.look", "family.wrong"])
        #expect(lines.map(\.actor).suffix(2) == ["family", "family"])
        #expect(lines.allSatisfy { $0.subject == request.number.description && $0.detail.isEmpty })
    }
}
