import Casework
import SeededNumbers
import Vocabulary

/// A mail of which a test changes what matters to it.
struct SampleMail {
    var messageID = "7q4k9.1@records.ayuda.example"
    var fromName = "Mochila records, Ayuda Department of Education"
    var toName = "Ana Treviño"
    var to = "registrar@weslaco.example"
    var subject = "RQ-7Q4K9-2PMXC: Yakima Valley High School asks for a student's records"
    var plainText = "Dear registrar,\n\nplease answer.\n"
    var html = "<p>Dear registrar,</p>\n<p>please answer.</p>\n"
    var references: [String] = []
    var milliseconds: Int64 = 1_779_112_980_000

    func made() throws -> OutgoingMail {
        OutgoingMail(
            messageID: messageID,
            fromName: fromName,
            from: try EmailAddress(parsing: "records@ayuda.example"),
            replyTo: try EmailAddress(parsing: "reply+7q4k9@ayuda.example"),
            envelopeSender: try EmailAddress(parsing: "bounce+7q4k9@ayuda.example"),
            to: try EmailAddress(parsing: to),
            toName: toName,
            subject: subject,
            plainText: plainText,
            html: html,
            language: .english,
            references: references,
            date: Instant(millisecondsSince1970: milliseconds)
        )
    }
}

/// Text that tries to become structure, and text that merely looks unusual.
enum HostileText {
    static let pieces: [String] = [
        "\r", "\n", "\r\n", "\r\n.\r\n", "\n.\n", "\r\n\r\n", ".", "..", "\r\n.", "From ", "=",
        "=\r\n", "=3D", "=?", "?=", "=?utf-8?q?=0D=0ABcc:_evil@evil.example?=",
        "=?utf-8?B?DQpCY2M6IGV2aWxAZXZpbC5leGFtcGxl?=", "\r\nBcc: evil@evil.example",
        "\u{0}", "\u{1B}[2J", "\u{7F}", "\u{85}", "\u{2028}", "\u{2029}", "\u{202E}", "\u{FEFF}",
        "\"", "\\", "\\\"", "<", ">", ",", ";", ":", "@", "(", ")", "[", "]", "<evil@evil.example>",
        "--", "--=_mochila_", "\r\n--=_mochila_\r\n", "é", "ñ", "Ñuñoa", "e\u{301}",
        "👩‍👩‍👧‍👦", "漢字", "עברית", "José María", "O'Brien", "D’Ángelo", "a", "word ", " ", "  ",
        "\t", "\t\r\n ", "x=\u{20}", "_", "?", "%0d%0a", "{{name}}", "<script>", "&amp;",
        String(repeating: "a", count: 200), String(repeating: "é", count: 90),
        String(repeating: "=?utf-8?Q?", count: 30),
    ]

    static func random(using generator: inout SeededGenerator, upTo count: Int = 12) -> String {
        (0..<Int.random(in: 0...count, using: &generator)).map { _ in
            pieces.randomElement(using: &generator) ?? ""
        }.joined()
    }
}
