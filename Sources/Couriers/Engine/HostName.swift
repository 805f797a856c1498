/// What may stand where a host stands in an address of another server.
enum HostName {
    /// A name of letters, digits, hyphens and dots, or an IPv4 or IPv6 address.
    static func isHost(_ text: String) -> Bool { isName(text) || isIPv6(text) }

    /// A name or an IPv4 address.
    static func isName(_ text: String) -> Bool {
        let labels = text.utf8.split(
            separator: UInt8(ascii: "."),
            omittingEmptySubsequences: false
        )
        return text.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.count) && label.first != UInt8(ascii: "-")
                    && label.last != UInt8(ascii: "-") && label.allSatisfy(isLetterDigitOrHyphen)
            }
    }

    /// The loopback, by name or address.
    static func isThisMachine(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers[0] == "127"
            && numbers.allSatisfy { number in
                (1...3).contains(number.utf8.count)
                    && number.utf8.allSatisfy { (48...57).contains($0) }
                    && (Int(number).map { $0 <= 255 } ?? false)
            }
    }

    static func forURL(_ host: String) -> String { isIPv6(host) ? "[\(host)]" : host }

    private static func isIPv6(_ text: String) -> Bool {
        text.utf8.contains(UInt8(ascii: ":")) && text.utf8.count <= 45
            && text.utf8.allSatisfy { byte in
                (48...58).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte)
                    || byte == UInt8(ascii: ".")
            }
    }

    private static func isLetterDigitOrHyphen(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            || byte == UInt8(ascii: "-")
    }
}
