import Foundation
import Mustache
package import Vocabulary

/// The templates of the pages and the letters, read once.
///
/// The loader puts the escaping pragma in front of every text: it is not inherited by partials,
/// and a template without it would be escaped by the library's own, weaker rule.
package struct TemplateLibrary: Sendable {
    /// What is wrong with the templates.
    package enum Problem: Hashable, Sendable {
        case folderUnreadable(String)
        case unreadable(name: String)
        case malformed(name: String, String)
    }

    /// All problems together.
    package struct Unusable: Error, Sendable {
        package let problems: [Problem]
    }

    let pages: MustacheLibrary
    let prints: MustacheLibrary
    private let letters: [Language: MustacheLibrary]
    /// The text of each page template, by name.
    package let pageTexts: [String: String]
    /// The text of each printed document, by name.
    package let printTexts: [String: String]
    /// The text of each letter, by language and name.
    package let letterTexts: [Language: [String: String]]

    /// Reads `web/*.mustache`, `print/*.mustache` and `mail/{en,es}/*.mustache` in a folder.
    package init(folder: String) throws(Unusable) {
        _ = ContentTypes.registered
        var problems: [Problem] = []
        pageTexts = Self.texts(in: folder + "/web", &problems)
            .mapValues(Self.withoutIndentation)
        pages = Self.library(of: pageTexts, contentType: SafeHTML.name, &problems)
        var printTexts = Self.texts(in: folder + "/print", &problems)
        // The one-page record is the same on the screen and in a bundle.
        for name in ["sheet", "found"] { printTexts[name] = pageTexts[name] }
        self.printTexts = printTexts
        prints = Self.library(of: printTexts, contentType: SafeHTML.name, &problems)
        var letters: [Language: MustacheLibrary] = [:]
        var letterTexts: [Language: [String: String]] = [:]
        for language in Language.allCases {
            let texts = Self.texts(in: folder + "/mail/\(language.rawValue)", &problems)
            letterTexts[language] = texts
            letters[language] = Self.library(of: texts, contentType: SafeMailText.name, &problems)
        }
        self.letters = letters
        self.letterTexts = letterTexts
        guard problems.isEmpty else { throw Unusable(problems: problems) }
    }

    func letters(in language: Language) -> MustacheLibrary {
        letters[language] ?? MustacheLibrary()
    }

    private static func texts(in folder: String, _ problems: inout [Problem]) -> [String: String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            problems.append(.folderUnreadable(folder))
            return [:]
        }
        var texts: [String: String] = [:]
        for file in names.sorted() where file.hasSuffix(".mustache") {
            let name = String(file.dropLast(".mustache".count))
            do {
                texts[name] = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
            } catch {
                problems.append(.unreadable(name: name))
            }
        }
        return texts
    }

    private static func library(
        of texts: [String: String],
        contentType: String,
        _ problems: inout [Problem]
    ) -> MustacheLibrary {
        var library = MustacheLibrary()
        for (name, text) in texts {
            do {
                // On a line of its own, which the library drops; else it would drop the first
                // empty line of the template.
                let text = ContentTypes.pragma(contentType) + "\n" + text
                try library.register(text, named: name)
            } catch {
                problems.append(.malformed(name: name, "\(error)"))
            }
        }
        return library
    }

    // A partial would repeat its indentation in front of every line, also inside a text area,
    // where it would become part of what the reader typed.
    private static func withoutIndentation(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line in line.drop { $0 == " " || $0 == "\t" } }
            .joined(separator: "\n")
    }
}
