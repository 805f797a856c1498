import Foundation
import Rendering
import StudentRecords
import Testing
import Vocabulary

@Suite("Letters")
struct LetterTests {
    static let names = Samples.letters.map(\.name)

    private func compose(
        _ name: String,
        _ language: Language,
        unknown: UnknownNames? = nil
    ) throws -> (letter: any Letter, text: MailText) {
        let letter = try #require(Samples.letters.first { $0.name == name }).letter
        let renderer = try Samples.shared.get()
        func opened(_ letter: some Letter) -> MailText {
            renderer.compose(letter, in: language, unknown: unknown)
        }
        return (letter, opened(letter))
    }

    @Test(arguments: names, Language.allCases)
    func `a letter knows every name its template asks for`(
        name: String,
        language: Language
    ) throws {
        let unknown = UnknownNames()

        let mail = try compose(name, language, unknown: unknown).text

        #expect(unknown.all.isEmpty)
        #expect(!mail.subject.isEmpty && !mail.subject.contains("\n"))
        for text in [mail.subject, mail.plain, mail.html] {
            #expect(!text.contains("{{") && !text.contains("[") && !text.contains("Subject:"))
        }
    }

    @Test(arguments: names, Language.allCases)
    func `a letter holds exactly one link, in full`(name: String, language: Language) throws {
        let (letter, mail) = try compose(name, language)

        #expect(mail.plain.matches(of: /https?:\/\//).count == 1)
        #expect(mail.plain.contains("\n  \(letter.link)\n"))
        #expect(mail.html.matches(of: /<a href=/).count == 1)
        #expect(mail.html.contains("<a href=\"\(letter.link)\">\(letter.link)</a>"))
        #expect(!mail.html.contains("<img") && !mail.html.contains("<script"))
    }

    @Test(arguments: names, Language.allCases)
    func `the HTML says the words of the plain text and is small`(
        name: String,
        language: Language
    ) throws {
        let mail = try compose(name, language).text
        let body = try #require(mail.html.firstMatch(of: /(?s)<body[^>]*>(.*)<\/body>/)).1
        let spoken = body.replacing(/<[^>]*>/, with: " ").replacing("&#39;", with: "'")
            .replacing("&quot;", with: "\"").replacing("&amp;", with: "&")

        #expect(words(in: String(spoken)) == words(in: mail.plain))
        #expect(mail.html.utf8.count <= 15_000 && mail.plain.utf8.count <= 15_000)
        #expect(mail.plain.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }

    private func words(in text: String) -> [Substring] {
        text.split { $0.isWhitespace }.filter { $0 != "-" }
    }

    @Test(arguments: names, Language.allCases)
    func `a letter about a request begins its subject with the number`(
        name: String,
        language: Language
    ) throws {
        let mail = try compose(name, language).text
        let ownSubjects = [
            "digest", "invitation", "account-request", "contact-changed", "confirm-contact",
            "notices", "notices-office", "waiting", "unattended", "office-claimed", "assigned",
            "assigned-one", "claim-approved", "claim-declined",
        ]
        let isOwn =
            ownSubjects.contains(name) || name.hasPrefix("operator")
            || name.hasPrefix("account-")

        let subject = mail.subject.hasPrefix("Re: ") ? mail.subject.dropFirst(4) : mail.subject[...]
        #expect(
            subject.hasPrefix("\(Samples.number): ") != isOwn,
            "\(mail.subject)"
        )
    }

    @Test(arguments: names)
    func `a letter is said differently in each language`(name: String) throws {
        let english = try compose(name, .english).text
        let spanish = try compose(name, .spanish).text

        #expect(english.subject != spanish.subject || name == "operator")
        #expect(english.plain != spanish.plain)
        #expect(spanish.html.contains("<html lang=\"es\">"))
        // A family's says both, one after the other: see below.
        if name == "family" { return }
        for word in ["Dear ", "Please ", " the ", " and "] {
            #expect(!spanish.plain.contains(word), "\(word)")
        }
    }

    @Test(arguments: Language.allCases)
    func `a family reads both languages, its own first, and nothing about the child`(
        language: Language
    ) throws {
        let mail = try compose("family", language).text
        let spanish = try #require(mail.plain.range(of: "ya llegaron"))
        let english = try #require(mail.plain.range(of: "You do not need"))

        #expect((spanish.lowerBound < english.lowerBound) == (language == .spanish))
        #expect(mail.plain.contains("Usted no tiene que hacer nada"))
        #expect(mail.plain.contains("\n  https://records.ayuda.example\n"))
        for secret in ["Marisol", "Reyes", "Oak Valley", "Cedar", "Texas", "Weslaco", "/requests"] {
            #expect(!(mail.plain + mail.subject).contains(secret), "\(secret)")
        }
    }

