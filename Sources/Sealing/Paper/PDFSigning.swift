package import Vocabulary

/// Signs a PDF of our own making, so that a PDF viewer and `pdfsig` can check it.
///
/// The signature is appended as an incremental update, detached CMS over everything but itself
/// (ISO 32000-1, 12.8). It says where the page came from and that nothing was changed, no more:
/// who certified the record stands on the page.
package enum PDFSigning {
    /// What is not a PDF as Cairo writes it: with a table of references and one catalog.
    package struct UnknownForm: Error, Hashable, Sendable {}

    /// Hexadecimal digits that are kept free for the signature.
    static let room = 16_384

    package static func signed(
        _ pdf: [UInt8],
        by signer: KeyPair,
        at instant: Instant
    ) throws -> [UInt8] {
        let form = try PDFForm(pdf)
        var update = PDFUpdate(pdf)
        let signature = form.objects
        let field = form.objects + 1
        let name = signer.certificate.commonName
        let start = update.add(
            signature,
            """
            << /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached
               /M (D:\(instant.pdfDate)) /Name <\(name.pdfText)>
               /ByteRange \(Range(zeros: 10))
               /Contents <\(String(repeating: "0", count: room))> >>
            """
        )
        _ = update.add(
            field,
            """
            << /Type /Annot /Subtype /Widget /FT /Sig /T (Mochila) /F 132 /Rect [0 0 0 0]
               /V \(signature) 0 R /P \(form.page.number) 0 R >>
            """
        )
        _ = update.add(
            form.catalog.number,
            try form.catalog.adding("/AcroForm << /Fields [\(field) 0 R] /SigFlags 3 >>")
        )
        _ = update.add(form.page.number, try form.page.adding("/Annots [\(field) 0 R]"))
        update.finish(form)

        var bytes = update.bytes
        let contents = try bytes.position(of: "/Contents <0", from: start) + "/Contents ".utf8.count
        let after = contents + room + 2
        let range = Range(first: contents, second: after, count: bytes.count - after)
        let place = try bytes.position(of: Range(zeros: 10).description, from: start)
        let written = range.description.utf8
        bytes.replaceSubrange(place..<place + written.count, with: written)
        let covered = Array(bytes[..<contents] + bytes[after...])
        let made = try signer.signature(over: covered, at: instant)
        let digits = made.flatMap { [Self.digit($0 >> 4), Self.digit($0 & 15)] }
        guard digits.count <= room else { throw UnknownForm() }
        bytes.replaceSubrange(contents + 1..<contents + 1 + digits.count, with: digits)
        return bytes
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
    }

    /// The bytes that are signed, always written in the same width.
    private struct Range: CustomStringConvertible {
        let description: String

        init(zeros width: Int) {
            let zero = String(repeating: "0", count: width)
            description = "[0 \(zero) \(zero) \(zero)]"
        }

        init(first: Int, second: Int, count: Int) {
            let fields = [first, second, count].map { number in
                let digits = "\(number)"
                return String(repeating: "0", count: max(0, 10 - digits.utf8.count)) + digits
            }
            description = "[0 \(fields.joined(separator: " "))]"
        }
    }
}

/// The few things of a PDF that an update must know.
private struct PDFForm {
    struct Object {
        let number: Int
        /// From `<<` to `>>`.
        let dictionary: [UInt8]

        func adding(_ entry: String) throws -> String {
            guard dictionary.suffix(2).elementsEqual(">>".utf8) else {
                throw PDFSigning.UnknownForm()
            }
            return String(decoding: dictionary.dropLast(2), as: UTF8.self) + entry + " >>"
        }
    }

    /// How many objects there are, so the number of the next one.
    let objects: Int
    let table: Int
    let catalog: Object
    let information: Int?
    let page: Object

    init(_ pdf: [UInt8]) throws {
        let trailer = try pdf.lastPosition(of: "trailer")
        objects = try pdf.number(after: "/Size ", from: trailer)
        table = try pdf.number(after: "startxref\n", from: trailer)
        information = try? pdf.number(after: "/Info ", from: trailer)
        let root = try pdf.number(after: "/Root ", from: trailer)
        catalog = try Self.object(root, in: pdf, table: table, count: objects)
        let pages = try Self.object(
            try catalog.dictionary.number(after: "/Pages ", from: 0),
            in: pdf,
            table: table,
            count: objects
        )
        let first = try pages.dictionary.number(after: "/Kids [ ", from: 0)
        page = try Self.object(first, in: pdf, table: table, count: objects)
    }

