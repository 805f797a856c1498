import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("Filing a request") struct FilingTests {
    @Test func `request, inquiry, timer, mails and audit line are on file together`() async throws {
        let world = try await World()
        let request = try await world.step("file") { try await world.file() }
        let story = try await world.story(of: request)
        #expect(story.state == .requested)
        #expect(
            story.request.student
                == StudentIdentity(
                    name: StudentIdentity.paloma.name,
                    birthDate: .on("2011-03-09")
                )
        )
        #expect(story.inquiries.map(\.holder) == [Cast.maple])
        #expect(story.request.uses == [.enrollment, .placement, .graduation])
        #expect(story.request.parts.contains(.partialCredit))
        #expect(world.mails(to: Cast.mapleOffice, named: "ask").count == 1)
        #expect(world.mails(to: Cast.registrar.email, named: "filed").count == 1)
        let file = try await world.everything()
        #expect(file.timers.count == 1)
        #expect(file.drafts.isEmpty)
        #expect(file.audit.map(\.action).contains("request.file"))
    }

    @Test func `the mail carries a link that works and a code of six letters`() async throws {
        let world = try await World()
        try await world.file()
        let key = try world.key(for: Cast.mapleOffice)
        #expect(key.token.utf8.count == 26)
        #expect(key.code.utf8.count == 6)
        let door = try await world.desk.door(token: key.token)
        #expect(door.obstacle == nil)
        #expect(door.holder == .maple)
        #expect(door.requester == .oak)
    }

    @Test func `a letter that cannot be written leaves nothing at all behind`() async throws {
        let world = try await World()
        let draft = try await world.draft()
        let before = try await world.everything()
        world.unwritable.isRaised = true
        await #expect(throws: FactLetters.Unwritable.self) {
            try await world.desk.fileRequest(draft.id, by: Cast.registrar.actor)
        }
        #expect(try await world.everything() == before)
        world.unwritable.isRaised = false
        guard case .filed = try await world.desk.fileRequest(draft.id, by: Cast.registrar.actor)
        else { throw Surprise("it was not filed") }
    }

    @Test func `every problem is named at once and the draft stays as typed`() async throws {
        let world = try await World()
        let draft = try await world.draft { draft in
            draft.given = " "
            draft.birthMonth = "13"
            draft.grade = "99"
            draft.place = nil
            draft.uses = []
        }
        do {
            _ = try await world.desk.fileRequest(draft.id, by: Cast.registrar.actor)
            Issue.record("it was filed")
        } catch let error as RequestDraft.Malformed {
            #expect(
                Set(error.problems) == [
                    .name(.givenMissing), .birthDateImpossible, .gradeUnknown, .placeMissing,
                    .usesMissing,
                ]
            )
        }
        let kept = try await world.desk.draft(draft.id, by: Cast.registrar.actor)
        #expect(kept.birthMonth == "13")
        #expect(try await world.everything().requests.isEmpty)
    }

    @Test func `a school is not asked for its own records`() async throws {
        let world = try await World()
        let draft = try await world.draft(place: .school(School.oak.id))
        await #expect(throws: RequestDraft.Malformed.self) {
            try await world.desk.fileRequest(draft.id, by: Cast.registrar.actor)
        }
    }

    @Test func `sending the same draft twice files once`() async throws {
        let world = try await World()
        let draft = try await world.draft()
        _ = try await world.desk.fileRequest(draft.id, by: Cast.registrar.actor)
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.fileRequest(draft.id, by: Cast.registrar.actor)
        }
        #expect(try await world.everything() == before)
    }

    @Test(
        arguments: [
            ("Paloma", "Prueba", "Ejemplo"), ("PALOMA", "prueba", "ejemplo"),
            ("Páloma", "Prueba", "Ejemplo"), ("Paloma", "Ejemplo", "Prueba"),
            ("Paloma", "Prueba-Ejemplo", ""),
        ]
    )
    func `the same student of the same school is offered the open request`(
        given: String,
        paternal: String,
        maternal: String
    ) async throws {
        let world = try await World()
        let first = try await world.file()
        let draft = try await world.draft(by: Cast.secondRegistrar) { draft in
            (draft.given, draft.paternalSurname) = (given, paternal)
            draft.maternalSurname = maternal
        }
        let outcome = try await world.desk.fileRequest(draft.id, by: Cast.secondRegistrar.actor)
        #expect(outcome == .duplicate(of: first, filedBy: Cast.registrar.name))
        #expect(try await world.everything().requests.count == 1)
        // The draft is still there, to be joined or sent with a reason.
        #expect(try await world.desk.drafts(by: Cast.secondRegistrar.actor).count == 1)
    }

    @Test func `another student or another school is nobody's duplicate`() async throws {
        let world = try await World()
        try await world.file()
        try await world.file { $0.birthDay = "10" }
        try await world.file(by: Cast.outsider)
        #expect(try await world.everything().requests.count == 3)
    }

    @Test func `with a reason it is filed all the same`() async throws {
        let world = try await World()
        try await world.file()
        try await world.file { $0.duplicateReason = "The first went to the wrong school." }
        #expect(try await world.everything().requests.count == 2)
    }

    @Test func `whoever joins hears what the filer hears, once`() async throws {
        let world = try await World()
        let request = try await world.file()
        for _ in 0..<2 {
            try await world.step("join") {
                try await world.desk.joinRequest(request.number, by: Cast.secondRegistrar.actor)
            }
        }
        try await world.desk.joinRequest(request.number, by: Cast.registrar.actor)
        try await world.sendRecords()
        for account in [Cast.registrar, Cast.secondRegistrar] {
            #expect(world.mails(to: account.email, named: "ready").count == 1)
        }
        #expect(world.mails(to: Cast.counselor.email).isEmpty)
    }

    @Test(arguments: [RequestDraft.Place.unknown, .outsideUnitedStates])
    func `where nobody can be asked the requester's state contact owns it from today`(
        place: RequestDraft.Place
    ) async throws {
        let world = try await World()
        let request = try await world.step("file") { try await world.file(place: place) }
        let story = try await world.story(of: request)
        #expect(story.state == .endOfLocations)
        #expect(story.next?.owner == .stateContact(.texas))
        let rows = try await world.desk.stateQueue(
            of: .texas,
            all: false,
            by: Cast.texas.actor
        )
        #expect(rows.map(\.number) == [request.number])
        #expect(rows.map(\.why) == [place == .unknown ? .schoolUnknown : .outsideUnitedStates])
        try await world.walk(to: "2026-05-19")
        #expect(world.mails(to: Cast.texasDesk, named: "digest").count == 1)
    }

    @Test func `a school that closed for good is asked through its custodian`() async throws {
        let world = try await World()
        let request = try await world.step("file") {
            try await world.file(place: .school(School.elm.id))
        }
        #expect(try await world.inquiry(of: request).holder == .vault)
        #expect(world.mails(to: Cast.vaultOffice, named: "ask").count == 1)
    }

    @Test func `a school nobody can write to is asked through its district`() async throws {
        let world = try await World(contacts: [Cast.figDistrict, Cast.californiaDesk])
        let request = try await world.step("file") { try await world.file() }
        #expect(world.mails(to: Cast.figDistrict, named: "ask").count == 1)
        #expect(try await world.inquiry(of: request).clock.level == .onTime)
    }

    @Test func `without a district as well the state contact has it at once`() async throws {
        let world = try await World(contacts: [Cast.californiaDesk])
        let request = try await world.step("file") { try await world.file() }
        let story = try await world.story(of: request)
        #expect(story.next?.owner == .stateContact(.california))
        let rows = try await world.desk.stateQueue(
            of: .california,
            all: false,
            by: Cast.california.actor
        )
        #expect(rows.map(\.why) == [.noContact])
    }

    @Test func `an interstate student of a secondary grade comes first by itself`() async throws {
        let world = try await World()
        let near = try await world.file { $0.grade = "02" }
        #expect(near.urgentGrounds.isEmpty)
        let far = try await world.file { draft in
            draft.grade = "10"
            draft.birthDay = "11"
        }
        #expect(far.urgentGrounds == [.interstateSecondary])
    }

    @Test func `it comes first from the day its school becomes known`() async throws {
        let world = try await World()
        let unplaced = try await world.file(place: .unknown) { $0.grade = "10" }
        #expect(unplaced.urgentGrounds.isEmpty)
        let child = try await world.file(place: .unknown) { draft in
            draft.grade = "02"
            draft.birthDay = "11"
        }
        for request in [unplaced, child] {
            try await world.step("named") {
                try await world.desk.askAnotherSchool(
                    request.number,
                    School.maple.id,
                    by: Cast.texas.actor
                )
                try await world.settle()
            }
        }
        let story = try await world.story(of: unplaced)
        #expect(story.request.urgentGrounds == [.interstateSecondary])
        #expect(try await world.story(of: child).request.urgentGrounds.isEmpty)
        let rows = try await world.desk.stateQueue(
            of: .california,
            all: true,
            by: Cast.california.actor
        )
        #expect(rows.first?.number == unplaced.number)
    }

    @Test func `the locator says where and why, and every look is on the record`() async throws {
        let world = try await World()
        let draft = try await world.draft(place: .unknown)
        let found = try await world.desk.locate(draft.id, by: Cast.registrar.actor)
        #expect(found.people.count == 1)
        #expect(found.people.first?.places.map(\.school?.school) == [.maple])
        #expect(found.people.first?.places.first?.school?.closedUntil == nil)
        let line = try #require(try await world.everything().audit.last)
        #expect(line.action == "locator.query")
        #expect(
            line.detail == "purpose=enrolling school=\(School.oak.id) certain=1 probable=0 "
                + "possible=0 shown=\(School.maple.id)"
        )
        try await Invariants.check(world)
    }

    @Test func `its number tells anybody no more than that it is ours`() async throws {
        let world = try await World()
        let request = try await world.file()
        let checked = try #require(try await world.desk.check(request.number))
        #expect(checked.requester == School.oak.name)
        #expect(checked.holder == School.maple.name)
        #expect(checked.word == .withTheSchool)
        #expect(try await world.desk.check(RequestNumber(bits: 77)) == nil)
    }
}
