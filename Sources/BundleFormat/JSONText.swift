/// A JSON value whose text is fixed to the byte.
///
/// Keys in the order of their code points, two spaces of indentation, nothing escaped that need
/// not be, one newline at the end: what Python writes for
/// `json.dumps(value, sort_keys=True, indent=2, ensure_ascii=False) + "\n"`. Ours and not the
/// library's, because a manifest signed today must read the same under every later toolchain.
enum JSONText {
    case text(String)
    case number(Int64)
    case list([JSONText])
    case object([String: JSONText])

    /// The UTF-8 bytes.
    var bytes: [UInt8] {
        var out: [UInt8] = []
        write(to: &out, indentation: 0)
        out.append(UInt8(ascii: "\n"))
        return out
    }

    private func write(to out: inout [UInt8], indentation: Int) {
        switch self {
        case .text(let text): Self.write(text, to: &out)
        case .number(let number): out += String(number).utf8
        case .list(let values):
            Self.write(values, between: ("[", "]"), to: &out, indentation: indentation) {
                value,
                out,
                indentation in value.write(to: &out, indentation: indentation)
            }
        case .object(let members):
            let sorted = members.sorted {
                $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars)
            }
            Self.write(sorted, between: ("{", "}"), to: &out, indentation: indentation) {
                member,
                out,
                indentation in
                Self.write(member.key, to: &out)
                out += ": ".utf8
                member.value.write(to: &out, indentation: indentation)
            }
        }
    }

    private static func write<Element>(
        _ elements: [Element],
        between brackets: (String, String),
        to out: inout [UInt8],
        indentation: Int,
        each: (Element, inout [UInt8], Int) -> Void
    ) {
        out += brackets.0.utf8
        for (position, element) in elements.enumerated() {
            out += (position == 0 ? "\n" : ",\n").utf8
            out += repeatElement(UInt8(ascii: " "), count: indentation + 2)
            each(element, &out, indentation + 2)
        }
        if !elements.isEmpty {
            out.append(UInt8(ascii: "\n"))
            out += repeatElement(UInt8(ascii: " "), count: indentation)
        }
        out += brackets.1.utf8
    }

    private static func write(_ text: String, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): out += "\\\"".utf8
            case UInt8(ascii: "\\"): out += "\\\\".utf8
            case 0x08: out += "\\b".utf8
            case 0x09: out += "\\t".utf8
            case 0x0A: out += "\\n".utf8
            case 0x0C: out += "\\f".utf8
            case 0x0D: out += "\\r".utf8
            case ..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                out += "\\u00".utf8
                out += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: out.append(byte)
            }
        }
        out.append(UInt8(ascii: "\""))
    }
}
