import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("A state contact gives a school time") struct ExtendTests {
    private func extend(
        _ request: RecordRequest,
        until day: String,
        note: String = "The registrar is ill.",
        by account: StaffAccount = Cast.california,
        in world: World
    ) async throws {
        try await world.desk.extend(
            request.number,
            until: .on(day),
            note: note,
            by: account.actor
        )
        try await world.settle()
    }

    @Test func `the ladder waits for the day, and everybody is told`() async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        try await world.step("extend") {
            try await extend(request, until: "2026-05-27", in: world)
        }
        let inquiry = try await world.inquiry(of: request)
        #expect(inquiry.clock.waitsUntil == .on("2026-05-27"))
        let story = try await world.story(of: request)
        #expect(story.next?.step == .extensionDue && story.next?.on == .on("2026-05-27"))
        let event = try #require(
            story.events.last { event in
                event.kind == .extended(until: .on("2026-05-27"), note: "The registrar is ill.")
            }
        )
        #expect(event.person == Cast.california.name && event.inquiry == inquiry.id)
        #expect(world.mails(to: Cast.mapleOffice, named: "extended").count == 1)
        // The mail's own link opens the answer.
        _ = try await world.open(Cast.mapleOffice)

        try await world.walk(to: "2026-05-27", hour: 10)
        #expect(world.mails(to: Cast.mapleOffice, named: "remind").isEmpty)
        try await world.walk(to: "2026-05-28", hour: 10)
        #expect(world.mails(to: Cast.mapleOffice, named: "remind").count == 1)
    }

    @Test func `another day takes the place of the one given`() async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        try await extend(request, until: "2026-05-27", in: world)
        try await extend(request, until: "2026-05-20", in: world)
        #expect(try await world.inquiry(of: request).clock.waitsUntil == .on("2026-05-20"))
        await #expect(throws: CaseworkFailure.alreadyThere) {
            try await extend(request, until: "2026-05-20", in: world)
        }
    }

    @Test func `no day but one between tomorrow and the cap is given`() async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        let offer = try await world.desk.extensionOffer(
            of: request.number,
            by: Cast.california.actor
        )
        let inquiry = try await world.inquiry(of: request)
        let latest = try #require(offer.latest)
        #expect(latest <= inquiry.clock.askedOn.advanced(by: 20))
        if let lawful = inquiry.lawfulUntil { #expect(latest <= lawful) }
        let before = try await world.everything()
        for day in ["2026-05-17", "2026-05-18", latest.advanced(by: 1).description] {
            await #expect(throws: CaseworkFailure.dateNotInFuture) {
                try await extend(request, until: day, in: world)
            }
        }
        for note in ["", " \n"] {
            await #expect(throws: CaseworkFailure.reasonMissing) {
                try await extend(request, until: "2026-05-20", note: note, in: world)
            }
        }
        #expect(try await world.everything() == before)
    }

    @Test func `after the cap there is no day to give`() async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        try await world.walk(to: "2026-06-08", hour: 10)
        let offer = try await world.desk.extensionOffer(
            of: request.number,
            by: Cast.california.actor
        )
        #expect(offer.latest == nil)
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await extend(request, until: "2026-06-12", in: world)
        }
    }

    @Test func `less than the school promised itself is not given`() async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        let inquiry = try await world.inquiry(of: request)
        try await world.desk.promise(
            inquiry.id,
            day: .on("2026-05-21"),
            note: "",
            by: .staff(Cast.clerk.actor)
        )
        await #expect(throws: CaseworkFailure.dateNotInFuture) {
            try await extend(request, until: "2026-05-21", in: world)
        }
        try await extend(request, until: "2026-05-26", in: world)
        // Looking at it again takes nothing away.
        _ = try await world.open(Cast.mapleOffice)
        #expect(try await world.inquiry(of: request).clock.waitsUntil == .on("2026-05-26"))
    }

    @Test func `only the state of the school that is asked gives it`() async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        for account in [Cast.texas, Cast.washington, Cast.registrar, Cast.clerk] {
            await #expect(throws: CaseworkFailure.self) {
                try await extend(request, until: "2026-05-20", by: account, in: world)
            }
        }
        #expect(try await world.inquiry(of: request).clock.waitsUntil == nil)
    }
}
