import Foundation
import StudentRecords
import Testing

@Suite("The document of the elements") struct ElementsDocumentTests {
    private static let file = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("docs/elements.md")

    @Test func `docs/elements.md says what the tables say`() throws {
        let document = Self.document
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
            try document.write(to: Self.file, atomically: true, encoding: .utf8)
            Issue.record("docs/elements.md was written; look at it and run the tests again")
        }
        let written = try String(contentsOf: Self.file, encoding: .utf8)
        let isCurrent = written == document
        #expect(isCurrent, "run the tests once with RECORD_SNAPSHOTS=1")
    }

    private static var document: String {
        let sections = ElementCategory.allCases.map { category in
            let rows = ElementDefinition.all.filter { $0.element.category == category }.map(row)
            return
                (["## \(titles[category] ?? "")", ""]
                + ["| # | Element | Uses | Phase | Group | Kind | Definition |"]
                + ["| --- | --- | --- | --- | --- | --- | --- |"] + rows)
                .joined(separator: "\n")
        }
        let lists = ElementDefinition.all.filter { !$0.codes.isEmpty }.map { definition in
            let rows = definition.codes.map { code in
                "| \(code.code ?? "-") | \(code.label) | \(code.definition) |"
            }
            return
                (["### \(definition.element.rawValue) \(definition.name)", ""]
                + ["| Code | Label | Definition |", "| --- | --- | --- |"] + rows)
                .joined(separator: "\n")
        }
        return ([opening] + sections + ["## Code lists"] + lists).joined(separator: "\n\n") + "\n"
    }

    private static func row(_ definition: ElementDefinition) -> String {
        let uses = definition.uses.map(\.rawValue).joined(separator: " ")
        let kind =
            definition.repeats ? "\(definition.kind.rawValue), repeats" : definition.kind.rawValue
        return
            "| \(definition.element.rawValue) | \(definition.name) | \(uses.isEmpty ? "-" : uses) "
            + "| \(definition.phase) | \(definition.group.rawValue) | \(kind) "
            + "| \(definition.definition) |"
    }

    private static let titles: [ElementCategory: String] = [
        .student: "Student", .school: "School or project",
        .graduationPlan: "Graduation plan (secondary students only)",
        .courseHistory: "Course history (secondary students only)", .assessment: "Assessment",
    ]

    private static let opening = """
        # The minimum data elements

        Written by a test from the tables in `Sources/StudentRecords/Elements`; after a change of a
        table run `RECORD_SNAPSHOTS=1 swift test --filter ElementsDocument` and commit the result.

        Numbers, names, uses, definitions and code lists are those of the report to Congress
        "Maintenance and Transfer of Health and Educational Information for Migrant Students by the
        States", Appendix B (US Government work). Uses: E to enroll, P to place, G to graduate; a page
        for P shows E too, and a page for G shows all. Group, phase and kind are readings of the text:
        elements of one group make one entry, such as one course, and every entry says which school
        says it and as of which day. Of an element a school can say a value, that none is on file, or
        that it is withheld; where it says nothing, the value is unknown.
        """
}
