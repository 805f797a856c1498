/// A Swift file with its comments and string literals told apart from its code.
///
/// A search for `try!` must not find it in a sentence about `try!`.
struct SwiftText {
    /// The code, with every comment and literal replaced by blanks; lines keep their numbers.
    let code: String
    /// What the string literals hold, each interpolation written as `\()`.
    let literals: [String]

    private enum Mode {
        /// `depth` counts open parentheses; an interpolation ends where it would fall below zero.
        case code(depth: Int, isInterpolation: Bool)
        case string(hashes: Int, isMultiline: Bool, text: [UInt8])
    }

    init(_ source: String) {
        let bytes = Array(source.utf8)
        var code: [UInt8] = []
        var literals: [String] = []
        var modes: [Mode] = [.code(depth: 0, isInterpolation: false)]
        var position = 0

        func starts(_ text: String, at index: Int) -> Bool {
            // The first byte alone decides nearly always, and this runs on every byte there is.
            bytes[index] == text.utf8.first && bytes[index...].starts(with: text.utf8)
        }
        func blank(_ count: Int) {
            for byte in bytes[position..<min(position + count, bytes.count)] {
                code.append(byte == Self.newline ? byte : Self.space)
            }
            position += count
        }

        while position < bytes.count {
            switch modes[modes.count - 1] {
            case .code(let depth, let isInterpolation):
                let byte = bytes[position]
                if starts("//", at: position) {
                    blank(
                        (bytes[position...].firstIndex(of: Self.newline) ?? bytes.count) - position
                    )
                } else if starts("/*", at: position) {
                    blank(Self.lengthOfBlockComment(bytes, at: position))
                } else if let opening = Self.opening(bytes, at: position) {
                    modes.append(
                        .string(hashes: opening.hashes, isMultiline: opening.isMultiline, text: [])
                    )
                    blank(opening.hashes + (opening.isMultiline ? 3 : 1))
                } else {
                    let change = byte == UInt8(ascii: "(") ? 1 : byte == UInt8(ascii: ")") ? -1 : 0
                    if isInterpolation, depth + change < 0 {
                        modes.removeLast()
                        blank(1)
                    } else {
                        modes[modes.count - 1] =
                            .code(depth: depth + change, isInterpolation: isInterpolation)
                        code.append(byte)
                        position += 1
                    }
                }
            case .string(let hashes, let isMultiline, var text):
                let fence = String(repeating: "#", count: hashes)
                let quote = isMultiline ? "\"\"\"" : "\""
                if starts(quote + fence, at: position) {
                    modes.removeLast()
                    literals.append(String(decoding: text, as: UTF8.self))
                    blank(quote.utf8.count + hashes)
                } else if starts("\\" + fence + "(", at: position) {
                    blank(2 + hashes)
                    text += Array("\\()".utf8)
                    modes[modes.count - 1] =
                        .string(hashes: hashes, isMultiline: isMultiline, text: text)
                    modes.append(.code(depth: 0, isInterpolation: true))
                } else {
                    let length = starts("\\" + fence, at: position) ? 2 + hashes : 1
                    text += bytes[position..<min(position + length, bytes.count)]
                    modes[modes.count - 1] =
                        .string(hashes: hashes, isMultiline: isMultiline, text: text)
                    blank(length)
                }
            }
        }
        self.code = String(decoding: code, as: UTF8.self)
        self.literals = literals
    }

    /// The modules a file imports.
    var imports: [String] {
        lines.compactMap { line in
            var words = line.split { $0 == " " || $0 == "\t" }
            while let first = words.first, first.hasPrefix("@") || Self.levels.contains(first) {
                words.removeFirst()
            }
            guard words.count >= 2, words[0] == "import" else { return nil }
            let path = Self.kinds.contains(words[1]) && words.count > 2 ? words[2] : words[1]
            return path.split(separator: ".").first.map(String.init)
        }
    }

    /// The names of the types it declares.
    var declaredTypes: [String] {
        let words = words
        return zip(words, words.dropFirst())
            .filter { Self.typeKeywords.contains($0.0) }
            .map { String($0.1) }
    }

    var lines: [Substring] { code.split(separator: "\n", omittingEmptySubsequences: false) }

    /// Identifiers and keywords, in order.
    var words: [Substring] {
        code.split { character in
            !(character.isLetter || character.isNumber || character == "_")
        }
    }

    private static let newline = UInt8(ascii: "\n")
    private static let space = UInt8(ascii: " ")
    private static let levels: Set<Substring> =
        ["public", "package", "internal", "fileprivate", "private"]
    private static let kinds: Set<Substring> =
        ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
    private static let typeKeywords: Set<Substring> =
        ["struct", "class", "enum", "actor", "protocol", "typealias"]

    private static func opening(
        _ bytes: [UInt8],
        at position: Int
    )
        -> (hashes: Int, isMultiline: Bool)?
    {
        guard bytes[position] == UInt8(ascii: "#") || bytes[position] == UInt8(ascii: "\"") else {
            return nil
        }
        let hashes = bytes[position...].prefix { $0 == UInt8(ascii: "#") }.count
        guard bytes[(position + hashes)...].first == UInt8(ascii: "\"") else { return nil }
        return (hashes, bytes[(position + hashes)...].starts(with: "\"\"\"".utf8))
    }

    private static func lengthOfBlockComment(_ bytes: [UInt8], at start: Int) -> Int {
        var depth = 0
        var position = start
        while position < bytes.count {
            if bytes[position...].starts(with: "/*".utf8) {
                depth += 1
                position += 2
            } else if bytes[position...].starts(with: "*/".utf8) {
                depth -= 1
                position += 2
                if depth == 0 { break }
            } else {
                position += 1
            }
        }
        return position - start
    }
}
