import Foundation
import Testing

@Suite("The document of the lifecycle") struct LifecycleDocumentTests {
    private static let file = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("docs/lifecycle.md")

    @Test func `docs/lifecycle.md says what the tables say`() throws {
        let document = try LifecycleDocument().text
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
            try document.write(to: Self.file, atomically: true, encoding: .utf8)
            Issue.record("docs/lifecycle.md was written; look at it and run the tests again")
        }

        let written = try String(contentsOf: Self.file, encoding: .utf8)
        let isCurrent = written == document
        #expect(isCurrent, "run the tests once with RECORD_SNAPSHOTS=1")
    }
}
