import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("The state contact's desk") struct StateDeskTests {
    /// A request that has been with California's contact since July 8.
    private func stuck() async throws -> (world: World, request: RecordRequest) {
        let world = try await World(on: "2026-07-07")
        let request = try await world.file()
        try await world.walk(to: "2026-07-08", hour: 10)
        return (world, request)
    }

    @Test func `a row says age, reason, next step and whom to call, and no name`() async throws {
        let (world, request) = try await stuck()
        let rows = try await world.desk.stateQueue(
            of: .california,
            all: false,
            by: Cast.california.actor
        )
        let row = try #require(rows.first)
        #expect(row.number == request.number)
        #expect(row.initials == "P. P. E.")
        #expect(row.waitedDays == 1)
        #expect(row.school == .maple)
        #expect(row.level == .state)
        #expect(row.next?.owner == .stateContact(.california))
        #expect(!"\(rows.map(\.initials)) \(row.why)".contains("Prueba"))
    }

    @Test func `with "all" what is still on time is seen as well`() async throws {
        let world = try await World(on: "2026-05-18")
        try await world.file()
        let desk = world.desk
        let actor = Cast.california.actor
        #expect(try await desk.stateQueue(of: .california, all: false, by: actor).isEmpty)
        #expect(try await desk.stateQueue(of: .california, all: true, by: actor).count == 1)
    }

    @Test func `urgent ones come first, then the oldest`() async throws {
        let world = try await World(on: "2026-07-06")
        let old = try await world.file()
        try await world.walk(to: "2026-07-07")
        let urgent = try await world.file { draft in
            draft.birthDay = "10"
            draft.urgentGrounds = [.foster]
        }
        let young = try await world.file { $0.birthDay = "11" }
        try await world.walk(to: "2026-07-09", hour: 10)
        let rows = try await world.desk.stateQueue(
            of: .california,
            all: false,
            by: Cast.california.actor
        )
        #expect(rows.map(\.number) == [urgent.number, old.number, young.number])
    }

    @Test func `reminding writes to everybody who could answer, each with a working link`()
        async throws
    {
        let (world, request) = try await stuck()
        try await world.step("remind") {
            try await world.desk.remindHolder(request.number, by: Cast.california.actor)
            try await world.settle()
        }
        for contact in [
            Cast.mapleOffice, Cast.mapleBackup, Cast.mapleSummer, Cast.figDistrict,
            Cast.figContact,
        ] {
            #expect(world.mails(to: contact, named: "remind").count == 1, "\(contact.role)")
        }
        _ = try await world.open(Cast.mapleBackup)
    }

    @Test func `reminding again within four hours floods nobody`() async throws {
        let (world, request) = try await stuck()
        for _ in 0..<5 {
            try await world.desk.remindHolder(request.number, by: Cast.california.actor)
            try await world.settle()
        }
        #expect(world.mails(to: Cast.mapleSummer, named: "remind").count == 1)
        world.clock.advance(bySeconds: 4 * 3_600)
        try await world.desk.remindHolder(request.number, by: Cast.california.actor)
        try await world.settle()
        #expect(world.mails(to: Cast.mapleSummer, named: "remind").count == 2)
    }

    @Test(arguments: [ReasonCode.missingChild, .protectiveOrder])
    func `what protects a child is no reason to close with`(reason: ReasonCode) async throws {
        let (world, request) = try await stuck()
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.reasonMissing) {
            try await world.desk.closeUnfilled(
                request.number,
                reason: reason,
                note: "",
                by: Cast.california.actor
            )
        }
        #expect(try await world.everything() == before)
    }

    @Test func `another school is asked and the first may still answer`() async throws {
        let (world, request) = try await stuck()
        try await world.step("another") {
            try await world.desk.askAnotherSchool(
                request.number,
                School.elm.id,
                by: Cast.california.actor
            )
            try await world.settle()
        }
        let story = try await world.story(of: request)
        #expect(story.inquiries.map(\.status) == [.superseded, .notified])
        #expect(story.inquiries.map(\.holder) == [Cast.maple, .vault])
        #expect(world.mails(to: Cast.vaultOffice, named: "ask").count == 1)
        _ = try await world.open(Cast.mapleSummer)
        for school in [School.elm.id, School.maple.id, School.oak.id] {
            await #expect(throws: CaseworkFailure.alreadyThere) {
                try await world.desk.askAnotherSchool(
                    request.number,
                    school,
                    by: Cast.california.actor
                )
            }
        }
    }

    @Test func `a request without a school is placed by its requester or its state`()
        async throws
    {
        for account in [Cast.registrar, Cast.texas] {
            let world = try await World()
            let request = try await world.file(place: .unknown)
            try await world.step("place") {
                try await world.desk.askAnotherSchool(
                    request.number,
                    School.maple.id,
                    by: account.actor
                )
                try await world.settle()
            }
            #expect(try await world.state(of: request) == .requested)
            let rows = try await world.desk.stateQueue(
                of: .texas,
                all: false,
                by: Cast.texas.actor
            )
            #expect(rows.isEmpty)
        }
    }

    @Test func `closing needs the state contact and is final`() async throws {
        let (world, request) = try await stuck()
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.closeUnfilled(
                request.number,
                reason: .noAnswerAtCap,
                note: "",
                by: Cast.registrar.actor
            )
        }
        try await world.step("close") {
            try await world.desk.closeUnfilled(
                request.number,
                reason: .noAnswerAtCap,
                note: "The school burned down.",
                by: Cast.california.actor
            )
            try await world.settle()
        }
        #expect(try await world.state(of: request) == .closedUnfilled)
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.closeUnfilled(
                request.number,
                reason: .noAnswerAtCap,
                note: "",
                by: Cast.california.actor
            )
        }
        #expect(try await world.everything() == before)
        let rows = try await world.desk.stateQueue(
            of: .california,
            all: true,
            by: Cast.california.actor
        )
        #expect(rows.isEmpty)
    }

    @Test func `the state contact answers in the school's place, and it says so`() async throws {
        let (world, request) = try await stuck()
        let inquiry = try await world.inquiry(of: request)
        let bundle = try await world.step("answer") {
            let bundle = try await world.desk.answer(
                inquiry.id,
                with: .sample(name: "Somebody Else", official: true),
                by: .stateContact(Cast.california.actor)
            )
            try await world.settle()
            return bundle
        }
        #expect(bundle.certification.kind == .inPlaceOfSchool)
        #expect(bundle.certification.name == Cast.california.name)
        #expect(try await world.state(of: request) == .sent)
        // The office that was asked need not look any more; nobody says that it signed.
        #expect(world.mails(to: Cast.mapleOffice, named: "answeredFor").count == 1)
        #expect(world.mails(to: Cast.mapleOffice, named: "receipt").isEmpty)
        let line = try #require(
            try await world.everything().audit.last { $0.action == "inquiry.answer" }
        )
        #expect(line.actor == "staff:\(Cast.california.id)")
    }

    @Test(arguments: ["promise", "refuse", "ask", "hold"])
    func `the office hears that its state answered, whatever was said`(
        deed: String
    ) async throws {
        let (world, request) = try await stuck()
        let inquiry = try await world.inquiry(of: request)
        let state = Answerer.stateContact(Cast.california.actor)
        try await world.step(deed) {
            switch deed {
            case "promise":
                try await world.desk.promise(
                    inquiry.id,
                    day: .on("2026-07-15"),
                    note: "",
                    by: state
                )
            case "refuse":
                try await world.desk.refuse(
                    inquiry.id,
                    reason: .neverEnrolled,
                    note: "",
                    by: state
                )
            case "ask":
                try await world.desk.askRequester(inquiry.id, question: "Which?", by: state)
            default:
                try await world.desk.hold(
                    inquiry.id,
                    TestSupport.known(HoldCondition(.afterGradesPosted)),
                    note: "",
                    by: state
                )
            }
            try await world.settle()
        }
        #expect(world.mails(to: Cast.mapleOffice, named: "answeredFor").count == 1)
    }

    @Test func `what the office answers itself is no news to it`() async throws {
        let (world, request) = try await stuck()
        let inquiry = try await world.inquiry(of: request)
        try await world.desk.askRequester(
            inquiry.id,
            question: "Which?",
            by: .staff(Cast.clerk.actor)
        )
        try await world.settle()
        #expect(world.mails(to: Cast.mapleOffice, named: "answeredFor").isEmpty)
    }

    @Test func `a call goes on the record, with what was said`() async throws {
        let (world, request) = try await stuck()
        try await world.step("call") {
            try await world.desk.logCall(
                request.number,
                note: "Nobody picks up before August.",
                by: Cast.california.actor
            )
        }
        #expect(
            try await world.story(of: request).events.map(\.kind)
                .contains(.callLogged(note: "Nobody picks up before August."))
        )
    }

    @Test func `that somebody called is worth a line without a word`() async throws {
        let (world, request) = try await stuck()
        for note in ["", " \n\t"] {
            try await world.step("call") {
                try await world.desk.logCall(request.number, note: note, by: Cast.california.actor)
            }
        }
        let calls = try await world.story(of: request).events.filter {
            $0.kind == .callLogged(note: "")
        }
        #expect(calls.map(\.person) == [Cast.california.name, Cast.california.name])
        let long = String(repeating: "x", count: RequestDraft.longestMessage + 1)
        await #expect(throws: CaseworkFailure.tooLong) {
            try await world.desk.logCall(request.number, note: long, by: Cast.california.actor)
        }
    }

    @Test func `the requester's state may look and help, others may not`() async throws {
        let (world, request) = try await stuck()
        #expect(try await world.story(of: request, by: Cast.texas).state == .requested)
        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.story(of: request.number, by: Cast.washington.actor)
        }
        await #expect(throws: CaseworkFailure.notAllowed) {
            try await world.desk.stateQueue(of: .california, all: true, by: Cast.texas.actor)
        }
    }
}
