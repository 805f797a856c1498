import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

@Suite("Values under random texts") struct ValueFuzzTests {
    private static let pieces = [
        "0", "1", "2", "9", "12", "31", "2010", "1999", "/", "-", ".", ",", " ", "%", "T", "Z",
        "yes", "No", "TX", "female", "Grade ", "Other", "x", "é", "\u{301}", "٣", "½", "\u{A0}",
        "\u{200B}", "\u{202E}", "\n", "\t", "\u{0}", "+", "e", "(", ")",
    ]

    private static func text(_ generator: inout SeededGenerator) -> String {
        (0..<Int.random(in: 0...6, using: &generator)).map { _ in
            pieces.randomElement(using: &generator) ?? ""
        }
        .joined()
    }

    @Test(arguments: Element.allCases)
    func `what is read is of its kind, within its list, and reads the same again`(
        element: Element
    ) throws {
        var generator = SeededGenerator(seed: UInt64(element.rawValue))
        for _ in 0..<400 {
            let text = Self.text(&generator)
            guard let value = try? ElementValue.read(text, for: element) else { continue }
            #expect(try ElementValue.read(value.token, for: element) == value, "\(text)")
            #expect(value.token.utf8.count <= ElementValue.longestText)
            #expect(!value.token.hasControl)
            switch (element.definition.kind, value) {
            case (.date, .date), (.month, .month), (.flag, .flag): break
            case (.year, .year(let year)): #expect((1900...2200).contains(year))
            case (.code, .code(let code)): #expect(element.definition.codes.contains(code))
            case (.amount, .amount(let amount)):
                #expect(amount >= .zero && amount <= .largest)
            case (.percentage, .amount(let amount)): #expect((0...15_000).contains(amount.count))
            case (.text, .text), (.identifier, .text), (.countryCode, .text), (.phone, .text):
                #expect(value == .text(text.trimmed))
            case (.stateCode, .text(let state)):
                #expect(element == .birthState || StateCode(state) != nil)
            case (.zip, .text(let zip)): #expect([5, 9, 10].contains(zip.utf8.count))
            default: Issue.record("\(element): \(value)")
            }
        }
    }

    @Test func `a day is read where the calendar has it, and nowhere else`() throws {
        for year in [1900, 2000, 2023, 2024] {
            for month in 0...13 {
                for day in 0...32 {
                    let expected = CivilDate(year: year, month: month, day: day)
                    let american = "\(month)/\(day)/\(year)"
                    let read = try? ElementValue.read(american, for: .birthDate)
                    #expect(read == expected.map { .date($0) }, "\(american)")
                }
            }
        }
    }

    @Test(arguments: 0..<50)
    func `amounts add up in any order and never lose a hundredth`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let counts = (0..<40).map { _ in Int.random(in: 0...20_000, using: &generator) }
        let amounts = try counts.map {
            try #require(Hundredths("\($0 / 100).\($0 % 100 / 10)\($0 % 10)"))
        }
        #expect(amounts.sum.count == counts.reduce(0, +))
        #expect(amounts.shuffled(using: &generator).sum == amounts.sum)
        let needed = Hundredths(Int.random(in: 0...800_000, using: &generator))
        let left = amounts.sum.left(of: needed)
        #expect(left >= .zero)
        #expect(left == .zero || (left + amounts.sum) == needed)
    }

    @Test func `a name is folded the same however it is typed, and never to another's`() {
        #expect("ALGEBRA  II".folded == "algebra ii".folded)
        #expect("Algebra-II!".folded == "algebra ii".folded)
        #expect("Algebra I".folded != "Algebra II".folded)
        #expect("Matemáticas".folded != "Matematicas 2".folded)
        #expect("  \u{2003}Algebra I\u{A0}".trimmed == "Algebra I")
        #expect(" \t\n".trimmed.isEmpty)
    }

    @Test(arguments: 0..<40)
    func `whatever is shown is short, harmless and a beginning of the text`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let text = (0..<30).map { _ in Self.text(&generator) }.joined()
        for limit in [0, 1, 10, 80] {
            let shown = text.shown(atMost: limit)
            #expect(!shown.hasControl)
            // A control character is shown as one of three bytes; an ellipsis has three.
            #expect(shown.utf8.count <= limit * 3 + 3)
            let same = zip(shown.unicodeScalars, text.unicodeScalars).dropLast().allSatisfy {
                $0 == $1 || $0 == "\u{FFFD}"
            }
            #expect(same)
        }
    }

    @Test func `a subject is known by two or five digits of the list only`() {
        for first in 0...99 {
            let code = (first < 10 ? "0" : "") + "\(first)"
            // Foreign languages had a number of their own in the list's first editions.
            let area = code == "06" ? SubjectArea.worldLanguages : SubjectArea(rawValue: code)
            #expect(SubjectArea(code: code) == area)
            #expect(SubjectArea(code: code + "052") == area)
            for wrong in [code + "0", code + "05", code + "0x2", " " + code, code + "٣52"] {
                #expect(SubjectArea(code: wrong) == nil, "\(wrong)")
            }
        }
    }
}
