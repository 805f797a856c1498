import DropLayout
import SFTPProtocol
import SeededNumbers
import Testing

@Suite("Names on disk") struct StoredEntryTests {
    private static let names = [
        "a", "ab", "abc", "a.cms", "María José's \"expediente\" 100%.cms", ".part", "-rf", "$(x)",
        String(repeating: "ñ", count: 80), "日本語.cms", "a b  c",
    ]

    @Test(arguments: names)
    func `a name from outside comes back from the disk as it was`(text: String) throws {
        let name = try DropName(text.utf8)
        let stamp = Stamp(nanoseconds: 0x18EA_3284_C161_D9D2, process: 10_164)
        let entries: [StoredEntry] = [
            .part(name), .sent(name), .queued(name, stamp: stamp), .plain(name),
        ]
        for entry in entries {
            let allowed = { (byte: UInt8) in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || "-_.".utf8.contains(byte)
            }
            #expect(entry.entry.utf8.allSatisfy(allowed))
            #expect(entry.entry.utf8.count <= 255)
            #expect(StoredEntry(entry: entry.entry) == entry)
        }
        #expect(Set(entries.map(\.entry)).count == 4)
    }

    @Test(arguments: [
        "", ".", "..", ".part", "a.part", "YQ==", "YR", "Li4", "Lg", "YS9i", "AA", "/w", "YQ.txt",
        "YQ.part.part", "18ea3284c161d9d2.YQ", "18EA3284C161D9D2000027B4.YQ", ".123.new",
        "18ea3284c161d9d2000027b4.", "ñ",
    ])
    func `what is not ours is not read`(entry: String) {
        #expect(StoredEntry(entry: entry) == nil)
    }

    @Test func `stamps are in the order of time`() {
        let times: [UInt64] = [0, 1, 9, 10, 255, 256, 1 << 40, .max]
        let texts = times.map { Stamp(nanoseconds: $0, process: 1).text }
        #expect(texts == texts.sorted())
        #expect(Stamp(nanoseconds: 1, process: 1) != Stamp(nanoseconds: 1, process: 2))
    }

    @Test func `no two names share an entry`() throws {
        var random = SeededGenerator(seed: 3)
        var seen: [String: DropName] = [:]
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                UInt8.random(in: 0x20...0x7E, using: &random)
            }
            guard let name = try? DropName(bytes) else { continue }
            #expect(seen.updateValue(name, forKey: name.encoded).map { $0 == name } ?? true)
        }
        #expect(seen.count > 10_000)
    }

    @Test(arguments: [
        ("lincoln-high", true), ("tx-4849600", true), ("a", true), ("", false), ("-a", false),
        ("1a", false), ("A", false), ("a/b", false), ("a.b", false), ("a b", false), ("ñ", false),
        ("..", false), (String(repeating: "a", count: 41), false),
    ])
    func `an account's name can stand in a path and in a command`(text: String, isGood: Bool) {
        #expect((PartnerAccount(text) != nil) == isGood)
    }
}
