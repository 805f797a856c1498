/// The header of one part of a form.
package struct PartHead: Hashable, Sendable {
    /// What is wrong with a part's header.
    package enum Malformed: Error, Equatable, Sendable {
        case badLine
        case noDisposition
        case twoDispositions
        case notFormData
        case noName
        case badParameter
        case encoded
    }

    /// The field's name.
    package let name: String
    /// The file's name as the browser sent it, not to be trusted; `nil` for a field without file.
    package let fileName: String?

    package init(name: String, fileName: String? = nil) {
        self.name = name
        self.fileName = fileName
    }

    /// Reads header lines, without the empty line that ends them.
    package init(parsing bytes: [UInt8]) throws(Malformed) {
        var disposition: ArraySlice<UInt8>?
        for line in try Self.lines(of: bytes) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
                line[..<colon].allSatisfy({ (0x21...0x7E).contains($0) })
            else { throw .badLine }
            let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            let value = line[(colon + 1)...].drop { $0 == 0x20 || $0 == 0x09 }
            switch name {
            case "content-disposition":
                guard disposition == nil else { throw .twoDispositions }
                disposition = value
            case "content-transfer-encoding":
                // RFC 7578, 4.7: deprecated; anything but plain bytes would need decoding.
                let encoding = String(decoding: value, as: UTF8.self).lowercased()
                guard ["binary", "8bit", "7bit"].contains(encoding) else { throw .encoded }
            default: break
            }
        }
        guard let disposition else { throw .noDisposition }
        let (kind, parameters) = try Self.parameters(of: disposition)
        guard kind == "form-data" else { throw .notFormData }
        guard let name = parameters["name"] else { throw .noName }
        guard let name = String(validating: name, as: UTF8.self), !name.utf8.contains(0) else {
            throw .noName
        }
        self.name = Self.unescaped(name)
        fileName = parameters["filename"].map {
            Self.unescaped(String(decoding: $0, as: UTF8.self))
        }
    }

    private static func lines(of bytes: [UInt8]) throws(Malformed) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        for position in bytes.indices where bytes[position] == 0x0A {
            guard position > start, bytes[position - 1] == 0x0D else { throw .badLine }
            lines.append(bytes[start..<(position - 1)])
            start = position + 1
        }
        lines.append(bytes[start...])
        guard lines.allSatisfy({ !$0.isEmpty && !$0.contains(0x0D) && !$0.contains(0) }) else {
            throw .badLine
        }
        return lines
    }

    /// `form-data; name="…"; filename="…"`: the kind, and each parameter's bytes.
    private static func parameters(
        of value: ArraySlice<UInt8>
    ) throws(Malformed) -> (String, [String: [UInt8]]) {
        var rest = value
        let kind = rest.prefix { $0 != UInt8(ascii: ";") }
        rest = rest.dropFirst(kind.count)
        var parameters: [String: [UInt8]] = [:]
        while rest.first == UInt8(ascii: ";") {
            rest = rest.dropFirst().drop { $0 == 0x20 || $0 == 0x09 }
            if rest.isEmpty { break }
            let name = rest.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ";") }
            rest = rest.dropFirst(name.count)
            guard !name.isEmpty, rest.first == UInt8(ascii: "=") else { throw .badParameter }
            let text = try value8(from: &rest)
            let key = trimmed(name).lowercased()
            guard parameters[key] == nil else { throw .badParameter }
            parameters[key] = text
            rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
        }
        guard rest.isEmpty else { throw .badParameter }
        return (trimmed(kind).lowercased(), parameters)
    }

    /// Reads `="quoted"` or `=token` off the front.
    private static func value8(from rest: inout ArraySlice<UInt8>) throws(Malformed) -> [UInt8] {
        rest = rest.dropFirst()
        guard rest.first == UInt8(ascii: "\"") else {
            let token = rest.prefix { $0 != UInt8(ascii: ";") }
            rest = rest.dropFirst(token.count)
            return Array(trimmed(token).utf8)
        }
        rest = rest.dropFirst()
        var text: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\"") { return text }
            // curl writes \" and \\; browsers write %22 and leave backslashes alone.
            if byte == UInt8(ascii: "\\"), let next = rest.first, next == 0x22 || next == 0x5C {
                text.append(next)
                rest = rest.dropFirst()
            } else {
                text.append(byte)
            }
        }
        throw .badParameter
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        let front = bytes.drop { $0 == 0x20 || $0 == 0x09 }
        let text = front.reversed().drop { $0 == 0x20 || $0 == 0x09 }.reversed()
        return String(decoding: Array(text), as: UTF8.self)
    }

    // The three escapes of the HTML standard ("escape a multipart form data name"), no others.
    private static func unescaped(_ text: String) -> String {
        var result: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                result.append(byte)
                continue
            }
            switch String(decoding: rest.prefix(2), as: UTF8.self).uppercased() {
            case "22": result.append(0x22)
            case "0D": result.append(0x0D)
            case "0A": result.append(0x0A)
            default:
                result.append(byte)
                continue
            }
            rest = rest.dropFirst(2)
        }
        return String(decoding: result, as: UTF8.self)
    }
}

/// The boundary that a `Content-Type` names.
package struct MultipartBoundary: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// `nil` where the header is not `multipart/form-data` with a boundary as RFC 2046 has it.
    package init?(contentType: String) {
        let bytes = Array(contentType.utf8)
        let fields = bytes.split(separator: UInt8(ascii: ";"))
        guard let kind = fields.first, Self.trimmed(kind).lowercased() == "multipart/form-data"
        else { return nil }
        let values = fields.dropFirst().compactMap { field -> String? in
            let text = Self.trimmed(field)
            guard text.lowercased().utf8.starts(with: "boundary=".utf8) else { return nil }
            return String(text.dropFirst("boundary=".count))
        }
        guard values.count == 1, var boundary = values.first else { return nil }
        if boundary.utf8.count >= 2, boundary.utf8.first == 0x22, boundary.utf8.last == 0x22 {
            boundary = String(boundary.dropFirst().dropLast())
        }
        let allowed = Set("'()+_,-./:=?".utf8)
        guard (1...70).contains(boundary.utf8.count),
            boundary.utf8.allSatisfy({ byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: allowed.contains(byte)
                }
            })
        else { return nil }
        description = boundary
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        let front = bytes.drop { $0 == 0x20 || $0 == 0x09 }
        let text = front.reversed().drop { $0 == 0x20 || $0 == 0x09 }.reversed()
        return String(decoding: Array(text), as: UTF8.self)
    }
}
