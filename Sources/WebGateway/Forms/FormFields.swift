/// The fields of a form, in the order they were sent.
///
/// Never printed: people's names are in it.
package struct FormFields: Sendable, CustomStringConvertible {
    /// What a browser's form never is.
    package enum Malformed: Error, Equatable, Sendable {
        case tooManyFields
        case badPercentEncoding
        case notUTF8
        case hasNUL
    }

    /// The most fields one form may have.
    package static let most = 500

    private var pairs: [(name: String, value: String)] = []

    package init() {}

    /// Reads `application/x-www-form-urlencoded` and query strings.
    package init(urlEncoded bytes: some Collection<UInt8>) throws(Malformed) {
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            guard pairs.count < Self.most else { throw .tooManyFields }
            let parts = pair.split(
                separator: UInt8(ascii: "="),
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            let name = try Self.decoded(parts[0])
            let value = parts.count == 2 ? try Self.decoded(parts[1]) : ""
            pairs.append((name, value))
        }
    }

    /// The first value of a field; `nil` where the form has no such field.
    package subscript(name: String) -> String? {
        pairs.first { $0.name == name }?.value
    }

    /// Every value of a field, as check boxes send them.
    package func all(_ name: String) -> [String] {
        pairs.filter { $0.name == name }.map(\.value)
    }

    /// Whether a button or box of this name was sent.
    package func has(_ name: String) -> Bool {
        pairs.contains { $0.name == name }
    }

    /// The fields' names, in order, with repetitions.
    package var names: [String] { pairs.map(\.name) }

    package var description: String { "<\(pairs.count) fields>" }

    mutating func append(_ name: String, _ value: String) {
        pairs.append((name, value))
    }

    private static func decoded(_ text: some Collection<UInt8>) throws(Malformed) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var rest = text.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(0x20)
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(hexadecimal),
                    let low = rest.next().flatMap(hexadecimal)
                else { throw .badPercentEncoding }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return try text8(bytes)
    }

    /// Text of one field: well-formed UTF-8 without NUL, which no keyboard types.
    static func text8(_ bytes: [UInt8]) throws(Malformed) -> String {
        guard !bytes.contains(0) else { throw .hasNUL }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
        return text
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
