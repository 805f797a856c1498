import Mustache
package import Vocabulary

extension Renderer {
    /// A letter in one language, ready to be handed to the mail courier.
    package func compose(_ letter: some Letter, in language: Language) -> MailText {
        compose(letter, in: language, unknown: nil)
    }

    /// As `compose(_:in:)`, noting every name the template asked for in vain.
    package func compose(
        _ letter: some Letter,
        in language: Language,
        unknown: UnknownNames?
    ) -> MailText {
        let text = fill(
            type(of: letter).template,
            with: letter,
            from: library.letters(in: language),
            in: language,
            unknown: unknown
        )
        return LetterComposer(link: letter.link, language: language).compose(text)
    }
}
