/// A text as it is printed: nothing in it hides, turns or covers what stands beside it.
///
/// Whatever cannot stand on paper is replaced where everybody sees it, by U+FFFD, and never left
/// out: controls, marks that turn the direction, characters without a picture, code points that
/// are no characters (the PDF library refuses those, and with them the document), and more marks
/// on one letter than any script has. Breaks become spaces, a soft hyphen becomes a hyphen.
package struct PrintableText: Hashable, Sendable {
    package let string: String

    /// Marks on one letter; scripts in use need four.
    package static let mostMarks = 8

    package init(_ text: String) {
        var scalars = String.UnicodeScalarView()
        var marks = 0
        var wasJoiner = false
        for scalar in text.unicodeScalars {
            var printed = Self.printed(scalar)
            // A joiner between two marks does not begin another letter.
            if printed.isMark { marks += 1 } else if !printed.isJoiner { marks = 0 }
            // A joiner beside another one joins nothing.
            if marks > Self.mostMarks || (wasJoiner && printed.isJoiner) {
                printed = Self.replacement
                marks = 0
            }
            wasJoiner = printed.isJoiner
            scalars.append(printed)
        }
        string = String(scalars)
    }

    /// `nil` unless the text can be printed as it is.
    package init?(exactly text: String) {
        let printable = Self(text)
        // By code points: to `String`, texts that only mean the same are equal.
        guard printable.string.unicodeScalars.elementsEqual(text.unicodeScalars) else {
            return nil
        }
        self = printable
    }

    /// What stands for everything that cannot.
    package static let replacement: Unicode.Scalar = "\u{FFFD}"

    private static func printed(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        // Most text is this; the others' properties are looked up.
        if (0x20...0x7E).contains(scalar.value) { return scalar }
        let properties = scalar.properties
        switch scalar {
        case "\t", "\n", "\u{B}", "\u{C}", "\r", "\u{85}", "\u{2028}", "\u{2029}": return " "
        case "\u{AD}": return "-"
        default: break
        }
        // Joiners and variations belong to the words of some scripts.
        if scalar.isJoiner || properties.isVariationSelector { return scalar }
        if properties.isNoncharacterCodePoint || properties.isDefaultIgnorableCodePoint {
            return replacement
        }
        switch properties.generalCategory {
        // Of a private character nobody else knows what it looks like.
        case .control, .format, .privateUse, .surrogate, .lineSeparator, .paragraphSeparator:
            return replacement
        default: return scalar
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isJoiner: Bool { self == "\u{200C}" || self == "\u{200D}" }

    fileprivate var isMark: Bool {
        // The first mark is U+0300.
        if value < 0x300 { return false }
        return switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: true
        default: false
        }
    }
}
