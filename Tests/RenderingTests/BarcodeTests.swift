import Rendering
import Testing

@Suite("Barcodes") struct BarcodeTests {
    /// Narrow and wide elements, bar and gap in turn, as the standard's table prints them.
    private static let table: [Character: String] = [
        "R": "100000110", "Q": "000000111", "-": "010000101", "7": "000100101",
        "4": "000110001", "K": "100000011", "9": "001100100", "2": "001100001",
        "P": "001010010", "M": "101000010", "X": "010010001", "C": "101001000",
        "*": "010010100", "0": "000110100", "A": "100001001", "Z": "011010000",
    ]

    private func elements(of barcode: Barcode) -> [Int] {
        var widths: [Int] = []
        var end: Int?
        for bar in barcode.bars {
            if let end { widths.append(bar.x - end) }
            widths.append(bar.width)
            end = bar.x + bar.width
        }
        return widths
    }

    @Test(arguments: ["RQ-7Q4K9-2PMXC", "0", "AZ", "-"])
    func `each character has the bars that the standard gives it`(text: String) throws {
        let barcode = try #require(Barcode(text))
        var expected: [Int] = []
        for character in "*\(text)*" {
            let pattern = try #require(Self.table[character], "\(character)")
            if !expected.isEmpty { expected.append(1) }
            expected += pattern.map { $0 == "1" ? 3 : 1 }
        }
        #expect(elements(of: barcode) == expected)
    }

    @Test func `a quiet zone of ten narrow bars stands on both sides`() throws {
        let barcode = try #require(Barcode("A1"))
        #expect(barcode.bars.first?.x == 10)
        let last = try #require(barcode.bars.last)
        #expect(barcode.width == last.x + last.width + 10)
    }

    @Test func `every character has five bars, and three of its nine elements are wide`() throws {
        for character in "1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ-. " {
            let barcode = try #require(Barcode(String(character)))
            let own = elements(of: barcode)[10..<19]
            #expect(own.count == 9)
            #expect(own.count { $0 == 3 } == 3, "\(character)")
            #expect(barcode.bars.count == 15)
        }
    }

    @Test func `no two characters look alike`() {
        let all = "1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ-. ".compactMap { Barcode(String($0)) }
        #expect(all.count == 39)
        #expect(Set(all).count == 39)
    }

    @Test(arguments: ["a", "é", "*", "A\n", "/", "١"])
    func `what has no bars is refused`(text: String) {
        #expect(Barcode(text) == nil)
    }
}
