import Foundation
import PaperFormat
import Sealing
import Testing
import Vocabulary

/// What a reader's own tools say of a printed record that was signed.
@Suite("Signed paper", .disabled(if: isUnderSanitizer))
struct SignedPaperTests {
    /// The real time, which stock tools go by.
    private static let now = TimeBasedCodes().now()
    private static let valid = "Signature Validation: Signature is Valid."

    private let keys: GatewayKeys
    private let program: PrintingProgram

    init() throws {
        keys = try Papers.keys()
        program = try printingProgram()
    }

    private func signed(_ record: PrintedRecord = Papers.record()) throws -> [UInt8] {
        try PDFSigning.signed(try program.printed(record), by: keys.signing, at: Self.now)
    }

    @Test func `a PDF viewer's check finds it valid and all of it signed`() throws {
        let said = try Paper(try signed()).tool("pdfsig")
        #expect(said.contains(Self.valid))
        #expect(said.contains("Total document signed"))
        #expect(said.contains("adbe.pkcs7.detached"))
        #expect(said.contains("Signing Hash Algorithm: SHA-256"))
        #expect(said.contains("Departamento de Educación de Ayuda"))
    }

    @Test func `it is as well-formed as before, and says the same`() throws {
        let plain = try Papers.print(Papers.record())
        let paper = try Paper(try signed())
        #expect(try paper.tool("qpdf", "--check").contains("No syntax or stream encoding errors"))
        #expect(try paper.text == plain.text)
        #expect(try paper.pages == 1)
        #expect(try paper.fonts == plain.fonts)
    }

    @Test func `several pages are one signature`() throws {
        let lines = (1...400).map { "Línea \($0)" }
        let record = Papers.record(lists: [.init(title: "Cursos", lines: lines)])
        let paper = try Paper(try signed(record))
        #expect(try paper.tool("pdfsig").contains(Self.valid))
        #expect(try (paper.pages ?? 0) > 3)
    }

    @Test func `one changed byte anywhere in it is noticed`() throws {
        let bytes = try signed()
        let contents = try #require(
            bytes.indices.first { bytes[$0...].starts(with: "/Contents <3".utf8) }
        )
        // Through the page, its fonts, and what was appended after the signature.
        let places = stride(from: 40, to: contents - 200, by: contents / 6) + [bytes.count - 30]
        for place in places {
            var changed = bytes
            changed[place] ^= 1
            let said = try Paper(changed).tool("pdfsig")
            #expect(!said.contains(Self.valid), "byte \(place)")
        }
    }

    @Test func `something appended to it is not under the signature`() throws {
        let longer = try signed() + Array("% and more\n".utf8)
        #expect(try !Paper(longer).tool("pdfsig").contains("Total document signed"))
    }

    @Test(arguments: [
        "", "%PDF-1.5", "trailer", "trailer << /Size 9999999999 /Root 1 0 R >> startxref\n0",
        "xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<< /Size 2 /Root 1 0 R >>\n"
            + "startxref\n0\n%%EOF",
        "trailer\n<< /Size 3 /Root 2 0 R >>\nstartxref\n999999\n%%EOF",
    ])
    func `what is no PDF of ours is refused and not guessed at`(text: String) {
        #expect(throws: PDFSigning.UnknownForm.self) {
            _ = try PDFSigning.signed(Array(text.utf8), by: keys.signing, at: Self.now)
        }
    }

    @Test func `a PDF cut off at any place is refused, never a crash`() throws {
        let plain = try program.printed(Papers.record(sections: [], table: nil, lists: []))
        for length in stride(from: 0, to: plain.count - 40, by: 97) {
            #expect(throws: PDFSigning.UnknownForm.self) {
                _ = try PDFSigning.signed(
                    Array(plain.prefix(length)),
                    by: keys.signing,
                    at: Self.now
                )
            }
        }
    }
}
