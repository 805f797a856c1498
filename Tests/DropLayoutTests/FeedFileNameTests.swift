import DropLayout
import SFTPProtocol
import SeededNumbers
import Testing

@Suite("What an extract is called") struct FeedFileNameTests {
    @Test(arguments: [
        ("texas-peims.snapshot.csv", "texas-peims", FeedFileName.Extent.snapshot),
        ("a.changes.2026-05-18.csv", "a", .changes), ("a.changes.csv.part", "a", .changes),
    ])
    func `a dropped file says what it is`(
        text: String,
        system: String,
        extent: FeedFileName.Extent
    ) throws {
        let name = try #require(FeedFileName(DropName(text.utf8), of: ["a", "texas-peims"]))
        #expect(name.system == system)
        #expect(name.extent == extent)
        #expect(try FeedFileName(DropName(text.utf8), of: ["b"]) == nil)
        #expect(try FeedFileName(DropName(text.utf8), of: []) == nil)
    }

    @Test(arguments: [
        "students.csv", "A.snapshot.csv", ".snapshot.csv", "a.all.csv", "a.snapshot", "a", "a.cms",
        "a.Snapshot.csv", " a.snapshot.csv", "x/a.snapshot.csv",
    ])
    func `another name is a bundle's`(text: String) {
        let name = try? DropName(text.utf8)
        #expect(name.flatMap { FeedFileName($0, of: ["a"]) } == nil)
    }

    @Test
    func `the list of systems comes back from the disk as it was`() {
        let list = FeedList(["texas-peims", "a"])
        #expect(FeedList(text: list.text) == list)
        #expect(FeedList(text: "").systems.isEmpty)
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func `no beginning can be of both kinds`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let seal: [UInt8] = [
            0x30, 0x82, 1, 2, 0x06, 0x0B, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10,
            0x01, 0x17, 0, 0,
        ]
        for _ in 0..<2_000 {
            var bytes = Array(seal.prefix(Int(random.next() % 20)))
            for _ in 0..<(random.next() % 4) {
                bytes.append(UInt8(truncatingIfNeeded: random.next()))
            }
            let bundle = DroppedKind.bundle.judge(bytes)
            let feed = DroppedKind.feed.judge(bytes)
            switch bundle {
            case .right: #expect(feed == .wrong)
            case .wrong: #expect(feed == .right)
            case .open: #expect(feed == .open)
            }
            if bytes.count >= SealedBeginning.enough { #expect(bundle != .open) }
        }
    }

    @Test
    func `the receipt has counts, reasons and no row`() throws {
        let receipt = FeedReceipt(
            verdict: .held,
            system: "texas-peims",
            at: "2026-05-18T12:00:00Z",
            bytes: 12,
            sha256: "ab",
            counts: [("read", 3), ("refused", 2)],
            reasons: ["a \"reason\""]
        )
        #expect(receipt.json.contains("\"verdict\": \"held\""))
        #expect(receipt.json.contains("\"rows\": { \"read\": 3, \"refused\": 2 }"))
        #expect(receipt.json.contains("[\"a \\\"reason\\\"\"]"))
        let name = try DropName("a.changes.csv".utf8)
        #expect(FeedReceipt.refusedName(for: name)?.text == "a.changes.csv.refused.csv")
        #expect(DropReadme.text(feeds: ["a"], limits: .standard).contains("in/a.snapshot.csv"))
        #expect(!DropReadme.text(feeds: [], limits: .standard).contains("snapshot"))
    }
}
