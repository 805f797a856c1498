import StudentRecords

/// What a school or its district prints on every transcript: what its grades and credits mean, and
/// what makes the transcript official.
///
/// Theirs, word for word but for line ends: one line, so that it stands in a manifest and on paper
/// alike.
package struct TranscriptLegend: Hashable, Sendable, Codable {
    package let text: String

    /// Longest text, in bytes.
    package static let longestText = 2_000

    /// Why a text is none.
    package enum Refusal: Error, Hashable, Sendable {
        case empty, tooLong
        /// Characters that cannot be printed, or that turn text around.
        case unprintable
    }

    /// Lines become one, parted by a dot.
    package init(_ typed: String) throws(Refusal) {
        let lines = typed.unicodeScalars.split { $0 == "\n" || $0 == "\r" }
            .map { String(String.UnicodeScalarView($0)).trimmed }
            .filter { !$0.isEmpty }
        guard !lines.isEmpty else { throw .empty }
        let text = lines.joined(separator: " · ")
        guard text.utf8.count <= Self.longestText else { throw .tooLong }
        guard !text.hasControl else { throw .unprintable }
        self.text = text
    }
}
