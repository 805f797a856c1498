package import Vocabulary

extension Renderer {
    /// `record.html`: self-contained, printable on one page, with nothing to fetch.
    package func renderRecordCover(_ cover: RecordCover, in language: Language) -> String {
        renderRecordCover(cover, in: language, unknown: nil)
    }

    /// As `renderRecordCover(_:in:)`, noting every name the template asked for in vain.
    package func renderRecordCover(
        _ cover: RecordCover,
        in language: Language,
        unknown: UnknownNames?
    ) -> String {
        fill("record", with: cover, from: library.prints, in: language, unknown: unknown)
    }
}
