import FoundationEssentials

/// JSON as it was sent, before anything is believed of it.
indirect enum JSONValue: Hashable, Sendable, Decodable {
    case null
    case boolean(Bool)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    /// Reads a body; `nil` where it is no JSON.
    init?(parsing bytes: [UInt8]) {
        guard let value = try? JSONDecoder().decode(Self.self, from: Data(bytes)) else {
            return nil
        }
        self = value
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }
}

/// Reads the members of an object and notes everything that is wrong, each with its place.
struct JSONReader {
    private let members: [String: JSONValue]
    private let pointer: String
    private var read: Set<String> = []
    private(set) var issues: [SystemProblem.Issue] = []

    /// An object that is none has no members, and one issue says so.
    init(_ value: JSONValue, at pointer: String = "") {
        self.pointer = pointer
        if case .object(let members) = value {
            self.members = members
        } else {
            members = [:]
            note(nil, "must be an object")
        }
    }

    mutating func note(_ name: String?, _ detail: String) {
        issues.append(.init(pointer: place(name), detail: detail))
    }

    /// A text of at most `limit` UTF-8 bytes; empty where it is absent.
    mutating func text(_ name: String, isRequired: Bool = false, limit: Int = 200) -> String {
        read.insert(name)
        switch members[name] {
        case .text(let text) where text.utf8.count > limit:
            note(name, "must have at most \(limit) bytes")
            return ""
        case .text(let text):
            if isRequired, !text.utf8.contains(where: { $0 > 32 }) { note(name, "is missing") }
            return text
        case nil:
            if isRequired { note(name, "is missing") }
            return ""
        default:
            note(name, "must be a string")
            return ""
        }
    }

    /// Whether something is so; false where it is absent.
    mutating func flag(_ name: String) -> Bool {
        read.insert(name)
        switch members[name] {
        case .boolean(let value): return value
        case nil: return false
        default:
            note(name, "must be true or false")
            return false
        }
    }

    /// One of the values of an enumeration; `nil` where it is absent or no such value.
    mutating func choice<Value: RawRepresentable<String> & CaseIterable>(
        _ name: String,
        of _: Value.Type = Value.self,
        isRequired: Bool = false
    ) -> Value? {
        let text = text(name, isRequired: isRequired)
        guard !text.isEmpty else { return nil }
        guard let value = Value(rawValue: text) else {
            note(name, "must be one of \(Self.list(Value.self))")
            return nil
        }
        return value
    }

    /// Values of an enumeration; empty where the list is absent.
    mutating func choices<Value: RawRepresentable<String> & CaseIterable>(
        _ name: String,
        of _: Value.Type = Value.self
    ) -> [Value] {
        read.insert(name)
        switch members[name] {
        case nil: return []
        case .list(let values) where values.count <= Value.allCases.count:
            return values.enumerated().compactMap { index, value in
                guard case .text(let text) = value, let choice = Value(rawValue: text) else {
                    note("\(name)/\(index)", "must be one of \(Self.list(Value.self))")
                    return nil
                }
                return choice
            }
        default:
            note(name, "must be a list of values, each at most once")
            return []
        }
    }

    /// Reads an object inside; what is wrong in it is noted here.
    mutating func object<Value>(
        _ name: String,
        _ body: (inout JSONReader) -> Value
    ) -> Value {
        read.insert(name)
        if members[name] == nil { note(name, "is missing") }
        var inner = JSONReader(members[name] ?? .object([:]), at: place(name))
        let value = body(&inner)
        inner.refuseUnread()
        issues += inner.issues
        return value
    }

    /// Reads the objects of a list; empty where it is absent.
    mutating func objects<Value>(
        _ name: String,
        atMost limit: Int,
        _ body: (inout JSONReader) -> Value
    ) -> [Value] {
        read.insert(name)
        switch members[name] {
        case nil: return []
        case .list(let values) where values.count <= limit:
            return values.enumerated().map { index, value in
                var inner = JSONReader(value, at: place("\(name)/\(index)"))
                let value = body(&inner)
                inner.refuseUnread()
                issues += inner.issues
                return value
            }
        default:
            note(name, "must be a list of at most \(limit) objects")
            return []
        }
    }

    func has(_ name: String) -> Bool { members[name] != nil }

    /// Members that nothing reads are typing mistakes, and a mistake that is not told is a value
    /// that was lost.
    mutating func refuseUnread() {
        for name in members.keys.sorted() where !read.contains(name) {
            note(name.utf8.count > 40 ? nil : name, "is not known here")
        }
    }

    private func place(_ name: String?) -> String {
        guard let name else { return pointer }
        // RFC 6901 escapes; the slash of a list's index is ours.
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let isIndexed = parts.count == 2 && Int(parts[1]) != nil
        let escaped =
            isIndexed
            ? name : name.replacing("~", with: "~0").replacing("/", with: "~1")
        return "\(pointer)/\(escaped)"
    }

    private static func list<Value: RawRepresentable<String> & CaseIterable>(
        _: Value.Type
    ) -> String {
        Value.allCases.map(\.rawValue).joined(separator: ", ")
    }
}
