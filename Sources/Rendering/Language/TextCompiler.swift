/// Turns a text of the catalogue into a small template of its own, whose placeholders are then
/// looked up like any other variable and escaped like any other variable.
enum TextCompiler {
    /// For pages: our words escaped once, here; the placeholders when they are filled.
    static func page(_ text: TextCatalogue.Text) -> String {
        ContentTypes.pragma(SafeHTML.name)
            + compiled(text) { words in
                SafeHTML().escapeText(words)
                    .replacing(/\*\*(.+?)\*\*/) { "<strong>\($0.1)</strong>" }
            }
    }

    /// For sentences that become a value: nothing is escaped here, everything when it is shown.
    static func phrase(_ text: TextCatalogue.Text) -> String {
        ContentTypes.pragma(PlainText.name) + compiled(text) { $0.replacing("**", with: "") }
    }

    private static func compiled(
        _ text: TextCatalogue.Text,
        words escape: (String) -> String
    ) -> String {
        switch text {
        case .plain(let words):
            filled(words, words: escape)
        case .plural(let by, let one, let other):
            "{{#\(by).isOne}}" + filled(one, words: escape) + "{{/\(by).isOne}}"
                + "{{^\(by).isOne}}" + filled(other, words: escape) + "{{/\(by).isOne}}"
        }
    }

    private static func filled(_ words: String, words escape: (String) -> String) -> String {
        escape(words).replacing(/\{([^{}]*)\}/) { "{{\($0.1)}}" }
    }
}
