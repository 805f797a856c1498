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
        #expect(mail.attachments == 1)
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
