/// What of YAML is not read in a file that somebody hands in.
///
/// Names for parts of a file that stand elsewhere again can be nested until no memory holds what
/// they say, and a number in base sixty ends the reader where it has no room.
enum PlainYAML {
    /// The line of the first anchor, alias or tag; `nil` where there is none.
    ///
    /// Errs on the strict side: what looks like one inside a quoted text counts as well.
    static func firstIndicator(in text: String) -> Int? {
        var line = 1
        // What stands before, blanks left out; a line's beginning is nothing.
        var last: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if isLineEnd(scalar) {
                line += scalar == "\r" ? 0 : 1
                last = nil
            } else if scalar.properties.isWhitespace || scalar == "\u{FEFF}" {
                continue
            } else if "&*!".unicodeScalars.contains(scalar),
                last.map({ "-?:,[{".unicodeScalars.contains($0) }) ?? true
            {
                return line
            } else {
                last = scalar
            }
        }
        return nil
    }

    /// Whether a value would be read as a number in base sixty, such as `1:30:00`, that is too long
    /// to be one.
    static func isTooLargeInBaseSixty(_ text: String) -> Bool {
        text.utf8.count > 12 && text.utf8.contains(UInt8(ascii: ":"))
            && text.utf8.allSatisfy { (48...57).contains($0) || "+-_:.".utf8.contains($0) }
    }

    private static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": true
        default: false
        }
    }
}
