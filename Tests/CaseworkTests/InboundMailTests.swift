import Casework
import SeededNumbers
import TestSupport
import Testing
import Vocabulary

@Suite("Mail that comes in") struct InboundMailTests {
    static func report(_ action: String, original: String = "abc@mochila.example") -> String {
        """
        Return-Path: <>
        From: MAILER-DAEMON@school.example
        Message-ID: <report@school.example>
        Auto-Submitted: auto-replied
        Content-Type: multipart/report; report-type=delivery-status;
         boundary="part=1"

        --part=1

        Your mail could not be delivered.
        --part=1
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mail.school.example

        Final-Recipient: rfc822; records@school.example
        Action: \(action)
        Status: 5.1.1

        --part=1
        Content-Type: text/rfc822-headers

        Message-ID: <\(original)>
        Subject: RQ

        --part=1--
        """
    }

    private func read(_ text: String) throws -> InboundMail {
        try InboundMail(parsing: Array(text.utf8))
    }

    @Test(arguments: [
        ("failed", InboundMail.Kind.bounce), ("Delayed", .delay), ("delivered", .delivered),
        ("relayed", .delivered),
    ])
    func `a delivery report says what became of which mail`(
        action: String,
        kind: InboundMail.Kind
    ) throws {
        for text in [Self.report(action), Self.report(action).replacing("\n", with: "\r\n")] {
            let mail = try read(text)
            #expect(mail.kind == kind)
            #expect(mail.answers == ["abc@mochila.example"])
            #expect(mail.messageID == "report@school.example")
        }
    }

    @Test(arguments: [
        "Auto-Submitted: auto-replied", "Auto-Submitted: auto-generated", "X-Autoreply: yes",
        "Precedence: auto_reply",
    ])
    func `what a machine wrote is no reply`(header: String) throws {
        let mail = try read("\(header)\nIn-Reply-To: <a@b.example>\n\nBack on August 17.")
        #expect(mail.kind == .automatic)
        #expect(mail.answers == ["a@b.example"])
        #expect(try read("Auto-Submitted: no\n\nHello").kind == .reply)
    }

    @Test func `a reply is its own words, without what it quotes`() throws {
        let mail = try read(
            """
            References: <first@mochila.example> <second@mochila.example>
            Content-Type: multipart/mixed; boundary=x

            --x
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            She retired; ask Ana Trevi=C3=B1o=
            , room 4.

            On Monday, Mochila wrote:
            > To see who the student is
            --x
            Content-Type: application/pdf
            Content-Disposition: attachment; filename="a.pdf"
            Content-Transfer-Encoding: base64

            JVBERi0=
            --x--
            """
        )
        #expect(mail.kind == .reply)
        #expect(mail.text == "She retired; ask Ana Treviño, room 4.")
        #expect(
            mail.attachments == [.init(name: "a.pdf", content: Array("%PDF-".utf8))]
        )
        // The nearest first.
        #expect(mail.answers == ["second@mochila.example", "first@mochila.example"])
    }

    @Test(arguments: [
        "From: Mochila <a@b.example>\nSent: Monday\nTo: Ana",
        "*De:* Mochila\n*Enviado el:* lunes\n*Para:* Ana",
    ])
    func `what Outlook quotes is no word of the writer`(header: String) throws {
        let mail = try read("Subject: x\n\nTomorrow.\n\n\(header)\n\nAbout a student")
        #expect(mail.text == "Tomorrow.")
        // Days of an absence are.
        let absence = try read("Subject: x\n\nAway.\nFrom: July 1\nTo: August 3")
        #expect(absence.text == "Away.\nFrom: July 1\nTo: August 3")
    }

    @Test func `latin letters and base 64 are read`() throws {
        var bytes = Array("Content-Type: text/plain; charset=iso-8859-1\n\nTrevi".utf8)
        bytes += [0xF1, 0x6F]
        #expect(try InboundMail(parsing: bytes).text == "Treviño")
        let coded = "Content-Transfer-Encoding: base64\n\nVHJldmnD\nsW8="
        #expect(try read(coded).text == "Treviño")
    }

    @Test func `what is too much or no mail is refused`() {
        func problem(_ text: String) -> InboundMail.Malformed? {
            do {
                _ = try InboundMail(parsing: Array(text.utf8))
                return nil
            } catch { return error }
        }
        #expect(problem("") == .empty)
        #expect(problem(" folded first\n\nx") == .headerMalformed)
        #expect(problem("no colon here\n\nx") == .headerMalformed)
        #expect(problem("X: " + String(repeating: "y", count: 70_000) + "\n\nx") == .headerTooLarge)
        let nested = (0..<10).map { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }
        #expect(problem(nested.joined() + "\n\nx") == .tooDeep)
        let many =
            "Content-Type: multipart/mixed; boundary=b\n\n"
            + String(repeating: "--b\n\nx\n", count: 300) + "--b--\n"
        #expect(problem(many) == .tooManyParts)
    }

    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func `no bytes bring it down`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var bytes = Array(Self.report("failed").utf8)
        for _ in 0..<Int.random(in: 1...20, using: &random) {
            let at = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: at)
            default: bytes.insert(contentsOf: bytes[at...].prefix(50), at: at)
            }
        }
        if let mail = try? InboundMail(parsing: bytes) {
            #expect(mail.text.utf8.count <= InboundMail.mostText)
            #expect(mail.answers.count <= 150)
        }
    }
}

