import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("The ladder while school is in session") struct SessionLadderTests {
    @Test func `each rung is climbed on its own day and none twice`() async throws {
        // Given a request that nobody answers, filed on a Monday.
        let world = try await World(on: "2026-05-18")
        let request = try await world.step("file") { try await world.file() }
        #expect(world.mails(to: Cast.mapleOffice, named: "ask").count == 1)
        #expect(world.mails(to: Cast.mapleBackup).isEmpty)

        // When the days go by, then each is written to on the day that is its turn.
        try await world.step("Tuesday") { try await world.walk(to: "2026-05-19") }
        #expect(world.mails(to: Cast.mapleBackup, named: "ask").count == 1)
        #expect(world.mails(to: Cast.mapleOffice, named: "remind").isEmpty)

        try await world.step("Wednesday") { try await world.walk(to: "2026-05-20") }
        #expect(world.mails(to: Cast.mapleOffice, named: "remind").count == 1)
        #expect(world.mails(to: Cast.mapleBackup, named: "remind").count == 1)
        #expect(try await world.inquiry(of: request).clock.level == .reminded)

        try await world.step("Thursday") { try await world.walk(to: "2026-05-21") }
        #expect(world.mails(to: Cast.figDistrict).isEmpty)

        try await world.step("Friday") { try await world.walk(to: "2026-05-22") }
        #expect(world.mails(to: Cast.figDistrict, named: "escalate").count == 1)
        #expect(try await world.inquiry(of: request).clock.level == .district)
        #expect(world.mails(to: Cast.californiaDesk).isEmpty)

        // Memorial Day (May 25) is no working day: the tenth falls on Tuesday, June 2.
        try await world.step("ninth day") { try await world.walk(to: "2026-06-01") }
        #expect(world.mails(to: Cast.californiaDesk).isEmpty)
        try await world.step("statutory limit") { try await world.walk(to: "2026-06-02", hour: 10) }
        #expect(world.mails(to: Cast.californiaDesk, named: "digest").count == 1)
        #expect(try await world.inquiry(of: request).clock.level == .state)

        try await world.step("cap") { try await world.walk(to: "2026-06-07", hour: 10) }
        #expect(try await world.inquiry(of: request).clock.level == .capped)
        let steps = try await world.story(of: request).events.compactMap { event in
            if case .ladder(let step, _, _) = event.kind { step } else { nil }
        }
        #expect(steps == [.askBackup, .remind, .tellDistrict, .tellState, .cap])
    }

    @Test func `the tracker shows one next date and who acts on it`() async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        typealias Step = (day: String, owner: NextStep.Owner, on: String)
        let expected: [Step] = [
            ("2026-05-18", .holder(Cast.maple), "2026-05-19"),
            ("2026-05-19", .holder(Cast.maple), "2026-05-20"),
            ("2026-05-20", .district(School.maple.district), "2026-05-22"),
            ("2026-05-22", .stateContact(.california), "2026-06-02"),
            ("2026-06-02", .stateContact(.california), "2026-06-07"),
        ]
        for (day, owner, on) in expected {
            try await world.step(day) { try await world.walk(to: day, hour: 10) }
            let next = try #require(try await world.story(of: request).next)
            #expect(next.owner == owner, "\(day)")
            #expect(next.on == .on(on), "\(day)")
        }
    }

    @Test func `a request filed on a Friday evening waits for working days only`() async throws {
        let world = try await World(on: "2026-05-15", hour: 18)
        try await world.file()
        try await world.step("Sunday") { try await world.walk(to: "2026-05-17") }
        #expect(world.mails(to: Cast.mapleBackup).isEmpty)
        try await world.step("Monday") { try await world.walk(to: "2026-05-18") }
        #expect(world.mails(to: Cast.mapleBackup).count == 1)
    }

    @Test func `rungs are climbed in the holder's morning`() async throws {
        let world = try await World(on: "2026-05-18")
        try await world.file()
        // Six in California is eight in Texas.
        try await world.walk(to: "2026-05-19", hour: 7)
        #expect(world.mails(to: Cast.mapleBackup).isEmpty)
        try await world.walk(to: "2026-05-19", hour: 8)
        #expect(world.mails(to: Cast.mapleBackup).count == 1)
    }

    @Test func `an answer stops the ladder`() async throws {
        let world = try await World(on: "2026-05-18")
        try await world.file()
        try await world.step("answer") { try await world.sendRecords() }
        let count = world.mails(to: Cast.mapleOffice).count
        try await world.step("weeks later") { try await world.walk(to: "2026-06-10") }
        #expect(world.mails(to: Cast.mapleOffice).count == count)
        #expect(world.mails(to: Cast.mapleBackup).isEmpty)
        #expect(world.mails(to: Cast.californiaDesk).isEmpty)
    }

    @Test func `a state's own numbers count`() async throws {
        let world = try await World(on: "2026-05-18")
        try await world.store.write { session in
            var policy = Ladder.Policy.standard
            policy.stateAfter = 2
            try session.save(policy, of: .california)
        }
        let request = try await world.file()
        try await world.step("two days") { try await world.walk(to: "2026-05-20", hour: 10) }
        #expect(try await world.inquiry(of: request).clock.level == .state)
    }

    @Test func `while the program stood still nothing is lost and each rung is climbed once`()
        async throws
    {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        // Nobody ran anything for two weeks.
        world.clock.move(to: .on("2026-06-03"))
        try await world.step("back") { try await world.settle() }
        #expect(world.mails(to: Cast.mapleBackup, named: "ask").count == 1)
        #expect(world.mails(to: Cast.mapleOffice, named: "remind").count == 1)
        #expect(world.mails(to: Cast.figDistrict, named: "escalate").count == 1)
        #expect(try await world.inquiry(of: request).clock.level == .state)
        try await world.step("next morning") { try await world.walk(to: "2026-06-04", hour: 10) }
        #expect(world.mails(to: Cast.californiaDesk, named: "digest").count == 1)
    }

    @Test func `one bad row does not hold back the others`() async throws {
        let world = try await World(on: "2026-05-18")
        try await world.file()
        try await world.file { $0.birthDay = "10" }
        world.clock.move(to: .on("2026-05-19"))
        // Letters cannot be written now, so every rung fails.
        world.unwritable.isRaised = true
        let failed = Tally()
        let moved = try await world.desk.runDueTimers { _, _ in failed.add() }
        #expect(moved == 0)
        #expect(failed.count == 2)
        // They are postponed, not due again at once, and not forgotten.
        #expect(try await world.desk.runDueTimers { _, _ in failed.add() } == 0)
        #expect(failed.count == 2)
        world.unwritable.isRaised = false
        try await world.step("a little later") { try await world.walk(to: "2026-05-19", hour: 10) }
        #expect(world.mails(to: Cast.mapleBackup, named: "ask").count == 2)
    }
}

