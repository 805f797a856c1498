/// A client's packets and a client's reading of the replies, written apart from the codec that is
/// tested.
struct Packet: Hashable, CustomStringConvertible {
    var kind: UInt8
    var body: [UInt8]

    init(_ kind: UInt8, _ body: [UInt8]...) {
        self.kind = kind
        self.body = body.flatMap { $0 }
    }

    /// With its length.
    var bytes: [UInt8] { be(UInt32(body.count + 1)) + [kind] + body }
    var description: String { "\(kind): \(body)" }

    /// Every whole packet in `bytes`; `nil` where they do not end with one.
    static func all(in bytes: [UInt8]) -> [Packet]? {
        var rest = bytes[...]
        var found: [Packet] = []
        while !rest.isEmpty {
            guard rest.count >= 5 else { return nil }
            let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            guard length >= 1, rest.count >= 4 + length else { return nil }
            var packet = Packet(rest[rest.startIndex + 4])
            packet.body = Array(rest.dropFirst(5).prefix(length - 1))
            found.append(packet)
            rest = rest.dropFirst(4 + length)
        }
        return found
    }

    static let hello = Packet(1, be(3))

    static func open(_ id: UInt32, _ path: String, _ flags: UInt32) -> Packet {
        Packet(3, be(id), text(path), be(flags), be(4), be(0o100644))
    }

    static func close(_ id: UInt32, _ handle: [UInt8]) -> Packet {
        Packet(4, be(id), text(handle))
    }

    static func read(_ id: UInt32, _ handle: [UInt8], _ at: UInt64, _ count: UInt32) -> Packet {
        Packet(5, be(id), text(handle), be64(at), be(count))
    }

    static func write(_ id: UInt32, _ handle: [UInt8], _ at: UInt64, _ data: [UInt8]) -> Packet {
        Packet(6, be(id), text(handle), be64(at), text(data))
    }

    static func rename(_ id: UInt32, _ from: String, _ to: String) -> Packet {
        Packet(18, be(id), text(from), text(to))
    }

    static func onPath(_ kind: UInt8, _ id: UInt32, _ path: String) -> Packet {
        Packet(kind, be(id), text(path))
    }

    static func extended(_ id: UInt32, _ name: String, _ fields: [UInt8]...) -> Packet {
        Packet(200, be(id), text(name), fields.flatMap { $0 })
    }
}

func be(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(value >> (24 - 8 * $0) & 255) } }
func be64(_ value: UInt64) -> [UInt8] { be(UInt32(value >> 32)) + be(UInt32(value & 0xFFFF_FFFF)) }
func text(_ text: String) -> [UInt8] { Swift.Array(text.utf8).withLength }
func text(_ bytes: [UInt8]) -> [UInt8] { bytes.withLength }

extension [UInt8] {
    fileprivate var withLength: [UInt8] { be(UInt32(count)) + self }
}

/// One reply, taken apart to its last byte.
enum Reply: Hashable {
    case version(UInt32, [String: String])
    case status(UInt32, UInt32, String)
    case handle(UInt32, [UInt8])
    case data(UInt32, [UInt8])
    case names(UInt32, [Name])
    case attributes(UInt32, Attributes)
    case limits(UInt32, [UInt64])

    struct Name: Hashable {
        let name: String
        let line: String
        let attributes: Attributes
    }

    struct Attributes: Hashable {
        var size: UInt64?
        var permissions: UInt32?
        var time: UInt32?
    }

    /// `nil` where a byte is missing or left over.
    init?(_ packet: Packet) {
        var fields = Fields(packet.body)
        guard let reply = Self.read(packet.kind, &fields), fields.rest.isEmpty else { return nil }
        self = reply
    }

    private static func read(_ kind: UInt8, _ fields: inout Fields) -> Reply? {
        guard let id = fields.number() else { return nil }
        switch kind {
        case 2:
            var extensions: [String: String] = [:]
            while !fields.rest.isEmpty {
                guard let name = fields.text(), let value = fields.text() else { return nil }
                extensions[name] = value
            }
            return .version(id, extensions)
        case 101:
            guard let code = fields.number(), let message = fields.text(), fields.text() == ""
            else { return nil }
            return .status(id, code, message)
        case 102: return fields.bytes().map { .handle(id, $0) }
        case 103: return fields.bytes().map { .data(id, $0) }
        case 104:
            guard let count = fields.number() else { return nil }
            var names: [Name] = []
            for _ in 0..<count {
                guard let name = fields.text(), let line = fields.text(),
                    let attributes = fields.attributes()
                else { return nil }
                names.append(Name(name: name, line: line, attributes: attributes))
            }
            return .names(id, names)
        case 105: return fields.attributes().map { .attributes(id, $0) }
        case 201:
            var values: [UInt64] = []
            while !fields.rest.isEmpty {
                guard let value = fields.long() else { return nil }
                values.append(value)
            }
            return .limits(id, values)
        default: return nil
        }
    }

    var id: UInt32 {
        switch self {
        case .version(let id, _), .status(let id, _, _), .handle(let id, _), .data(let id, _),
            .names(let id, _), .attributes(let id, _), .limits(let id, _):
            id
        }
    }

    var values: [UInt64]? {
        if case .limits(_, let values) = self { values } else { nil }
    }

    var code: UInt32? {
        if case .status(_, let code, _) = self { code } else { nil }
    }
}

struct Fields {
    var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    mutating func number() -> UInt32? {
        guard rest.count >= 4 else { return nil }
        defer { rest = rest.dropFirst(4) }
        return rest.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    mutating func long() -> UInt64? {
        guard let high = number(), let low = number() else { return nil }
        return UInt64(high) << 32 | UInt64(low)
    }

    mutating func bytes() -> [UInt8]? {
        guard let count = number(), rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(Int(count)) }
        return Array(rest.prefix(Int(count)))
    }

    mutating func text() -> String? {
        bytes().flatMap { String(validating: $0, as: UTF8.self) }
    }

    mutating func attributes() -> Reply.Attributes? {
        var attributes = Reply.Attributes()
        guard let flags = number(), flags & ~0b1101 == 0 else { return nil }
        if flags & 1 != 0 { attributes.size = long() }
        if flags & 4 != 0 { attributes.permissions = number() }
        if flags & 8 != 0 {
            guard let accessed = number(), number() == accessed else { return nil }
            attributes.time = accessed
        }
        return attributes
    }
}
