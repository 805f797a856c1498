import StudentRecords
import Testing
import Vocabulary

@Suite("What schools write for codes") struct LenientReadingTests {
    @Test(arguments: [
        ("A", "02"), ("a", "02"), (" B ", "03"), ("Section A", "02"), ("section b", "03"),
        ("02", "02"), ("3", "03"), ("Full year", "01"),
    ])
    func `a section is read by its letter, its name or its number`(
        text: String,
        code: String
    ) throws {
        #expect(try ElementValue.read(text, for: .courseSection).token == code)
    }

    @Test(arguments: ["C", "AB", "4", "Section", "", "-", "\u{0410}"])
    func `what is no section of the list is refused`(text: String) {
        #expect(throws: ElementValue.Unreadable.self) {
            try ElementValue.read(text, for: .courseSection)
        }
    }

    /// One letter stands for a code only where a single label ends in it.
    @Test(arguments: Element.allCases.filter { !$0.definition.codes.isEmpty })
    func `no letter is taken for a code that does not end in it`(element: Element) {
        for letter in "abcdefghijklmnopqrstuvwxyz" {
            guard case .code(let code) = try? ElementValue.read("\(letter)", for: element) else {
                continue
            }
            let label = code.label.folded
            #expect(label == "\(letter)" || label.hasSuffix(" \(letter)"), "\(letter)")
            let others = element.definition.codes.filter {
                $0.label.folded.hasSuffix(" \(letter)")
            }
            #expect(others.count <= 1)
        }
    }

    /// Whatever can be read is written as something that reads as the same.
    @Test(arguments: Element.allCases.filter { !$0.definition.codes.isEmpty })
    func `every code comes back by its number, its label and what we write`(
        element: Element
    ) throws {
        for code in element.definition.codes {
            for text in [code.token, code.label, code.label.uppercased(), " \(code.token) "] {
                #expect(try ElementValue.read(text, for: element) == .code(code), "\(text)")
            }
        }
    }

    @Test func `languages are found under the number of the first editions too`() {
        #expect(SubjectArea(code: "06") == .worldLanguages)
        #expect(SubjectArea(code: "06105") == .worldLanguages)
        #expect(SubjectArea(code: "24105") == .worldLanguages)
        for code in ["6", "061", "0610", "06 105", "00", "26", "99105", "O6105"] {
            #expect(SubjectArea(code: code) == nil, "\(code)")
        }
    }

    @Test(arguments: SubjectArea.allCases)
    func `an area is found by its number, a course's number and its name`(area: SubjectArea) {
        #expect(SubjectArea(code: area.rawValue) == area)
        #expect(SubjectArea(code: area.rawValue + "001") == area)
        #expect(SubjectArea(code: area.rawValue + "001G0.5011") == area)
        #expect(SubjectArea(named: area.name) == area)
        #expect(SubjectArea(named: " " + area.name.uppercased() + " ") == area)
    }

    @Test func `a course that nobody named is said, once, where it stands`() throws {
        let source = try Samples.source("A")
        var withheld = RecordEntry(.course, from: source)
        withheld.answers = [.courseTitle: .withheld, .creditsGranted: .noneOnFile]
        let record = try StudentRecord([
            Samples.course("Algebra I", from: source, credits: "1"),
            Samples.entry(.course, from: source, [.creditsGranted: "0.50"]),
            withheld,
        ])
        let problems = record.problems(today: try #require(Samples.today))
        #expect(problems.map(\.element) == [.courseTitle])
        #expect(problems.map(\.place) == ["course 2"])
        #expect(problems.map(\.allowed) == [.form(.courseTitle)])
    }
}
