import Vocabulary

/// Codes that people copy from paper or a mail.
enum LetterCode {
    // Letters that are not mistaken for one another on a phone screen or the phone: no vowels, so
    // that no code spells a word, and none of D, L, N, V.
    private static let alphabet = Array("BCFGHJKMPQRSTWXZ".utf8)

    /// So many random letters, four bits each.
    static func make(count: Int, from secrets: any SecretSource) -> String {
        let bits = secrets.randomBits()
        let letters = (0..<count).map { alphabet[Int((bits >> UInt128(4 * $0)) & 15)] }
        return String(decoding: letters, as: UTF8.self)
    }

    /// A code as typed, without what makes no difference: case, spaces and hyphens.
    static func folded(_ typed: String) -> String {
        let bytes = typed.utf8.compactMap { byte -> UInt8? in
            switch byte {
            case 97...122: byte - 32
            case 32, 45: nil
            default: byte
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
