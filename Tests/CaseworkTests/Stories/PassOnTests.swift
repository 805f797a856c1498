import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("A part passed on to a colleague") struct PassOnTests {
    static let counselor = EmailAddress.of("counselor", at: "school")

    static func passed(
        _ parts: [RecordPart] = [.transcript],
        to email: EmailAddress = counselor,
        name: String = "Luz Orienta"
    ) -> PartsPassedOn {
        PartsPassedOn(parts: parts, name: name, email: email)
    }

    /// Says of each part of the request what `status` gives.
    static func answer(
        _ parts: [RecordPart],
        _ status: RecordBundle.PartStatus = .sent,
        file: Int,
        complete: Bool = false,
        passingOn: PartsPassedOn? = nil
    ) -> AnswerSubmission {
        let sample = AnswerSubmission.sample(files: 1, firstFile: file)
        return AnswerSubmission(
            parts: parts.map { .init(part: $0, status: status) },
            files: sample.files,
            isComplete: complete,
            name: "Rosa Registro",
            title: "",
            note: "",
            asCertifyingOfficial: false,
            passingOn: passingOn
        )
    }

    /// The counselor's mailbox, as the newest link in it knows it.
    static func colleague(_ world: World) async throws -> Answerer {
        let mail = try #require(world.mails(to: counselor).last(where: { World.Key($0) != nil }))
        let key = try #require(World.Key(mail))
        let entry = try await world.desk.enter(code: key.code, token: key.token)
        return .link(entry.link, inquiry: entry.inquiry)
    }

    /// The transcript was passed on, and both have opened their links.
    static func passedOn() async throws -> (
        world: World, request: RecordRequest, clerk: Answerer, colleague: Answerer
    ) {
        let world = try await World()
        let request = try await world.file()
        let clerk = try await world.open()
        try await world.desk.passOn(passed(), of: clerk.inquiry, by: clerk)
        try await world.settle()
        return (world, request, clerk, try await colleague(world))
    }

    @Test func `the requester sees who has the rest, until it came`() async throws {
        let (world, request, clerk, colleague) = try await Self.passedOn()
        func restWith() async throws -> [String] {
            try await world.desk.story(of: request.number, by: Cast.registrar.actor).restWith
        }
        #expect(try await restWith() == ["Luz Orienta"])
        let rest = request.parts.filter { $0 != .transcript }
        _ = try await world.desk.answer(
            clerk.inquiry,
            with: Self.answer(rest, file: 1),
            by: clerk
        )
        try await world.settle()
        #expect(try await world.state(of: request) == .partlySent)
        #expect(try await restWith() == ["Luz Orienta"])
        _ = try await world.desk.answer(
            colleague.inquiry,
            with: Self.answer([.transcript], file: 2),
            by: colleague
        )
        try await world.settle()
        #expect(try await restWith().isEmpty)
    }

    @Test func `the clerk sends what there is, the counselor the rest, and then it is all there`()
        async throws
    {
        let world = try await World()
        let request = try await world.file()
        let clerk = try await world.open()
        let rest = request.parts.filter { $0 != .transcript }
        try await world.step("some, and the transcript passed on") {
            // "This is all" is not believed of somebody who passes a part on.
            _ = try await world.desk.answer(
                clerk.inquiry,
                with: Self.answer(rest, file: 1, complete: true, passingOn: Self.passed()),
                by: clerk
            )
            try await world.settle()
        }
        #expect(try await world.state(of: request) == .partlySent)
        #expect(world.mails(to: Self.counselor).map(\.subject) == ["passedOn"])
        let story = try await world.story(of: request)
        let line = TimelineEvent.Kind.passedOn(parts: [.transcript], organization: Cast.maple)
        #expect(story.events.map(\.kind).contains(line))

        let counselor = try await Self.colleague(world)
        let task = try await world.desk.answerTask(counselor.inquiry, by: counselor)
        #expect(task.asked == [.transcript] && task.isInPart && task.colleagueDomains.isEmpty)
        try await world.step("the counselor") {
            _ = try await world.desk.answer(
                counselor.inquiry,
                with: Self.answer([.transcript], file: 2),
                by: counselor
            )
            try await world.settle()
        }
        #expect(try await world.state(of: request) == .sent)
        #expect(world.mails(to: Self.counselor, named: "receipt").count == 1)
    }

    @Test func `a colleague's answer does not end what others still owe`() async throws {
        let (world, request, clerk, counselor) = try await Self.passedOn()
        // However complete they say it is.
        _ = try await world.desk.answer(
            counselor.inquiry,
            with: Self.answer([.transcript], file: 1, complete: true),
            by: counselor
        )
        #expect(try await world.state(of: request) == .partlySent)
        let rest = request.parts.filter { $0 != .transcript }
        _ = try await world.desk.answer(
            clerk.inquiry,
            with: Self.answer(rest, .noneOnFile, file: 2, complete: true),
            by: clerk
        )
        #expect(try await world.state(of: request) == .sent)
    }

    @Test func `a part that is to follow is not there`() async throws {
        let world = try await World()
        let request = try await world.file()
        let clerk = try await world.open()
        let rest = request.parts.filter { $0 != .transcript }
        _ = try await world.desk.answer(
            clerk.inquiry,
            with: Self.answer(rest, .toFollow(by: nil), file: 1, passingOn: Self.passed()),
            by: clerk
        )
        try await world.settle()
        let counselor = try await Self.colleague(world)
        _ = try await world.desk.answer(
            counselor.inquiry,
            with: Self.answer([.transcript], file: 2),
            by: counselor
        )
        #expect(try await world.state(of: request) == .partlySent)
    }

    @Test func `whoever has a part cannot speak for the whole`() async throws {
        let (world, request, _, other) = try await Self.passedOn()
        let before = try await world.everything()
        let desk = world.desk
        let inquiry = other.inquiry
        let acts: [(String, @Sendable () async throws -> Void)] = [
            (
                "refuse",
                { try await desk.refuse(inquiry, reason: .neverEnrolled, note: "", by: other) }
            ),
            ("moved", { try await desk.answerMovedOn(inquiry, to: nil, note: "", by: other) }),
            (
                "promise",
                { try await desk.promise(inquiry, day: .on("2026-06-01"), note: "", by: other) }
            ),
            (
                "paper",
                { try await desk.mailPaper(inquiry, on: .on("2026-05-20"), note: "", by: other) }
            ),
            ("away", { try await desk.sayAway(inquiry, until: .on("2026-06-08"), by: other) }),
            ("ask", { try await desk.askRequester(inquiry, question: "Who?", by: other) }),
            ("stop", { try await desk.confirmCancel(inquiry, by: other) }),
            (
                "pass on",
                {
                    let third = Self.passed(to: .of("third", at: "school"))
                    try await desk.passOn(third, of: inquiry, by: other)
                }
            ),
            (
                "send and pass on",
                {
                    let third = Self.passed(to: .of("third", at: "school"))
                    let answer = Self.answer([.transcript], file: 3, passingOn: third)
                    _ = try await desk.answer(inquiry, with: answer, by: other)
                }
            ),
        ]
        for (name, act) in acts {
            await #expect(throws: CaseworkFailure.notAllowed, "\(name)") { try await act() }
            #expect(try await world.everything() == before, "\(name)")
        }
        #expect(try await world.state(of: request) == .opened)
    }

    @Test(
        arguments: [
            "elsewhere.example", "school.example.evil.example", "sub.school.example",
            "notschool.example", "gmail.com",
        ]
    )
    func `a child's request goes to no address but one of the office's own domain`(
        domain: String
    ) async throws {
        let world = try await World()
        try await world.file()
        let clerk = try await world.open()
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.addressMalformed) {
            try await world.desk.passOn(
                Self.passed(to: try EmailAddress(parsing: "luz@" + domain)),
                of: clerk.inquiry,
                by: clerk
            )
        }
        #expect(try await world.everything() == before)
    }

    @Test func `where an office writes from a domain that anybody has, nothing is passed on`()
        async throws
    {
        let office = Contact(
            id: Cast.mapleOffice.id,
            organization: Cast.maple,
            role: .recordsOffice,
            name: "Records Office",
            email: try EmailAddress(parsing: "maple.records@" + "GMAIL.com")
        )
        let world = try await World(contacts: [office, Cast.californiaDesk])
        try await world.file()
        let clerk = try await world.open(office)
        let task = try await world.desk.answerTask(clerk.inquiry, by: clerk)
        #expect(task.colleagueDomains.isEmpty)
        await #expect(throws: CaseworkFailure.addressMalformed) {
            try await world.desk.passOn(
                Self.passed(to: try EmailAddress(parsing: "luz@" + "gmail.com")),
                of: clerk.inquiry,
                by: clerk
            )
        }
    }

    @Test(
        arguments: [
            (
                PartsPassedOn(parts: [], name: "Luz", email: counselor),
                CaseworkFailure.nothingToSend
            ),
            // Not asked for.
            (passed([.attachment]), .nothingToSend),
            (passed([.transcript, .attachment]), .nothingToSend),
            (passed(name: "  "), .nameMissing),
            (passed(name: String(repeating: "x", count: 2_001)), .tooLong),
        ]
    )
    func `what cannot be passed on is refused and nothing is kept`(
        passed: PartsPassedOn,
        failure: CaseworkFailure
    ) async throws {
        let world = try await World()
        try await world.file()
        let clerk = try await world.open()
        let before = try await world.everything()
        await #expect(throws: failure) {
            try await world.desk.passOn(passed, of: clerk.inquiry, by: clerk)
        }
        #expect(try await world.everything() == before)
    }

    @Test func `more is passed to the same colleague, and colleagues are few`() async throws {
        let world = try await World()
        let request = try await world.file()
        let clerk = try await world.open()
        let two = Array(request.parts.prefix(2))
        try #require(two.count == 2)
        for part in two {
            try await world.desk.passOn(Self.passed([part]), of: clerk.inquiry, by: clerk)
            world.clock.advance(bySeconds: 60)
        }
        try await world.settle()
        let counselor = try await Self.colleague(world)
        let task = try await world.desk.answerTask(counselor.inquiry, by: counselor)
        #expect(task.asked == two)
        for number in 2...Desk.mostColleagues {
            let address = EmailAddress.of("colleague\(number)", at: "school")
            try await world.desk.passOn(Self.passed(to: address), of: clerk.inquiry, by: clerk)
        }
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            let address = EmailAddress.of("one-more", at: "school")
            try await world.desk.passOn(Self.passed(to: address), of: clerk.inquiry, by: clerk)
        }
    }

    @Test func `a colleague is in no list and on no rung, but is reminded until they answer`()
        async throws
    {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        let clerk = try await world.open()
        try await world.desk.passOn(Self.passed(), of: clerk.inquiry, by: clerk)
        try await world.settle()
        let listed = try await world.desk.contacts(of: Cast.maple)
        #expect(listed.allSatisfy { $0.email != Self.counselor })
        try await world.step("days") { try await world.walk(to: "2026-05-21", hour: 12) }
        let reminders = world.mails(to: Self.counselor, named: "remind").count
        #expect(reminders == world.mails(to: Cast.mapleOffice, named: "remind").count)
        #expect(reminders > 0)
        // A reminder's link is for the part, too.
        let counselor = try await Self.colleague(world)
        let task = try await world.desk.answerTask(counselor.inquiry, by: counselor)
        #expect(task.isInPart && task.asked == [.transcript])
        _ = try await world.desk.answer(
            counselor.inquiry,
            with: Self.answer([.transcript], file: 1),
            by: counselor
        )
        try await world.step("weeks") { try await world.walk(to: "2026-06-05", hour: 12) }
        #expect(world.mails(to: Self.counselor, named: "remind").count == reminders)
        #expect(try await world.state(of: request) == .partlySent)
    }

    @Test func `a requester's message reaches a colleague with a link for their part`()
        async throws
    {
        let world = try await World()
        let request = try await world.file()
        let clerk = try await world.open()
        try await world.desk.passOn(Self.passed(), of: clerk.inquiry, by: clerk)
        try await world.settle()
        try await world.desk.writeToHolder(
            request.number,
            message: "Which day did she leave?",
            by: Cast.registrar.actor
        )
        try await world.settle()
        #expect(world.mails(to: Self.counselor, named: "message").count == 1)
        let counselor = try await Self.colleague(world)
        let task = try await world.desk.answerTask(counselor.inquiry, by: counselor)
        #expect(task.asked == [.transcript])
    }

    @Test(arguments: [true, false])
    func `not me, or no such mailbox: the office has its part again and hears so`(
        bounces: Bool
    ) async throws {
        let world = try await World()
        let request = try await world.file()
        let clerk = try await world.open()
        if bounces { world.mail.refuse(Self.counselor) }
        try await world.desk.passOn(Self.passed(), of: clerk.inquiry, by: clerk)
        try await world.settle()
        if !bounces {
            let other = try await Self.colleague(world)
            try await world.desk.notTheRightPerson(other.inquiry, suggestion: .nothing, by: other)
            try await world.settle()
            await #expect(throws: CaseworkFailure.link(.revoked)) {
                try await world.desk.answerTask(other.inquiry, by: other)
            }
        }
        // Whoever passed it on, and nobody else.
        #expect(world.mails(to: Cast.mapleOffice, named: "remind").count == 1)
        #expect(world.mails(to: Cast.mapleBackup).isEmpty)
        // The district has nothing to do with it: the office was right.
        #expect(world.mails(to: Cast.figDistrict).isEmpty)
        // The clerk's own link goes on.
        let task = try await world.desk.answerTask(clerk.inquiry, by: clerk)
        #expect(!task.isInPart && task.asked == request.parts)
        let before = world.mails(to: Self.counselor).count
        try await world.walk(to: "2026-05-22", hour: 12)
        #expect(world.mails(to: Self.counselor).count == before)
    }

    @Test func `after the end a colleague's link shows no student`() async throws {
        let (world, _, clerk, other) = try await Self.passedOn()
        try await world.desk.refuse(clerk.inquiry, reason: .neverEnrolled, note: "", by: clerk)
        try await world.settle()
        await #expect(throws: CaseworkFailure.link(.closed)) {
            try await world.desk.answerTask(other.inquiry, by: other)
        }
    }
}
