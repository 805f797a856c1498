/// What a C file declares at its top level, read closely enough for the rules here.
struct CHeader {
    /// The names between the brackets or quotes of `#include`.
    let includes: [String]
    /// Every function and callback type declared or defined, in order.
    let functions: [String]
    /// Functions with a body.
    let definedFunctions: [(name: String, isStatic: Bool)]

    init(_ source: String) {
        let lines = Self.withoutComments(source)
            .replacing("\\\n", with: " ")
            .split(separator: "\n", omittingEmptySubsequences: false)
        includes = lines.compactMap { line in
            let words = line.split { " \t<>\"#".contains($0) }
            return line.contains("#") && words.first == "include" && words.count > 1
                ? String(words[1]) : nil
        }
        let code = lines.filter { line in line.first { $0 != " " && $0 != "\t" } != "#" }
            .joined(separator: "\n")
        let statements = Self.topLevel(code)
        functions = statements.compactMap { Self.functionName(in: $0.head) }
        definedFunctions =
            statements
            .filter(\.hasBody)
            .compactMap { statement in
                guard let name = Self.functionName(in: statement.head) else { return nil }
                let words = statement.head.split { !Self.isNameCharacter($0) }
                return (name, words.contains("static"))
            }
    }

    /// Declarations and definitions outside all braces, without what is inside braces.
    private static func topLevel(_ code: String) -> [(head: String, hasBody: Bool)] {
        var statements: [(head: String, hasBody: Bool)] = []
        var head = ""
        var depth = 0
        var parentheses = 0
        for character in code {
            switch character {
            case "(" where depth == 0: parentheses += 1
            case ")" where depth == 0: parentheses -= 1
            default: break
            }
            if character == "{" {
                depth += 1
            } else if character == "}" {
                depth -= 1
                // A body ends a function; the braces of a type are followed by its name.
                if depth == 0, functionName(in: head) != nil {
                    statements.append((head, true))
                    head = ""
                }
            } else if depth == 0, parentheses == 0, character == ";" {
                statements.append((head, false))
                head = ""
            } else if depth == 0 {
                head.append(character)
            }
        }
        return statements
    }

    /// The name before the first parenthesis, looking into `(*name)`; attributes do not count.
    private static func functionName(in head: String) -> String? {
        var rest = head[...]
        while let parenthesis = rest.firstIndex(of: "(") {
            let before = rest[..<parenthesis].split { !isNameCharacter($0) }.last.map(String.init)
            let after = rest[rest.index(after: parenthesis)...]
            if before == "__attribute__" {
                rest = afterMatching(after)
                continue
            }
            if rest[..<parenthesis].contains("=") { return nil }
            if after.first(where: { $0 != " " }) == "*", let close = after.firstIndex(of: ")"),
                after[after.index(after: close)...].first(where: { $0 != " " }) == "("
            {
                return String(after[..<close].filter(isNameCharacter))
            }
            return before
        }
        return nil
    }

    private static func afterMatching(_ text: Substring) -> Substring {
        var depth = 1
        for index in text.indices {
            if text[index] == "(" { depth += 1 }
            if text[index] == ")" { depth -= 1 }
            if depth == 0 { return text[text.index(after: index)...] }
        }
        return ""
    }

    private static func isNameCharacter(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }

    private static func withoutComments(_ source: String) -> String {
        var result = ""
        var rest = source[...]
        while let start = rest.firstRange(of: "/*") {
            result += rest[..<start.lowerBound] + " "
            let after = rest[start.upperBound...]
            rest = after.firstRange(of: "*/").map { after[$0.upperBound...] } ?? ""
        }
        return (result + rest)
            .split(separator: "\n", omittingEmptySubsequences: false)
            .map { line in line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line }
            .joined(separator: "\n")
    }
}
