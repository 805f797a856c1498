import Foundation
import Mustache
package import Vocabulary

/// Every word of the pages, in every language, checked when it is loaded.
///
/// A text is flat: a key, and words with named placeholders (`{school}`). A plural names the
/// number it goes by: `{"by": "files", "one": "{files} file", "other": "{files} files"}`.
/// `**x**` is emphasis on a page and nothing in a mail.
package struct TextCatalogue: Sendable {
    /// One text in one language.
    package enum Text: Hashable, Sendable {
        case plain(String)
        case plural(by: String, one: String, other: String)

        /// The names in braces, without their paths: `{until.weekday}` is `until`.
        package var placeholders: Set<String> {
            switch self {
            case .plain(let words): Self.placeholders(in: words)
            case .plural(let by, let one, let other):
                Self.placeholders(in: one).union(Self.placeholders(in: other)).union([by])
            }
        }

        private static func placeholders(in words: String) -> Set<String> {
            Set(
                words.matches(of: /\{([^{}]*)\}/).map { match in
                    String(match.1.prefix { $0 != "." })
                }
            )
        }
    }

    /// What is wrong with the files of words.
    package enum Problem: Hashable, Sendable {
        case unreadable(Language, String)
        case missing(key: String, Language)
        case placeholdersDiffer(key: String)
        /// A text must be plural in both languages or in none.
        case pluralInOneOnly(key: String)
        case malformed(key: String, Language)
        /// One key is the beginning of another, so a template could not name both.
        case prefixOfAnother(key: String)
    }

    /// All problems together, so that they are mended in one go.
    package struct Unusable: Error, Sendable {
        package let problems: [Problem]
    }

    package let texts: [Language: [String: Text]]
    let pages: [Language: [String: MustacheTemplate]]
    let phrases: [Language: [String: MustacheTemplate]]

    /// Reads `en.json` and `es.json` in a folder.
    package init(folder: String) throws(Unusable) {
        var texts: [Language: [String: Text]] = [:]
        var problems: [Problem] = []
        for language in Language.allCases {
            do {
                let file = URL(fileURLWithPath: folder)
                    .appendingPathComponent("\(language.rawValue).json")
                let data = try Data(contentsOf: file)
                texts[language] = try JSONDecoder().decode([String: Text].self, from: data)
            } catch {
                problems.append(.unreadable(language, "\(error)"))
            }
        }
        try self.init(texts: texts, earlier: problems)
    }

    package init(texts: [Language: [String: Text]]) throws(Unusable) {
        try self.init(texts: texts, earlier: [])
    }

    private init(texts: [Language: [String: Text]], earlier: [Problem]) throws(Unusable) {
        _ = ContentTypes.registered
        var problems = earlier
        if problems.isEmpty { problems = Self.disagreements(in: texts) }
        var pages: [Language: [String: MustacheTemplate]] = [:]
        var phrases: [Language: [String: MustacheTemplate]] = [:]
        for (language, entries) in texts {
            for (key, text) in entries {
                do {
                    pages[language, default: [:]][key] =
                        try MustacheTemplate(string: TextCompiler.page(text))
                    phrases[language, default: [:]][key] =
                        try MustacheTemplate(string: TextCompiler.phrase(text))
                } catch {
                    problems.append(.malformed(key: key, language))
                }
            }
        }
        guard problems.isEmpty else { throw Unusable(problems: problems) }
        self.texts = texts
        self.pages = pages
        self.phrases = phrases
    }

    private static func disagreements(in texts: [Language: [String: Text]]) -> [Problem] {
        var problems: [Problem] = []
        let keys = Set(texts.values.flatMap(\.keys)).sorted()
        for key in keys {
            for language in Language.allCases where texts[language]?[key] == nil {
                problems.append(.missing(key: key, language))
            }
            let versions = texts.values.compactMap { $0[key] }
            if Set(versions.map(\.placeholders)).count > 1 {
                problems.append(.placeholdersDiffer(key: key))
            }
            if Set(versions.map { if case .plain = $0 { false } else { true } }).count > 1 {
                problems.append(.pluralInOneOnly(key: key))
            }
        }
        // Sorted, a key that is the beginning of others stands right before one of them.
        for (key, next) in zip(keys, keys.dropFirst()) where next.hasPrefix(key + ".") {
            problems.append(.prefixOfAnother(key: key))
        }
        return problems
    }
}

extension TextCatalogue.Text: Decodable {
    private enum CodingKeys: String, CodingKey {
        case by, one, other
    }

    package init(from decoder: any Decoder) throws {
        if let words = try? decoder.singleValueContainer().decode(String.self) {
            self = .plain(words)
            return
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self = .plural(
            by: try container.decode(String.self, forKey: .by),
            one: try container.decode(String.self, forKey: .one),
            other: try container.decode(String.self, forKey: .other)
        )
    }
}
