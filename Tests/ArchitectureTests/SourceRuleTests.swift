import Glibc
import Testing

@Suite("Source rules") struct SourceRuleTests {
    @Test func `nothing is public: the program has no outside callers`() throws {
        let found = try lines { $0.hasWord("public") || $0.holds("open class") }
        #expect(found.isEmpty)
    }

    @Test func `nothing is forced`() throws {
        let found = try lines { $0.holds("try!") || $0.holds("as!") }
        #expect(found.isEmpty)
    }

    @Test func `tests reach nothing that the code does not offer`() throws {
        let found = try (Sources.swift.get() + Sources.tests.get())
            .filter { Line(text: $0.text[...]).holds("@testable") }
            .filter { SwiftText($0.text).code.contains("@testable") }
        #expect(found.isEmpty)
    }

    @Test func `only the program prints`() throws {
        let found = try lines(outside: ["mochila"]) { line in
            ["print(", "debugPrint(", "dump("].contains { call in
                line.holds(call)
                    && line.text.ranges(of: call).contains { range in
                        range.lowerBound == line.text.startIndex
                            || !Line.continuesName(
                                line.text[line.text.index(before: range.lowerBound)]
                            )
                    }
            }
        }
        #expect(found.isEmpty)
    }

    /// Whoever runs services prints each of them for its log: without words of its own that is all
    /// it holds, keys and students among it.
    @Test func `a service says its name and not what it holds`() throws {
        let services = try lines { $0.holds(": Service {") || $0.holds(": Service,") }
        let named = try lines { $0.holds(": Service, CustomStringConvertible {") }
        #expect(services == named && named.count > 4)
    }

    @Test func `no file is too long to be read in one sitting`() throws {
        let long = try (Sources.swift.get() + Sources.c.get() + Sources.tests.get())
            .map {
                (
                    path: $0.path,
                    lines: $0.text.split(separator: "\n", omittingEmptySubsequences: false).count
                )
            }
            .filter { $0.lines > 401 }
            .map { "\($0.path): \($0.lines)" }
        #expect(long.isEmpty)
    }

    @Test func `no type is named like a module`() throws {
        let modules = Set(Layers.rows.flatMap { [$0.target] + $0.outside })
        let found = try Sources.parsed.get().flatMap { file, swift in
            swift.declaredTypes.filter(modules.contains).map { "\(file): \($0)" }
        }
        #expect(found.isEmpty)
    }

    @Test func `unchecked promises to the compiler carry their proof`() throws {
        let record = try Tree.files(under: "docs/decisions", endings: [".md"]).map(\.text).joined()
        for file in try Sources.swift.get() {
            let promises = ["@unchecked Sendable", "nonisolated(unsafe)"]
            guard promises.contains(where: Line(text: file.text[...]).holds) else { continue }
            let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
            for (index, line) in lines.enumerated()
            where promises.contains(where: Line(text: line).holds) {
                let before = lines[max(0, index - 4)...index]
                #expect(before.contains { $0.contains("//") }, "\(file):\(index + 1)")
                // Its page in the decisions names it too.
                #expect(record.contains(file.name), "\(file)")
            }
        }
    }

    @Test func `the domain reads no clock and rolls no dice`() throws {
        let pure = Set(Layers.rows.filter { $0.kind == .pure }.map(\.target))
        let found = try lines(within: pure) { line in
            ["Date", "ContinuousClock", "SystemRandomNumberGenerator", "SuspendingClock"]
                .contains { line.hasWord($0) }
                || line.holds(".random(in:") && !line.holds("using:")
                || line.holds(".randomElement()") || line.holds(".shuffled()")
        }
        #expect(found.isEmpty)
    }

    /// The lines of code for which `isFound` holds, as `path:number`.
    private func lines(
        within: Set<String>? = nil,
        outside: Set<String> = [],
        where isFound: (Line) -> Bool
    ) throws -> [String] {
        try Sources.parsed.get()
            .filter { within?.contains($0.file.target) ?? true }
            .filter { !outside.contains($0.file.target) }
            .flatMap { file, swift in
                swift.lines.enumerated()
                    .filter { isFound(Line(text: $0.element)) }
                    .map { "\(file):\($0.offset + 1)" }
            }
    }
}

/// A line of code in which something is looked for.
private struct Line {
    let text: Substring

    /// Plain search of bytes: there are a hundred thousand lines, and few hold what is looked for.
    func holds(_ part: String) -> Bool {
        text.withCString { text in part.withCString { strstr(text, $0) != nil } }
    }

    func hasWord(_ word: String) -> Bool {
        holds(word) && text.split { !Self.continuesName($0) }.contains { $0 == word }
    }

    static func continuesName(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_" || character == "."
    }
}