@Suite("The ladder in summer") struct SummerLadderTests {
    @Test func `a closed school's summer contact, project and district are asked at once`()
        async throws
    {
        // Given July, when the school is closed.
        let world = try await World(on: "2026-07-07")
        // When a request is filed.
        let request = try await world.step("file") { try await world.file() }
        // Then those who work in July have it the same minute, and the office is left alone.
        for contact in [Cast.mapleSummer, Cast.figContact, Cast.figDistrict] {
            #expect(world.mails(to: contact, named: "ask").count == 1, "\(contact.role)")
        }
        #expect(world.mails(to: Cast.mapleOffice).isEmpty)
        #expect(world.mails(to: Cast.mapleBackup).isEmpty)
        let story = try await world.story(of: request)
        #expect(story.closedUntil == .on("2026-08-17"))
        #expect(story.next?.owner == .stateContact(.california))
        #expect(story.next?.on == .on("2026-07-08"))
    }

    @Test func `one working day later the state has it in queue and digest`() async throws {
        let world = try await World(on: "2026-07-07")
        let request = try await world.file()
        try await world.step("next day") { try await world.walk(to: "2026-07-08", hour: 10) }
        let rows = try await world.desk.stateQueue(
            of: .california,
            all: false,
            by: Cast.california.actor
        )
        #expect(rows.map(\.number) == [request.number])
        #expect(rows.map(\.why) == [.schoolClosed(until: .on("2026-08-17"))])
        #expect(rows.map(\.waitedDays) == [1])
        #expect(rows.first?.phone == "(555)010-0100")
        let digests = world.mails(to: Cast.californiaDesk, named: "digest")
        #expect(digests.count == 1)
        #expect(digests.first?.plainText.contains("\(request.number)") == true)
    }

    @Test func `anybody who was asked can answer with the code of their own mail`() async throws {
        for contact in [Cast.mapleSummer, Cast.figContact, Cast.figDistrict] {
            let world = try await World(on: "2026-07-07")
            let request = try await world.file()
            try await world.step("answer") { try await world.sendRecords(from: contact) }
            #expect(try await world.state(of: request) == .sent)
            try await world.step("days later") { try await world.walk(to: "2026-07-10") }
            #expect(world.mails(to: Cast.californiaDesk).isEmpty)
        }
    }

    @Test func `nothing is asked of a closed school on any day of the summer`() async throws {
        let world = try await World(on: "2026-07-07")
        let request = try await world.file()
        for day in 8...31 {
            let date = "2026-07-\(day < 10 ? "0" : "")\(day)"
            try await world.step(date) { try await world.walk(to: date, hour: 12) }
            let next = try #require(try await world.story(of: request).next)
            #expect(next.owner == .stateContact(.california))
        }
        #expect(world.mails(to: Cast.mapleOffice).isEmpty)
        // Level 4 on July 27, twenty days after.
        #expect(try await world.inquiry(of: request).clock.level == .capped)
    }

