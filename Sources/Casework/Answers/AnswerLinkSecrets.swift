import Vocabulary

extension AnswerLink {
    // Letters that are not mistaken for one another on a phone screen or the phone: no vowels, so
    // that no code spells a word, and none of D, L, N, V.
    private static let codeAlphabet = Array("BCFGHJKMPQRSTWXZ".utf8)

    /// 26 base-32 characters from 128 random bits: guessing one of 100,000 live links at a
    /// thousand tries a second would take longer than the universe has.
    static func makeToken(from secrets: any SecretSource) -> String {
        secrets.makeIdentifier(AnswerLink.self).description
    }

    /// Six letters; it proves a person read the mail, and is no second factor.
    static func makeCode(from secrets: any SecretSource) -> String {
        let bits = secrets.randomBits()
        let letters = (0..<6).map { codeAlphabet[Int((bits >> UInt128(4 * $0)) & 15)] }
        return String(decoding: letters, as: UTF8.self)
    }

    static func digest(token: String, with secrets: any SecretSource) -> String {
        secrets.digest(of: Array("link|\(token)".utf8)).description
    }

    /// Reads a code as typed: any case, spaces and hyphens ignored.
    static func digest(token: String, code: String, with secrets: any SecretSource) -> String {
        let typed = code.utf8.compactMap { byte -> UInt8? in
            switch byte {
            case 65...90: byte
            case 97...122: byte - 32
            case 32, 45: nil
            default: byte
            }
        }
        let text = "code|\(token)|" + String(decoding: typed, as: UTF8.self)
        return secrets.digest(of: Array(text.utf8)).description
    }
}
