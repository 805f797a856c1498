package import Casework
import Yams

/// A mapping of a source system as a YAML file.
package enum FeedMappingFile {
    /// What is wrong with the file, for whoever wrote it.
    package struct Unusable: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    /// Reads a mapping; an unknown key is an error that names it.
    package static func read(yaml: String) throws(Unusable) -> FeedMapping {
        if let line = PlainYAML.firstIndicator(in: yaml) {
            throw Unusable(
                description:
                    "Line \(line): a value that begins with &, * or ! is not read. Write it out, "
                    + "or put the text in quotation marks after another character."
            )
        }
        let node: Node?
        do { node = try Yams.compose(yaml: yaml) } catch {
            throw Unusable(description: "It is no YAML: \(error)")
        }
        guard let mapping = node?.mapping else {
            throw Unusable(description: "It holds no keys; the first is title.")
        }
        if let number = Self.firstTooLarge(in: .mapping(mapping)) {
            throw Unusable(description: "\(number) is no number that can be read.")
        }
        let known = Set(FeedMapping.keys)
        let unknown = mapping.keys.compactMap(\.string).filter { !known.contains($0) }
        guard unknown.isEmpty else {
            throw Unusable(
                description:
                    "There is no key \(unknown.sorted().joined(separator: ", ")); there are "
                    + FeedMapping.keys.joined(separator: ", ") + "."
            )
        }
        let fields = Set(FeedMapping.Field.allCases.map(\.rawValue))
        let columns = mapping["columns"]?.mapping?.keys.compactMap(\.string) ?? []
        let strange = columns.filter { !fields.contains($0) }
        guard strange.isEmpty else {
            throw Unusable(
                description:
                    "columns: nothing is read as \(strange.sorted().joined(separator: ", "))"
                    + "; there are \(FeedMapping.Field.allCases.map(\.rawValue).joined(separator: ", "))."
            )
        }
        do {
            return try YAMLDecoder().decode(FeedMapping.self, from: yaml)
        } catch {
            throw Unusable(description: words(for: error))
        }
    }

    /// The first value that the reader of numbers has no room for.
    private static func firstTooLarge(in node: Node) -> String? {
        switch node {
        case .scalar(let scalar):
            PlainYAML.isTooLargeInBaseSixty(scalar.string) ? scalar.string : nil
        case .mapping(let mapping):
            mapping.lazy.compactMap { firstTooLarge(in: $0.key) ?? firstTooLarge(in: $0.value) }
                .first
        case .sequence(let items): items.lazy.compactMap { firstTooLarge(in: $0) }.first
        case .alias: nil
        }
    }

    private static func words(for error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        switch error {
        case .keyNotFound(let key, let context):
            return "\(path(context.codingPath + [key])) is missing."
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return "\(path(context.codingPath)) is not of the kind expected here."
        case .dataCorrupted(let context):
            return "\(path(context.codingPath)) cannot be read: \(context.debugDescription)"
        @unknown default: return "\(error)"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.map(\.stringValue).joined(separator: ".")
    }
}