@Suite("The day of the return") struct ReturnDayTests {
    @Test(arguments: [
        ("I am out until August 17.", "2026-08-17"), ("Back 17 August 2026", "2026-08-17"),
        ("Regreso el 17 de agosto de 2026.", "2026-08-17"),
        ("Estaré fuera hasta el lunes 3 de agosto", "2026-08-03"), ("until 8/17", "2026-08-17"),
        ("7/1/2026 - 7/20/2026", "2026-07-20"), ("July 1 to July 31st", "2026-07-31"),
        ("2026-08-01", "2026-08-01"), ("Jan 4th", "2027-01-04"),
    ])
    func `it is the latest day that is named`(text: String, day: String) {
        #expect(ReturnDay.find(in: text, today: .on("2026-07-06")) == .on(day))
    }

    @Test(arguments: [
        "", "I am away.", "February 30", "13/45", "July 6", "August 17, 2031", "call 555-0100",
        "May I help you?", "room 5",
    ])
    func `where none is named there is none`(text: String) {
        #expect(ReturnDay.find(in: text, today: .on("2026-07-06")) == nil)
    }
}

@Suite("Files that hang on a mail") struct AttachmentTests {
    private func read(_ text: String) throws -> InboundMail {
        try InboundMail(parsing: Array(text.utf8))
    }

    private func attached(_ head: String, _ body: String = "x") throws -> InboundMail.Attachment? {
        try read("Content-Type: multipart/mixed; boundary=x\n\n--x\n\(head)\n\n\(body)\n--x--\n")
            .attachments.first
    }