    private static func object(
        _ number: Int,
        in pdf: [UInt8],
        table: Int,
        count: Int
    ) throws -> Object {
        // "xref\n0 51\n", then 20 bytes an object.
        let head = try pdf.position(of: "0 \(count)", from: table)
        let rows = try pdf.position(of: "\n", from: head) + 1
        let row = rows + 20 * number
        guard (0..<count).contains(number), row + 20 <= pdf.count,
            let offset = Int(String(decoding: pdf[row..<row + 10], as: UTF8.self)),
            pdf.indices.contains(offset)
        else { throw PDFSigning.UnknownForm() }
        let start = try pdf.position(of: "<<", from: offset)
        let end = try pdf.position(of: "endobj", from: offset)
        guard pdf[offset...].starts(with: "\(number) 0 obj".utf8), start < end else {
            throw PDFSigning.UnknownForm()
        }
        var dictionary = Array(pdf[start..<end])
        while let last = dictionary.last, last <= 32 { dictionary.removeLast() }
        return Object(number: number, dictionary: dictionary)
    }
}

/// Objects that are appended to a PDF, and the table that finds them.
private struct PDFUpdate {
    private(set) var bytes: [UInt8]
    private var offsets: [Int: Int] = [:]

    init(_ pdf: [UInt8]) { bytes = pdf }

    /// - Returns: where it stands.
    mutating func add(_ number: Int, _ dictionary: String) -> Int {
        let offset = bytes.count
        offsets[number] = offset
        bytes += "\(number) 0 obj\n\(dictionary)\nendobj\n".utf8
        return offset
    }

    mutating func finish(_ form: PDFForm) {
        let table = bytes.count
        var text = "xref\n"
        for (number, offset) in offsets.sorted(by: { $0.key < $1.key }) {
            let digits = "\(offset)"
            let zeros = String(repeating: "0", count: max(0, 10 - digits.utf8.count))
            text += "\(number) 1\n\(zeros)\(digits) 00000 n \n"
        }
        let information = form.information.map { " /Info \($0) 0 R" } ?? ""
        text += """
            trailer
            << /Size \(form.objects + 2) /Root \(form.catalog.number) 0 R\(information) \
            /Prev \(form.table) >>
            startxref
            \(table)
            %%EOF

            """
        bytes += text.utf8
    }
}

extension [UInt8] {
    fileprivate func position(of text: String, from start: Int) throws -> Int {
        let wanted = Array(text.utf8)
        var place = start
        while place + wanted.count <= count {
            if self[place] == wanted[0], self[place..<place + wanted.count].elementsEqual(wanted) {
                return place
            }
            place += 1
        }
        throw PDFSigning.UnknownForm()
    }

    fileprivate func lastPosition(of text: String) throws -> Int {
        let wanted = Array(text.utf8)
        var place = count - wanted.count
        while place >= 0 {
            if self[place..<place + wanted.count].elementsEqual(wanted) { return place }
            place -= 1
        }
        throw PDFSigning.UnknownForm()
    }

    fileprivate func number(after text: String, from start: Int) throws -> Int {
        let place = try position(of: text, from: start) + text.utf8.count
        let digits = self[place...].prefix { (48...57).contains($0) }.prefix(10)
        guard let number = Int(String(decoding: digits, as: UTF8.self)) else {
            throw PDFSigning.UnknownForm()
        }
        return number
    }
}

extension String {
    /// As hexadecimal UTF-16, which a PDF takes for any script.
    fileprivate var pdfText: String {
        "FEFF"
            + utf16.map { unit in
                let digits = String(unit, radix: 16, uppercase: true)
                return String(repeating: "0", count: 4 - digits.utf8.count) + digits
            }.joined()
    }
}

extension Instant {
    /// `20260518140000Z`.
    fileprivate var pdfDate: String {
        let seconds = millisecondsSince1970 / 1_000
        let day = CivilDate(dayNumber: Int(seconds / 86_400))
        let rest = Int(seconds % 86_400)
        let fields = [day.month, day.day, rest / 3_600, rest / 60 % 60, rest % 60]
        return "\(day.year)" + fields.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined() + "Z"
    }
}
