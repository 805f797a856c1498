import Casework
import RecordExchange
import RecordLocator
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("Answering without records") struct AnswerWithoutRecordsTests {
    @Test func `no records: the requester hears and the state contact owns it`() async throws {
        let world = try await World()
        let request = try await world.file()
        let answerer = try await world.open()
        try await world.step("refuse") {
            try await world.desk.refuse(
                answerer.inquiry,
                reason: .neverEnrolled,
                note: "",
                by: answerer
            )
            try await world.settle()
        }
        let story = try await world.story(of: request)
        #expect(story.state == .endOfLocations)
        #expect(story.next?.owner == .stateContact(.texas))
        #expect(story.events.map(\.kind).suffix(3).contains(.noLocationLeft))
        #expect(world.mails(to: Cast.registrar.email, named: "news").count == 1)
        try await world.step("next day") { try await world.walk(to: "2026-05-19") }
        #expect(world.mails(to: Cast.texasDesk, named: "digest").count == 1)
        #expect(world.mails(to: Cast.mapleBackup).isEmpty)
    }

    @Test func `it must say why, and "will not send" needs words`() async throws {
        let world = try await World()
        try await world.file()
        let answerer = try await world.open()
        let before = try await world.everything()
        let wrong: [ReasonCode] = [.noAnswerAtCap, .notEnrollingHere, .wrongStudent]
        for reason in wrong {
            await #expect(throws: CaseworkFailure.reasonMissing) {
                try await world.desk.refuse(
                    answerer.inquiry,
                    reason: reason,
                    note: "x",
                    by: answerer
                )
            }
        }
        await #expect(throws: CaseworkFailure.reasonMissing) {
            try await world.desk.refuse(
                answerer.inquiry,
                reason: .willNotSend,
                note: "",
                by: answerer
            )
        }
        #expect(try await world.everything() == before)
    }

    @Test(arguments: [ReasonCode.missingChild, .protectiveOrder])
    func `a flag that protects a child looks like "never enrolled" to the requester`(
        reason: ReasonCode
    ) async throws {
        // Given two requests that differ only in the reason given.
        let plain = try await World()
        let flagged = try await World()
        for (world, reason) in [(plain, ReasonCode.neverEnrolled), (flagged, reason)] {
            try await world.file()
            let answerer = try await world.open()
            try await world.desk.refuse(
                answerer.inquiry,
                reason: reason,
                note: reason == .neverEnrolled ? "" : "Call the sheriff.",
                by: answerer
            )
            try await world.settle()
        }
        // Then nothing the requester can ask for tells them apart.
        for account in [Cast.registrar, Cast.counselor] {
            let first = try await Seen(plain, by: account)
            let second = try await Seen(flagged, by: account)
            #expect(first == second)
        }
        let mails = [plain, flagged].map { world in
            world.mails(to: Cast.registrar.email).map { "\($0)" }
        }
        #expect(mails[0] == mails[1])
        // But the state contact of the holder sees it.
        let story = try await flagged.story(
            of: try #require(try await flagged.everything().requests.first),
            by: Cast.california
        )
        #expect(story.inquiries.first?.reason == reason)
        #expect(story.saidAlone.map(\.note) == ["Call the sheriff."])
        #expect(story.saidAlone.map(\.reason) == [reason])
        #expect(story.saidAlone.map(\.school) == [School.maple.id])
        let request = try #require(try await flagged.everything().requests.first)
        // Neither the requester nor the state contact of the requester's own state does.
        for other in [Cast.registrar, Cast.texas] {
            let seen = try await flagged.story(of: request, by: other)
            #expect(seen.saidAlone.isEmpty)
            #expect(seen.inquiries.map(\.reason) == [.neverEnrolled])
            #expect(seen.inquiries.map(\.note) == [""])
        }
    }

    @Test func `moved on to where the locator is certain: that school is asked by itself`()
        async throws
    {
        let world = try await World()
        await world.locator.add([.sample(2, school: .willow)])
        let request = try await world.file()
        let answerer = try await world.open()
        try await world.step("moved on") {
            try await world.desk.answerMovedOn(
                answerer.inquiry,
                to: School.willow.id,
                note: "",
                by: answerer
            )
            try await world.settle()
        }
        let story = try await world.story(of: request)
        #expect(story.state == .requested)
        #expect(story.inquiries.map(\.status) == [.notFilled, .notified])
        #expect(story.inquiries.map(\.sequence) == [1, 2])
        #expect(story.events.map(\.kind).contains(.movedOn(to: School.willow.id)))
        #expect(world.mails(to: Cast.willowOffice, named: "ask").count == 1)
        try await world.step("answer") { try await world.sendRecords(from: Cast.willowOffice) }
        #expect(try await world.state(of: request) == .sent)
    }

    @Test(arguments: [ReasonCode.willNotSend, .destroyedUnderSchedule])
    func `after a no the latest school the locator is certain of is asked by itself`(
        reason: ReasonCode
    ) async throws {
        let world = try await refused(for: reason)
        let request = try #require(try await world.everything().requests.first)
        let story = try await world.story(of: request)
        #expect(story.state == .requested)
        #expect(story.inquiries.map(\.school) == [School.maple.id, School.willow.id])
        #expect(!story.events.map(\.kind).contains(.noLocationLeft))
        #expect(world.mails(to: Cast.willowOffice, named: "ask").count == 1)
        try await world.step("second no") {
            let next = try await world.open(Cast.willowOffice)
            try await world.desk.refuse(next.inquiry, reason: reason, note: "No.", by: next)
            try await world.settle()
        }
        #expect(try await world.story(of: request).inquiries.map(\.school).last == School.elm.id)
    }

    @Test(arguments: [
        ReasonCode.neverEnrolled, .protectiveOrder, .missingChild, .requesterNotVerified,
    ])
    func `where a child may be concealed, or the asker is doubted, nobody else is asked by itself`(
        reason: ReasonCode
    ) async throws {
        let world = try await refused(for: reason)
        let request = try #require(try await world.everything().requests.first)
        let story = try await world.story(of: request)
        #expect(story.inquiries.map(\.school) == [School.maple.id])
        #expect(story.events.map(\.kind).contains(.noLocationLeft))
        #expect(world.mails(to: Cast.willowOffice).isEmpty)
        // What is concealed goes the same way as "never enrolled", at the same moment.
        if reason.isConcealed {
            let plain = try await refused(for: .neverEnrolled)
            #expect(try await Seen(plain, by: Cast.registrar) == Seen(world, by: Cast.registrar))
            let mails = [plain, world].map { $0.mails(to: Cast.registrar.email).map(\.plainText) }
            #expect(mails[0] == mails[1])
        }
    }

    /// The Maple School said no; of two more schools the first was left long before the second.
    private func refused(for reason: ReasonCode) async throws -> World {
        let world = try await World()
        await world.locator.add([
            entry(2, at: .elm, until: "2022-06-03"), entry(3, at: .willow, until: "2024-06-07"),
        ])
        try await world.file()
        let answerer = try await world.open()
        try await world.step("no") {
            try await world.desk.refuse(
                answerer.inquiry,
                reason: reason,
                note: reason == .neverEnrolled ? "" : "So it is.",
                by: answerer
            )
            try await world.settle()
        }
        return world
    }

    @Test func `a school that denied the student, heard of it, or asks itself is not asked`()
        async throws
    {
        let world = try await World()
        await world.locator.add([
            entry(2, at: .willow, until: "2024-06-07", .denied),
            entry(3, at: .elm, until: "2022-06-03", .hearsay),
            entry(4, at: .oak, until: "2023-06-02"),
        ])
        let request = try await world.file()
        let answerer = try await world.open()
        try await world.step("no") {
            try await world.desk.refuse(
                answerer.inquiry,
                reason: .neverEnrolled,
                note: "",
                by: answerer
            )
            try await world.settle()
        }
        #expect(try await world.state(of: request) == .endOfLocations)
        #expect(try await world.story(of: request).inquiries.count == 1)
    }

    private func entry(
        _ number: Int,
        at school: School,
        until day: String,
        _ standing: LocatorEntry.Standing = .onFile
    ) -> LocatorEntry {
        LocatorEntry(
            id: .numbered(number),
            name: StudentIdentity.paloma.name,
            birthDate: StudentIdentity.paloma.birthDate,
            school: school.id,
            to: .on(day),
            stateStudentID: StudentIdentity.paloma.stateStudentID,
            provenance: LocatorEntry.Provenance(source: "Sample feed", receivedOn: .on(day)),
            standing: standing
        )
    }

    @Test func `moved on to where nobody is certain: the requester decides`() async throws {
        let world = try await World()
        let request = try await world.file()
        let answerer = try await world.open()
        try await world.step("moved on") {
            try await world.desk.answerMovedOn(
                answerer.inquiry,
                to: School.willow.id,
                note: "",
                by: answerer
            )
            try await world.settle()
        }
        // The school that was named does not learn of the child by itself.
        #expect(world.mails(to: Cast.willowOffice).isEmpty)
        let story = try await world.story(of: request)
        #expect(story.state == .endOfLocations)
        #expect(story.inquiries.last?.movedTo == School.willow.id)
        #expect(story.events.map(\.kind).contains(.movedOn(to: School.willow.id)))
        #expect(story.actions.contains(.askAnotherLocation))
        #expect(world.mails(to: Cast.registrar.email, named: "news").count == 1)
        try await world.step("ask it") {
            try await world.desk.askAnotherSchool(
                request.number,
                School.willow.id,
                by: Cast.registrar.actor
            )
            try await world.settle()
        }
        #expect(world.mails(to: Cast.willowOffice, named: "ask").count == 1)
    }

    @Test func `moved on, said by the state contact: asked at once`() async throws {
        let world = try await World()
        let request = try await world.file()
        try await world.step("moved on") {
            try await world.desk.answerMovedOn(
                try await world.inquiry(of: request).id,
                to: School.willow.id,
                note: "",
                by: .stateContact(Cast.california.actor)
            )
            try await world.settle()
        }
        #expect(world.mails(to: Cast.willowOffice, named: "ask").count == 1)
    }

    @Test(
        arguments: [nil, School.oak.id, School.maple.id, SchoolID("999999999999")] as [SchoolID?]
    )
    func `moved on to nowhere, to us, or in a circle has an owner`(school: SchoolID?) async throws {
        let world = try await World()
        let request = try await world.file()
        let answerer = try await world.open()
        try await world.step("moved on") {
            try await world.desk.answerMovedOn(
                answerer.inquiry,
                to: school,
                note: "Perhaps to the coast",
                by: answerer
            )
            try await world.settle()
        }
        #expect(try await world.state(of: request) == .endOfLocations)
        #expect(try await world.story(of: request).inquiries.count == 1)
    }

    @Test func `a second no changes nothing more`() async throws {
        let world = try await World()
        try await world.file()
        let answerer = try await world.open()
        try await world.desk.refuse(
            answerer.inquiry,
            reason: .neverEnrolled,
            note: "",
            by: answerer
        )
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.refuse(
                answerer.inquiry,
                reason: .neverEnrolled,
                note: "",
                by: answerer
            )
        }
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.answer(answerer.inquiry, with: .sample(), by: answerer)
        }
        #expect(try await world.everything() == before)
    }
}

/// Everything a requester can ask for about the only request there is.
private struct Seen: Equatable {
    let list: [RequestSummary]
    let story: RequestStory
    let checked: CheckedNumber?
    let timers: [Inquiry.ID: Instant]

    init(_ world: World, by account: StaffAccount) async throws {
        list = try await world.desk.requests(by: account.actor).items
        let number = try #require(list.first).request.number
        story = try await world.desk.story(of: number, by: account.actor)
        checked = try await world.desk.check(number)
        timers = try await world.everything().timers
    }
}
