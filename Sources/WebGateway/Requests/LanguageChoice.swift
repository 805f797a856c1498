import Hummingbird
import Vocabulary

/// In which language a reader wants pages: what they chose, else what their browser says.
struct LanguageChoice {
    /// Chosen on this request, by `?lang=`.
    let requested: Language?
    /// Chosen before, in the cookie `lang`.
    let remembered: Language?
    /// The best of the browser's list; `nil` where it names none of ours.
    let accepted: Language?

    init(_ request: Request) {
        let query = (try? FormFields(urlEncoded: (request.uri.query ?? "").utf8)) ?? FormFields()
        requested = query["lang"].flatMap(Language.init(rawValue:))
        remembered = request.cookies["lang"].flatMap { Language(rawValue: $0.value) }
        accepted = Self.best(of: request.headers[.acceptLanguage] ?? "")
    }

    /// English where nothing says otherwise.
    var language: Language { explicit ?? accepted ?? .english }

    /// What the reader chose, rather than their browser.
    var explicit: Language? { requested ?? remembered }

    /// The supported language with the highest weight; the earlier one among equals (RFC 9110,
    /// 12.5.4).
    static func best(of header: String) -> Language? {
        var best: (language: Language, weight: Double)?
        for range in header.utf8.prefix(500).split(separator: UInt8(ascii: ",")) {
            let fields = range.split(separator: UInt8(ascii: ";")).map { field in
                String(decoding: field.filter { $0 != 0x20 && $0 != 0x09 }, as: UTF8.self)
            }
            guard let tag = fields.first?.lowercased() else { continue }
            let primary = tag.split(separator: "-").first.map(String.init) ?? tag
            guard let language = Language(rawValue: primary) else { continue }
            let weight =
                fields.dropFirst()
                .first { $0.utf8.starts(with: "q=".utf8) }
                .map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            if weight > (best?.weight ?? 0) { best = (language, weight) }
        }
        return best?.language
    }
}
