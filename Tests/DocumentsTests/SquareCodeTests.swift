import Documents
import Testing

@Suite("Square codes") struct SquareCodeTests {
    @Test func `an address has three corners that readers look for`() throws {
        let code = try #require(SquareCode(Papers.address))
        // Sizes are 21, 25, 29 and so on.
        #expect(code.width >= 21 && code.width % 4 == 1)
        let last = code.width - 7
        for (top, left) in [(0, 0), (0, last), (last, 0)] {
            for step in 0..<7 {
                #expect(code.isDark(row: top, column: left + step))
                #expect(code.isDark(row: top + 6, column: left + step))
                #expect(code.isDark(row: top + step, column: left))
                #expect(code.isDark(row: top + step, column: left + 6))
            }
            #expect(!code.isDark(row: top + 1, column: left + 1))
            #expect(code.isDark(row: top + 3, column: left + 3))
        }
    }

    @Test func `another address is another code`() {
        #expect(SquareCode(Papers.address) != SquareCode(Papers.address + "Z"))
    }

    @Test func `nothing, and more than a code holds, is none`() {
        #expect(SquareCode("") == nil)
        #expect(SquareCode(String(repeating: "x", count: 4_000)) == nil)
        #expect(SquareCode(String(repeating: "x", count: 2_000)) != nil)
    }
}
