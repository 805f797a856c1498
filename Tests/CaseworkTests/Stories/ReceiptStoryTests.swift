import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("Receipts for deliveries") struct ReceiptStoryTests {
    private static let oak = Partner(
        id: .numbered(710),
        account: "oak",
        organization: School.oak.organization,
        signerPEM: ""
    )
    private static let maple = Partner(
        id: .numbered(711),
        account: "maple",
        organization: Cast.maple,
        signerPEM: ""
    )
    private static let signed = Receipt.Signed(text: "{}\n", signature: "AA==")

    /// Paloma's records stand sealed.
    private func sent(
        pickup: Bool = false
    ) async throws -> (World, RecordRequest, RecordBundle) {
        let world = try await World()
        try await world.desk.savePartner(Self.maple, action: "partner.add")
        if pickup {
            try await world.desk.savePartner(Self.oak, action: "partner.add")
            try await world.store.write { session in
                try session.save(
                    Channel(
                        organization: School.oak.organization,
                        certificatePEM: "PEM",
                        sftp: nil
                    )
                )
            }
        }
        let request = try await world.file()
        return (world, request, try await world.sendRecords())
    }

    private func fetch(_ world: World) async throws {
        let order = try #require(try await world.desk.preparePickups().first)
        try await world.desk.noteLaidOut(order)
        try await world.desk.noteFetched(order.fileName, by: Self.oak.id)
    }

    @Test func `what was taken by hand is stated once, signed, and seen by both sides`()
        async throws
    {
        let (world, request, bundle) = try await sent()
        #expect(try await world.desk.receiptOrders().isEmpty)
        try await world.take(.archive, of: request, bundle)
        let order = try #require(try await world.desk.receiptOrders().first)
        #expect(order.receipt.outcome == .opened)
        #expect(order.number == request.number && order.bundle.id == bundle.id)
        #expect(order.recipient == School.oak.organization && order.accounts == ["maple"])
        try await world.desk.noteSigned(order, Self.signed)
        #expect(try await world.desk.receiptOrders().isEmpty)
        // Again changes nothing.
        try await world.take(.archive, of: request, bundle)
        try await world.desk.noteSigned(order, .init(text: "other", signature: ""))
        #expect(try await world.desk.receiptOrders().isEmpty)
        for reader in [Cast.registrar, Cast.clerk, Cast.texas] {
            let seen = try await world.desk.receipts(of: request.number, by: reader.actor)
            #expect(seen.map(\.receipt.signed) == [Self.signed])
            #expect(seen.map(\.holder) == [Cast.maple])
        }
        let inquiry = try await world.inquiry(of: request)
        let forAnswer = try await world.desk.receipts(of: inquiry.id, by: Cast.clerk.actor)
        #expect(forAnswer.count == 1)
        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.receipts(of: inquiry.id, by: Cast.registrar.actor)
        }
        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.receipts(of: request.number, by: Cast.outsider.actor)
        }
    }

    @Test func `what left sealed is handed over, and opened only where its reader says so`()
        async throws
    {
        let (world, request, bundle) = try await sent(pickup: true)
        try await fetch(world)
        let order = try #require(try await world.desk.receiptOrders().first)
        #expect(order.receipt.outcome == .handedOver)
        try await world.desk.noteSigned(order, Self.signed)
        world.clock.advance(bySeconds: 60)
        let view = try await world.desk.reportReceipt(
            for: bundle.id,
            in: request.number,
            trouble: nil,
            by: Cast.registrar.actor
        )
        #expect(view.receipt.outcome == .opened && view.way == .sftpPickup)
        #expect(try await world.desk.receiptOrders().map(\.receipt) == [view.receipt])
        // The older statement cannot be signed over the newer one.
        try await world.desk.noteSigned(order, Self.signed)
        #expect(try await world.desk.receiptOrders().count == 1)
        #expect(try await world.state(of: request) == .delivered)
        // The same again is the same receipt.
        world.clock.advance(bySeconds: 60)
        let again = try await world.desk.reportReceipt(
            for: bundle.id,
            in: request.number,
            trouble: nil,
            by: Cast.registrar.actor
        )
        #expect(again == view)
    }

    @Test func `what did not open is on the story and in the state contact's queue`() async throws {
        let (world, request, bundle) = try await sent(pickup: true)
        try await fetch(world)
        _ = try await world.desk.reportReceipt(
            for: bundle.id,
            in: request.number,
            trouble: .cannotOpen,
            by: Cast.registrar.actor
        )
        let kinds = try await world.story(of: request).events.map(\.kind)
        #expect(kinds.contains(.receiptBad(bundle: bundle.id, trouble: .cannotOpen)))
        let row = try await queue(world).first
        #expect(row?.number == request.number && row?.why == .noReceipt)
        #expect(try await world.state(of: request) == .sent)
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.reportReceipt(
                for: bundle.id,
                in: request.number,
                trouble: nil,
                by: Cast.registrar.actor
            )
        }
    }

    @Test func `nobody says of a bundle that was never given that it opened`() async throws {
        let (world, request, bundle) = try await sent(pickup: true)
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.reportReceipt(
                for: bundle.id,
                in: request.number,
                trouble: nil,
                by: Cast.registrar.actor
            )
        }
        for stranger in [Cast.clerk, Cast.outsider, Cast.texas] {
            await #expect(throws: CaseworkFailure.notFound) {
                try await world.desk.reportReceipt(
                    for: bundle.id,
                    in: request.number,
                    trouble: nil,
                    by: stranger.actor
                )
            }
        }
        #expect(try await world.everything() == before)
    }

    @Test func `a receipt that never comes is the state contact's work until it does`()
        async throws
    {
        let (world, request, bundle) = try await sent()
        #expect(try await queue(world).isEmpty)
        try await world.walk(to: "2026-09-30")
        let kinds = try await world.story(of: request).events.map(\.kind)
        #expect(kinds.count { $0 == .toldToCollect } == 3)
        #expect(kinds.count { $0 == .receiptMissing(bundle: bundle.id) } == 1)
        let row = try await queue(world).first
        #expect(row?.number == request.number && row?.why == .noReceipt)
        // Nothing is signed about what did not happen.
        #expect(try await world.desk.receiptOrders().isEmpty)
        try await world.take(.archive, of: request, bundle)
        #expect(try await queue(world).isEmpty)
        #expect(try await world.desk.receiptOrders().count == 1)
    }

    private func queue(_ world: World) async throws -> [QueueRow] {
        try await world.desk.unconfirmed(in: .texas, by: Cast.texas.actor)
    }
}
