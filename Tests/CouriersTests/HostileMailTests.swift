import Casework
import Couriers
import Foundation
import SeededNumbers
import Testing
import Vocabulary

/// Whatever the values of a mail are, its structure is the one we meant.
@Suite("Hostile mail") struct HostileMailTests {
    private static let expectedHeaders = [
        "date", "from", "reply-to", "to", "subject", "message-id", "auto-submitted",
        "content-language", "mime-version", "content-type",
    ]

    @Test func `no value becomes structure, read with another program`() throws {
        var generator = SeededGenerator(seed: 20_260_518)
        let samples = (0..<1_500).map { number in
            var sample = SampleMail()
            sample.messageID = "m.\(number)@records.ayuda.example"
            sample.fromName = HostileText.random(using: &generator)
            sample.toName = HostileText.random(using: &generator)
            sample.subject = HostileText.random(using: &generator)
            sample.plainText = HostileText.random(using: &generator, upTo: 40)
            sample.html = HostileText.random(using: &generator, upTo: 40)
            sample.milliseconds = Int64(number) * 86_399_000
            return sample
        }
        let messages = try samples.map { try MIMEComposer.compose(try $0.made()) }
        let read = try Tools.readByPython(messages)
        try #require(read.count == samples.count)
        for (sample, mail) in zip(samples, read) {
            #expect(mail.headers == Self.expectedHeaders)
            #expect(mail.type == "multipart/alternative")
            #expect(mail.parts.map { $0.first } == ["text/plain", "text/html"])
            #expect(mail.to.map { $0.last } == [sample.to])
            #expect(mail.from.map { $0.last } == ["records@ayuda.example"])
            #expect(mail.messageID == "<\(sample.messageID)>")
            #expect(mail.date == sample.milliseconds / 1_000)
            #expect(!mail.bare && mail.ascii && mail.dots == 0)
            #expect(mail.longest <= 78)
            #expect(mail.defects.isEmpty, "\(mail.defects)")
            // Not the texts themselves: a failure would print them into somebody's terminal.
            let arePartsWhole =
                mail.parts.map { Self.body($0.last ?? "") }
                == [sample.plainText, sample.html].map(Self.body)
            #expect(arePartsWhole, "mail \(sample.messageID)")
        }
    }

    @Test func `our own reader gives back every text`() throws {
        var generator = SeededGenerator(seed: 99)
        for number in 0..<1_500 {
            var sample = SampleMail()
            sample.messageID = "m.\(number)@records.ayuda.example"
            sample.fromName = HostileText.random(using: &generator)
            sample.toName = HostileText.random(using: &generator)
            sample.subject = HostileText.random(using: &generator)
            sample.plainText = HostileText.random(using: &generator, upTo: 30)
            sample.html = HostileText.random(using: &generator, upTo: 30)
            let bytes = try MIMEComposer.compose(try sample.made())
            let mail = try #require(ReceivedMail(parsing: bytes))
            #expect(mail.subject == Self.header(sample.subject))
            #expect(mail.toName == Self.header(sample.toName))
            #expect(mail.fromName == Self.header(sample.fromName))
            #expect(mail.to == sample.to)
            #expect(mail.from == "records@ayuda.example")
            #expect(mail.replyTo == "reply+7q4k9@ayuda.example")
            #expect(mail.messageID == sample.messageID)
            #expect(mail.language == .english)
            #expect(
                mail.plainText.unicodeScalars.elementsEqual(
                    Self.body(sample.plainText).replacingOccurrences(of: "\n", with: "\r\n")
                        .unicodeScalars
                )
            )
        }
    }

    @Test(arguments: [
        "José María Núñez-Ibáñez", "O'Brien", "D’Ángelo", "Ana \"Anita\" Treviño", "Smith, Jr.",
        "Nguyễn Thị Minh Khai", "李小龍", "de la Cruz y Martínez", "Zoë (home)", "A\\B", "x@y.example",
        "=?utf-8?q?=0D=0ABcc:_evil@evil.example?=", "Müller; DROP TABLE",
    ])
    func `a name arrives as it is written`(name: String) throws {
        var sample = SampleMail()
        sample.toName = name
        sample.subject = name
        let bytes = try MIMEComposer.compose(try sample.made())
        let mail = try #require(try Tools.readByPython([bytes]).first)
        #expect(ReceivedMail(parsing: bytes)?.toName == name)
        #expect(ReceivedMail(parsing: bytes)?.subject == name)
        // Python 3.11 decodes an encoded word twice where its text is one itself; the recipient
        // and the headers are what we meant all the same.
        if !name.contains("=?") {
            #expect(mail.to == [[name, sample.to]])
            #expect(mail.subject == name)
        }
        #expect(mail.to.count == 1 && mail.headers == Self.expectedHeaders)
    }

    @Test func `no prefix and no change of a mail upsets the reader`() throws {
        var generator = SeededGenerator(seed: 3)
        let bytes = try MIMEComposer.compose(try SampleMail().made())
        for count in 0..<bytes.count {
            // The line end after the closing boundary is all that may be missing.
            let isRead = ReceivedMail(parsing: Array(bytes[..<count])) != nil
            #expect(isRead == (count == bytes.count - 2))
        }
        for _ in 0..<5_000 {
            var mutant = bytes
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<mutant.count, using: &generator)
                switch Int.random(in: 0...2, using: &generator) {
                case 0: mutant[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: mutant.remove(at: place)
                default: mutant.insert(contentsOf: [13, 10], at: place)
                }
            }
            if let mail = ReceivedMail(parsing: mutant) { #expect(mail.to.utf8.count < 10_000) }
        }
    }

    /// Line ends as a text program gives them back.
    private static func body(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        var previous: Unicode.Scalar = "\0"
        for scalar in text.unicodeScalars {
            if scalar == "\r" || (scalar == "\n" && previous != "\r") {
                scalars.append("\n")
            } else if scalar != "\n" {
                scalars.append(scalar)
            }
            previous = scalar
        }
        return String(scalars)
    }

    /// A header's value: controls are blanks, invisible marks are gone, no blanks at the ends.
    private static func header(_ text: String) -> String {
        let invisible: Set<UInt32> = [
            0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069,
            0xFEFF,
        ]
        let scalars = text.unicodeScalars.compactMap { scalar -> Unicode.Scalar? in
            if invisible.contains(scalar.value) { return nil }
            let isControl = scalar.properties.generalCategory == .control
            return isControl || scalar.value == 0x2028 || scalar.value == 0x2029 ? " " : scalar
        }
        var text = String(String.UnicodeScalarView(scalars))[...]
        while text.unicodeScalars.first == " " { text.unicodeScalars.removeFirst() }
        while text.unicodeScalars.last == " " { text.unicodeScalars.removeLast() }
        return String(text)
    }
}
