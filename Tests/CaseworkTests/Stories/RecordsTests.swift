import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Reading and accepting records") struct RecordsTests {
    /// Records that arrived and were not looked at yet.
    private final class Arrived {
        let world: World
        let request: RecordRequest
        let bundle: RecordBundle

        init() async throws {
            world = try await World()
            request = try await world.file()
            bundle = try await world.sendRecords(3)
        }
    }

    @Test func `the disclosure stands before the first byte leaves`() async throws {
        let arrived = try await Arrived()
        let (world, request, bundle) = (arrived.world, arrived.request, arrived.bundle)
        _ = try await world.step("release") {
            try await world.desk.release(
                .archive,
                of: bundle.id,
                in: request.number,
                to: Cast.counselor.actor
            )
        }
        let (records, names) = try await world.desk.disclosures(
            of: request.number,
            by: Cast.registrar.actor
        )
        #expect(records.count == 1)
        #expect(records.first?.person == Cast.counselor.name)
        #expect(records.first?.holder == Cast.maple)
        #expect(records.first?.recipient == School.oak.organization)
        #expect(records.first?.basis == .enrollment)
        #expect(records.first?.extent == "archive")
        #expect(names[Cast.maple] == School.maple.name)
        // Nothing arrived yet: the download may still break off.
        #expect(try await world.state(of: request) == .sent)
    }

    @Test(arguments: [Extent.archive, .sealed])
    func `a whole download is received`(extent: Extent) async throws {
        let arrived = try await Arrived()
        let (world, request, bundle) = (arrived.world, arrived.request, arrived.bundle)
        try await world.step("take") { try await world.take(extent, of: request, bundle) }
        let story = try await world.story(of: request)
        #expect(story.state == .delivered)
        #expect(story.deliveries.map(\.status) == [.collected])
        #expect(story.events.map(\.kind).contains(.received(bundle: bundle.id)))
    }

    @Test func `file by file it is received with the last one, whoever took them`() async throws {
        let arrived = try await Arrived()
        let (world, request, bundle) = (arrived.world, arrived.request, arrived.bundle)
        for (file, account) in zip(
            bundle.files,
            [Cast.registrar, Cast.counselor, Cast.registrar]
        ) {
            #expect(try await world.state(of: request) == .sent)
            try await world.step(file.name) {
                try await world.take(.file(file.id), of: request, bundle, by: account)
            }
        }
        #expect(try await world.state(of: request) == .delivered)
    }

    @Test func `taking it again is on record and changes nothing else`() async throws {
        let arrived = try await Arrived()
        let (world, request, bundle) = (arrived.world, arrived.request, arrived.bundle)
        try await world.take(.archive, of: request, bundle)
        let before = try await world.everything()
        try await world.step("again") { try await world.take(.archive, of: request, bundle) }
        var after = try await world.everything()
        #expect(after.disclosures.count == before.disclosures.count + 1)
        after.disclosures = before.disclosures
        #expect(after.withoutAudit == before.withoutAudit)
    }

    @Test func `what was never released cannot have arrived`() async throws {
        let arrived = try await Arrived()
        let (world, bundle) = (arrived.world, arrived.bundle)
        let before = try await world.everything()
        for extent in [Extent.archive, .sealed, .file(bundle.files[0].id)] {
            try await world.desk.noteTaken(extent, of: bundle.id, by: Cast.registrar.actor)
        }
        #expect(try await world.everything() == before)
    }

    @Test func `a file that is not in it is not found`() async throws {
        let arrived = try await Arrived()
        let (world, request, bundle) = (arrived.world, arrived.request, arrived.bundle)
        for extent in [Extent.file("nothing"), .file("")] {
            await #expect(throws: CaseworkFailure.notFound) {
                try await world.desk.release(
                    extent,
                    of: bundle.id,
                    in: request.number,
                    to: Cast.registrar.actor
                )
            }
        }
        let other = try await world.file { $0.birthDay = "10" }
        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.release(
                .archive,
                of: bundle.id,
                in: other.number,
                to: Cast.registrar.actor
            )
        }
    }

    @Test func `accepting completes the request for good`() async throws {
        let arrived = try await Arrived()
        let (world, request, bundle) = (arrived.world, arrived.request, arrived.bundle)
        try await world.take(.archive, of: request, bundle)
        try await world.step("accept") {
            try await world.desk.acceptRecords(request.number, by: Cast.registrar.actor)
            try await world.settle()
        }
        let story = try await world.story(of: request)
        #expect(story.state == .completed)
        #expect(story.next == nil)
        #expect(story.deliveries.map(\.status) == [.receiptGood])
        // A second time, and everything else, is refused and changes nothing.
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.acceptRecords(request.number, by: Cast.registrar.actor)
        }
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.cancelRequest(
                request.number,
                reason: .wrongSchool,
                note: "",
                by: Cast.registrar.actor
            )
        }
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.rejectRecords(
                request.number,
                bundle: bundle.id,
                reason: .unreadable,
                note: "",
                by: Cast.registrar.actor
            )
        }
        #expect(try await world.everything() == before)
        #expect(try await world.desk.requests(by: Cast.registrar.actor).items.isEmpty)
        let closed = try await world.desk.requests(by: Cast.registrar.actor, .closed)
        #expect(closed.items.count == 1)
    }

    @Test func `before it was taken it cannot be accepted`() async throws {
        let arrived = try await Arrived()
        let (world, request) = (arrived.world, arrived.request)
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.acceptRecords(request.number, by: Cast.registrar.actor)
        }
    }

    @Test func `some of it can be accepted as it is`() async throws {
        let world = try await World()
        let request = try await world.file()
        try await world.sendRecords(1, complete: false)
        try await world.step("accept") {
            try await world.desk.acceptRecords(request.number, by: Cast.registrar.actor)
            try await world.settle()
        }
        #expect(try await world.state(of: request) == .completed)
    }

    @Test func `not acceptable: the holder is asked again and the old bundle is gone`()
        async throws
    {
        // Given records of the wrong student.
        let arrived = try await Arrived()
        let (world, request, bundle) = (arrived.world, arrived.request, arrived.bundle)
        try await world.take(.archive, of: request, bundle)
        // When the registrar says so.
        try await world.step("reject") {
            try await world.desk.rejectRecords(
                request.number,
                bundle: bundle.id,
                reason: .wrongStudent,
                note: "Another child of that name",
                by: Cast.registrar.actor
            )
            try await world.settle()
        }
        // Then the inquiry is open again, with a ladder of its own, and nobody reads the bundle.
        let story = try await world.story(of: request)
        #expect(story.state == .opened)
        #expect(story.next?.owner == .holder(Cast.maple))
        #expect(world.mails(to: Cast.mapleOffice, named: "remind").count == 1)
        await #expect(throws: CaseworkFailure.recalled) {
            try await world.desk.release(
                .archive,
                of: bundle.id,
                in: request.number,
                to: Cast.registrar.actor
            )
        }
        // And a right answer is taken by the new link.
        let answerer = try await world.open()
        try await world.step("again") {
            _ = try await world.desk.answer(
                answerer.inquiry,
                with: .sample(files: 1, firstFile: 50),
                by: answerer
            )
            try await world.settle()
        }
        #expect(try await world.state(of: request) == .sent)
        let bundles = try await world.story(of: request).bundles
        #expect(bundles.map { $0.withdrawnAt == nil } == [false, true])
        try await world.take(.archive, of: request, try #require(bundles.last))
        #expect(try await world.state(of: request) == .delivered)
    }

    @Test func `rejecting needs a reason of its kind`() async throws {
        let arrived = try await Arrived()
        let (world, request, bundle) = (arrived.world, arrived.request, arrived.bundle)
        for reason in [ReasonCode.neverEnrolled, .notEnrollingHere, .noAnswerAtCap] {
            await #expect(throws: CaseworkFailure.reasonMissing) {
                try await world.desk.rejectRecords(
                    request.number,
                    bundle: bundle.id,
                    reason: reason,
                    note: "",
                    by: Cast.registrar.actor
                )
            }
        }
    }

    @Test func `cancelling tells the holder and ends everything`() async throws {
        let world = try await World()
        let request = try await world.file()
        try await world.step("cancel") {
            try await world.desk.cancelRequest(
                request.number,
                reason: .enteredInError,
                note: "",
                by: Cast.registrar.actor
            )
            try await world.settle()
        }
        #expect(try await world.state(of: request) == .enteredInError)
        #expect(world.mails(to: Cast.mapleOffice, named: "withdrawn").count == 1)
        let count = world.mail.arrived.count
        try await world.step("weeks") { try await world.walk(to: "2026-06-20") }
        #expect(world.mail.arrived.count == count)
        for reason in [ReasonCode.neverEnrolled, .unreadable] {
            await #expect(throws: CaseworkFailure.reasonMissing) {
                try await world.desk.cancelRequest(
                    request.number,
                    reason: reason,
                    note: "",
                    by: Cast.registrar.actor
                )
            }
        }
    }
}

