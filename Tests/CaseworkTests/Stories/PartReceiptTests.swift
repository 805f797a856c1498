import Casework
import HostileInput
import RecordExchange
import SeededNumbers
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("Receipts tell of each part") struct PartReceiptTests {
    private static let signed = Receipt.Signed(text: "{}\n", signature: "AA==")

    /// Paloma's records stand sealed, in so many files.
    private func sent(
        _ files: Int = 3
    ) async throws -> (World, RecordRequest, RecordBundle) {
        let world = try await World()
        let request = try await world.file()
        return (world, request, try await world.sendRecords(files))
    }

    private func receipt(_ world: World, _ request: RecordRequest) async throws -> ReceiptView? {
        try await world.desk.receipts(of: request.number, by: Cast.clerk.actor).first
    }

    private func hows(_ view: ReceiptView?) -> [FileOpening.How?]? {
        view?.files.map { $0.opening?.how }
    }

    @Test func `both sides see which file was opened and how, while others are not yet`()
        async throws
    {
        let (world, request, bundle) = try await sent()
        try await world.take(.shown(bundle.files[1].id), of: request, bundle)
        var view = try #require(try await receipt(world, request))
        #expect(view.receipt.outcome == .partly)
        #expect(hows(view) == [.untaken, .shown, .untaken])
        #expect(view.parts.first { $0.part == .transcript }?.word == .partly)
        #expect(view.parts.first { $0.part == .transcript }?.ways == [.shown])
        #expect(view.files.map(\.sha256) == bundle.files.map(\.sha256))
        // It is signed like any other, is nobody's trouble, and the delivery goes on.
        let order = try #require(try await world.desk.receiptOrders().first)
        try await world.desk.noteSigned(order, Self.signed)
        #expect(try await queue(world).isEmpty)
        #expect(try await world.state(of: request) == .sent)
        // The same file again says nothing new, and is not signed anew.
        world.clock.advance(bySeconds: 60)
        try await world.take(.file(bundle.files[1].id), of: request, bundle)
        #expect(try await world.desk.receiptOrders().isEmpty)

        let before = view.files[1].opening?.at
        try await world.take(.archive, of: request, bundle)
        view = try #require(try await receipt(world, request))
        #expect(view.receipt.outcome == .opened)
        #expect(hows(view) == [.unpacked, .shown, .unpacked])
        #expect(view.files[1].opening?.at == before)
        #expect(view.files[0].opening?.at == world.clock.now())
        #expect(view.parts.first { $0.part == .transcript }?.word == .opened)
        #expect(view.parts.first { $0.part == .transcript }?.ways == [.shown, .unpacked])
        #expect(try await world.desk.receiptOrders().count == 1)
        let other = try await world.desk.receipts(of: request.number, by: Cast.registrar.actor)
        #expect(other == [view])
    }

    @Test func `of what was taken sealed nobody knows whether it opened, but of one file`()
        async throws
    {
        let (world, request, bundle) = try await sent()
        try await world.take(.file(bundle.files[0].id), of: request, bundle)
        try await world.take(.sealed, of: request, bundle)
        let view = try #require(try await receipt(world, request))
        #expect(view.receipt.outcome == .handedOver)
        #expect(hows(view) == [.downloaded, .sealed, .sealed])
    }

    @Test func `what was opened in part and never finished is the state contact's work`()
        async throws
    {
        let (world, request, bundle) = try await sent()
        try await world.take(.file(bundle.files[0].id), of: request, bundle)
        try await world.walk(to: "2026-09-30")
        let view = try #require(try await receipt(world, request))
        #expect(view.receipt.outcome == .stalled)
        #expect(hows(view) == [.downloaded, .untaken, .untaken])
        #expect(try await queue(world).map(\.number) == [request.number])
        // A second file does not end it; the last one does.
        try await world.take(.file(bundle.files[1].id), of: request, bundle)
        #expect(try await receipt(world, request)?.receipt.outcome == .stalled)
        #expect(try await queue(world).count == 1)
        try await world.take(.file(bundle.files[2].id), of: request, bundle)
        #expect(try await receipt(world, request)?.receipt.outcome == .opened)
        #expect(try await queue(world).isEmpty)
    }

    @Test func `a system says which files did not open, by digest`() async throws {
        let (world, request, bundle) = try await sent()
        try await world.take(.sealed, of: request, bundle)
        func report(_ unopened: Set<String>) async throws -> ReceiptView {
            try await world.desk.reportReceipt(
                for: bundle.id,
                in: request.number,
                trouble: .filesUnreadable,
                unopened: unopened,
                by: Cast.registrar.actor
            )
        }
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.notFound) {
            try await report([String(repeating: "0", count: 64)])
        }
        #expect(try await world.everything() == before)
        let view = try await report([bundle.files[2].sha256])
        #expect(hows(view) == [.reported, .reported, .failed])
        #expect(view.parts.first { $0.part == .transcript }?.word == .partly)
        // The same again is the same receipt, a day later too.
        world.clock.advance(bySeconds: 86_400)
        #expect(try await report([bundle.files[2].sha256]) == view)
    }

    @Test func `where a system names no file, none of them opened`() async throws {
        let (world, request, bundle) = try await sent(2)
        try await world.take(.sealed, of: request, bundle)
        let view = try await world.desk.reportReceipt(
            for: bundle.id,
            in: request.number,
            trouble: .cannotOpen,
            by: Cast.registrar.actor
        )
        #expect(hows(view) == [.failed, .failed])
        #expect(view.parts.first { $0.part == .transcript }?.word == .unopened)
    }

    /// In whatever order things are taken: what a receipt calls open is what somebody took, the
    /// bundle is received when all of it is, and no file is ever closed again.
    @Test(arguments: 0..<40)
    func `a receipt says neither more nor less than what was taken`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let (world, request, bundle) = try await sent(Int.random(in: 1...4, using: &random))
        var open: Set<String> = []
        for _ in 0..<8 {
            let file = random.choice(of: bundle.files).id
            let extent = random.choice(of: [
                Extent.file(file), .shown(file), .file(file), .archive, .copy("transcript.csv"),
            ])
            let isWhole = extent == .archive
            if Int.random(in: 0..<4, using: &random) == 0 {
                // Let out, and cut before the last byte.
                _ = try await world.desk.release(
                    extent,
                    of: bundle.id,
                    in: request.number,
                    to: Cast.registrar.actor
                )
                continue
            }
            if isWhole, Int.random(in: 0..<3, using: &random) > 0 { continue }
            let wasReceived = try await world.state(of: request) == .delivered
            try await world.take(extent, of: request, bundle)
            if case .copy = extent { continue }
            if !wasReceived { open.formUnion(isWhole ? bundle.files.map(\.id) : [file]) }
            let view = try #require(try await receipt(world, request))
            let openings = view.files.compactMap(\.opening)
            let said = Set(openings.filter { $0.how.isOpen == true }.map(\.file))
            let isReceived = try await world.state(of: request) == .delivered
            #expect(said.isSuperset(of: open))
            #expect(isReceived == (said.count == bundle.files.count))
            #expect(isReceived || said == open)
            #expect(view.receipt.outcome == (isReceived ? .opened : .partly))
            open = said
        }
    }

    private func queue(_ world: World) async throws -> [QueueRow] {
        try await world.desk.unconfirmed(in: .texas, by: Cast.texas.actor)
    }
}
