import Casework
import Couriers
import Foundation
import SeededNumbers
import Testing
import Vocabulary

@Suite("MIME composer") struct MIMEComposerTests {
    private func text(_ sample: SampleMail) throws -> String {
        String(decoding: try MIMEComposer.compose(try sample.made()), as: UTF8.self)
    }

    private func headers(_ sample: SampleMail) throws -> [String] {
        let whole = try text(sample)
        let end = try #require(whole.range(of: "\r\n\r\n"))
        return whole[..<end.lowerBound].components(separatedBy: "\r\n")
    }

    @Test func `a mail is written as RFC 5322 wants it, byte for byte`() throws {
        var sample = SampleMail()
        sample.references = ["7q4k9.0@records.ayuda.example"]
        sample.plainText = "Señora:\n.\nFrom here = there \n"
        sample.html = "<p>¿Sí?</p>"
        #expect(
            try text(sample)
                == """
                Date: Mon, 18 May 2026 14:03:00 +0000
                From: "Mochila records, Ayuda Department of Education"
                 <records@ayuda.example>
                Reply-To: <reply+7q4k9@ayuda.example>
                To: =?utf-8?Q?Ana_Trevi=C3=B1o?=
                 <registrar@weslaco.example>
                Subject: RQ-7Q4K9-2PMXC: Yakima Valley High School asks for a student's
                 records
                Message-ID: <7q4k9.1@records.ayuda.example>
                In-Reply-To: <7q4k9.0@records.ayuda.example>
                References: <7q4k9.0@records.ayuda.example>
                Auto-Submitted: auto-generated
                Content-Language: en
                MIME-Version: 1.0
                Content-Type: multipart/alternative; boundary="=_mochila_1e5ca33e51ab4bec"

                --=_mochila_1e5ca33e51ab4bec
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                Se=C3=B1ora:
                =2E
                =46rom here =3D there=20

                --=_mochila_1e5ca33e51ab4bec
                Content-Type: text/html; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                <p>=C2=BFS=C3=AD?</p>
                --=_mochila_1e5ca33e51ab4bec--

                """.replacingOccurrences(of: "\n", with: "\r\n")
        )
    }

    @Test func `the same mail gives the same bytes, another Message-ID another boundary`() throws {
        var other = SampleMail()
        other.messageID = "7q4k9.2@records.ayuda.example"
        #expect(try text(SampleMail()) == text(SampleMail()))
        let boundary = { (lines: [String]) in lines.last?.split(separator: "=", maxSplits: 1).last }
        #expect(try boundary(headers(SampleMail())) != boundary(headers(other)))
    }

    @Test(arguments: [
        "", "no-at-sign", "two@at@signs", "@records.example", "left@", "spa ce@records.example",
        "a@b\r\nBcc: evil@evil.example", "a@b>", "<a@b>", "a..b@records.example", ".a@b", "a@b.",
        "é@records.example", "a@\u{0}b",
    ])
    func `a Message-ID that is none is refused, here and in a thread`(identifier: String) throws {
        var sample = SampleMail()
        sample.messageID = identifier
        let mail = try sample.made()
        #expect(throws: MIMEComposer.Refusal.malformedMessageID) { try MIMEComposer.compose(mail) }

        var reply = SampleMail()
        reply.references = ["7q4k9.0@records.ayuda.example", identifier]
        let answer = try reply.made()
        #expect(throws: MIMEComposer.Refusal.malformedReference) {
            try MIMEComposer.compose(answer)
        }
    }

    @Test func `a long thread keeps its root and its latest mails`() throws {
        var sample = SampleMail()
        sample.references = (0..<40).map { "r.\($0)@records.ayuda.example" }
        let read = try #require(try Tools.readByPython([MIMEComposer.compose(sample.made())]).first)
        #expect(read.references.count == 12)
        #expect(read.references.first == "<r.0@records.ayuda.example>")
        #expect(read.references.last == "<r.39@records.ayuda.example>")
    }

    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 +0000"), (-1, "Wed, 31 Dec 1969 23:59:59 +0000"),
        (1_709_164_799_999, "Wed, 28 Feb 2024 23:59:59 +0000"),
        (1_709_164_800_000, "Thu, 29 Feb 2024 00:00:00 +0000"),
    ])
    func `the date is written in UTC`(milliseconds: Int64, text: String) {
        #expect(MailDate.text(of: Instant(millisecondsSince1970: milliseconds)) == text)
    }

    @Test func `every date that was written is read again to the second`() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<2_000 {
            let second = Int64.random(in: -2_000_000_000...32_000_000_000, using: &generator)
            let instant = Instant(millisecondsSince1970: second * 1_000)
            #expect(MailDate.instant(from: MailDate.text(of: instant)) == instant)
        }
    }

    @Test(arguments: [
        "", "Mon, 18 May 2026 14:03:00 +0200", "Tue, 18 May 2026 14:03:00 +0000",
        "Mon, 18 May 2026 24:03:00 +0000", "Mon, 31 Feb 2026 14:03:00 +0000",
        "Mon, 18 May 2026 14:03 +0000", "Mon, 18 may 2026 14:03:00 +0000",
        "Mon, 18 May 2026  14:03:00 +0000", "Mon, 18 May 2026 +1:03:00 +0000",
    ])
    func `a date that we do not write is not read`(text: String) {
        #expect(MailDate.instant(from: text) == nil)
    }

    @Test(arguments: [
        ("", "Subject: "), ("Short", "Subject: Short"), ("  blanks  ", "Subject: blanks"),
        ("two  blanks", "Subject: =?utf-8?Q?two__blanks?="),
        ("a\r\nBcc: x@y.example", "Subject: =?utf-8?Q?a__Bcc=3A_x=40y=2Eexample?="),
        ("=?utf-8?q?x?=", "Subject: =?utf-8?Q?=3D=3Futf-8=3Fq=3Fx=3F=3D?="),
        ("¿Sí?", "Subject: =?utf-8?Q?=C2=BFS=C3=AD=3F?="),
    ])
    func `a subject is plain where everybody reads it alike, encoded elsewhere`(
        subject: String,
        line: String
    ) throws {
        var sample = SampleMail()
        sample.subject = subject
        #expect(try headers(sample).contains(line))
    }

    @Test(arguments: [
        ("", "To: <registrar@weslaco.example>"), ("\u{202E}", "To: <registrar@weslaco.example>"),
        ("Ana", "To: \"Ana\""), ("Smith, Jr.", "To: \"Smith, Jr.\""),
        ("A \"B\" \\C", "To: \"A \\\"B\\\" \\\\C\""), ("Zoë", "To: =?utf-8?Q?Zo=C3=AB?="),
    ])
    func `a name is quoted or encoded, and left out where there is none`(
        name: String,
        line: String
    ) throws {
        var sample = SampleMail()
        sample.toName = name
        #expect(try headers(sample).contains(line))
    }

    @Test func `a mail without a place for answers has no Reply-To`() throws {
        let mail = try SampleMail().made()
        let bare = OutgoingMail(
            messageID: mail.messageID,
            fromName: "",
            from: mail.from,
            envelopeSender: mail.envelopeSender,
            to: mail.to,
            toName: "",
            subject: "",
            plainText: "",
            html: "",
            language: .spanish,
            date: mail.date
        )
        let bytes = try MIMEComposer.compose(bare)
        let read = try #require(ReceivedMail(parsing: bytes))
        #expect(read.replyTo == nil && read.language == .spanish)
        #expect(read.plainText.isEmpty && read.html.isEmpty && read.subject.isEmpty)
        #expect(try Tools.readByPython([bytes]).first?.defects == [])
    }

    @Test func `no line of a body is longer than 76, whatever its width`() throws {
        for width in 60...90 {
            for character in ["a", "é", "=", " ", ".", "漢"] {
                var sample = SampleMail()
                sample.plainText = String(repeating: character, count: width)
                let mail = try text(sample)
                #expect(mail.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 76 })
                #expect(ReceivedMail(parsing: Array(mail.utf8))?.plainText == sample.plainText)
            }
        }
    }
}
