import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

/// Codes of the report's lists, looked up a second time by plain comparison.
@Suite("Codes against their lists") struct CodeModelTests {
    static let listed = Element.allCases.filter { !$0.definition.codes.isEmpty }

    private static func read(_ text: String, _ element: Element) -> CodeValue? {
        guard case .code(let code) = try? ElementValue.read(text, for: element) else { return nil }
        return code
    }

    @Test(arguments: listed)
    func `of all numbers up to a thousand exactly those of the list are read`(element: Element) {
        for number in 0...999 {
            let expected = element.definition.codes.first { code in
                code.code.flatMap { Int($0) } == number
            }
            for zeros in 0...2 {
                let text = String(repeating: "0", count: zeros) + "\(number)"
                #expect(Self.read(text, element) == expected, "\(text)")
            }
        }
    }

    @Test(arguments: listed)
    func `no two codes of a list are one number, and no label is a number`(element: Element) {
        let codes = element.definition.codes
        let numbers = codes.compactMap { $0.code.flatMap { Int($0) } }
        #expect(Set(numbers).count == numbers.count)
        #expect(codes.allSatisfy { Int($0.label) == nil && !$0.label.folded.isEmpty })
        #expect(Set(codes.map(\.label.folded)).count == codes.count)
    }

    @Test(arguments: listed)
    func `a label with one letter changed is another word`(element: Element) {
        var generator = SeededGenerator(seed: UInt64(element.rawValue))
        let labels = Set(element.definition.codes.map(\.label.folded))
        for code in element.definition.codes {
            var letters = Array(code.label)
            guard letters.count > 2 else { continue }
            letters[Int.random(in: 0..<letters.count, using: &generator)] = "ß"
            let changed = String(letters)
            guard !labels.contains(changed.folded) else { continue }
            #expect(Self.read(changed, element) == nil, "\(changed)")
        }
    }

    @Test(arguments: listed)
    func `signs, points and other digits make no code`(element: Element) {
        for code in element.definition.codes {
            for text in ["-\(code.token)", "\(code.token).0", "+\(code.token)"]
            where Int(code.token) != nil {
                #expect(Self.read(text, element) == nil, "\(text)")
            }
        }
        for text in ["", " ", "٠١", "０１", "0x1", "1e0", "１"] {
            #expect(Self.read(text, element) == nil, "\(text)")
        }
    }

    @Test(arguments: listed)
    func `what is written for a code is shorter than a line and never two codes`(
        element: Element
    ) {
        let tokens = element.definition.codes.map(\.token)
        #expect(Set(tokens).count == tokens.count)
        #expect(tokens.allSatisfy { (1...40).contains($0.utf8.count) && !$0.hasControl })
    }
}
