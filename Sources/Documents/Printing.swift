import CPango

/// Text as it is set: its size in points, and how.
struct Setting: Hashable {
    var size: Double
    var isBold = false
    var alignsEnd = false
    var grey = 0.0
}

/// One text in lines of a width, and how high each is.
struct SetText {
    let text: String
    let setting: Setting
    let width: Double
    let lines: [Double]

    var height: Double { lines.reduce(0, +) }
}

/// A PDF that is being drawn, page by page.
final class Printing {
    private let print: OpaquePointer

    init(width: Double, height: Double, title: String, created: String, language: String) throws {
        guard let print = mochila_print_new(width, height, title, created, language) else {
            throw NotDrawn()
        }
        self.print = print
    }

    deinit { mochila_print_free(print) }

    func set(_ text: String, _ setting: Setting, width: Double) -> SetText {
        var heights = [Double](repeating: 0, count: 64)
        var count = 0
        withWords(text, setting, width) { words in
            count = Int(mochila_print_lines(print, words, &heights, Int32(heights.count)))
            guard count > heights.count else { return }
            heights = [Double](repeating: 0, count: count)
            count = Int(mochila_print_lines(print, words, &heights, Int32(heights.count)))
        }
        return SetText(
            text: text,
            setting: setting,
            width: width,
            lines: Array(heights.prefix(count))
        )
    }

    func show(_ set: SetText, lines: Range<Int>, x: Double, y: Double) {
        withWords(set.text, set.setting, set.width) { words in
            mochila_print_show(print, words, Int32(lines.lowerBound), Int32(lines.count), x, y)
        }
    }

    func fill(x: Double, y: Double, width: Double, height: Double) {
        mochila_print_fill(print, x, y, width, height)
    }

    func tagged(_ role: Role, _ body: () -> Void) {
        mochila_print_begin(print, role.rawValue)
        body()
        mochila_print_end(print, role.rawValue)
    }

    func nextPage() { mochila_print_next_page(print) }

    func finished() throws -> [UInt8] {
        var bytes: UnsafePointer<UInt8>?
        var count = 0
        guard mochila_print_finish(print, &bytes, &count) == 1 else { throw NotDrawn() }
        return Array(UnsafeBufferPointer(start: bytes, count: count))
    }

    /// A role in the document's structure, for whoever has it read aloud.
    enum Role: String { case heading = "H1", subheading = "H2", paragraph = "P" }

    private func withWords(
        _ text: String,
        _ setting: Setting,
        _ width: Double,
        _ body: (UnsafePointer<mochila_words>) -> Void
    ) {
        var text = text
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { bytes in
                var words = mochila_words()
                words.bytes = bytes.baseAddress
                words.count = Int32(clamping: bytes.count)
                words.size = setting.size
                words.width = width
                words.is_bold = setting.isBold ? 1 : 0
                words.alignment = Int32(
                    setting.alignsEnd ? MOCHILA_ALIGN_END : MOCHILA_ALIGN_START
                )
                words.grey = setting.grey
                body(&words)
            }
        }
    }
}

/// The library refused a document or had no memory for it.
struct NotDrawn: Error {}
