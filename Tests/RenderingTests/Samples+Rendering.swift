import Rendering
import Testing
import Vocabulary

extension Samples {
    static let shared: Result<Renderer, any Error> = Result { try renderer() }

    /// The HTML of the sample page with this name.
    static func html(
        of name: String,
        in language: Language,
        unknown: UnknownNames? = nil
    ) throws -> String {
        let sample = try #require(pages.first { $0.name == name })
        let renderer = try shared.get()
        let chrome = chrome(
            language,
            signedIn: sample.signedIn,
            current: sample.door,
            notice: sample.name == "requests" ? .reminded : nil
        )
        func opened(_ page: some Page) -> String {
            renderer.render(page, chrome: chrome, unknown: unknown)
        }
        return opened(sample.page)
    }
}
