import Foundation
import RecordExchange
import Rendering
import Testing
import Vocabulary

@Suite("Templates")
struct TemplateTests {
    static let texts: [(name: String, text: String)] = {
        guard let library = try? Samples.shared.get().library else { return [] }
        let all = library.pageTexts.merging(library.printTexts) { page, _ in page }
        return all.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }()

    @Test func `there are templates to look at`() {
        #expect(Self.texts.count > 50)
    }

    @Test(arguments: texts)
    func `a template holds no words of its own`(name: String, text: String) {
        let bare = text.replacing(/(?s)<style>.*?<\/style>/, with: "")
            .replacing(/(?s)<[a-zA-Z\/!](?:"[^"]*"|[^">])*>/, with: " ")
            .replacing(/\{\{.*?\}\}/, with: " ")
            .replacing("SHA-256", with: "")
        #expect(!bare.unicodeScalars.contains { $0.properties.isAlphabetic }, "\(bare)")

        for spoken in text.matches(of: /\ (?:aria-label|title|alt|placeholder)="([^"]*)"/) {
            let words = spoken.1.replacing(/\{\{.*?\}\}/, with: "")
            #expect(!words.unicodeScalars.contains { $0.properties.isAlphabetic })
        }
    }

    @Test(arguments: texts)
    func `a template escapes every value and quotes every attribute`(name: String, text: String) {
        #expect(!text.contains("{{{") && !text.contains("{{&"))
        // A value outside quotes could bring its own attribute.
        #expect(text.firstMatch(of: /\ [a-z-]+=\{\{/) == nil)
        #expect(text.firstMatch(of: /\ on[a-z]+=/) == nil)
        #expect(text.firstMatch(of: /\ style=/) == nil)
    }

    @Test(arguments: texts)
    func `every form that changes something begins with its token`(name: String, text: String) {
        let forms = text.matches(of: /<form[^>]* method="post"(?:"[^"]*"|[^">])*>(.{0,9})/)
        for form in forms {
            #expect(form.1.hasPrefix("{{>csrf}}"), "\(form.0)")
        }
        let posts = text.matches(of: /method="post"/).count
        #expect(forms.count == posts)
    }

    @Test(arguments: texts)
    func `every partial that is named exists`(name: String, text: String) {
        let names = Set(Self.texts.map(\.name))
        for partial in text.matches(of: /\{\{[><] ?([a-zA-Z-]+)\}\}/) {
            #expect(names.contains(String(partial.1)), "\(partial.1)")
        }
    }

    @Test func `all problems of a folder are reported together`() {
        let error = #expect(throws: TemplateLibrary.Unusable.self) {
            try TemplateLibrary(folder: "/nowhere")
        }
        #expect(error?.problems.count == 4)
    }
}

@Suite("Escaping")
struct EscapingTests {
    static let evil = [
        "\"\u{301} onmouseover=alert(1) x=\"\u{200D}", "<\u{301}script>alert(1)</script>",
        "'\u{20DD}><img src=x onerror=alert(1)>", "&\u{301}lt;", "\r\n<b>", "<\u{FE0F}b>",
        "\u{202E}\"><script>", "{{chrome.csrf}}", "{{{number}}}",
    ]

    @Test(arguments: evil)
    func `a special character is escaped whatever stands beside it`(text: String) {
        let escaped = SafeHTML().escapeText(text)

        #expect(!escaped.utf8.contains(UInt8(ascii: "<")))
        #expect(!escaped.utf8.contains(UInt8(ascii: ">")))
        #expect(!escaped.utf8.contains(UInt8(ascii: "\"")))
        #expect(!escaped.utf8.contains(UInt8(ascii: "'")))
    }

    @Test func `escaping can be undone, so nothing is lost`() {
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("<>&\"'a\u{301}\u{200D} ñ".unicodeScalars)
        for _ in 0..<500 {
            var scalars = String.UnicodeScalarView()
            for _ in 0..<20 {
                scalars.append(alphabet[Int.random(in: 0..<alphabet.count, using: &generator)])
            }
            let text = String(scalars)
            // Bytes again: to Foundation, "&lt;" before a combining mark is another Character.
            let undone = SafeHTML().escapeText(text).utf8.split(
                separator: UInt8(ascii: "&"),
                omittingEmptySubsequences: false
            ).map { String(decoding: $0, as: UTF8.self) }
            let decoded = undone.dropFirst().reduce(into: undone[0]) { result, piece in
                let entities = [
                    ("amp;", "&"), ("lt;", "<"), ("gt;", ">"), ("quot;", "\""), ("#39;", "'"),
                ]
                for (entity, character) in entities
                where piece.utf8.starts(with: entity.utf8) {
                    result += character
                    result += String(
                        decoding: piece.utf8.dropFirst(entity.utf8.count),
                        as: UTF8.self
                    )
                }
            }
            #expect(Array(decoded.utf8) == Array(text.utf8))
        }
    }

    @Test(arguments: evil, Language.allCases)
    func `hostile values stay text on a page`(text: String, language: Language) throws {
        let renderer = try Samples.shared.get()
        let pages: [any Page] = [
            StudentPage(
                draft: text,
                form: Form(Dictionary(uniqueKeysWithValues: FieldName.allCases.map { ($0, text) })),
                grades: [],
                purposes: [],
                schools: [NamedChoice(value: text, label: text)]
            ),
            ErrorPage(.ours(reference: text), again: text),
            TrackerPage(
                number: Samples.number,
                studentName: text,
                holder: text,
                status: .withTheSchool,
                due: .none,
                next: .stateHasIt(state: text),
                steps: [
                    TrackStep(
                        phase: .past,
                        heading: .schoolFound(school: text),
                        note: text,
                        person: text
                    )
                ],
                questions: [
                    QuestionRow(
                        index: 0,
                        inquiry: "i1",
                        school: text,
                        question: text
                    )
                ],
                actions: []
            ),
        ]
        for page in pages {
            func opened(_ page: some Page) -> String {
                renderer.render(page, chrome: Samples.chrome(language))
            }
            let html = opened(page)
            let bytes = Array(html.utf8)
            let escaped = SafeHTML().escapeText(text)
            #expect(bytes.contains(subsequence: Array(escaped.utf8)))
            #expect(escaped == text || !bytes.contains(subsequence: Array(text.utf8)))
            for fragment in ["<script", "<img", "<b>"] {
                #expect(!bytes.contains(subsequence: Array(fragment.utf8)))
            }
        }
    }
}

extension [UInt8] {
    func contains(subsequence: [UInt8]) -> Bool {
        guard !subsequence.isEmpty, count >= subsequence.count else { return false }
        return (0...(count - subsequence.count)).contains { start in
            self[start..<(start + subsequence.count)].elementsEqual(subsequence)
        }
    }
}
