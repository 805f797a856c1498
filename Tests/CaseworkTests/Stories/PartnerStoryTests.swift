import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("A partner's bundle") struct PartnerStoryTests {
    private func bundle(
        for request: RecordRequest,
        manifest: UInt8 = 1,
        recipient: String? = nil,
        status: RecordBundle.PartStatus = .sent,
        files: Int = 2,
        firstFile: Int = 50,
        name: String = "Ana Oficina"
    ) -> OpenedBundle {
        .sample(
            for: request,
            manifest: manifest,
            recipient: recipient,
            status: status,
            files: files,
            firstFile: firstFile,
            name: name
        )
    }

    @Test func `it answers the request it names and the requester sees the records`() async throws {
        let world = try await World.with()
        let request = try await world.file()
        let taken = try await world.step("take") {
            try await world.desk.takeBundle(bundle(for: request), from: Partner.maple.id)
        }
        #expect(!taken.isRepeat)
        try await world.settle()
        let records = try await world.desk.records(of: request.number, by: Cast.registrar.actor)
        #expect(records.bundles.map(\.id) == [taken.received.bundle])
        #expect(records.bundles.first?.certification.kind == .certifyingOfficial)
        #expect(records.bundles.first?.certification.name == "Ana Oficina")
        #expect(try await world.inquiry(of: request).status == .sent)
        #expect(taken.received.files.count == 2)
        let audit = try await world.everything().audit
        #expect(audit.contains { $0.action == "inquiry.answer" && $0.actor.hasPrefix("partner:") })
    }

    @Test func `the same bundle again is filed once and gets the same receipt`() async throws {
        let world = try await World.with()
        let request = try await world.file()
        let first = try await world.desk.takeBundle(bundle(for: request), from: Partner.maple.id)
        world.clock.advance(bySeconds: 3_600)
        let again = bundle(for: request, firstFile: 80)
        let second = try await world.desk.takeBundle(again, from: Partner.maple.id)
        #expect(second.isRepeat)
        #expect(second.received == first.received)
        #expect(try await world.everything().bundles.count == 1)
    }

    @Test func `fifty at once are filed once`() async throws {
        let world = try await World.with()
        let request = try await world.file()
        let outcomes = try await withThrowingTaskGroup { group in
            for number in 0..<50 {
                group.addTask {
                    try await world.desk.takeBundle(
                        bundle(for: request, firstFile: 100 + number * 2),
                        from: Partner.maple.id
                    )
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.filter { !$0.isRepeat }.count == 1)
        #expect(Set(outcomes.map(\.received)).count == 1)
        #expect(try await world.everything().bundles.count == 1)
    }

    @Test func `what is to follow leaves the inquiry open for the next bundle`() async throws {
        let world = try await World.with()
        let request = try await world.file()
        _ = try await world.desk.takeBundle(
            bundle(for: request, status: .toFollow(by: nil)),
            from: Partner.maple.id
        )
        #expect(try await world.inquiry(of: request).status == .partlySent)
        _ = try await world.desk.takeBundle(
            bundle(for: request, manifest: 2, firstFile: 80),
            from: Partner.maple.id
        )
        #expect(try await world.inquiry(of: request).status == .sent)
    }

    @Test(arguments: [
        Partner(id: .numbered(701), account: "willow", organization: Cast.willow, signerPEM: ""),
        Partner(
            id: .numbered(702),
            account: "texas",
            organization: .state(.texas),
            signerPEM: ""
        ),
        Partner(
            id: .numbered(703),
            account: "fig",
            organization: .project("ca-fig"),
            signerPEM: ""
        ),
    ])
    func `a partner that was not asked learns nothing and files nothing`(
        other: Partner
    ) async throws {
        let world = try await World.with(other)
        let request = try await world.file()
        let before = try await world.everything()
        await #expect(throws: BundleRefusal.notAsked) {
            try await world.desk.takeBundle(bundle(for: request), from: other.id)
        }
        #expect(try await world.everything() == before)
    }

    @Test(arguments: [
        OrganizationID.district(School.maple.district), .state(.california), Cast.maple,
    ])
    func `the school, its district and its state may answer for it`(
        organization: OrganizationID
    ) async throws {
        let partner = Partner(
            id: .numbered(704),
            account: "above",
            organization: organization,
            signerPEM: ""
        )
        let world = try await World.with(partner)
        let request = try await world.file()
        _ = try await world.desk.takeBundle(bundle(for: request), from: partner.id)
        #expect(try await world.inquiry(of: request).status == .sent)
    }

    @Test func `what cannot be filed is refused with its reason and changes nothing`() async throws
    {
        let world = try await World.with()
        let request = try await world.file()
        let before = try await world.everything()
        let refused: [(OpenedBundle, BundleRefusal)] = [
            (bundle(for: request, recipient: Cast.willow.description), .otherRecipient),
            (bundle(for: request, recipient: ""), .otherRecipient),
            (bundle(for: request, files: 0), .nothingInside),
            (bundle(for: request, name: " "), .notCertified),
        ]
        for (bundle, reason) in refused {
            await #expect(throws: reason) {
                try await world.desk.takeBundle(bundle, from: Partner.maple.id)
            }
        }
        await #expect(throws: BundleRefusal.notAPartner) {
            try await world.desk.takeBundle(bundle(for: request), from: .numbered(999))
        }
        #expect(try await world.everything() == before)
    }

    private static let oak = Partner(
        id: .numbered(710),
        account: "oak",
        organization: School.oak.organization,
        signerPEM: ""
    )

    /// Paloma's records are on their way to a school whose system fetches them.
    private func worldWithPickup(
        sftp: SFTPDestination? = nil
    ) async throws -> (World, RecordRequest, RecordBundle) {
        let world = try await World.with(Self.oak)
        try await world.store.write { session in
            try session.save(
                Channel(organization: School.oak.organization, certificatePEM: "PEM", sftp: sftp)
            )
        }
        let request = try await world.file()
        return (world, request, try await world.sendRecords())
    }

    @Test func `a bundle is laid out once, with its disclosure, and fetched once`() async throws {
        let (world, request, bundle) = try await worldWithPickup()
        let orders = try await world.desk.preparePickups()
        #expect(orders.map(\.accounts) == [["oak"]])
        #expect(orders.map(\.fileName) == ["\(request.number)-1.cms"])
        // Cut off before it lay there: again, and no second disclosure.
        #expect(try await world.desk.preparePickups() == orders)
        try await world.desk.noteLaidOut(orders[0])
        try await world.desk.noteLaidOut(orders[0])
        #expect(try await world.desk.preparePickups().isEmpty)
        let disclosures = try await world.everything().disclosures
        #expect(disclosures.map(\.way) == [.sftpPickup])

        for _ in 0..<2 {
            #expect(try await world.desk.noteFetched(orders[0].fileName, by: Self.oak.id))
        }
        let deliveries = try await world.everything().deliveries
        #expect(deliveries.filter { $0.way == .sftpPickup }.map(\.status) == [.collected])
        let kinds = try await world.story(of: request).events.map(\.kind)
        let told = kinds.filter { $0 == .pushed(bundle: bundle.id, to: School.oak.organization) }
        #expect(told.count == 1)
    }

    @Test func `a pushed bundle is not laid out as well: it is disclosed once`() async throws {
        let (world, _, _) = try await worldWithPickup(
            sftp: SFTPDestination(
                host: "sftp.oak.example",
                port: 22,
                user: "mochila",
                folder: "/in",
                hostKey: "ssh-ed25519 AAAA",
                keyName: "oak"
            )
        )
        #expect(try await world.desk.preparePickups().isEmpty)
    }

    @Test func `what somebody else says was fetched is not believed`() async throws {
        let (world, _, _) = try await worldWithPickup()
        let order = try #require(try await world.desk.preparePickups().first)
        try await world.desk.noteLaidOut(order)
        try await world.desk.savePartner(Partner.maple, action: "partner.add")
        for name in [order.fileName, "RQ-1.cms", "x", "\(order.fileName).cms", ""] {
            #expect(try await !world.desk.noteFetched(name, by: Partner.maple.id))
        }
        let deliveries = try await world.everything().deliveries
        #expect(deliveries.filter { $0.way == .sftpPickup }.map(\.status) == [.sent])
    }

    @Test func `a withdrawn bundle is not laid out, and known by its name`() async throws {
        let (world, _, bundle) = try await worldWithPickup()
        let name = try #require(try await world.desk.preparePickups().first).fileName
        #expect(try await world.desk.withdrawn([name, "x"]).isEmpty)
        try await world.store.write { session in
            var gone = bundle
            gone.withdrawnAt = .noon("2026-05-19")
            try session.save(gone)
        }
        #expect(try await world.desk.preparePickups().isEmpty)
        #expect(try await world.desk.withdrawn([name, "x"]) == [name])
    }

    @Test func `a recalled bundle is taken out of the folder at once, and not laid there again`()
        async throws
    {
        let (world, request, bundle) = try await worldWithPickup()
        let order = try #require(try await world.desk.preparePickups().first)
        try await world.desk.noteLaidOut(order)
        #expect(try await world.desk.recalledPickups().isEmpty)
        _ = try await world.desk.recallRecords(
            bundle.id,
            in: request.number,
            note: "",
            by: Cast.clerk.actor
        )
        #expect(try await world.desk.recalledPickups() == [order])
        #expect(try await world.desk.preparePickups().isEmpty)
        // Laid there by somebody who had not heard of it: it is still to be taken out.
        try await world.desk.noteLaidOut(order)
        #expect(try await world.desk.recalledPickups() == [order])
        for _ in 0..<2 { try await world.desk.noteTakenBack(order) }
        #expect(try await world.desk.recalledPickups().isEmpty)
        let pickups = try await world.everything().deliveries.filter { $0.way == .sftpPickup }
        #expect(pickups.map(\.status) == [.failed])
        // A system may have read it: the school is asked to destroy that as well.
        let view = try await world.desk.recallView(
            of: bundle.id,
            in: request.number,
            by: Cast.registrar.actor
        )
        #expect(view.openings.map(\.person) == [""] && view.open == 1)
        #expect(!view.canConfirm && view.canConfirmForSchool)
        try await world.settle()
        #expect(world.mails(to: Cast.secondRegistrar.email, named: "recalled").count == 1)
    }

    @Test func `a complete answer and a closed account take nothing more`() async throws {
        let world = try await World.with()
        let request = try await world.file()
        _ = try await world.desk.takeBundle(bundle(for: request), from: Partner.maple.id)
        await #expect(throws: BundleRefusal.closed) {
            try await world.desk.takeBundle(
                bundle(for: request, manifest: 2, firstFile: 80),
                from: Partner.maple.id
            )
        }
        var closed = Partner.maple
        closed.isActive = false
        try await world.desk.savePartner(closed, action: "partner.close")
        await #expect(throws: BundleRefusal.notAPartner) {
            try await world.desk.takeBundle(bundle(for: request), from: Partner.maple.id)
        }
    }

    @Test func `a bundle after the end opens a linked request, once however often it comes`()
        async throws
    {
        let world = try await World.with()
        let request = try await world.file()
        try await world.desk.closeUnfilled(
            request.number,
            reason: .noAnswerAtCap,
            note: "",
            by: Cast.california.actor
        )
        let first = try await world.step("take") {
            try await world.desk.takeBundle(bundle(for: request), from: Partner.maple.id)
        }
        try await world.settle()
        let (before, linked) = try await {
            let everything = try await world.everything()
            return (everything, everything.requests.first { $0.reopens == request.id })
        }()
        #expect(before.bundles.map(\.id) == [first.received.bundle])
        #expect(before.bundles.map(\.request) == [linked?.id])
        #expect(world.mails(to: Cast.registrar.email, named: "ready").count == 1)
        let again = try await world.desk.takeBundle(bundle(for: request), from: Partner.maple.id)
        #expect(again.isRepeat && again.received == first.received)
        // The answer in the linked request was complete, so nothing more is taken there either.
        await #expect(throws: BundleRefusal.closed) {
            try await world.desk.takeBundle(
                bundle(for: request, manifest: 2, firstFile: 80),
                from: Partner.maple.id
            )
        }
        #expect(try await world.everything() == before)
    }

    @Test func `what is still missing after the end follows into the same linked request`()
        async throws
    {
        let world = try await World.with()
        let request = try await world.file()
        try await world.desk.closeUnfilled(
            request.number,
            reason: .noAnswerAtCap,
            note: "",
            by: Cast.california.actor
        )
        _ = try await world.desk.takeBundle(
            bundle(for: request, status: .toFollow(by: nil)),
            from: Partner.maple.id
        )
        _ = try await world.desk.takeBundle(
            bundle(for: request, manifest: 2, firstFile: 80),
            from: Partner.maple.id
        )
        let after = try await world.everything()
        #expect(after.requests.count == 2)
        #expect(after.bundles.count == 2 && Set(after.bundles.map(\.request)).count == 1)
        #expect(after.bundles.allSatisfy { $0.request != request.id })
    }

    @Test func `nothing is taken for a request that was cancelled`() async throws {
        let world = try await World.with()
        let request = try await world.file()
        try await world.desk.cancelRequest(
            request.number,
            reason: .notEnrollingHere,
            note: "",
            by: Cast.registrar.actor
        )
        let before = try await world.everything()
        await #expect(throws: BundleRefusal.notAsked) {
            try await world.desk.takeBundle(bundle(for: request), from: Partner.maple.id)
        }
        #expect(try await world.everything() == before)
    }

    @Test func `a bundle overrules a cancellation that nobody confirmed yet`() async throws {
        let world = try await World.with()
        let request = try await world.file()
        let answerer = try await world.open()
        try await world.desk.promise(
            answerer.inquiry,
            day: .on("2026-05-26"),
            note: "",
            by: answerer
        )
        try await world.desk.cancelRequest(
            request.number,
            reason: .notEnrollingHere,
            note: "",
            by: Cast.registrar.actor
        )
        #expect(try await world.state(of: request) == .cancelPending)
        try await world.step("take") {
            _ = try await world.desk.takeBundle(bundle(for: request), from: Partner.maple.id)
        }
        #expect(try await world.state(of: request) == .sent)
        let events = try await world.story(of: request).events.map(\.kind)
        #expect(events.contains(.cancelOverruled))
    }
}
