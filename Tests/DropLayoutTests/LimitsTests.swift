import DropLayout
import SFTPProtocol
import SeededNumbers
import Testing

@Suite("Limits") struct LimitsTests {
    @Test func `limits are read as they were written`() {
        let limits = DropLimits(
            sessions: 1,
            fileBytes: 2,
            filesUnderWay: 3,
            bytesUnderWay: 4,
            filesPerDay: 5,
            bytesPerDay: 6
        )
        #expect(DropLimits(text: limits.text) == limits)
        #expect(limits.text.split(separator: "\n").count == 6)
    }

    @Test func `a partner reads its limits in both languages`() {
        var limits = DropLimits.standard
        limits.filesPerDay = 77
        limits.bytesPerDay = 3 << 30
        let text = DropReadme.text(feeds: [], limits: limits)
        let day = "in a day (UTC) / en un día (UTC)           77 files / archivos, 3 GiB"
        #expect(text.contains(day))
        #expect(text.contains("one file / un archivo                      1008 MiB"))
        #expect(text.split(separator: "\n").allSatisfy { $0.unicodeScalars.count <= 102 })
    }

    @Test(arguments: [(0, "0 bytes"), (1_023, "1023 bytes"), (1_024, "1 KiB"), (1 << 41, "2 TiB")])
    func `a size is said in the largest unit there is one of`(bytes: Int, text: String) {
        #expect(ByteCount.text(Int64(bytes)) == text)
    }

    @Test(arguments: ["", "sessions", "sessions x", "sessions -1", "sessions 1 2", "\n\n", "x 1"])
    func `a damaged line takes no limit away`(text: String) {
        #expect(DropLimits(text: text) == .standard)
    }
}

@Suite("The beginning of a sealed bundle") struct SealedBeginningTests {
    private static let type: [UInt8] = [
        0x06, 0x0B, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01, 0x17,
    ]

    @Test(
        arguments: [
            [0x30, 0x80], [0x30, 0x81, 0xFF], [0x30, 0x82, 1, 0], [0x30, 0x83, 1, 0, 0],
            [0x30, 0x84, 1, 0, 0, 0],
        ] as [[UInt8]]
    )
    func `a seal is known by every form of its length, and not too soon`(start: [UInt8]) {
        let whole = start + Self.type
        for count in 0..<whole.count {
            #expect(SealedBeginning(of: whole.prefix(count)) == .open)
        }
        #expect(SealedBeginning(of: whole) == .right)
        #expect(SealedBeginning(of: whole + [UInt8](repeating: 9, count: 100)) == .right)
        #expect(whole.count <= SealedBeginning.enough)
    }

    @Test func `one other byte is something else`() {
        let whole = [0x30, 0x80] + Self.type
        for place in whole.indices where place != 1 {
            var changed = whole
            changed[place] ^= 0x10
            #expect(SealedBeginning(of: changed) == .wrong)
            #expect(SealedBeginning(of: changed.prefix(place + 1)) == .wrong)
        }
    }

    @Test(arguments: [
        "%PDF-1.7 and more of it", "PK\u{3}\u{4}", "{\"student\": ", "-----BEGIN CMS",
    ])
    func `a record that nobody sealed is something else`(text: String) {
        #expect(SealedBeginning(of: Array(text.utf8)) == .wrong)
    }

    @Test func `it is decided after at most enough bytes`() {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<10_000 {
            var bytes = (0..<SealedBeginning.enough).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            bytes[0] = 0x30
            #expect(SealedBeginning(of: bytes) != .open)
        }
    }
}

@Suite("The log of what was fetched") struct FetchLogTests {
    @Test func `lines are read as they were written, and damaged ones count for nothing`() throws {
        let names = try ["a.cms", "ñ \"b\".cms"].map { try DropName($0.utf8) }
        let lines = [
            FetchLog.line(names[0], 5), "x y\n\nYQ 1 2\n!! 4\n", FetchLog.line(names[1], 0),
            FetchLog.line(names[0], 7), String(FetchLog.line(names[1], 99).dropLast(2)),
        ]
        let text = lines.joined()
        var log = FetchLog(text: text)
        #expect(log.sizes == [names[0]: [5, 7], names[1]: [0, 9]])
        log.merge(FetchLog(text: FetchLog.line(names[0], 8)))
        #expect(log.isWhole(names[0], of: 8) && log.isWhole(names[0], of: 5))
        #expect(!log.isWhole(names[0], of: 6))
    }

    @Test func `a day's file is told from a note`() {
        #expect(FetchLog.day(ofFile: FetchLog.file(ofDay: 20_000)) == 20_000)
        for name in ["20000", "x.log", "-1.log", ".log", "20000.log.log"] {
            #expect(FetchLog.day(ofFile: name) == nil)
        }
        #expect(StoredEntry(entry: FetchLog.file(ofDay: 20_000)) == nil)
    }
}

@Suite("What was fetched") struct FetchProgressTests {
    @Test func `every order of pieces makes the whole`() {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<200 {
            let pieces = stride(from: 0, to: 100, by: 5).map { UInt64($0)..<UInt64($0 + 5) }
            var progress = FetchProgress()
            for (index, piece) in pieces.shuffled(using: &random).enumerated() {
                #expect(!progress.isWhole(of: 100))
                progress.add(piece)
                if index == 10 { progress = FetchProgress(text: progress.text) }
            }
            #expect(progress.isWhole(of: 100))
        }
    }

    @Test func `pieces that overlap or repeat count once`() {
        var random = SeededGenerator(seed: 6)
        for _ in 0..<300 {
            var progress = FetchProgress()
            var bytes: Set<UInt64> = []
            for _ in 0..<20 {
                let from = UInt64.random(in: 0..<60, using: &random)
                let to = from + UInt64.random(in: 0..<9, using: &random)
                progress.add(from..<to)
                bytes.formUnion(from..<to)
            }
            #expect(Set(progress.ranges.joined()) == bytes)
            #expect(progress.ranges.map(\.count).reduce(0, +) == bytes.count)
        }
    }

    @Test func `a reader that jumps about takes no more room than others`() {
        var progress = FetchProgress()
        for place in stride(from: UInt64(0), to: 10_000, by: 2) {
            progress.add(place..<(place + 1))
        }
        #expect(progress.ranges.count == 64)
        #expect(!progress.isWhole(of: 10_000))
    }

    @Test(arguments: ["", "x", "5-3", "1-2-3", "-", "18446744073709551616-1"])
    func `a damaged note counts as nothing fetched`(text: String) {
        #expect(FetchProgress(text: text).ranges.isEmpty)
        #expect(FetchProgress(text: text).isWhole(of: 0))
        #expect(!FetchProgress(text: text).isWhole(of: 1))
    }
}
