import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Files in which the scanner finds something") struct QuarantineTests {
    private static let virus = "Test.Virus"

    /// An answer of `files` files from the Maple School; something is found in those of `infected`.
    private static func answered(
        _ files: Int = 3,
        infected: [Int],
        complete: Bool = true,
        settled: Bool = true
    ) async throws -> (world: World, request: RecordRequest, bundle: RecordBundle) {
        let world = try await World()
        let request = try await world.file()
        for number in infected { world.assembler.infect(.numbered(5_000 + number), with: virus) }
        let answerer = try await world.open()
        let bundle = try await world.desk.answer(
            answerer.inquiry,
            with: .sample(files: files, complete: complete),
            by: answerer
        )
        if settled { try await world.settle() }
        return (world, request, bundle)
    }

    @Test func `one of three is locked up, the rest is sealed, and everybody hears of it`()
        async throws
    {
        let (world, request, bundle) = try await Self.answered(infected: [2])
        try await Invariants.check(world)
        let file = try await world.everything()
        let kept = try #require(file.bundles.first)
        #expect(kept.files.map(\.name) == ["transcript-1.pdf", "transcript-3.pdf"])
        #expect(kept.seal != nil)
        // Which of them held the transcript nobody said.
        #expect(kept.parts.map(\.status) == [.unsaid])
        #expect(world.assembler.done.map { $0.bundle.files.count } == [2])
        #expect(world.assembler.locked == [.numbered(5_002)])

        let locked = try await world.desk.quarantined()
        #expect(locked.map(\.id) == [.numbered(5_002)])
        #expect(locked.map(\.finding) == [Self.virus])
        #expect(locked.map(\.bundle) == [bundle.id])
        #expect(file.audit.count { $0.action == "quarantine.lock" } == 1)
        #expect(
            try await world.store.read { try $0.filesInUse() }.contains(
                locked[0].id.description
            )
        )
        // It is not complete any more, so that its school is asked for what is missing.
        #expect(try await world.state(of: request) == .partlySent)
        let mails = world.mails(to: Cast.mapleOffice, named: "filesHeld")
        #expect(mails.count == 1)
        #expect(mails.first?.plainText.contains("transcript-2") == false)
        let kinds = try await world.story(of: request).events.map(\.kind)
        #expect(kinds.contains(.filesHeld(organization: Cast.maple)))
        // Its sender sees by name which one, behind the link.
        let answerer = try await world.open()
        let task = try await world.desk.answerTask(answerer.inquiry, by: answerer)
        #expect(task.held.map(\.file.name) == ["transcript-2.pdf"])
        #expect(task.bundles.flatMap(\.files).count == 2)
    }

    @Test func `where nothing is left the request waits for its school again`() async throws {
        let (world, request, _) = try await Self.answered(2, infected: [1, 2])
        try await Invariants.check(world)
        #expect(try await world.state(of: request) == .opened)
        #expect(world.assembler.done.isEmpty)
        let file = try await world.everything()
        #expect(file.bundles.allSatisfy { $0.seal == nil && $0.withdrawnAt != nil })
        #expect(world.mails(to: Cast.registrar.email, named: "ready").isEmpty)
        #expect(world.mails(to: Cast.mapleOffice, named: "filesHeld").count == 1)
        #expect(try await world.desk.quarantined().count == 2)
        #expect(!file.waiting.contains { if case .assemble = $0.work { true } else { false } })
        // A clean copy answers it.
        let answerer = try await world.open()
        _ = try await world.desk.answer(
            answerer.inquiry,
            with: .sample(files: 1, firstFile: 9),
            by: answerer
        )
        try await world.settle()
        #expect(try await world.state(of: request) == .sent)
    }

    @Test func `what is left of an answer that was stopped is released to nobody`() async throws {
        let (world, request, bundle) = try await Self.answered(infected: [2])
        _ = try await world.desk.recallRecords(
            bundle.id,
            in: request.number,
            note: "",
            by: Cast.clerk.actor
        )
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.releaseQuarantined(.numbered(5_002))
        }
        #expect(try await world.everything().bundles.count == 1)
    }

    @Test func `what was released is stopped with the answer it came from`() async throws {
        let (world, request, bundle) = try await Self.answered(infected: [2])
        try await world.desk.releaseQuarantined(.numbered(5_002))
        try await world.settle()
        _ = try await world.desk.recallRecords(
            bundle.id,
            in: request.number,
            note: "",
            by: Cast.clerk.actor
        )
        let bundles = try await world.everything().bundles
        #expect(bundles.count == 2 && bundles.allSatisfy { $0.recall != nil })
    }

    @Test func `while its sender waits it is looked through at once`() async throws {
        let (world, _, bundle) = try await Self.answered(infected: [3], settled: false)
        await world.worker.inspect(bundle.id)
        let kept = try #require(try await world.desk.kept(bundle.id))
        #expect(kept.bundle.files.count == 2)
        #expect(kept.held.map(\.file.name) == ["transcript-3.pdf"])
        try await world.settle()
        await world.worker.inspect(bundle.id)
        #expect(try await world.desk.quarantined().count == 1)
        #expect(world.mails(to: Cast.mapleOffice, named: "filesHeld").count == 1)
    }

    @Test func `a scanner that does not answer holds everything, and nothing is lost`()
        async throws
    {
        let (world, request, bundle) = try await Self.answered(infected: [1], settled: false)
        world.assembler.isBroken.isRaised = true
        await world.worker.inspect(bundle.id)
        try await world.settle()
        #expect(world.assembler.done.isEmpty)
        #expect(try await world.desk.quarantined().isEmpty)
        #expect(
            try await world.desk.records(of: request.number, by: Cast.registrar.actor)
                .bundles.isEmpty
        )
        world.assembler.isBroken.isRaised = false
        world.clock.advance(bySeconds: 3_600)
        try await world.settle()
        #expect(world.assembler.done.map { $0.bundle.files.count } == [2])
        #expect(try await world.desk.quarantined().count == 1)
    }

    @Test func `what was sealed before a file of it was locked up does not count`() async throws {
        let (world, _, bundle) = try await Self.answered(infected: [], settled: false)
        _ = try await world.desk.quarantine([.numbered(5_001): Self.virus], of: bundle.id)
        let seal = RecordBundle.Seal(byteCount: 1, sha256: "", recipients: [])
        #expect(
            try await world.desk.noteSealed(bundle.id, seal, of: bundle.files) == false
        )
        #expect(try await world.desk.kept(bundle.id)?.bundle.seal == nil)
        try await world.settle()
        #expect(world.assembler.done.map { $0.bundle.files.count } == [2])
    }

    @Test func `an answer that is sealed is not taken apart`() async throws {
        let (world, _, bundle) = try await Self.answered(infected: [])
        let before = try await world.everything()
        #expect(
            try await world.desk.quarantine([.numbered(5_001): "x"], of: bundle.id).isEmpty
        )
        #expect(try await world.everything() == before)
    }

    @Test func `what a person releases follows as an answer and is not held again`() async throws {
        let (world, request, _) = try await Self.answered(infected: [2])
        try await world.step("release") {
            try await world.desk.releaseQuarantined(.numbered(5_002))
            try await world.settle()
        }
        #expect(world.assembler.done.map { $0.bundle.files.count } == [2, 1])
        #expect(world.assembler.done.last?.cleared == ["\(DroppedFile.ID.numbered(5_002))"])
        #expect(try await world.state(of: request) == .sent)
        let file = try await world.everything()
        #expect(file.bundles.map(\.parts).last?.map(\.status) == [.sent])
        #expect(file.bundles.last?.certification == file.bundles.first?.certification)
        #expect(file.audit.last { $0.actor == "operator" }?.action == "quarantine.release")
        #expect(try await world.desk.quarantined().isEmpty)
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.releaseQuarantined(.numbered(5_002))
        }
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.destroyQuarantined(.numbered(5_002))
        }
        // A month later only the note of it goes.
        world.clock.advance(bySeconds: QuarantinedFile.patience)
        #expect(try await world.desk.forgetQuarantined().isEmpty)
        #expect(try await world.desk.everythingLocked().isEmpty)
        #expect(try await world.everything().bundles.flatMap(\.files).count == 3)
    }

    @Test func `all of it released makes the answer whole again, with the last of it`()
        async throws
    {
        let (world, request, _) = try await Self.answered(2, infected: [1, 2])
        try await world.desk.releaseQuarantined(.numbered(5_001))
        try await world.settle()
        #expect(try await world.state(of: request) == .partlySent)
        try await world.desk.releaseQuarantined(.numbered(5_002))
        try await world.settle()
        #expect(try await world.state(of: request) == .sent)
        try await Invariants.check(world)
    }

    @Test func `what ended is not answered by releasing a file`() async throws {
        let (world, request, _) = try await Self.answered(infected: [2])
        try await world.desk.acceptRecords(request.number, by: Cast.registrar.actor)
        #expect(try await world.state(of: request) == .completed)
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.releaseQuarantined(.numbered(5_002))
        }
        #expect(try await world.desk.quarantined().count == 1)
    }

    @Test func `what a person destroys, or nobody decides on for a month, is gone`() async throws {
        let (world, _, _) = try await Self.answered(infected: [1, 2])
        try await world.step("destroy") {
            try await world.desk.destroyQuarantined(.numbered(5_001))
        }
        #expect(try await world.desk.quarantined().map(\.id) == [.numbered(5_002)])
        #expect(try await world.desk.outboxTroubles().contains(.quarantined(count: 1)))
        #expect(try await world.desk.forgetQuarantined().isEmpty)
        world.clock.advance(bySeconds: QuarantinedFile.patience)
        #expect(try await world.desk.forgetQuarantined() == [.numbered(5_002)])
        #expect(try await world.desk.quarantined().isEmpty)
        let actions = try await world.everything().audit.map(\.action)
        #expect(actions.contains("quarantine.destroy"))
        #expect(actions.contains("quarantine.expire"))
        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.releaseQuarantined(.numbered(5_002))
        }
    }

    @Test func `what another program calls it is made harmless`() {
        let locked = QuarantinedFile(
            file: AnswerSubmission.sample().files[0],
            finding: "Win.\u{1B}[31m Bad\nName" + String(repeating: "x", count: 500),
            origin: .answer(.numbered(1), parts: [], isComplete: true),
            inquiry: .numbered(1),
            foundAt: .noon("2026-05-18")
        )
        #expect(locked.finding.hasPrefix("Win._[31m_Bad_Namexxx"))
        #expect(locked.finding.utf8.count == 120)
    }
}
