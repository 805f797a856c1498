import FoundationEssentials

/// A JSON text of any shape, with numbers exactly as written.
enum JSONValue: Decodable, Equatable {
    case null
    case flag(Bool)
    case number(Decimal)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    /// Levels of lists and objects; beyond, nothing of ours or of a student system's is read.
    static let deepest = 64

    /// Reads UTF-8; `nil` for anything that is not JSON or is nested too deep.
    init?(_ bytes: [UInt8]) {
        guard Self.depth(of: bytes) <= Self.deepest,
            let value = try? JSONDecoder().decode(Self.self, from: Data(bytes))
        else { return nil }
        self = value
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // What there is most of comes first: every attempt at another kind throws.
        if container.decodeNil() {
            self = .null
        } else if let text = try? container.decode(String.self) {
            self = .text(text.bounded)
        } else if let fields = try? container.decode([String: JSONValue].self) {
            self = .object(fields)
        } else if let list = try? container.decode([JSONValue].self) {
            self = .list(list)
        } else if let number = try? container.decode(Decimal.self) {
            self = .number(number)
        } else if let number = try? container.decode(Double.self) {
            // Beyond a decimal: no value of a record, and no reason to lose the others.
            self = .text("\(number)")
        } else {
            self = .flag(try container.decode(Bool.self))
        }
    }

    subscript(_ key: String) -> JSONValue? {
        if case .object(let fields) = self { fields[key] } else { nil }
    }

    var list: [JSONValue] {
        if case .list(let list) = self { list } else { [] }
    }

    /// Text, a number or a truth value as a school would type it; `nil` for the rest.
    var text: String? {
        switch self {
        case .text(let text): text
        case .number(let number): number.description
        case .flag(let flag): flag ? "yes" : "no"
        case .null, .list, .object: nil
        }
    }

    private static func depth(of bytes: [UInt8]) -> Int {
        var (depth, most, isText, isEscaped) = (0, 0, false, false)
        for byte in bytes {
            if isText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isText = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isText = true
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                most = max(most, depth)
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            default: break
            }
        }
        return most
    }
}

extension String {
    /// The longest text that is read of a file, in bytes: no element of a record holds as much, and
    /// what stands once for thousands of entries is read for each of them.
    static let longestRead = 8_192

    /// Its beginning, where it is longer than anything that is read.
    fileprivate var bounded: String {
        guard utf8.count > Self.longestRead else { return self }
        return String(decoding: utf8.prefix(Self.longestRead), as: UTF8.self)
    }
}
