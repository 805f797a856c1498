package import Vocabulary

/// Words of one letter, ready for the envelope.
package struct LetterText: Hashable, Sendable {
    package let subject: String
    package let plainText: String
    package let html: String

    package init(subject: String, plainText: String, html: String) {
        self.subject = subject
        self.plainText = plainText
        self.html = html
    }
}

/// Puts letters into words.
package protocol LetterWriter: Sendable {
    func write(_ letter: Letter, in language: Language) throws -> LetterText
}
