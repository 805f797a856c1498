/// A JSON value, written on one line.
enum JSONLine {
    /// As it stands: a number, `true`; `nil` is null.
    case plain(String?)
    /// `nil` is null.
    case text(String?)
    case list([JSONLine])
    /// Members in the order given.
    case object([(String, JSONLine)])

    var text: String {
        switch self {
        case .plain(let plain): plain ?? "null"
        case .text(let text): text.map(Self.quoted) ?? "null"
        case .list(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
        case .object(let members):
            "{"
                + members.map { "\(Self.quoted($0.0)):\($0.1.text)" }.joined(separator: ",") + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
