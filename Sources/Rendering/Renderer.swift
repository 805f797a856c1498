import Foundation
import Mustache
package import Vocabulary

/// A page: plain values, and the template that says them.
package protocol Page: Sendable {
    /// The template's name in `Templates/web`.
    static var template: String { get }
}

/// Turns pages into HTML and letters into mail; the only room that knows templates and words.
package struct Renderer: Sendable {
    package let catalogue: TextCatalogue
    package let library: TemplateLibrary
    /// `Templates/site.css`, to be served at `/site.css`.
    package let stylesheet: String
    /// What only the record on one page needs beside it.
    package let recordStylesheet: String
    /// `Templates/upload.js`, to be served at `/upload.js`.
    package let uploadScript: String
    /// `Templates/icon.svg`, to be served at `/icon.svg`.
    package let icon: String
    /// `Templates/openapi.json`, which describes the programming interface.
    package let interfaceDescription: String

    /// Reads everything in the `Templates` folder.
    ///
    /// - Throws: `TextCatalogue.Unusable` or `TemplateLibrary.Unusable` with all problems, or the
    ///   file system's own error for the two assets.
    package init(templates folder: String) throws {
        catalogue = try TextCatalogue(folder: folder + "/strings")
        library = try TemplateLibrary(folder: folder)
        stylesheet = try String(contentsOfFile: folder + "/site.css", encoding: .utf8)
        recordStylesheet = try String(contentsOfFile: folder + "/record.css", encoding: .utf8)
        uploadScript = try String(contentsOfFile: folder + "/upload.js", encoding: .utf8)
        icon = try String(contentsOfFile: folder + "/icon.svg", encoding: .utf8)
        interfaceDescription = try String(
            contentsOfFile: folder + "/openapi.json",
            encoding: .utf8
        )
    }

    /// The whole HTML document of a page.
    package func render(_ page: some Page, chrome: Chrome) -> String {
        render(page, chrome: chrome, unknown: nil)
    }

    /// As `render(_:chrome:)`, noting every name the template asked for in vain.
    package func render(
        _ page: some Page,
        chrome: Chrome,
        unknown: UnknownNames?
    ) -> String {
        fill(
            type(of: page).template,
            with: page,
            from: library.pages,
            in: chrome.language,
            chrome: chrome,
            unknown: unknown
        )
    }

    func fill(
        _ template: String,
        with values: Any,
        from templates: MustacheLibrary,
        in language: Language,
        chrome: Chrome? = nil,
        unknown: UnknownNames?
    ) -> String {
        let reflection = Reflection(language: language, catalogue: catalogue, unknown: unknown)
        var root = reflection.scope(of: values)
        root.isRoot = true
        root.unknown = unknown
        root.values["chrome"] = chrome.map { frame($0, reflection) }
        root.values["languageCode"] = ShownText(renderText: language.rawValue)
        root.values["isRefused"] = isRefused(values)
        root.values["t"] = words(in: language, unknown)
        root.values["inEnglish"] = words(in: .english, unknown)
        root.values["inSpanish"] = words(in: .spanish, unknown)
        guard let text = templates.render(root, withTemplate: template) else {
            preconditionFailure("no template named \(template)")
        }
        return text
    }

    /// Whether the page shows a form that was not accepted; its title then says so first.
    private func isRefused(_ values: Any) -> Bool {
        let form = Mirror(reflecting: values).children.first { $0.label == "form" }?.value as? Form
        return form.map { !$0.problems.isEmpty } ?? false
    }

    /// A sentence of ours as plain text, for places that are not a page.
    package func sentence(_ worded: some Worded, in language: Language) -> String {
        Reflection(language: language, catalogue: catalogue).sentence(worded)
    }

    private func frame(_ chrome: Chrome, _ reflection: Reflection) -> Scope {
        var scope = reflection.scope(of: chrome)
        // Dotted names do not climb, so a missing one is missing for good.
        scope.isRoot = true
        scope.unknown = reflection.unknown
        let other: Language = chrome.language == .english ? .spanish : .english
        scope.values["languageCode"] = ShownText(renderText: chrome.language.rawValue)
        scope.values["otherLanguageCode"] = ShownText(renderText: other.rawValue)
        return scope
    }

    private func words(in language: Language, _ unknown: UnknownNames?) -> WordsNode {
        WordsNode(prefix: "", texts: catalogue.pages[language] ?? [:], unknown: unknown)
    }
}
