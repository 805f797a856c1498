/// A person's name as written, with both surnames kept apart.
///
/// The report's elements 3 and 4 ask for the paternal and the maternal surname; a child with one
/// surname has only the first.
package struct PersonName: Hashable, Sendable, Codable {
    package let given: String
    package let middle: String
    package let paternalSurname: String
    package let maternalSurname: String

    /// What is wrong with one of the typed names.
    package enum Problem: Error, Hashable, Sendable {
        case givenMissing
        case surnameMissing
        case tooLong(Field)
        case hasControlCharacter(Field)
    }

    /// Which of the typed names.
    package enum Field: String, Hashable, Sendable, CaseIterable {
        case given, middle, paternalSurname, maternalSurname
    }

    /// Every problem of a typed name, found at once.
    package struct Malformed: Error, Equatable, Sendable {
        package let problems: [Problem]
    }

    /// The longest name accepted in one field, in UTF-8 bytes.
    package static let longestField = 200

    /// Trims and checks the four typed names and reports all problems together.
    package init(
        given: String,
        middle: String = "",
        paternalSurname: String,
        maternalSurname: String = ""
    ) throws(Malformed) {
        let typed: [(Field, String)] = [
            (.given, Self.trimmed(given)), (.middle, Self.trimmed(middle)),
            (.paternalSurname, Self.trimmed(paternalSurname)),
            (.maternalSurname, Self.trimmed(maternalSurname)),
        ]
        var problems: [Problem] = []
        if !Self.isVisible(typed[0].1) { problems.append(.givenMissing) }
        if !Self.isVisible(typed[2].1) { problems.append(.surnameMissing) }
        for (field, text) in typed {
            if text.utf8.count > Self.longestField { problems.append(.tooLong(field)) }
            // Scalars, not Characters: "\r\n" is a single Character.
            if text.unicodeScalars.contains(where: Self.isControl) {
                problems.append(.hasControlCharacter(field))
            }
        }
        guard problems.isEmpty else { throw Malformed(problems: problems) }
        self.given = typed[0].1
        self.middle = typed[1].1
        self.paternalSurname = typed[2].1
        self.maternalSurname = typed[3].1
    }

    /// The whole name in the order it is spoken.
    package var full: String {
        [given, middle, paternalSurname, maternalSurname]
            .filter { !$0.isEmpty }
            .joined(separator: " ")
    }

    /// `M. R. O.`, for lists that must not show the name.
    package var initials: String {
        [given, paternalSurname, maternalSurname]
            .compactMap(\.first)
            .map { "\($0)." }
            .joined(separator: " ")
    }

    private static func isVisible(_ text: String) -> Bool {
        text.unicodeScalars.contains { scalar in
            !scalar.properties.isWhitespace && !scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    /// Line ends of every kind, and the characters that make text read in another order than it
    /// is written, so that a name cannot pass for a different one on a page.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default:
            (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
        }
    }

    private static func trimmed(_ text: String) -> String {
        let words = text.split { $0 == " " || $0 == "\t" || $0 == "\u{A0}" }
        return words.joined(separator: " ")
    }
}
