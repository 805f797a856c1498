import FoundationEssentials
import RecordExchange
import StudentRecords
import Testing
import Vocabulary

/// What a receipt says of each file, and so of each part.
@Suite("Opened or not") struct FileOpeningTests {
    private static let delivery = Delivery(
        id: Delivery.ID(rawValue: 1),
        bundle: RecordBundle.ID(rawValue: 1),
        request: Fixture.request,
        recipient: .gateway,
        way: .web,
        at: Fixture.instant
    )

    private static let parts: [RecordBundle.Part] = [
        .init(part: .transcript, status: .sent), .init(part: .attachment, status: .unsaid),
        .init(part: .immunization, status: .noneOnFile),
        .init(part: .assessment, status: .toFollow(by: nil)),
        .init(part: .discipline, status: .withheld(reason: .feesOwed)),
    ]

    private static func bundle(_ files: Int) throws -> RecordBundle {
        let made = try Fixture.bundle()
        return RecordBundle(
            id: made.id,
            request: made.request,
            inquiry: made.inquiry,
            sequence: 1,
            holder: made.holder,
            certification: made.certification,
            parts: parts,
            files: (0..<files).map {
                .init(id: "f\($0)", name: "n\($0)", mediaType: "", byteCount: 1, sha256: "\($0)")
            },
            note: "",
            answeredAt: made.answeredAt
        )
    }

    private static func receipt(
        _ outcome: Receipt.Outcome,
        _ hows: [FileOpening.How]?
    ) -> Receipt {
        Receipt(
            outcome,
            for: delivery,
            files: hows?.enumerated().map {
                FileOpening(file: "f\($0.offset)", how: $0.element, at: Fixture.instant)
            },
            at: Fixture.instant
        )
    }

    /// Every way in which up to three files may go.
    private static let ways: [[FileOpening.How]] = (1...3).flatMap { count in
        (0..<count).reduce([[]]) { ways, _ in
            ways.flatMap { way in FileOpening.How.allCases.map { way + [$0] } }
        }
    }

    @Test func `a part is open when every file is, and never on the word of some`() throws {
        for hows in Self.ways {
            let bundle = try Self.bundle(hows.count)
            let parts = Self.receipt(.partly, hows).parts(of: bundle)
            #expect(parts.map(\.part) == Self.parts.map(\.part))
            let expected: PartOpening.Word =
                if hows.allSatisfy({ $0.isOpen == true }) {
                    .opened
                } else if hows.contains(where: { $0.isOpen == true }) {
                    .partly
                } else if hows.allSatisfy({ $0 == .sealed }) {
                    .unknown
                } else {
                    .unopened
                }
            for part in parts.prefix(2) {
                #expect(part.word == expected, "\(hows)")
                #expect(Set(part.ways) == Set(hows.filter { $0.isOpen == true }))
            }
            for part in parts.dropFirst(2) {
                #expect(part.word == .nothingSent && part.ways.isEmpty)
            }
        }
    }

    @Test func `a file that a receipt leaves out was not taken`() throws {
        let bundle = try Self.bundle(3)
        let openings = Self.receipt(.partly, [.shown]).openings(of: bundle)
        #expect(openings.map(\.how) == [.shown, .untaken, .untaken])
        #expect(openings.map(\.file) == bundle.files.map(\.id))
    }

    @Test(
        arguments: [
            (#"{"opened":{}}"#, PartOpening.Word.opened), (#"{"handedOver":{}}"#, .unknown),
            (#"{"missing":{}}"#, .unopened), (#"{"refused":{"_0":"cannot-open"}}"#, .unopened),
        ]
    )
    func `a receipt from before each file was told of reads, and says what it can`(
        outcome: String,
        word: PartOpening.Word
    ) throws {
        let now = Self.receipt(.opened, nil)
        var text = String(decoding: try JSONEncoder().encode(now), as: UTF8.self)
        #expect(!text.contains("files"))
        text = text.replacing(#"{"opened":{}}"#, with: outcome)
        let receipt = try JSONDecoder().decode(Receipt.self, from: Data(text.utf8))
        #expect(receipt.files == nil)
        let bundle = try Self.bundle(2)
        #expect(receipt.openings(of: bundle).isEmpty)
        #expect(receipt.parts(of: bundle).map(\.word).prefix(2) == [word, word])
        #expect(receipt.parts(of: bundle).allSatisfy { $0.ways.isEmpty })
    }

    @Test func `it survives being stored, under names that never change`() throws {
        #expect(
            FileOpening.How.allCases.map(\.rawValue) == [
                "shown", "downloaded", "unpacked", "reported", "sealed", "failed", "untaken",
            ]
        )
        for outcome in [
            Receipt.Outcome.missing, .handedOver, .partly, .stalled, .opened,
            .refused(.digestsDiffer),
        ] {
            let receipt = Self.receipt(outcome, FileOpening.How.allCases)
            let stored = try JSONEncoder().encode(receipt)
            #expect(try JSONDecoder().decode(Receipt.self, from: stored) == receipt)
        }
        let partly = try JSONEncoder().encode(Receipt.Outcome.partly)
        let stalled = try JSONEncoder().encode(Receipt.Outcome.stalled)
        #expect(String(decoding: partly, as: UTF8.self) == #"{"partly":{}}"#)
        #expect(String(decoding: stalled, as: UTF8.self) == #"{"stalled":{}}"#)
    }

    @Test func `only what nobody finished is work, and only what happened is signed`() {
        let outcomes: [(Receipt.Outcome, isTrouble: Bool, isDue: Bool)] = [
            (.missing, true, false), (.stalled, true, true), (.partly, false, true),
            (.handedOver, false, true), (.opened, false, true), (.refused(.cannotOpen), true, true),
        ]
        for (outcome, isTrouble, isDue) in outcomes {
            let receipt = Self.receipt(outcome, [.shown])
            #expect(receipt.isTrouble == isTrouble)
            #expect(receipt.isDue == isDue)
        }
    }
}
