import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("Two requests for one student") struct MergeTests {
    /// The registrar and the counselor both asked: the same school, or two.
    private func twice(
        second place: RequestDraft.Place = .school(School.maple.id)
    ) async throws -> (world: World, first: RecordRequest, second: RecordRequest) {
        let world = try await World()
        let first = try await world.file()
        let second = try await world.file(by: Cast.counselor, place: place) { draft in
            draft.duplicateReason = "The office did not know"
            draft.message = "Please hurry"
            draft.uses = [.graduation]
        }
        try await world.settle()
        return (world, first, second)
    }

    private func merge(
        _ world: World,
        _ one: RecordRequest,
        into other: RecordRequest,
        by actor: Actor = Cast.registrar.actor
    ) async throws {
        try await world.step("merge") {
            try await world.desk.mergeRequest(one.number, into: other.number, by: actor)
        }
    }

    @Test func `each is shown beside the other, and to no other school`() async throws {
        let (world, first, second) = try await twice()
        let twins = try await world.desk.twins(of: first.number, by: Cast.registrar.actor)
        #expect(twins.map(\.summary.request.number) == [second.number])
        #expect(twins.map(\.obstacle) == [nil])
        let row = try await world.desk.queueRow(of: first.number, by: Cast.california.actor)
        #expect(row.hasTwin)
        let other = try await world.file { $0.birthDay = "11" }
        #expect(try await world.desk.twins(of: other.number, by: Cast.registrar.actor).isEmpty)
        let elsewhere = try await world.file(by: Cast.outsider)
        #expect(try await world.desk.twins(of: elsewhere.number, by: Cast.outsider.actor).isEmpty)
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.mergeRequest(
                first.number,
                into: elsewhere.number,
                by: Cast.california.actor
            )
        }
    }

    @Test func `the one that goes on has the watchers, the wishes and the message of both`()
        async throws
    {
        let (world, first, second) = try await twice()
        try await merge(world, second, into: first)
        let story = try await world.story(of: first)
        #expect(story.request.uses.contains(.graduation))
        #expect(Set(story.request.parts).isSuperset(of: second.parts))
        #expect(story.inquiries.count == 1)
        #expect(story.events.map(\.kind).contains(.tookOver(second.number)))
        #expect(story.events.map(\.kind).contains(.messageToHolder(note: "Please hurry")))
        let ended = try await world.story(of: second)
        #expect(ended.state == .closedDuplicate)
        #expect(ended.mergedInto == first.number)
        #expect(ended.next == nil)
        try await world.sendRecords()
        #expect(world.mails(to: Cast.counselor.email, named: "ready").count == 1)
        #expect(world.mails(to: Cast.registrar.email, named: "ready").count == 1)
    }

    @Test func `every link that went out for either answers the one that goes on`() async throws {
        let (world, first, second) = try await twice()
        let keys = world.mail.arrived.compactMap(World.Key.init)
        try #require(keys.count == 2)
        // Somebody has the page of the second open already.
        let opened = try await world.desk.enter(code: keys[1].code, token: keys[1].token)
        try await merge(world, second, into: first)
        for key in keys {
            let entry = try await world.desk.enter(code: key.code, token: key.token)
            let task = try await world.desk.answerTask(
                entry.inquiry,
                by: .link(entry.link, inquiry: entry.inquiry)
            )
            #expect(task.request.id == first.id)
        }
        let bundle = try await world.desk.answer(
            opened.inquiry,
            with: .sample(),
            by: .link(opened.link, inquiry: opened.inquiry)
        )
        #expect(bundle.request == first.id)
        try await world.settle()
        #expect(try await world.state(of: first) == .sent)
        try await Invariants.check(world)
    }

    @Test func `what a holder promised or asks in the one stands in the other`() async throws {
        let (world, first, second) = try await twice()
        let asked = try await world.inquiry(of: second)
        try await world.desk.askRequester(
            asked.id,
            question: "Which twin?",
            by: .staff(Cast.clerk.actor)
        )
        try await merge(world, second, into: first)
        let story = try await world.story(of: first)
        #expect(story.state == .question)
        #expect(story.events.map(\.kind).contains(.questionAsked(note: "Which twin?")))
        try await world.desk.answerQuestion(
            first.number,
            answer: "The elder",
            by: Cast.registrar.actor
        )
        #expect(try await world.state(of: first) == .opened)
    }

    @Test func `two schools that were asked are both asked by the one that goes on`() async throws {
        let (world, first, second) = try await twice(second: .school(School.willow.id))
        try await merge(world, second, into: first)
        let story = try await world.story(of: first)
        #expect(
            story.inquiries.filter(\.isLive).map(\.school)
                == [School.maple.id, School.willow.id]
        )
        #expect(story.request.asksInParallel == true)
        #expect(try await world.everything().timers.count == 2)
    }

    @Test func `a request with an answer is never the one that ends`() async throws {
        let (world, first, second) = try await twice()
        try await world.sendRecords()
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.mergeRequest(
                second.number,
                into: first.number,
                by: Cast.registrar.actor
            )
        }
        let twins = try await world.desk.twins(of: second.number, by: Cast.registrar.actor)
        #expect(twins.map(\.obstacle) == [.hasRecords])
        #expect(twins.map(\.canBeMerged) == [true])
        try await merge(world, first, into: second)
        #expect(try await world.state(of: second) == .sent)
        // Answered already: nobody at that school is reminded for the other one.
        #expect(try await world.story(of: second).inquiries.filter(\.isLive).isEmpty)
    }

    @Test func `merging again changes nothing, and nothing leads back`() async throws {
        let (world, first, second) = try await twice()
        try await merge(world, second, into: first)
        let before = try await world.everything()
        try await world.desk.mergeRequest(
            second.number,
            into: first.number,
            by: Cast.registrar.actor
        )
        #expect(try await world.everything() == before)
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.mergeRequest(
                first.number,
                into: second.number,
                by: Cast.registrar.actor
            )
        }
        #expect(try await world.everything() == before)
        let audit = before.audit.filter { $0.action == "request.merge" }
        #expect(audit.map(\.detail) == ["into \(first.number)"])
    }

    @Test func `a number that was merged tells of the one that goes on`() async throws {
        let (world, first, second) = try await twice()
        try await merge(world, second, into: first)
        try await world.sendRecords()
        let checked = try #require(await world.desk.check(second.number))
        #expect(checked.number == second.number)
        #expect(checked.word == .recordsReady)
        #expect(try await world.desk.check(first.number)?.word == .recordsReady)
    }

    @Test func `mail that comes back for the merged one moves the one that goes on`() async throws {
        let (world, first, second) = try await twice()
        let asked = world.mails(to: Cast.mapleOffice, named: "ask")
        try await merge(world, second, into: first)
        let reply = "In-Reply-To: <\(asked.last?.messageID ?? "")>\n\nShe was in class 9."
        let mail = try InboundMail(parsing: Array(reply.utf8))
        #expect(try await world.desk.takeMail(mail) == .noted)
        let told = try await world.story(of: first).events.map(\.kind)
        #expect(
            told.contains { kind in
                if case .mailReply(_, let note) = kind { note.contains("class 9") } else { false }
            }
        )
    }

    @Test func `a state contact sees no twin that is asked for in another state only`() async throws
    {
        let (world, first, second) = try await twice(second: .school(School.willow.id))
        #expect(try await world.desk.twins(of: first.number, by: Cast.california.actor).isEmpty)
        let own = try await world.desk.twins(of: first.number, by: Cast.texas.actor)
        #expect(own.map(\.summary.request.number) == [second.number])
    }

    @Test func `what an answer was never asked for is still asked of the same school`()
        async throws
    {
        let world = try await World()
        let first = try await world.file { $0.uses = [.placement] }
        try await world.sendRecords()
        let second = try await world.file(by: Cast.counselor) { draft in
            draft.duplicateReason = "For graduation"
            draft.uses = [.graduation]
        }
        let answerer = try await world.open()
        try await merge(world, second, into: first)
        let story = try await world.story(of: first)
        #expect(Set(story.request.parts).isSuperset(of: second.parts))
        #expect(story.inquiries.filter(\.isLive).map(\.school) == [School.maple.id])
        let bundle = try await world.desk.answer(
            answerer.inquiry,
            with: .sample(),
            by: answerer
        )
        #expect(bundle.request == first.id)
        try await world.settle()
        try await Invariants.check(world)
    }

    @Test(arguments: [ReasonCode.protectiveOrder, .neverEnrolled])
    func `a school's "no" goes along, so that what protects a child still does`(
        reason: ReasonCode
    ) async throws {
        let (world, first, second) = try await twice()
        // The newest mail is the second one's.
        let answerer = try await world.open()
        #expect(try await world.inquiry(of: second).id == answerer.inquiry)
        try await world.desk.refuse(answerer.inquiry, reason: reason, note: "", by: answerer)
        try await merge(world, second, into: first)
        let inquiries = try await world.everything().inquiries.filter { $0.request == first.id }
        #expect(inquiries.compactMap(\.reason) == [reason])
        #expect(inquiries.filter(\.isLive).map(\.school) == [School.maple.id])
        // To the requester one "no" is like the other.
        let seen = try await world.story(of: first).inquiries.compactMap(\.reason)
        #expect(seen == [.neverEnrolled])
    }
}
