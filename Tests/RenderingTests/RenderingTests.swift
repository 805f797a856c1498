import Foundation
import Rendering
import Testing
import Vocabulary

@Suite("Pages")
struct PageTests {
    @Test(arguments: Samples.pages.map(\.name), Language.allCases)
    func `a page knows every name its template asks for`(
        name: String,
        language: Language
    ) throws {
        let sample = try #require(Samples.pages.first { $0.name == name })
        let unknown = UnknownNames()

        let html = try Samples.render(sample, in: language, unknown: unknown)

        #expect(unknown.all.isEmpty)
        #expect(!html.contains("{{"))
        if let folder = ProcessInfo.processInfo.environment["RENDER_TO"] {
            try html.write(
                toFile: "\(folder)/\(name).\(language.rawValue).html",
                atomically: true,
                encoding: .utf8
            )
        }
    }
}

extension Samples {
    static func render(
        _ sample: SamplePage,
        in language: Language,
        unknown: UnknownNames? = nil
    ) throws -> String {
        func open(_ page: some Page, _ renderer: Renderer, _ chrome: Chrome) -> String {
            renderer.render(page, chrome: chrome, unknown: unknown)
        }
        let chrome = chrome(
            language,
            signedIn: sample.signedIn,
            current: sample.door,
            notice: sample.name == "requests" ? .reminded : nil
        )
        return open(sample.page, try shared.get(), chrome)
    }

    static let shared: Result<Renderer, any Error> = Result { try renderer() }
}
