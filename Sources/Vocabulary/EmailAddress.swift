/// An address that mail can be sent to.
///
/// Holding one is the proof that it was parsed: printable ASCII, one local part, one domain with
/// a dot, and nothing that could end a header line or an SMTP command.
package struct EmailAddress: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// What is wrong with a text that should be an address.
    package enum Malformed: Error, Equatable, Sendable {
        case missingAtSign
        case emptyLocalPart
        case badDomain
        case forbiddenCharacter
        case tooLong
    }

    package init(parsing text: some StringProtocol) throws(Malformed) {
        let bytes = Array(text.utf8)
        guard bytes.count <= 254 else { throw .tooLong }
        // Bytes, not Characters: "\r\n" is a single Character.
        guard bytes.allSatisfy({ (0x21...0x7E).contains($0) && !Self.forbidden.contains($0) })
        else { throw .forbiddenCharacter }
        guard let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { throw .missingAtSign }
        guard at > 0 else { throw .emptyLocalPart }
        let domain = bytes[(at + 1)...]
        let labels = domain.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count >= 2, labels.allSatisfy(Self.isHostLabel), !bytes[..<at].contains(0x40)
        else { throw .badDomain }
        description = String(text)
    }

    package var domain: String {
        String(description[description.index(after: atIndex)...]).lowercased()
    }

    package var localPart: String { String(description[..<atIndex]) }

    private var atIndex: String.Index {
        description.lastIndex(of: "@") ?? description.startIndex
    }

    // Letters, digits and hyphens inside (RFC 1123): what follows the @ is looked up and connected
    // to, so nothing else may pass for a host.
    private static func isHostLabel(_ label: ArraySlice<UInt8>) -> Bool {
        (1...63).contains(label.count) && label.first != 45 && label.last != 45
            && label.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte & 0xDF) || byte == 45
            }
    }

    private static let forbidden = Set("<>()[]\\,;:\"".utf8)
}

extension EmailAddress: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        self = try Self(parsing: try container.decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
