import Foundation

/// The worded enumerations as they stand in the sources: Swift cannot list cases that carry
/// values, and a forgotten text would only show when somebody meets that case.
struct WordedSource {
    struct Case {
        let key: String
        let labels: Set<String>
    }

    let cases: [Case]

    static func all() throws -> [Self] {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let folder = URL(fileURLWithPath: "/\(root)/Sources/Rendering").resolvingSymlinksInPath()
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var found: [Self] = []
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            found += enumerations(in: try String(contentsOf: file, encoding: .utf8))
        }
        return found
    }

    private static func enumerations(in source: String) -> [Self] {
        let body = /(?ms)^(?:package |indirect )*enum \w+: [^{]*\bWorded\b[^{]*\{\n(.*?)^\}/
        return source.matches(of: body)
            .compactMap { match in
                guard let words = match.1.firstMatch(of: /static let words = "(\w+)"/)
                else { return nil }
                let line = /(?m)^    case ([a-zA-Z, ]+|\w+\(.*\))(?: = "[^"]*")?$/
                return Self(
                    cases: match.1.matches(of: line)
                        .flatMap { cases(in: String($0.1), of: String(words.1)) }
                )
            }
    }

    private static func cases(in line: String, of words: String) -> [Case] {
        guard let open = line.firstIndex(of: "(") else {
            return line.split(separator: ",").map {
                let name = $0.trimmingCharacters(in: .whitespaces)
                return Case(key: "\(words).\(name)", labels: [])
            }
        }
        let labels = line[open...].matches(of: /(\w+):\s/).map { String($0.1) }
        return [Case(key: "\(words).\(line[..<open])", labels: Set(labels))]
    }
}
