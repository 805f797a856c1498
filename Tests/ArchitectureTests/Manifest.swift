/// The targets of `Package.swift`, read from its text.
struct Manifest {
    struct Target {
        let name: String
        let isTest: Bool
        /// Targets of this package, by name.
        let dependencies: [String]
    }

    let targets: [Target]

    init(_ source: String) {
        // Each piece runs from one target's opening to the next.
        var pieces: [(isTest: Bool, text: Substring)] = []
        for piece in source.split(separator: "arget(").dropFirst() {
            pieces.append((isTest: false, text: piece))
        }
        var kinds = source.split(separator: "arget(").dropLast().map { piece in
            piece.hasSuffix(".testT")
        }[...]
        for index in pieces.indices { pieces[index].isTest = kinds.popFirst() ?? false }
        targets = pieces.compactMap { piece in
            let quoted = Self.quoted(in: piece.text)
            guard let name = quoted.first else { return nil }
            return Target(
                name: name,
                isTest: piece.isTest,
                dependencies: Self.dependencies(in: piece.text, of: source)
            )
        }
    }

    /// What stands in the target's own list, or in one of the file's that it names.
    private static func dependencies(in text: Substring, of source: String) -> [String] {
        guard let start = text.firstRange(of: "dependencies: ")?.upperBound else { return [] }
        var list = text[start...]
        if list.first != "[" {
            let name = list.prefix { $0.isLetter }
            guard let named = source.firstRange(of: "let \(name): [Target.Dependency] = ")
            else { return [] }
            list = source[named.upperBound...]
        }
        return quoted(in: list.prefix { $0 != "]" })
    }

    /// What stands between quotation marks, in order.
    static func quoted(in text: Substring) -> [String] {
        text.split(separator: "\"", omittingEmptySubsequences: false)
            .enumerated()
            .filter { !$0.offset.isMultiple(of: 2) }
            .map { String($0.element) }
    }
}
