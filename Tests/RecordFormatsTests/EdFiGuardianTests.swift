import RecordFormats
import SeededNumbers
import StudentRecords
import Testing

@Suite("Parents in Ed-Fi transcripts") struct EdFiGuardianTests {
    struct Row: CustomStringConvertible {
        let given: [String]
        /// First names of parent 1 (the father), parent 2 (the mother) and the guardian.
        let found: [String?]
        var leftOut = 0

        var description: String { given.joined(separator: " and ") }
    }

    private static func reading(_ relations: [String]) throws -> RecordReading {
        let people = relations.enumerated().map { number, relation in
            """
            {"relationToStudent": "uri://ed-fi.org/RelationDescriptor#\(relation)",
             "firstName": "\(relation)\(number)", "lastSurname": "Núñez"}
            """
        }
        let text = """
            [{"studentUniqueId": "1", "guardians": [\(people.joined(separator: ","))]}]
            """
        return try #require(
            RecordFile.read(
                Array(text.utf8),
                from: try FormatSamples.source(),
                codes: FormatSamples.codes
            )
        )
    }

    private static func names(_ reading: RecordReading) -> [String?] {
        let elements: [Element] = [.parent1FirstName, .parent2FirstName, .guardianFirstName]
        return elements.map { element in
            reading.record.entries(of: element.group).first?.text(element)
        }
    }

    @Test(arguments: [
        Row(given: ["Father", "Mother"], found: ["Father0", "Mother1", nil]),
        Row(given: ["Mother", "Father"], found: ["Father1", "Mother0", nil]),
        Row(given: ["Mother"], found: [nil, "Mother0", nil]),
        Row(given: ["Mother", "Mother"], found: ["Mother1", "Mother0", nil]),
        Row(given: ["Father", "Father"], found: ["Father0", "Father1", nil]),
        Row(given: ["Mother", "Mother", "Father"], found: ["Father2", "Mother0", "Mother1"]),
        Row(given: ["Grandmother"], found: [nil, nil, "Grandmother0"]),
        Row(given: ["Aunt", "Mother", "Father"], found: ["Father2", "Mother1", "Aunt0"]),
        Row(given: ["Aunt", "Uncle"], found: [nil, nil, "Aunt0"], leftOut: 1),
        Row(
            given: ["Father", "Mother", "Mother", "Father"],
            found: ["Father0", "Mother1", "Mother2"],
            leftOut: 1
        ),
    ])
    func `each has the place of the report, and whoever has none is told`(row: Row) throws {
        let reading = try Self.reading(row.given)
        #expect(Self.names(reading) == row.found)
        #expect(reading.problems.count == row.leftOut)
        #expect(reading.problems.allSatisfy { $0.allowed == .form(.parentOrGuardian) })
    }

    @Test(arguments: 0..<40)
    func `nobody is lost: every person is in the record or among the problems`(
        seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        let kinds = ["Father", "Mother", "Grandfather", "Foster parent", ""]
        let given = (0..<Int.random(in: 0...7, using: &generator)).compactMap { _ in
            kinds.randomElement(using: &generator)
        }
        let reading = try Self.reading(given)
        let names = Self.names(reading).compactMap { $0 }
        #expect(names.count + reading.problems.count == given.count)
        #expect(Set(names).count == names.count)
    }
}