@Suite("Pushing to a partner's server") struct PushTests {
    private static let channel = Channel(
        organization: School.oak.organization,
        certificatePEM: "PEM",
        sftp: SFTPDestination(
            host: "sftp.oak.example",
            port: 22,
            user: "mochila",
            folder: "/in",
            hostKey: "ssh-ed25519 AAAA",
            keyName: "oak"
        )
    )

    private func world() async throws -> World {
        let world = try await World()
        try await world.store.write { try $0.save(Self.channel) }
        return world
    }

    @Test func `a school with a server gets it pushed, under a name that says nothing`()
        async throws
    {
        let world = try await world()
        let request = try await world.file()
        let bundle = try await world.step("send") { try await world.sendRecords() }
        #expect(world.partners.pushes.map(\.name) == ["\(request.number)-1.cms"])
        #expect(world.partners.pushes.map(\.path) == ["/sealed/\(bundle.id).cms"])
        #expect(world.assembler.done.map(\.recipientCertificates) == [["PEM"]])
        let story = try await world.story(of: request)
        #expect(Set(story.deliveries.map(\.status)) == [.waiting, .sent])
        #expect(
            story.events.map(\.kind).contains(
                .pushed(bundle: bundle.id, to: School.oak.organization)
            )
        )
        let (records, _) = try await world.desk.disclosures(
            of: request.number,
            by: Cast.registrar.actor
        )
        #expect(records.map(\.way) == [.sftpPush])
        // Arriving is not accepting.
        #expect(story.state == .sent)
    }

    @Test func `a server that is down is tried again until it is back, and is seen to be`()
        async throws
    {
        let world = try await world()
        let request = try await world.file()
        world.partners.answer(
            .deferred(reason: "no connection"),
            .deferred(reason: "no connection"),
            .deferred(reason: "stalled")
        )
        try await world.step("send") { try await world.sendRecords() }
        #expect(world.partners.pushes.count == 1)
        let failing = try await world.story(of: request).events.count { event in
            if case .pushFailing = event.kind { true } else { false }
        }
        #expect(failing == 1)
        #expect(try await world.everything().troubled.map(\.trouble) == ["no connection"])
        try await world.step("later") { try await world.walk(to: "2026-05-18", hour: 11) }
        #expect(world.partners.pushes.count == 4)
        let file = try await world.everything()
        #expect(file.disclosures.count == 1)
        #expect(file.troubled.isEmpty)
    }

    @Test func `one that refuses waits for a person`() async throws {
        let world = try await world()
        let request = try await world.file()
        world.partners.answer(.refused(reason: "the host key is another one"))
        try await world.step("send") { try await world.sendRecords() }
        try await world.step("days") { try await world.walk(to: "2026-05-20") }
        #expect(world.partners.pushes.count == 1)
        let deliveries = try await world.story(of: request).deliveries
        #expect(deliveries.contains { $0.status == .failed && $0.trouble.contains("host key") })
    }

    @Test func `a program that ends before the first attempt discloses once`() async throws {
        let world = try await world()
        try await world.file()
        let answerer = try await world.open()
        let bundle = try await world.desk.answer(
            answerer.inquiry,
            with: .sample(),
            by: answerer
        )
        try await world.desk.noteSealed(
            bundle.id,
            .init(byteCount: 1, sha256: "", recipients: [])
        )
        let push = try #require(
            try await world.everything().deliveries.first { $0.way == .sftpPush }
        )
        // Prepared, and then the machine stopped; prepared again.
        _ = try await world.desk.preparePush(push.id)
        _ = try await world.desk.preparePush(push.id)
        #expect(try await world.everything().disclosures.count == 1)
    }

    @Test func `a disk that is full keeps the answer and seals it later`() async throws {
        let world = try await world()
        let request = try await world.file()
        world.assembler.isBroken.isRaised = true
        try await world.step("send") { try await world.sendRecords() }
        #expect(world.mails(to: Cast.mapleOffice, named: "receipt").count == 1)
        #expect(world.mails(to: Cast.registrar.email, named: "ready").isEmpty)
        #expect(try await world.everything().troubled.map(\.trouble) == ["DiskFull"])
        world.assembler.isBroken.isRaised = false
        try await world.step("room again") { try await world.walk(to: "2026-05-18", hour: 10) }
        #expect(world.mails(to: Cast.registrar.email, named: "ready").count == 1)
        #expect(try await world.story(of: request).bundles.first?.seal != nil)
        #expect(world.assembler.done.count == 1)
    }
}
