import Vocabulary

extension AnswerLink {
    /// 26 base-32 characters from 128 random bits: guessing one of 100,000 live links at a
    /// thousand tries a second would take longer than the universe has.
    static func makeToken(from secrets: any SecretSource) -> String {
        secrets.makeIdentifier(AnswerLink.self).description
    }

    /// Six letters; it proves a person read the mail, and is no second factor.
    static func makeCode(from secrets: any SecretSource) -> String {
        LetterCode.make(count: 6, from: secrets)
    }

    static func digest(token: String, with secrets: any SecretSource) -> String {
        secrets.digest(of: Array("link|\(token)".utf8)).description
    }

    /// Reads a code as typed: any case, spaces and hyphens ignored.
    static func digest(token: String, code: String, with secrets: any SecretSource) -> String {
        let text = "code|\(token)|" + LetterCode.folded(code)
        return secrets.digest(of: Array(text.utf8)).description
    }
}
