import Foundation
import RecordFormats
import StudentRecords
import Testing

@Suite("The published schema") struct SchemaTests {
    private static func schema() throws -> [String: Any] {
        let file = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("docs/schemas/record-1.schema.json")
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
        return try #require(object as? [String: Any])
    }

    @Test func `it names every group with its elements and code lists, and nothing else`() throws {
        let definitions = try #require(try Self.schema()["$defs"] as? [String: Any])
        let entry = try #require(definitions["entry"] as? [String: Any])
        let variants = try #require(entry["oneOf"] as? [[String: Any]])
        #expect(variants.count == ElementGroup.allCases.count)
        for variant in variants {
            let properties = try #require(variant["properties"] as? [String: [String: Any]])
            let name = try #require(properties["group"]?["const"] as? String)
            let group = try #require(ElementGroup(rawValue: name))
            let values = try #require(
                properties["values"]?["properties"] as? [String: [String: Any]]
            )
            #expect(Set(values.keys) == Set(group.elements.map { "\($0.rawValue)" }))
            for element in group.elements {
                let value = try #require(values["\(element.rawValue)"])
                #expect(value["title"] as? String == element.name)
                guard !element.definition.codes.isEmpty else { continue }
                #expect(value["enum"] as? [String] == element.definition.codes.map(\.token))
            }
        }
    }
}
