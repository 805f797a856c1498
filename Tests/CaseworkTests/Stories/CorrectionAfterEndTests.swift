import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

/// What a mailed link may still put right when its request has ended, and what comes of it.
@Suite("A correction after the end") struct CorrectionAfterEndTests {
    /// Answered by the mailed link, taken and accepted.
    private func ended() async throws -> (
        world: World, request: RecordRequest, old: RecordBundle, link: Answerer
    ) {
        let world = try await World()
        let request = try await world.file()
        let link = try await world.open()
        let old = try await world.desk.answer(link.inquiry, with: .sample(), by: link)
        try await world.settle()
        try await accept(request, [old], in: world)
        return (world, request, old, link)
    }

    private func accept(
        _ request: RecordRequest,
        _ bundles: [RecordBundle],
        in world: World
    ) async throws {
        for bundle in bundles { try await world.take(.archive, of: request, bundle) }
        try await world.desk.acceptRecords(request.number, by: Cast.registrar.actor)
        try await world.settle()
    }

    private func stored(_ bundle: RecordBundle, in world: World) async throws -> RecordBundle {
        try #require(
            try await world.everything().bundles.first { $0.id == bundle.id } as RecordBundle?
        )
    }

    private static func correcting(
        _ old: RecordBundle,
        firstFile: Int = 20
    ) -> AnswerSubmission {
        let sample = AnswerSubmission.sample(firstFile: firstFile)
        return AnswerSubmission(
            parts: old.parts,
            files: sample.files,
            isComplete: true,
            name: sample.name,
            title: "",
            note: "",
            asCertifyingOfficial: false,
            replaces: [old.id]
        )
    }

    @Test func `by a colleague, of their part, asks nobody for what came long ago`() async throws {
        let (world, request, clerk, colleague) = try await PassOnTests.passedOn()
        let rest = request.parts.filter { $0 != .transcript }
        let first = try await world.desk.answer(
            clerk.inquiry,
            with: PassOnTests.answer(rest, file: 1),
            by: clerk
        )
        let old = try await world.desk.answer(
            colleague.inquiry,
            with: PassOnTests.answer([.transcript], file: 2),
            by: colleague
        )
        try await world.settle()
        try await accept(request, [first, old], in: world)

        let new = try await world.desk.answer(
            colleague.inquiry,
            with: Self.correcting(old),
            by: colleague
        )
        try await world.settle()

        #expect(new.request != request.id)
        let linked = try await world.store.read { [id = new.inquiry] in try $0.inquiry(id) }
        #expect(linked?.status == .sent && linked?.isLive == false)
        let school: Set<EmailAddress> = [
            Cast.mapleOffice.email, Cast.mapleBackup.email, Cast.figDistrict.email,
            PassOnTests.counselor,
        ]
        let letters: Set<String> = ["ask", "passedOn", "remind", "escalate"]
        func chased() -> Int {
            world.mail.arrived.count { school.contains($0.to) && letters.contains($0.subject) }
        }
        let before = chased()
        #expect(before > 0)
        try await world.walk(to: "2026-06-12")
        #expect(chased() == before)
        #expect(try await stored(old, in: world).replacedBy == new.id)
    }

    @Test func `of an answer that never was all leaves its sender's word about the rest`()
        async throws
    {
        let world = try await World()
        let request = try await world.file()
        let link = try await world.open()
        let part = try await world.desk.answer(
            link.inquiry,
            with: .sample(complete: false),
            by: link
        )
        try await world.settle()
        try await accept(request, [part], in: world)
        let sample = AnswerSubmission.sample(complete: false, firstFile: 20)
        let late = try await world.desk.answer(
            link.inquiry,
            with: AnswerSubmission(
                parts: part.parts,
                files: sample.files,
                isComplete: false,
                name: sample.name,
                title: "",
                note: "",
                asCertifyingOfficial: false,
                replaces: [part.id]
            ),
            by: link
        )
        try await world.settle()
        #expect(late.request != request.id)
        let linked = try await world.store.read { [id = late.inquiry] in try $0.inquiry(id) }
        #expect(linked?.status == .partlySent && linked?.isLive == true)
    }

    @Test func `by a link replaces nothing that somebody signed in for`() async throws {
        let world = try await World()
        let request = try await world.file()
        let link = try await world.open()
        let mailed = try await world.desk.answer(
            link.inquiry,
            with: .sample(complete: false),
            by: link
        )
        let signed = try await world.desk.answer(
            link.inquiry,
            with: .sample(official: true, firstFile: 7),
            by: .staff(Cast.clerk.actor)
        )
        try await world.settle()
        // While the request is open the whole office may correct it.
        let task = try await world.desk.answerTask(link.inquiry, by: link)
        #expect(task.corrigible.map(\.id) == [mailed.id, signed.id])
        try await accept(request, [mailed, signed], in: world)

        let sent = try await world.desk.sentBundles(of: link.inquiry, by: link)
        #expect(sent.filter(\.canCorrect).map(\.id) == [mailed.id])
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.answer(link.inquiry, with: Self.correcting(signed), by: link)
        }
        #expect(try await world.everything() == before)
        let new = try await world.desk.answer(
            link.inquiry,
            with: Self.correcting(signed),
            by: .staff(Cast.clerk.actor)
        )
        try await world.settle()
        #expect(try await stored(signed, in: world).replacedBy == new.id)
    }

    @Test func `by a link is told to the others at the office too, without the student`()
        async throws
    {
        let (world, request, old, link) = try await ended()
        #expect(world.mails(to: Cast.mapleBackup, named: "receipt").isEmpty)

        let new = try await world.desk.answer(link.inquiry, with: Self.correcting(old), by: link)
        try await world.settle()

        let told = world.mails(to: Cast.mapleBackup, named: "receipt")
        #expect(told.count == 1)
        #expect(told.first?.plainText.contains(new.receiptNumber) == true)
        #expect(told.first?.plainText.contains(request.student.name.given) == false)
        #expect(world.mails(to: Cast.mapleOffice, named: "receipt").count == 2)
        #expect(world.mails(to: Cast.mapleSummer, named: "receipt").isEmpty)
    }

    @Test func `is one at a time: a second is refused, and not offered, until it is sealed`()
        async throws
    {
        let (world, _, old, link) = try await ended()
        let new = try await world.desk.answer(link.inquiry, with: Self.correcting(old), by: link)

        let between = try await world.desk.sentBundles(of: link.inquiry, by: link)
        #expect(between.map(\.id) == [old.id] && between.allSatisfy { !$0.canCorrect })
        for answerer in [link, .staff(Cast.clerk.actor)] {
            await #expect(throws: CaseworkFailure.notPossibleNow) {
                try await world.desk.answer(
                    link.inquiry,
                    with: Self.correcting(old, firstFile: 40),
                    by: answerer
                )
            }
        }
        try await world.settle()
        #expect(try await stored(old, in: world).replacedBy == new.id)
        let after = try await world.desk.sentBundles(of: link.inquiry, by: link)
        #expect(after.filter(\.canCorrect).map(\.id) == [new.id])
    }

    @Test func `of which a file is locked up says so, and may be sent again whole`() async throws {
        let (world, request, old, link) = try await ended()
        let new = try await world.desk.answer(link.inquiry, with: Self.correcting(old), by: link)
        _ = try await world.desk.quarantine([.numbered(5_020): "Test.Virus"], of: new.id)
        try await world.settle()

        let receipt = new.receiptNumber
        let sent = try await world.desk.sentCorrection(receipt, of: link.inquiry, by: link)
        #expect(sent.held == 1 && sent.bundle.id == new.id && sent.number == request.number)
        #expect(try await stored(old, in: world).replacedBy == nil)

        let clean = try await world.desk.answer(
            link.inquiry,
            with: Self.correcting(old, firstFile: 40),
            by: link
        )
        try await world.settle()
        #expect(try await stored(old, in: world).replacedBy == clean.id)
    }

    @Test func `is found by its receipt's number, and what corrects nothing is not`()
        async throws
    {
        let (world, _, old, link) = try await ended()
        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.sentCorrection(old.receiptNumber, of: link.inquiry, by: link)
        }
        let new = try await world.desk.answer(link.inquiry, with: Self.correcting(old), by: link)
        let sent = try await world.desk.sentCorrection(
            new.receiptNumber,
            of: link.inquiry,
            by: link
        )
        #expect(sent.bundle.id == new.id && sent.held == 0)
        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.sentCorrection("ZZZZZZZZZZ", of: link.inquiry, by: link)
        }
    }
}
