import BundleFormat
import Foundation
import Sealing
import Testing
import Vocabulary

/// Printed records that somebody shows, whatever was done to them on the way.
@Suite("Signed paper, shown") struct SignedPaperCheckTests {
    private let scene: Scene

    init() throws {
        scene = try Scene()
    }

    /// The smallest document in the form that Cairo writes, with so many bytes of a picture.
    private static func plain(title: String, padding: Int = 0) -> [UInt8] {
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 612 792 ] >>", "<< /Title \(title) >>",
        ]
        var bytes = Array("%PDF-1.5\n".utf8)
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(bytes.count)
            bytes += "\(index + 1) 0 obj\n\(object)\nendobj\n".utf8
        }
        bytes += "% ".utf8 + [UInt8](repeating: UInt8(ascii: "x"), count: padding) + "\n".utf8
        let table = bytes.count
        bytes += "xref\n0 5\n0000000000 65535 f \n".utf8
        for offset in offsets {
            let digits = "\(offset)"
            bytes +=
                (String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n").utf8
        }
        bytes += "trailer\n<< /Size 5 /Root 1 0 R /Info 4 0 R >>\nstartxref\n\(table)\n%%EOF\n".utf8
        return bytes
    }

    private func signed(
        _ title: String? = nil,
        padding: Int = 0,
        by signer: KeyPair? = nil
    ) throws -> [UInt8] {
        let title = try title ?? "(Student record \(Scene.number()))"
        return try PDFSigning.signed(
            Self.plain(title: title, padding: padding),
            by: signer ?? scene.keys.signing,
            at: Scene.now
        )
    }

    private func check(_ pdf: [UInt8], by program: OpeningProgram? = nil) throws -> SignedPaper {
        try SignedPaper(pdf, trust: [scene.keys.authority], at: Scene.now, by: program)
    }

    private func failure(of pdf: [UInt8], by program: OpeningProgram? = nil) -> BundleFailure? {
        do {
            _ = try check(pdf, by: program)
            return nil
        } catch { return error as? BundleFailure }
    }

    @Test func `it says who signed it, for which request and when`() throws {
        let paper = try check(try signed())
        #expect(paper.signer.certificate == scene.keys.signing.certificate)
        #expect(paper.number == (try Scene.number()))
        #expect(paper.at.millisecondsSince1970 / 1_000 == Scene.now.millisecondsSince1970 / 1_000)
        #expect(paper.signer.signedAt == nil)
    }

    @Test func `the number is read from a title in any script, and only from there`() throws {
        let number = try Scene.number()
        let spanish = "Expediente del año \(number)".utf16.map { unit in
            let digits = String(unit, radix: 16)
            return String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
        #expect(try check(try signed("<FEFF\(spanish)>")).number == number)
        for title in ["()", "(Student record)", "<FEFF>", "<", "(RQ-AAAAA-AAAAB)", "/None"] {
            #expect(try check(try signed(title)).number == nil, "\(title)")
        }
    }

    @Test func `stock tools and we say the same of the signature`() throws {
        let pdf = try signed()
        let text = String(decoding: pdf, as: UTF8.self)
        let range = try #require(text.range(of: "/ByteRange [0 "))
        let fields = text[range.upperBound...].prefix(32).split(separator: " ").compactMap {
            Int($0)
        }
        _ = try scene.folder.write(pdf, to: "record.pdf")
        let (status, output) = try scene.folder.run(
            """
            (head -c \(fields[0]) record.pdf; tail -c \(fields[2]) record.pdf) > covered
            tail -c +\(fields[0] + 2) record.pdf | head -c \(fields[1] - fields[0] - 2) \
                | xxd -r -p > padded.der
            openssl cms -verify -inform DER -in padded.der -content covered -binary \
                -CAfile ca.pem -out /dev/null
            """
        )
        #expect(status == 0, "\(output)")
        _ = try check(pdf)
        // One letter of the page.
        let (changed, _) = try scene.folder.run(
            """
            sed 's/Student/Studemt/' covered > other
            openssl cms -verify -inform DER -in padded.der -content other -binary \
                -CAfile ca.pem -out /dev/null 2>/dev/null
            """
        )
        #expect(changed != 0)
    }

    @Test func `one changed byte anywhere is noticed, in the signature and its room as well`()
        throws
    {
        let pdf = try signed()
        for place in stride(from: 0, to: pdf.count, by: 37) {
            var changed = pdf
            changed[place] ^= 1
            #expect(failure(of: changed) != nil, "byte \(place)")
        }
    }

    @Test func `cut anywhere it is no record, and a cut is called one where it can be told`() throws
    {
        let pdf = try signed()
        for count in stride(from: 0, to: pdf.count, by: 211) {
            #expect(failure(of: Array(pdf.prefix(count))) != nil, "\(count) bytes")
        }
        #expect(failure(of: Array(pdf.dropLast())) == .truncated)
        #expect(failure(of: Array(pdf.prefix(pdf.count / 2))) == .truncated)
    }

    @Test func `what was appended, or put before, is under no signature`() throws {
        let pdf = try signed()
        #expect(failure(of: pdf + Array("% and more\n".utf8)) == .tampered)
        #expect(failure(of: [0x20] + pdf) == .notABundle)
        // Signed twice: the last signature is the one that counts, and it covers the first.
        let other = try scene.keys.issueSchool("060000101145", name: "Elm", at: Scene.now)
        let mixed = Array(pdf.dropLast(6)) + (try signed(by: other))
        #expect(failure(of: mixed) != nil)
    }

    @Test func `somebody else's signature is not believed`() throws {
        let strangers = try GatewayKeys.create(
            in: scene.folder.file("strangers"),
            organization: "Strangers",
            at: Scene.now
        )
        #expect(failure(of: try signed(by: strangers.signing)) == .signature(.untrusted))
    }

    @Test(arguments: ["", "%PDF-", "%PDF-1.5\n%%EOF\n", "PK", "%PDF-1.5 /ByteRange [0 1 2 3]"])
    func `another document is told from a record`(text: String) {
        let found = failure(of: Array(text.utf8))
        #expect(found == .notABundle || found == .truncated)
    }

    @Test func `an unsigned document is no record, and a huge one is not looked at`() throws {
        #expect(failure(of: Self.plain(title: "()")) == .notABundle)
        let huge = Array("%PDF-".utf8) + [UInt8](repeating: 32, count: Int(SignedPaper.longest))
        #expect(failure(of: huge) == .tooLarge)
    }

    /// In pieces through the line to it, and with the same verdicts.
    @Test(.disabled(if: isUnderSanitizer), arguments: [0, 900_000, 1_048_576, 5_000_000])
    func `the confined program says the same of records of every size`(padding: Int) throws {
        let program = try openingProgram()
        let pdf = try signed(padding: padding)
        #expect(try check(pdf, by: program) == (try check(pdf)))
        for place in [20, pdf.count / 2, pdf.count - 10] {
            var changed = pdf
            changed[place] ^= 1
            let found = failure(of: changed, by: program)
            #expect(found != nil && found == failure(of: changed), "byte \(place)")
        }
    }

    @Test func `it verifies years after its signer's certificate expired, and says so`() throws {
        let pdf = try signed()
        let later = Scene.now.advanced(bySeconds: 5 * 365 * 86_400)
        let paper = try SignedPaper(pdf, trust: [scene.keys.authority], at: later)
        #expect(paper.signer.signedAt != nil)
    }
}