    @Test func `the second day reminds the state and copies the requester's`() async throws {
        let world = try await World(on: "2026-07-07")
        try await world.file()
        try await world.step("two days") { try await world.walk(to: "2026-07-09", hour: 10) }
        #expect(world.mails(to: Cast.californiaDesk, named: "digest").count == 2)
        // The requester's own queue is empty, so there is no digest to write there.
        #expect(world.mails(to: Cast.texasDesk, named: "digest").isEmpty)
    }

    @Test func `a school that closes while a request waits takes the summer path that day`()
        async throws
    {
        // Given a request filed on the last Friday of school.
        let world = try await World(on: "2026-06-12")
        let request = try await world.file()
        #expect(world.mails(to: Cast.mapleOffice, named: "ask").count == 1)
        // When the summer begins on Monday.
        try await world.step("Monday") { try await world.walk(to: "2026-06-15", hour: 10) }
        // Then the other path begins from its first rung, and the tracker says so.
        for contact in [Cast.mapleSummer, Cast.figContact, Cast.figDistrict] {
            #expect(world.mails(to: contact, named: "ask").count == 1, "\(contact.role)")
        }
        let kinds = try await world.story(of: request).events.map(\.kind)
        #expect(kinds.contains(.schoolClosed(until: .on("2026-08-17"))))
        try await world.step("Tuesday") { try await world.walk(to: "2026-06-16", hour: 10) }
        #expect(world.mails(to: Cast.californiaDesk, named: "digest").count == 1)
    }

    @Test func `a school that opens again is asked, and the state keeps it`() async throws {
        let world = try await World(on: "2026-08-11")
        let request = try await world.file()
        try await world.step("summer") { try await world.walk(to: "2026-08-14", hour: 10) }
        #expect(try await world.inquiry(of: request).clock.level == .state)
        #expect(world.mails(to: Cast.mapleOffice).isEmpty)
        try await world.step("first day") { try await world.walk(to: "2026-08-17", hour: 10) }
        #expect(world.mails(to: Cast.mapleOffice, named: "ask").count == 1)
        #expect(try await world.story(of: request).events.map(\.kind).contains(.schoolOpened))
        #expect(try await world.inquiry(of: request).clock.level == .state)
        let rows = try await world.desk.stateQueue(
            of: .california,
            all: false,
            by: Cast.california.actor
        )
        #expect(rows.count == 1)
    }

    @Test func `a school that is closed with nobody to ask is the state's next day`() async throws {
        let world = try await World(on: "2026-07-07", contacts: [Cast.californiaDesk])
        let request = try await world.step("file") { try await world.file() }
        #expect(try await world.story(of: request).next?.on == .on("2026-07-08"))
        try await world.step("next day") { try await world.walk(to: "2026-07-08", hour: 10) }
        #expect(world.mails(to: Cast.californiaDesk, named: "digest").count == 1)
    }
}

@Suite("Digests") struct DigestTests {
    @Test func `a person gets one a day however many requests there are`() async throws {
        let world = try await World(on: "2026-07-07")
        for day in 10...29 {
            try await world.file { $0.birthDay = "\(day)" }
        }
        try await world.step("next day") { try await world.walk(to: "2026-07-08", hour: 12) }
        let digests = world.mails(to: Cast.californiaDesk, named: "digest")
        #expect(digests.count == 1)
        #expect(digests.first?.plainText.contains("total: 20") == true)
        try await world.step("a week") { try await world.walk(to: "2026-07-14", hour: 12) }
        let days = world.mails(to: Cast.californiaDesk, named: "digest")
            .map { world.clock.local($0.date, in: .california).date }
        #expect(Set(days).count == days.count)
    }

    @Test func `urgent grounds are mailed at once`() async throws {
        let world = try await World(on: "2026-05-18", contacts: [Cast.californiaDesk])
        try await world.file { $0.urgentGrounds = [.immunizationHold] }
        #expect(world.mails(to: Cast.californiaDesk, named: "digest").count == 1)
    }

    @Test func `where everything was answered in time none is sent`() async throws {
        let world = try await World(on: "2026-07-07")
        try await world.file()
        try await world.walk(to: "2026-07-08", hour: 8)
        // Six in California: the state has it, and the digest is due at seven.
        try await world.step("answer") { try await world.sendRecords(from: Cast.mapleSummer) }
        try await world.step("after seven") { try await world.walk(to: "2026-07-08", hour: 12) }
        #expect(world.mails(to: Cast.californiaDesk, named: "digest").isEmpty)
    }
}
