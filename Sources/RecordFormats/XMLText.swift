import StudentRecords

/// XML, escaped, one element a line.
struct XMLText {
    private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

    mutating func open(_ tag: String, _ attributes: String = "") {
        text += "<\(tag)\(attributes)>\n"
    }

    mutating func close(_ tag: String) {
        text += "</\(tag)>\n"
    }

    /// Nothing for `nil` and for empty text; cut where the format allows less.
    mutating func leaf(_ tag: String, _ content: String?, atMost limit: Int? = nil) {
        guard let content, !content.isEmpty else { return }
        var escaped = ""
        for scalar in Self.characters(of: content).prefix(limit ?? Int.max) {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        text += "<\(tag)>\(escaped)</\(tag)>\n"
    }

    /// What may stand in XML of a text, whatever else is a character elsewhere.
    static func characters(of text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter {
            $0 != "\u{FFFE}" && $0 != "\u{FFFF}" && !String($0).hasControl
        }
    }
}