    @Test func `the ask says who asks, by when, the code and how to check it`() throws {
        let mail = try compose("ask", .english).text

        let expected = [
            "Rosa Delgado, registrar", "Oak Valley High School", "Monday, June 1", "HJTRWK",
            "records.ayuda.example/check", "IS THIS REAL?", "NOT YOU?", "Social Security",
        ]
        for words in expected {
            #expect(mail.plain.contains(words), "\(words)")
        }
        #expect(
            mail.subject == "\(Samples.number): Oak Valley High School asks for a student's "
                + "records (by Mon, Jun 1)"
        )
    }

    @Test func `a closed school's summer contact is told why`() throws {
        let mail = try compose("ask-summer", .english).text

        #expect(mail.plain.contains("closed until Monday, August 17"))
        #expect(mail.plain.contains("migrant education project"))
    }

    @Test(arguments: EscapingTests.evil + ["x\r\nBcc: all@evil.example", "https://evil.example/a"])
    func `a hostile name brings no line, no link and no markup of its own`(text: String) throws {
        let letter = FiledLetter(
            number: Samples.number,
            recipient: text,
            holder: text,
            next: .stateHasIt(state: text),
            link: "https://records.ayuda.example/requests/1",
            installation: Samples.installation
        )

        let mail = try Samples.shared.get().compose(letter, in: .english)

        #expect(!mail.subject.utf8.contains(10) && !mail.subject.utf8.contains(13))
        #expect(mail.plain.matches(of: /https?:\/\//).count == 1)
        #expect(!mail.plain.contains("\nBcc:"))
        #expect(mail.html.matches(of: /<a\s/).count == 1)
        for tag in ["<script", "<img", "<b>"] {
            #expect(!Array(mail.html.utf8).contains(subsequence: Array(tag.utf8)))
        }
    }

    @Test func `long lines are wrapped, whatever the names`() throws {
        let letter = FiledLetter(
            number: Samples.number,
            recipient: "Rosa",
            holder: Array(repeating: "Cedar", count: 30).joined(separator: " "),
            next: .nothing,
            link: "https://records.ayuda.example/requests/1",
            installation: Samples.installation
        )

        let mail = try Samples.shared.get().compose(letter, in: .english)

        #expect(mail.plain.split(separator: "\n").allSatisfy { $0.count <= 72 })
    }
}

@Suite("The cover of a bundle")
struct RecordCoverTests {
    static func cover(_ text: String = "") -> RecordCover {
        RecordCover(
            number: Samples.number,
            student: Samples.student,
            holder: "Cedar East High School" + text,
            holderPlace: "Weslaco, Texas",
            requester: "Oak Valley High School",
            requesterPlace: "Yakima, Washington",
            answeredAt: Samples.time("2026-05-20", 10, 1),
            certification: .mailboxHolder(name: "Ana Treviño", title: "Registrar"),
            wholeness: .partial,
            uses: [.enrollment, .placement],
            parts: Samples.parts,
            files: [
                CoverFile(
                    path: "files/1-transcript.pdf",
                    name: "transcript.pdf" + text,
                    mediaType: "application/pdf",
                    size: ByteCount(1_420_000),
                    digest: Samples.digest
                )
            ],
            note: text,
            checkHost: "records.ayuda.example"
        )
    }

    @Test(arguments: Language.allCases)
    func `it says who certified what, and needs nothing but itself`(language: Language) throws {
        let unknown = UnknownNames()

        let html = try Samples.shared.get()
            .renderRecordCover(Self.cover(), in: language, unknown: unknown)

        #expect(unknown.all.isEmpty)
        #expect(html.contains("Ana Treviño") && html.contains("Marisol Reyes Ortega"))
        #expect(html.contains(Samples.digest.hexadecimal))
        #expect(!html.contains("src=") && !html.contains("href=") && !html.contains("{{"))
    }

    @Test(arguments: EscapingTests.evil)
    func `hostile file names stay text`(text: String) throws {
        let html = try Samples.shared.get().renderRecordCover(Self.cover(text), in: .english)

        #expect(!Array(html.utf8).contains(subsequence: Array("<script".utf8)))
        #expect(!Array(html.utf8).contains(subsequence: Array("<img".utf8)))
    }
}
