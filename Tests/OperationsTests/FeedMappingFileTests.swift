import Casework
import Foundation
import Operations
import Testing

@Suite("Mappings as files")
struct FeedMappingFileTests {
    @Test(arguments: ["plain", "example-texas", "example-california", "example-district"])
    func `every mapping that is shipped can be used`(name: String) throws {
        let mapping = try FeedMappingFile.read(yaml: try Self.text(name))

        #expect(mapping.problems.isEmpty, "\(mapping.problems)")
        #expect(!mapping.title.isEmpty)
    }

    @Test
    func `a mapping says what its file says`() throws {
        let texas = try FeedMappingFile.read(yaml: try Self.text("example-texas"))
        #expect(texas.trailer == .init(marker: "TRAILER", countColumn: 2))
        #expect(texas.school.by == .stateNumber)
        #expect(texas.school.digits == 9)
        #expect(texas.codes["grades"]?["EE"] == "PK")
        #expect(texas.codes["grades"]?["09"] == "09")
        #expect(texas.withdrawAtMostPercent == 5)
        let district = try FeedMappingFile.read(yaml: try Self.text("example-district"))
        #expect(district.separator == .semicolon)
        #expect(district.columns[.birthCountry] == .init(constant: "US"))
    }

    @Test(arguments: [
        ("", "no keys"), ("- a", "no keys"), ("title: [", "no YAML"),
        ("titel: x", "There is no key titel"), ("title: x", "key is missing"),
        (
            "title: x\nkey: [a]\nschool: {by: ncesID, column: {column: s}}\n"
                + "columns: {givn: {column: a}}", "nothing is read as givn"
        ),
        ("title: x\nkey: a\nschool: {by: ncesID, column: {column: s}}\ncolumns: {}", "key"),
        ("title: &a x\nkey: [*a]", "Line 1: a value that begins with &"),
        ("title: x\nkey:\n  - *a", "Line 3: a value that begins with &"),
        ("? !!str &a x\n: *a", "Line 1: a value that begins with &"),
        (
            "title: x\nkey: [a]\nrefuseAtMostPercent: 1:0:0:0:0:0:0:0:0:0:0",
            "1:0:0:0:0:0:0:0:0:0:0 is no number"
        ),
        (
            "title: x\nkey: [a]\nrefuseAtMostPercent: 9223372036854775807:59",
            "9223372036854775807:59 is no number"
        ),
        ("title: x\nkey: [a]\nschool: {by: zip, column: {column: s}}\ncolumns: {}", "school.by"),
    ])
    func `what is wrong with a file is named`(yaml: String, words: String) {
        let error = #expect(throws: FeedMappingFile.Unusable.self) {
            try FeedMappingFile.read(yaml: yaml)
        }
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }

    private static func text(_ name: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try String(
            contentsOf: root.appending(path: "Templates/feeds/\(name).yaml"),
            encoding: .utf8
        )
    }
}
