import ReferenceData
import Testing

@Suite("Unpacking") struct GunzipTests {
    /// "Weslaco East High School" and a line end, four times, as gzip writes them.
    private static let packed: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0xFF, 0x0B, 0x4F, 0x2D, 0xCE, 0x49,
        0x4C, 0xCE, 0x57, 0x70, 0x4D, 0x2C, 0x2E, 0x51, 0xF0, 0xC8, 0x4C, 0xCF, 0x50, 0x08, 0x4E,
        0xCE, 0xC8, 0xCF, 0xCF, 0xE1, 0x0A, 0xA7, 0x9E, 0x04, 0x00, 0xBD, 0x40, 0xF0, 0x2C, 0x64,
        0x00, 0x00, 0x00,
    ]
    private static let text = Array(
        String(repeating: "Weslaco East High School\n", count: 4).utf8
    )

    @Test func `gives back what was packed`() throws {
        #expect(try Gunzip.unpack(Self.packed, limit: 1_000) == Self.text)
    }

    @Test func `takes a content of exactly the limit and refuses one byte more`() throws {
        #expect(try Gunzip.unpack(Self.packed, limit: Self.text.count) == Self.text)
        #expect(throws: Gunzip.Problem.larger(thanBytes: Self.text.count - 1)) {
            try Gunzip.unpack(Self.packed, limit: Self.text.count - 1)
        }
    }

    @Test func `refuses a file that lost its end, wherever it was cut`() {
        for length in 0..<Self.packed.count {
            #expect(throws: Gunzip.Problem.cutShort) {
                try Gunzip.unpack(Array(Self.packed.prefix(length)), limit: 1_000)
            }
        }
    }

    @Test func `refuses what follows the end`() {
        #expect(throws: Gunzip.Problem.bytesAfterEnd) {
            try Gunzip.unpack(Self.packed + [0], limit: 1_000)
        }
        #expect(throws: Gunzip.Problem.bytesAfterEnd) {
            try Gunzip.unpack(Self.packed + Self.packed, limit: 1_000)
        }
    }

    @Test(arguments: [[0x50, 0x4B, 3, 4], [0, 0, 0, 0], [0x78, 0x9C, 0, 0]] as [[UInt8]])
    func `refuses what is not gzip`(bytes: [UInt8]) {
        #expect(throws: Gunzip.Problem.damaged) { try Gunzip.unpack(bytes, limit: 1_000) }
    }

    @Test func `no changed bit of the content goes unseen`() {
        // The ten bytes of the header hold nothing that the checksum covers.
        for index in 10..<Self.packed.count {
            for bit in 0..<8 {
                var changed = Self.packed
                changed[index] ^= 1 << bit
                let result = try? Gunzip.unpack(changed, limit: 1_000)
                // Padding bits after the last block may be anything.
                #expect(result == nil || result == Self.text, "byte \(index), bit \(bit)")
            }
        }
    }
}
