import Yams

/// A configuration as it was typed: its values by key, with the lines they stand on.
struct ConfigurationText {
    struct Value: Hashable {
        let text: String
        let line: Int
    }

    private(set) var values: [ConfigurationKey: Value] = [:]
    private(set) var problems: [Configuration.Problem] = []

    /// Keeps every value it knows and names every one it does not.
    init(parsing yaml: String) {
        do {
            guard let root = try Yams.compose(yaml: yaml) else { return }
            guard let mapping = root.mapping else {
                if root.scalar?.string.isEmpty == false || root.sequence != nil {
                    note(
                        root.mark?.line,
                        "this is no list of keys; see the file mochila init writes"
                    )
                }
                return
            }
            for (key, value) in mapping { take(key, value, in: "") }
        } catch let error as YamlError {
            problems.append(Self.problem(of: error))
        } catch {
            problems.append(.init(line: nil, text: "this is not YAML"))
        }
    }

    private mutating func take(_ keyNode: Node, _ node: Node, in section: String) {
        let line = keyNode.mark?.line
        guard let name = keyNode.scalar?.string else {
            note(line, "a key must be a word")
            return
        }
        let path = section.isEmpty ? name : "\(section).\(name)"
        if let key = ConfigurationKey(rawValue: path) {
            guard let scalar = node.scalar else {
                note(line, "\(path) takes one value, not a list")
                return
            }
            // Nothing after the colon means that nothing is set.
            guard !scalar.string.isEmpty else { return }
            values[key] = Value(text: scalar.string, line: node.mark?.line ?? line ?? 0)
        } else if section.isEmpty, ConfigurationKey.sections.contains(name) {
            if let mapping = node.mapping {
                for (key, value) in mapping { take(key, value, in: name) }
            } else if node.scalar?.string.isEmpty != true {
                note(line, "\(name) takes keys of its own, indented under it")
            }
        } else {
            note(line, "there is no key \(Self.quoted(path)); did you mean \(nearest(to: path))?")
        }
    }

    private mutating func note(_ line: Int?, _ text: String) {
        problems.append(.init(line: line, text: text))
    }

    private func nearest(to path: String) -> String {
        KeyDistance.nearest(to: path, among: ConfigurationKey.allCases.map(\.rawValue))
    }

    /// Printable and short, whatever was typed.
    static func quoted(_ text: String) -> String {
        let scalars = text.unicodeScalars.prefix(60).map { scalar -> Character in
            scalar.value < 32 || scalar.value == 127 ? "?" : Character(scalar)
        }
        return "“\(String(scalars))”"
    }

    private static func problem(of error: YamlError) -> Configuration.Problem {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            .init(line: mark.line, text: "this is not YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            .init(
                line: context.mark.line,
                text: "a key stands here twice: "
                    + duplicates.map(quoted).sorted()
                    .joined(separator: ", ")
            )
        default:
            .init(line: nil, text: "this is not YAML, or not in UTF-8")
        }
    }
}

extension ConfigurationKey {
    static let sections = Set(allCases.map(\.section)).subtracting([""])
}
