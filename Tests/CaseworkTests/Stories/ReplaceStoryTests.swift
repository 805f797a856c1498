import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("A corrected answer") struct ReplaceStoryTests {
    /// A correction of `old` by whoever holds the mailed link.
    private func correct(
        _ old: RecordBundle,
        in world: World,
        firstFile: Int = 20
    ) async throws -> RecordBundle {
        let answerer = try await world.open(Cast.mapleOffice)
        let bundle = try await world.desk.answer(
            answerer.inquiry,
            with: .correcting([old.id], firstFile: firstFile),
            by: answerer
        )
        try await world.settle()
        return bundle
    }

    private func stored(_ bundle: RecordBundle, in world: World) async throws -> RecordBundle {
        try #require(
            try await world.everything().bundles.first { $0.id == bundle.id } as RecordBundle?
        )
    }

    @Test func `marks the old one, which counts no more and can still be read`() async throws {
        let world = try await World()
        let request = try await world.file()
        let old = try await world.sendRecords()
        try await world.take(.archive, of: request, old)

        let new = try await correct(old, in: world)

        let marked = try await stored(old, in: world)
        #expect(marked.replacedBy == new.id && marked.withdrawnAt != nil)
        #expect(try await stored(new, in: world).replaces == [old.id])
        _ = try await world.desk.release(
            .archive,
            of: old.id,
            in: request.number,
            to: Cast.registrar.actor
        )
    }

    @Test func `alerts whoever took something of it, and nobody who took nothing`() async throws {
        let world = try await World()
        let request = try await world.file()
        let old = try await world.sendRecords()
        try await world.take(.archive, of: request, old, by: Cast.counselor)

        _ = try await correct(old, in: world)

        #expect(world.mails(to: Cast.counselor.email, named: "replaced").count == 1)
        // Whoever asked is told too, since what came to them is no longer right.
        #expect(world.mails(to: Cast.registrar.email, named: "replaced").count == 1)
        let text = world.mails(to: Cast.counselor.email, named: "replaced")[0].plainText
        #expect(!text.contains(request.student.name.given))
        let told = try await world.desk.story(of: request.number, by: Cast.registrar.actor).events
        #expect(told.contains { if case .replaced(old.id, _) = $0.kind { true } else { false } })
    }

    @Test func `marks nothing before it can be read itself`() async throws {
        let world = try await World()
        _ = try await world.file()
        let old = try await world.sendRecords()
        let answerer = try await world.open(Cast.mapleOffice)

        _ = try await world.desk.answer(
            answerer.inquiry,
            with: .correcting([old.id]),
            by: answerer
        )

        #expect(try await stored(old, in: world).replacedBy == nil)
        try await world.settle()
        #expect(try await stored(old, in: world).replacedBy != nil)
    }

    @Test func `is refused where it corrects what is no answer, or is corrected already`()
        async throws
    {
        let world = try await World()
        _ = try await world.file()
        let old = try await world.sendRecords()
        _ = try await correct(old, in: world)
        let answerer = try await world.open(Cast.mapleOffice)
        let before = try await world.everything()

        for other in [old.id, .numbered(77)] {
            await #expect(throws: CaseworkFailure.notPossibleNow) {
                try await world.desk.answer(
                    answerer.inquiry,
                    with: .correcting([other], firstFile: 40),
                    by: answerer
                )
            }
        }

        #expect(try await world.everything() == before)
    }

    @Test func `of what another student's record was stopped for is none`() async throws {
        let world = try await World()
        let request = try await world.file()
        let old = try await world.sendRecords()
        _ = try await world.desk.recallRecords(
            old.id,
            in: request.number,
            note: "",
            by: Cast.clerk.actor
        )
        let answerer = try await world.open(Cast.mapleOffice)

        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.answer(
                answerer.inquiry,
                with: .correcting([old.id]),
                by: answerer
            )
        }
    }

    @Test func `stands, whatever is found out about the one before`() async throws {
        let world = try await World()
        let request = try await world.file()
        let old = try await world.sendRecords()
        _ = try await correct(old, in: world)
        let before = try await world.state(of: request)

        _ = try await world.desk.recallRecords(
            old.id,
            in: request.number,
            note: "",
            by: Cast.clerk.actor
        )

        #expect(try await world.state(of: request) == before)
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.rejectRecords(
                request.number,
                bundle: old.id,
                reason: .unreadable,
                note: "",
                by: Cast.registrar.actor
            )
        }
    }

    @Test func `after the end goes into a request of its own, and marks the old one all the same`()
        async throws
    {
        let world = try await World()
        let request = try await world.file()
        let old = try await world.sendRecords()
        try await world.take(.archive, of: request, old)
        try await world.desk.acceptRecords(request.number, by: Cast.registrar.actor)
        let inquiry = try await stored(old, in: world).inquiry
        await #expect(throws: CaseworkFailure.link(.closed)) {
            try await world.desk.answer(
                inquiry,
                with: .sample(firstFile: 60),
                by: .staff(Cast.clerk.actor)
            )
        }

        let new = try await world.desk.answer(
            inquiry,
            with: .correcting([old.id]),
            by: .staff(Cast.clerk.actor)
        )
        try await world.settle()

        #expect(new.request != request.id)
        #expect(try await stored(old, in: world).replacedBy == new.id)
    }

    @Test func `after the end is taken by the mailed link that sent it, and shows no student`()
        async throws
    {
        let world = try await World()
        let request = try await world.file()
        let old = try await world.sendRecords()
        try await world.take(.archive, of: request, old)
        try await world.desk.acceptRecords(request.number, by: Cast.registrar.actor)
        let key = try world.key(for: Cast.mapleOffice)
        let door = try await world.desk.door(token: key.token)
        #expect(door.obstacle == .closed && door.canCorrect && door.canRecall)
        await #expect(throws: CaseworkFailure.link(.closed)) {
            try await world.desk.enter(code: key.code, token: key.token)
        }
        let entry = try await world.desk.enter(code: key.code, token: key.token, afterEnd: true)
        let answerer = Answerer.link(entry.link, inquiry: entry.inquiry)
        await #expect(throws: CaseworkFailure.link(.closed)) {
            try await world.desk.answerTask(entry.inquiry, by: answerer)
        }
        // Nothing but a correction.
        await #expect(throws: CaseworkFailure.link(.closed)) {
            try await world.desk.answer(
                entry.inquiry,
                with: .sample(firstFile: 60),
                by: answerer
            )
        }
        let sent = try await world.desk.sentBundles(of: entry.inquiry, by: answerer)
        #expect(sent.map(\.id) == [old.id] && sent.allSatisfy(\.canCorrect))
        #expect(sent.first?.parts == old.parts)

        let new = try await world.desk.answer(
            entry.inquiry,
            with: .correcting([old.id]),
            by: answerer
        )
        try await world.settle()

        #expect(new.request != request.id)
        #expect(try await stored(old, in: world).replacedBy == new.id)
        // Whoever has the mailbox hears of it, as of the first one: a stranger may have the link.
        let receipts = world.mails(to: Cast.mapleOffice, named: "receipt")
        #expect(receipts.count == 2)
        #expect(receipts.last?.plainText.contains(new.receiptNumber) == true)
        // What was corrected is not corrected again, and what corrected it may be.
        let after = try await world.desk.sentBundles(of: entry.inquiry, by: answerer)
        #expect(after.map(\.canCorrect) == [false, true])
        // Where it was another student's, there is a recall and nothing to be corrected.
        try await world.desk.recallAnswer(new.id, to: entry.inquiry, note: "", by: answerer)
        #expect(try await !world.desk.door(token: key.token).canCorrect)
    }

    @Test func `a copy that a family carried elsewhere is marked there, and stays`() async throws {
        let world = try await World()
        let first = try await world.file()
        let old = try await world.sendRecords()
        let second = try await world.file { $0.duplicateReason = "The family moved on." }
        let copy = try await world.desk.takeFamilyCopy(
            .whole(of: old, first.number),
            for: second.number,
            by: Cast.registrar.actor
        )
        try await world.settle()

        let new = try await world.desk.answer(
            old.inquiry,
            with: .correcting([old.id]),
            by: .staff(Cast.clerk.actor)
        )
        try await world.settle()

        let marked = try await stored(copy, in: world)
        #expect(marked.replacedBy == new.id && marked.withdrawnAt == nil)
    }

    @Test func `a partner's signed bundle names what it corrects, after a complete answer too`()
        async throws
    {
        let world = try await World.with()
        let request = try await world.file()
        let first = try await world.desk.takeBundle(.sample(for: request), from: Partner.maple.id)
        try await world.settle()
        await #expect(throws: BundleRefusal.closed) {
            try await world.desk.takeBundle(
                .sample(for: request, manifest: 2, firstFile: 70),
                from: Partner.maple.id
            )
        }

        let second = try await world.desk.takeBundle(
            .sample(
                for: request,
                manifest: 2,
                replaces: ["bundle 1", "one that went by mail"],
                firstFile: 70
            ),
            from: Partner.maple.id
        )
        try await world.settle()

        let bundles = try await world.everything().bundles
        let old = bundles.first { $0.id == first.received.bundle }
        #expect(old?.replacedBy == second.received.bundle)
    }
}

extension AnswerSubmission {
    fileprivate static func correcting(
        _ bundles: Set<RecordBundle.ID>,
        firstFile: Int = 20
    ) -> Self {
        let sample = sample(firstFile: firstFile)
        return Self(
            parts: sample.parts,
            files: sample.files,
            isComplete: true,
            name: sample.name,
            title: sample.title,
            note: "The year of the second course was wrong.",
            asCertifyingOfficial: false,
            replaces: bundles
        )
    }
}
