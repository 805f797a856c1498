import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("Answering with records") struct AnswerWithRecordsTests {
    @Test func `inquiry, bundle, sealing job, receipt and tracker line go together`() async throws {
        let world = try await World()
        let request = try await world.file()
        let answerer = try await world.open()
        // Before anything is carried out.
        let bundle = try await world.step("answer") {
            try await world.desk.answer(answerer.inquiry, with: .sample(), by: answerer)
        }
        let story = try await world.story(of: request)
        #expect(story.state == .sent)
        #expect(story.bundles.map(\.id) == [bundle.id])
        #expect(story.bundles.first?.certification.kind == .mailboxHolder)
        let file = try await world.everything()
        // The digest is the Monday's mail to the office.
        #expect(file.waiting.map(\.kind).sorted() == ["assemble", "digest", "mail"])
        #expect(
            story.events.map(\.kind).contains(
                .recordsAdded(
                    bundle: bundle.id,
                    files: 2,
                    bytes: 2_000,
                    by: bundle.certification,
                    complete: true
                )
            )
        )
        // Not ready to be read before it is sealed.
        let early = try await world.desk.records(of: request.number, by: Cast.registrar.actor)
        #expect(early.bundles.isEmpty)
    }

    @Test func `the receipt goes to the mailbox that answered and names no file`() async throws {
        let world = try await World()
        try await world.file()
        try await world.step("send") { try await world.sendRecords() }
        let receipts = world.mails(to: Cast.mapleOffice, named: "receipt")
        #expect(receipts.count == 1)
        #expect(receipts.first?.plainText.contains("transcript-1.pdf") == false)
        #expect(world.mails(to: Cast.registrar.email, named: "ready").count == 1)
    }

    @Test func `the same answer sent again is the same bundle`() async throws {
        let world = try await World()
        let request = try await world.file()
        let answerer = try await world.open()
        let first = try await world.desk.answer(answerer.inquiry, with: .sample(), by: answerer)
        try await world.settle()
        let before = try await world.everything()
        let second = try await world.desk.answer(answerer.inquiry, with: .sample(), by: answerer)
        try await world.settle()
        #expect(second.id == first.id)
        #expect(try await world.everything() == before)
        #expect(try await world.story(of: request).bundles.count == 1)
    }

    @Test func `some now and the rest later are two bundles of one request`() async throws {
        let world = try await World()
        let request = try await world.file()
        let answerer = try await world.open()
        try await world.step("some") {
            _ = try await world.desk.answer(
                answerer.inquiry,
                with: .sample(files: 1, complete: false),
                by: answerer
            )
            try await world.settle()
        }
        #expect(try await world.state(of: request) == .partlySent)
        try await world.step("rest") {
            _ = try await world.desk.answer(
                answerer.inquiry,
                with: .sample(files: 1, firstFile: 9),
                by: answerer
            )
            try await world.settle()
        }
        let story = try await world.story(of: request)
        #expect(story.state == .sent)
        #expect(story.bundles.map(\.sequence) == [1, 2])
    }

    @Test func `while something is missing the ladder goes on`() async throws {
        let world = try await World()
        let request = try await world.file()
        try await world.sendRecords(1, complete: false)
        try await world.step("weeks") { try await world.walk(to: "2026-06-02", hour: 10) }
        #expect(try await world.inquiry(of: request).clock.level == .state)
        let rows = try await world.desk.stateQueue(
            of: .california,
            all: false,
            by: Cast.california.actor
        )
        #expect(rows.map(\.why) == [.partlySent])
    }

    @Test(
        arguments: [
            (AnswerSubmission.sample(files: 0), CaseworkFailure.nothingToSend),
            (.sample(name: " "), .nameMissing), (.sample(name: ""), .nameMissing),
            (.sample(name: String(repeating: "x", count: 2_001)), .tooLong),
        ]
    )
    func `an answer without files or without a name is refused`(
        submission: AnswerSubmission,
        failure: CaseworkFailure
    ) async throws {
        let world = try await World()
        try await world.file()
        let answerer = try await world.open()
        let before = try await world.everything()
        await #expect(throws: failure) {
            try await world.desk.answer(answerer.inquiry, with: submission, by: answerer)
        }
        #expect(try await world.everything() == before)
    }

    @Test func `a mailbox cannot certify as an official, signed-in staff can`() async throws {
        let world = try await World()
        try await world.file()
        let answerer = try await world.open()
        let byLink = try await world.desk.answer(
            answerer.inquiry,
            with: .sample(official: true),
            by: answerer
        )
        #expect(byLink.certification.kind == .mailboxHolder)
        let second = try await world.file { $0.birthDay = "10" }
        let inquiry = try await world.inquiry(of: second)
        let byStaff = try await world.desk.answer(
            inquiry.id,
            with: .sample(official: true, firstFile: 20),
            by: .staff(Cast.clerk.actor)
        )
        #expect(byStaff.certification.kind == .certifyingOfficial)
        // In their own name, whatever was typed.
        #expect(byStaff.certification.name == Cast.clerk.name)
        #expect(byStaff.certification.title == "Records Clerk")
        let third = try await world.file { $0.birthDay = "11" }
        let plain = try await world.desk.answer(
            try await world.inquiry(of: third).id,
            with: .sample(official: true, firstFile: 30),
            by: .staff(Cast.mapleDistrict.actor)
        )
        // Nobody certifies as an official without an office.
        #expect(plain.certification.kind == .signedInStaff)
    }

    @Test func `an answer counts as hearing from the mailbox`() async throws {
        let world = try await World()
        try await world.file()
        try await world.sendRecords()
        let contact = try await world.everything().contacts.first { $0.id == Cast.mapleOffice.id }
        #expect(contact?.answeredOn == .on("2026-05-18"))
    }

    @Test func `a clerk who signs in finds what waits, urgent first`() async throws {
        let world = try await World()
        let plain = try await world.file()
        let urgent = try await world.file { draft in
            draft.birthDay = "10"
            draft.urgentGrounds = [.immunizationHold]
        }
        let waiting = try await world.desk.inbox(by: Cast.clerk.actor).items
        #expect(waiting.map(\.number) == [urgent.number, plain.number])
        #expect(waiting.first?.initials == "P. P. E.")
        try await world.sendRecords()
        #expect(try await world.desk.inboxCount(by: Cast.clerk.actor) == 1)
    }

    @Test func `a late answer to a school that was passed over is a good answer`() async throws {
        let world = try await World()
        let request = try await world.file()
        let answerer = try await world.open()
        try await world.step("another") {
            try await world.desk.askAnotherSchool(
                request.number,
                School.willow.id,
                by: Cast.california.actor
            )
            try await world.settle()
        }
        #expect(try await world.story(of: request).inquiries.map(\.status).first == .superseded)
        try await world.step("late") {
            _ = try await world.desk.answer(answerer.inquiry, with: .sample(), by: answerer)
            try await world.settle()
        }
        #expect(try await world.state(of: request) == .sent)
        let read = try await world.desk.records(of: request.number, by: Cast.registrar.actor)
        #expect(read.bundles.count == 1)
    }
}
