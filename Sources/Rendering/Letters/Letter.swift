/// A letter: plain values, and the template of each language that says them.
package protocol Letter: Sendable {
    /// The template's name in `Templates/mail/en` and `Templates/mail/es`.
    static var template: String { get }
    /// The one link of the letter, written out in full.
    var link: String { get }
}

/// A letter as it is mailed: the HTML holds the words of the plain text and nothing else.
package struct MailText: Hashable, Sendable {
    package let subject: String
    package let plain: String
    package let html: String

    package init(subject: String, plain: String, html: String) {
        self.subject = subject
        self.plain = plain
        self.html = html
    }
}
