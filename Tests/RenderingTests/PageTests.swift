import Foundation
import Rendering
import Testing
import Vocabulary

@Suite("Pages")
struct PageTests {
    static let names = Samples.pages.map(\.name)

    @Test(arguments: names, Language.allCases)
    func `a page knows every name its template asks for`(
        name: String,
        language: Language
    ) throws {
        let unknown = UnknownNames()

        let html = try Samples.html(of: name, in: language, unknown: unknown)

        #expect(unknown.all.isEmpty)
        #expect(!html.contains("{{"))
    }

    @Test func `a template that asks for an unknown name is found out`() throws {
        struct Empty: Page {
            static let template = "error"
        }
        let unknown = UnknownNames()

        _ = try Samples.shared.get().render(
            Empty(),
            chrome: Samples.chrome(.english),
            unknown: unknown
        )

        #expect(unknown.all == ["again", "title", "trouble"])
    }

    @Test(arguments: Language.allCases)
    func `the title of a refused form says so first`(language: Language) throws {
        let renderer = try Samples.shared.get()
        func title(_ form: Form) throws -> Substring {
            let page = SignInPage(form: form, next: "", demoSignIns: [])
            let html = renderer.render(page, chrome: Samples.chrome(language))
            return try #require(html.firstMatch(of: /<title>([^<]*)/)).1
        }
        let refused = Form(problems: [FieldProblem(.email, .emailMissing)])

        #expect(try title(refused) == "Error: " + title(.empty))
    }

    @Test(arguments: names)
    func `no id stands twice, and every label and error leads to one`(name: String) throws {
        let html = try Samples.html(of: name, in: .english)
        let ids = html.matches(of: /\ id="([^"]*)"/).map { String($0.1) }

