package import Casework
import Vocabulary

/// Writes a mail as the bytes that go over the wire (RFC 5322, 2045 to 2047).
///
/// The threat is a value that becomes structure: a name with a line end that starts a header, a
/// body line that ends the message, a part that contains the boundary. Every value is therefore
/// encoded by what it may be, never searched for what it must not be, and the same mail always
/// gives the same bytes.
package enum MIMEComposer {
    /// A mail that cannot be written, because a value that must stay literal is malformed.
    package enum Refusal: Error, Hashable, Sendable {
        case malformedMessageID
        case malformedReference
    }

    /// The whole message with CRLF line ends, in ASCII, no line over 78 characters but where an
    /// address or identifier is longer.
    package static func compose(_ mail: OutgoingMail) throws(Refusal) -> [UInt8] {
        guard isMessageID(mail.messageID) else { throw .malformedMessageID }
        guard mail.references.allSatisfy(isMessageID) else { throw .malformedReference }
        let boundary = boundary(for: mail.messageID)
        var text = ""
        text += "Date: \(MailDate.text(of: mail.date))\r\n"
        text += mailbox("From", name: mail.fromName, address: mail.from)
        if let replyTo = mail.replyTo { text += "Reply-To: <\(replyTo)>\r\n" }
        text += mailbox("To", name: mail.toName, address: mail.to)
        text += "Subject: \(HeaderText.unstructured(mail.subject, after: 9))\r\n"
        text += "Message-ID: <\(mail.messageID)>\r\n"
        // A long thread keeps its root and its latest mails, which is what readers thread by.
        let references =
            mail.references.count > 12
            ? mail.references.prefix(1) + mail.references.suffix(11) : mail.references[...]
        if let parent = references.last {
            text += "In-Reply-To: <\(parent)>\r\n"
            text += "References: "
            text += references.map { "<\($0)>" }.joined(separator: "\r\n ") + "\r\n"
        }
        text += "Auto-Submitted: auto-generated\r\n"
        text += "Content-Language: \(mail.language.rawValue)\r\n"
        text += "MIME-Version: 1.0\r\n"
        text += "Content-Type: multipart/alternative; boundary=\"\(boundary)\"\r\n\r\n"
        text += part("plain", mail.plainText, boundary: boundary)
        text += part("html", mail.html, boundary: boundary)
        text += "--\(boundary)--\r\n"
        return Array(text.utf8)
    }

    private static func part(_ subtype: String, _ body: String, boundary: String) -> String {
        "--\(boundary)\r\nContent-Type: text/\(subtype); charset=utf-8\r\n"
            + "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
            + QuotedPrintable.encode(body) + "\r\n"
    }

    private static func mailbox(
        _ header: String,
        name: String,
        address: EmailAddress
    ) -> String {
        let phrase = HeaderText.phrase(name, after: header.utf8.count + 2)
        return phrase.isEmpty
            ? "\(header): <\(address)>\r\n" : "\(header): \(phrase)\r\n <\(address)>\r\n"
    }

    // "=_" never stands in quoted-printable text, where "=" is followed by two digits or a line
    // end: whatever the parts say, none of their lines is the boundary.
    private static func boundary(for messageID: String) -> String {
        // FNV-1a: it only has to be the same for the same mail.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in messageID.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return "=_mochila_" + String(hash, radix: 16)
    }

    /// `left@right`, letters, digits and the atom characters of RFC 5322.
    static func isMessageID(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count <= 200, bytes.allSatisfy(isAtom) else { return false }
        let halves = bytes.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        return halves.count == 2
            && halves.allSatisfy { half in
                half.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
                    .allSatisfy { !$0.isEmpty }
            }
    }

    private static func isAtom(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: "!#$%&'*+-/=?^_`{|}~.@".utf8.contains(byte)
        }
    }
}