    @Test(arguments: [
        (#"filename="a b.pdf""#, "a b.pdf"),
        (#"filename="a;\"b\".pdf"; size=4"#, #"a;"b".pdf"#),
        ("filename=plain.pdf ; size=4", "plain.pdf"),
        ("filename*=utf-8'es'A%C3%B1o.pdf", "Año.pdf"),
        ("filename*=iso-8859-1''A%F1o.pdf", "Año.pdf"),
        ("filename*0*=utf-8''A%C3%B1; filename*1=\"o 2.pdf\"", "Año 2.pdf"),
        (#"filename="=?utf-8?Q?A=C3=B1o_1.pdf?=""#, "Año 1.pdf"),
        (#"filename="=?utf-8?B?QcOx?= =?utf-8?B?by5wZGY=?=""#, "Año.pdf"),
        (#"filename="=?utf-8?Q?unended"#, "=?utf-8?Q?unended"),
        ("filename=a.pdf; filename*=utf-8''b.pdf", "b.pdf"),
    ])
    func `a name is read in every way that mail programs write one`(
        parameter: String,
        name: String
    ) throws {
        let head = "Content-Type: application/pdf\nContent-Disposition: attachment; \(parameter)"
        #expect(try attached(head)?.name == name)
    }

    @Test func `a name in the type counts where nothing else has one`() throws {
        #expect(try attached("Content-Type: image/png; name=\"p.png\"")?.name == "p.png")
        #expect(try attached("Content-Type: image/png")?.name == "")
    }

    @Test(arguments: [
        ("base64", "JVBERi0=", "%PDF-"), ("Base64 ", "JVBE\nRi0=", "%PDF-"),
        ("quoted-printable", "=25PDF-=\n1", "%PDF-1"), ("binary", "%PDF-", "%PDF-"),
    ])
    func `content is decoded`(encoding: String, body: String, content: String) throws {
        let head = "Content-Type: application/pdf\nContent-Transfer-Encoding: \(encoding)"
        #expect(
            try attached(head, body)?.content.map { String(decoding: $0, as: UTF8.self) }?
                .trimmed == content
        )
    }

    @Test(arguments: [
        "Content-Type: application/pdf\nContent-Transfer-Encoding: x-uuencode",
        "Content-Type: message/rfc822\nContent-Disposition: attachment",
    ])
    func `what cannot be read has no content, and is still counted`(head: String) throws {
        #expect(try attached(head) == InboundMail.Attachment(name: "", content: nil))
    }

    @Test func `a picture in a signature, and a cryptographic one, are no files`() throws {
        let picture = """
            Content-Type: multipart/related; boundary=x

            --x
            Content-Type: text/html

            <p>Hello</p>
            --x
            Content-Type: image/png
            Content-ID: <logo>

            small
            --x--
            """
        #expect(try read(picture).attachments.isEmpty)
        // A photo of a page is larger than any of those.
        let photo = picture.replacing("small", with: String(repeating: "x", count: 40_000))
        #expect(try read(photo).attachments.count == 1)
        #expect(try read(picture.replacing("related", with: "mixed")).attachments.count == 1)
        #expect(try attached("Content-Type: application/pkcs7-signature; name=smime.p7s") == nil)
    }

    @Test(arguments: [
        "Subject: Re: RQ-00000-00000: records", "Subject: rq 00000 00000",
        "To: <records+RQ0000000000@mochila.example>", "Cc: a@b.example, c+rq00000-00000@d.example",
        "Subject: RQ-00000-00000 RQ-00000-00000",
    ])
    func `the one number that it names is found`(header: String) throws {
        #expect(try read("\(header)\n\nx").number?.description == "RQ-00000-00000")
    }

    @Test(arguments: [
        "Subject: RQ", "Subject: RQ-00000-00001", "Subject: RQ-0000", "X-Other: RQ-00000-00000",
        "Subject: RQ-00000-00000, RQ-00000-0001A",
    ])
    func `no number, or more than one, is none`(header: String) throws {
        let other = RequestNumber(bits: 1).description
        let text = header.replacing("RQ-00000-0001A", with: other)
        #expect(try read("\(text)\n\nRQ-00000-00000").number == nil)
    }

    @Test(
        arguments: [
            ("Ana <ana@maple.example>", "ana@maple.example"),
            ("ana@maple.example", "ana@maple.example"),
            ("\"<x>\" <ana@maple.example>", "ana@maple.example"), ("nobody", nil), ("", nil),
        ] as [(String, String?)]
    )
    func `whom it says to be from`(header: String, address: String?) throws {
        #expect(try read("From: \(header)\n\nx").sender?.description == address)
    }

    @Test func `ten thousand parts and a tower of them are refused as a whole`() {
        func problem(_ text: String) -> InboundMail.Malformed? {
            do {
                _ = try InboundMail(parsing: Array(text.utf8))
                return nil
            } catch { return error }
        }
        let head = "Content-Type: multipart/mixed; boundary=x\n\n"
        let many = String(repeating: "--x\nContent-Type: image/png\n\nx\n", count: 10_000)
        #expect(problem(head + many + "--x--\n") == .tooManyParts)
        let tower = (0..<50).map { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }
        #expect(problem(tower.joined() + "\nx") == .tooDeep)
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self
        while text.last?.isNewline == true { text.removeLast() }
        return text
    }
}