        #expect(Set(ids).count == ids.count)
        for target in html.matches(of: /\ for="([^"]*)"/) {
            #expect(ids.contains(String(target.1)), "\(target.1)")
        }
        for target in html.matches(of: /\ aria-(?:labelled|described)by="([^"]*)"/) {
            let named = target.1.split(separator: " ")
            #expect(!named.isEmpty && named.allSatisfy { ids.contains(String($0)) }, "\(target.1)")
        }
        for target in html.matches(of: /href="#([^"]*)"/) {
            #expect(ids.contains(String(target.1)), "#\(target.1)")
        }
        for owner in html.matches(of: /\ form="([^"]*)"/) {
            #expect(ids.contains(String(owner.1)), "form \(owner.1)")
        }
    }

    @Test(arguments: names, Language.allCases)
    func `a page is small and asks for nothing from elsewhere`(
        name: String,
        language: Language
    ) throws {
        let renderer = try Samples.shared.get()
        let html = try Samples.html(of: name, in: language)

        let weight =
            html.utf8.count + renderer.stylesheet.utf8.count
            + renderer.uploadScript.utf8.count
            + (html.contains("/record.css") ? renderer.recordStylesheet.utf8.count : 0)
        #expect(weight <= 40_000)
        #expect(!html.contains(" style="))
        #expect(!html.contains("http://") && !html.contains("https://"))
        #expect(html.contains("<html lang=\"\(language.rawValue)\">"))
    }

    @Test func `a Spanish page keeps nothing of the English words`() throws {
        let renderer = try Samples.shared.get()
        let english = try #require(renderer.catalogue.texts[.english])
        let spanish = try #require(renderer.catalogue.texts[.spanish])
        // Long sentences without placeholders, so that a name can never look like one.
        let sentences: [String] = english.compactMap { key, text in
            guard case .plain(let words) = text, words.count > 24, !words.contains("{"),
                !words.contains("**"), !key.hasPrefix("slip."), spanish[key] != text
            else { return nil }
            return SafeHTML().escapeText(words)
        }
        // A thousand sentences in a hundred pages: bytes are searched, not characters.
        let patterns = sentences.map(\.utf8CString)

        for name in Self.names {
            let html = try Samples.html(of: name, in: .spanish).utf8CString
            let found = patterns.indices.filter { Self.holds(html, patterns[$0]) }
            for place in found { Issue.record("\(name): \(sentences[place])") }
        }
    }

    private static func holds(
        _ text: ContiguousArray<CChar>,
        _ pattern: ContiguousArray<CChar>
    ) -> Bool {
        text.withUnsafeBufferPointer { text in
            pattern.withUnsafeBufferPointer { pattern in
                guard let text = text.baseAddress, let pattern = pattern.baseAddress else {
                    return false
                }
                return strstr(text, pattern) != nil
            }
        }
    }

    @Test func `what was typed comes back, a password never does`() throws {
        let page = SignInPage(
            form: Form(
                [.email: "rosa@oak.example", .password: "four small leaves"],
                problems: [FieldProblem(.password, .signInFailed)]
            )
        )

        let html = try Samples.shared.get()
            .render(page, chrome: Samples.chrome(.english, signedIn: false))

        #expect(html.contains("value=\"rosa@oak.example\""))
        #expect(!html.contains("four small leaves"))
        #expect(html.contains("aria-invalid=\"true\""))
    }

    @Test func `a text area gives back exactly what was typed`() throws {
        let typed = "  first line\n\n    indented </textarea><script>"
        let page = PurposePage(
            draft: "d1",
            studentName: "Marisol",
            uses: [],
            grounds: [],
            messageLimit: 10,
            form: Form([.message: typed])
        )

        let html = try Samples.shared.get().render(page, chrome: Samples.chrome(.english))

        let area = try #require(html.firstMatch(of: /(?s)<textarea[^>]*>\n(.*?)<\/textarea>/))
        #expect(String(area.1) == SafeHTML().escapeText(typed))
    }

    @Test func `the text for a family's phone fits into one message of plain letters`() throws {
        let html = try Samples.html(of: "family-mail-told", in: .english)
        let shown = try #require(html.firstMatch(of: /<p class="kept">(.*)<\/p>/)).1
        let text = shown.replacing(/<[^>]*>/, with: "")

        #expect(text.contains("Ya llegaron") && text.contains("arrived"))
        #expect(text.contains("\(Samples.number)"))
        // One message holds 160 characters, but 70 where one of them is no plain letter (3GPP TS
        // 23.038).
        #expect(text.utf8.count <= 160 && text.utf8.allSatisfy { $0 < 0x80 }, "\(text)")
    }

    @Test func `the demonstration's bar is absent in a real installation`() throws {
        var chrome = Samples.chrome(.english)
        chrome.demo = nil

        let html = try Samples.shared.get().render(PrivacyPage(), chrome: chrome)

        #expect(!html.contains("/demo/"))
    }

    @Test func `one is said as one and two as two`() throws {
        let renderer = try Samples.shared.get()

        #expect(renderer.sentence(DueWord.dueIn(days: 1), in: .english) == "due in 1 day")
        #expect(renderer.sentence(DueWord.dueIn(days: 2), in: .english) == "due in 2 days")
        #expect(renderer.sentence(DueWord.overdue(days: 1), in: .spanish) == "1 día de retraso")
    }

    @Test func `a closed school is never called overdue`() throws {
        let renderer = try Samples.shared.get()
        let closed = DueWord.closedUntil(day: Samples.day("2026-08-17"))

        #expect(
            renderer.sentence(closed, in: .english) == "school closed until Mon, Aug 17"
        )
    }

    @Test func `the doors a person sees follow from the roles`() {
        #expect(Door.doors(for: [.registrar]) == [.requests, .answers, .reports, .contacts])
        #expect(Door.doors(for: [.counselor]) == [.requests, .reports])
        #expect(Door.doors(for: [.recordsClerk]) == [.answers, .reports, .contacts])
        #expect(Door.doors(for: [.auditor]) == [.locator, .audit])
        #expect(Door.doors(for: []).isEmpty)
    }

    @Test func `every trouble has its status`() {
        let statuses: [Int] = [
            Trouble.malformed.status, Trouble.notAllowed.status, Trouble.notFound.status,
            Trouble.conflict.status, Trouble.gone.status,
            Trouble.tooLarge(limit: ByteCount(1)).status, Trouble.cannotProcess.status,
            Trouble.tooMany(minutes: 1).status, Trouble.ours(reference: "1").status,
            Trouble.unavailable.status, Trouble.diskFull.status,
        ]
        #expect(statuses == [400, 403, 404, 409, 410, 413, 422, 429, 500, 503, 507])
    }
}
