import Foundation
import HostileInput
import RecordFormats
import SeededNumbers
import StudentRecords
import Testing

@Suite("Hostile JSON") struct HostileJSONTests {
    private static func record(_ inside: String) -> String {
        "{\"mochilaRecord\": 1, \"entries\": [{\"group\": \"course\", \"values\": {\(inside)}}]}"
    }

    private static func reading(_ text: String) throws -> RecordReading? {
        RecordFile.read(Array(text.utf8), from: try FormatSamples.source(), codes: .none)
    }

    // The value stands on the fourth level.
    @Test(arguments: [(60, true), (61, false), (200_000, false)])
    func `JSON is read down to 64 levels and no further`(levels: Int, isRead: Bool) throws {
        let nested =
            String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        let text = Self.record("\"62\": \"Algebra I\", \"64\": \(nested)")
        let reading = try Self.reading(text)
        #expect((reading != nil) == isRead)
        #expect(reading.map { $0.record.entries.count == 1 && $0.problems.count == 1 } != false)
    }

    @Test func `brackets inside texts are no levels`() throws {
        let title = String(repeating: "[{", count: 100) + "\\\"[\\\\"
        let reading = try #require(try Self.reading(Self.record("\"62\": \"\(title)\"")))
        #expect(reading.problems.isEmpty)
        #expect(
            reading.record.entries.first?.text(.courseTitle)
                == String(repeating: "[{", count: 100) + "\"[\\"
        )
    }

    @Test(
        arguments: [
            ("1", "1.00"), ("0.1", "0.10"), ("0.10", "0.10"), ("61.25", "61.25"), ("1e2", "100.00"),
            ("5e-1", "0.50"), ("\"1.50\"", "1.50"), ("0.29", "0.29"), ("1.005", nil), ("-1", nil),
            ("1e-3", nil), ("1e300", nil), ("true", nil), ("\"1e2\"", nil), ("[1]", nil),
            ("{\"a\":1}", nil), ("99999999999999999999", nil),
        ] as [(String, String?)]
    )
    func `a number is taken exactly as written or listed`(written: String, amount: String?) throws {
        let reading = try #require(try Self.reading(Self.record("\"68\": \(written)")))
        #expect(reading.record.entries.first?.amount(.clockHours)?.description == amount)
        #expect(reading.problems.map(\.element) == (amount == nil ? [.clockHours] : []))
    }

    @Test func `null says nothing, and is not none on file`() throws {
        let reading = try #require(
            try Self.reading(Self.record("\"62\": \"Algebra I\", \"68\": null"))
        )
        #expect(reading.record.entries.first?.answers.keys.contains(.clockHours) == false)
    }

    @Test(
        arguments: [
            "{\"mochilaRecord\": 1, \"entries\": [", "{\"mochilaRecord\": 1}}",
            "{\"mochilaRecord\": NaN}", "{mochilaRecord: 1}",
            "{\"mochilaRecord\": \"\\ud800\"", "[\"mochilaRecord\"]", "{\"MOCHILARECORD\": 1}",
        ]
    )
    func `what is not JSON, or not ours, is no record`(text: String) throws {
        #expect(try Self.reading(text) == nil)
    }

    @Test(arguments: ["2", "\"1.5\"", "null", "[]"])
    func `another version is said and its entries are still read`(version: String) throws {
        let text = Self.record("\"62\": \"Algebra I\"")
            .replacing("\"mochilaRecord\": 1", with: "\"mochilaRecord\": \(version)")
        let reading = try #require(try Self.reading(text))
        #expect(reading.problems.map(\.place) == ["mochilaRecord"])
        #expect(reading.record.entries.count == 1)
    }

    @Test func `a word about a value never overwrites the value`() throws {
        let text = """
            {"mochilaRecord": 1, "entries": [{"group": "course",
              "values": {"62": "Algebra I"}, "withheld": [62, 68], "noneOnFile": [68, 69]}]}
            """
        let entry = try #require(try Self.reading(text)?.record.entries.first)
        #expect(entry.text(.courseTitle) == "Algebra I")
        #expect(entry.answers[.finalGrade] == .noneOnFile)
        #expect(entry.answers[.clockHours] == .noneOnFile)
    }

    @Test(arguments: ["ours", "ed-fi"], 0..<24)
    func `a document with anything in any place is read without inventing a value`(
        kind: String,
        seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        let original =
            kind == "ours"
            ? try RecordJSON.write(FormatSamples.hostileRecord(&generator))
            : try FormatSamples.fixture("ed-fi-transcript-composite.json")
        let tree = try JSONSerialization.jsonObject(with: Data(original))
        let texts = Set(Self.texts(in: tree) + Self.anything.compactMap { $0 as? String })
        for _ in 0..<2 {
            let mutant = Self.mutant(of: tree, &generator)
            let bytes = [UInt8](
                try JSONSerialization.data(withJSONObject: mutant, options: .fragmentsAllowed)
            )
            guard
                let reading = RecordFile.read(
                    bytes,
                    from: try FormatSamples.source(),
                    codes: FormatSamples.codes
                )
            else { continue }
            for entry in reading.record.entries {
                for (element, answer) in entry.answers {
                    #expect(entry.group.elements.contains(element))
                    guard let value = answer.value else { continue }
                    #expect(try ElementValue.read(value.token, for: element) == value)
                    if case .text(let text) = value, element.definition.kind == .text {
                        #expect(Self.stands(text, in: texts), "\(text)")
                    }
                }
            }
            for problem in reading.problems { #expect(!problem.found.hasControl) }
        }
    }

    /// A text is in the document as it is, or in pieces: a result with its method in brackets.
    private static func stands(_ text: String, in texts: Set<String>) -> Bool {
        if texts.contains(where: { $0.contains(text) }) { return true }
        return text.split(separator: " ").allSatisfy { piece in
            let bare = piece.drop { $0 == "(" }
            let word = bare.last == ")" ? String(bare.dropLast()) : String(bare)
            return Double(word) != nil || ["yes", "no"].contains(word)
                || texts.contains { $0.contains(word) }
        }
    }

    // A guard against hanging, not a measurement: each course once read all of it.
    @Test(.timeLimit(.minutes(3)))
    func `a text that stands once for thousands of courses is read up to a bound`() throws {
        let long = String(repeating: "Fall ", count: 1_600_000)
        let courses = Array(repeating: #"{"courseTitle":"Art"}"#, count: 9_000)
        let text = """
            {"studentAcademicRecords":[{"term":"\(long)",
            "courseTranscript":[\(courses.joined(separator: ","))]}]}
            """
        let reading = try FormatSamples.read(text)
        #expect(reading.record.entries.count == 9_000)
    }

    private static var anything: [Any] {
        [
            NSNull(), true, -1, 1.5, "", "x", "\u{202E}evil", "=1+1", [], [[]], ["x"], [:],
            ["studentUniqueId": 7], String(repeating: "y", count: 500), 1e300,
        ]
    }

    /// A copy in which some values are something else, gone or twice.
    private static func mutant(of value: Any, _ generator: inout SeededGenerator) -> Any {
        if Int.random(in: 0..<60, using: &generator) == 0 {
            return anything.randomElement(using: &generator) ?? NSNull()
        }
        if let object = value as? [String: Any] {
            var copy: [String: Any] = [:]
            for (key, item) in object.sorted(by: { $0.key < $1.key })
            where Int.random(in: 0..<60, using: &generator) > 0 {
                copy[key] = mutant(of: item, &generator)
            }
            return copy
        }
        if let list = value as? [Any] {
            var copy = list.map { mutant(of: $0, &generator) }
            if let item = copy.first, Int.random(in: 0..<20, using: &generator) == 0 {
                copy.append(item)
            }
            return copy
        }
        return value
    }

    private static func texts(in value: Any) -> [String] {
        if let object = value as? [String: Any] { return object.values.flatMap(texts(in:)) }
        if let list = value as? [Any] { return list.flatMap(texts(in:)) }
        return (value as? String).map { [$0] } ?? []
    }
}
