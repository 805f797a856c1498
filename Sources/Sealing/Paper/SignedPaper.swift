import BundleFormat
package import Vocabulary

/// A printed record whose signature holds over all of it.
///
/// Only the form that `PDFSigning` writes is read, from its end, and nothing else of a PDF is
/// parsed: what the signature covers is compared byte for byte, whatever it shows.
package struct SignedPaper: Hashable, Sendable {
    package let signer: Signer
    /// The request that its title names; `nil` where it names none.
    package let number: RequestNumber?
    /// When it was made, as it says under the signature.
    package let at: Instant

    /// More than any printed record has: see `PrintingProgram`.
    package static let longest: Int64 = 16 << 20

    /// Checks the bytes of a PDF; throws `BundleFailure`.
    ///
    /// `program` is the confined one that parses the signature; without it, that happens in this
    /// process.
    package init(
        _ pdf: [UInt8],
        trust: [Certificate],
        at instant: Instant,
        by program: OpeningProgram? = nil
    ) throws {
        guard pdf.count <= Int(Self.longest) else { throw BundleFailure.tooLarge }
        guard pdf.starts(with: "%PDF-".utf8) else { throw BundleFailure.notABundle }
        let form = try PaperForm(pdf)
        let roots = trust.map(\.der)
        let verdict =
            if let program {
                try program.check(
                    form.signature,
                    over: form.covered,
                    upTo: Int(Self.longest),
                    trust: roots,
                    at: instant
                )
            } else {
                DetachedSignature.check(
                    form.signature,
                    over: form.covered,
                    trust: roots,
                    at: instant
                )
            }
        switch verdict {
        case .good(let signer): self.signer = signer
        case .bad(let problem): throw BundleFailure.signature(problem)
        }
        at = form.at
        number = form.number
    }
}

/// The last update of a PDF that `PDFSigning` signed, taken apart.
private struct PaperForm {
    let signature: [UInt8]
    /// Everything but the signature.
    let covered: [UInt8]
    let at: Instant
    let number: RequestNumber?

    init(_ pdf: [UInt8]) throws {
        guard let mark = pdf.lastIndex(of: "/ByteRange [0 ") else {
            // The signature is at the end, so it is the first thing that a cut takes away.
            throw pdf.suffix(64).contains("%%EOF")
                ? BundleFailure.notABundle : BundleFailure.truncated
        }
        let fields = try Self.fields(pdf, after: mark + "/ByteRange [0 ".utf8.count)
        let (first, second, count) = (fields.0, fields.1, fields.2)
        let between = Array("]\n   /Contents ".utf8)
        let start = mark + "/ByteRange [0 ".utf8.count + 32
        guard pdf.has(between, at: start), first == start + between.count,
            second == first + PDFSigning.room + 2
        else { throw BundleFailure.notABundle }
        // More than it signs was appended; less is there than it signs.
        guard second + count >= pdf.count else { throw BundleFailure.tampered }
        guard second + count == pdf.count else { throw BundleFailure.truncated }
        guard pdf[first] == UInt8(ascii: "<"), pdf[second - 1] == UInt8(ascii: ">") else {
            throw BundleFailure.tampered
        }
        signature = try Self.signature(in: pdf[(first + 1)..<(second - 1)])
        covered = Array(pdf[..<first] + pdf[second...])
        guard let made = pdf[..<mark].lastIndex(of: "/M (D:"),
            let at = Instant(pdfDate: pdf[(made + 6)...].prefix(15))
        else { throw BundleFailure.notABundle }
        self.at = at
        number = Self.number(in: covered)
    }

    /// Three numbers of ten digits, as they are always written.
    private static func fields(_ pdf: [UInt8], after place: Int) throws -> (Int, Int, Int) {
        guard place + 32 < pdf.count else { throw BundleFailure.truncated }
        let numbers = pdf[place..<place + 32].split(
            separator: UInt8(ascii: " "),
            omittingEmptySubsequences: false
        ).compactMap { field in
            field.count == 10 && field.allSatisfy { (48...57).contains($0) }
                ? Int(String(decoding: field, as: UTF8.self)) : nil
        }
        guard numbers.count == 3 else { throw BundleFailure.notABundle }
        return (numbers[0], numbers[1], numbers[2])
    }

    /// One DER element, and nothing but zeros in the room that is left.
    private static func signature(in digits: ArraySlice<UInt8>) throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        var high: UInt8?
        for digit in digits {
            // As it is always written: nothing else could stand for the same signature.
            guard let value = digit.hexadecimalValue, !(65...70).contains(digit) else {
                throw BundleFailure.tampered
            }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        guard bytes.count >= 4, bytes[0] == 0x30, bytes[1] == 0x82 else {
            throw BundleFailure.signature(.malformed)
        }
        let end = 4 + Int(bytes[2]) << 8 + Int(bytes[3])
        guard end <= bytes.count, bytes[end...].allSatisfy({ $0 == 0 }) else {
            throw BundleFailure.signature(.malformed)
        }
        return Array(bytes[..<end])
    }

    /// The number in the title, which is a text in brackets or hexadecimal UTF-16.
    private static func number(in pdf: [UInt8]) -> RequestNumber? {
        guard let title = pdf.lastIndex(of: "/Title") else { return nil }
        let value = pdf[(title + 6)...].drop { $0 <= 32 }.prefix(1_000)
        let text: String
        if value.first == UInt8(ascii: "(") {
            text = String(decoding: value.prefix { $0 != UInt8(ascii: ")") }, as: UTF8.self)
        } else {
            let digits = value.dropFirst().prefix { $0.hexadecimalValue != nil }
                .compactMap(\.hexadecimalValue)
            let units = stride(from: 0, to: digits.count - digits.count % 4, by: 4).map { place in
                digits[place..<place + 4].reduce(UInt16(0)) { $0 << 4 | UInt16($1) }
            }
            text = String(decoding: units, as: UTF16.self)
        }
        let words = text.split { !($0.isLetter || $0.isNumber || $0 == "-") }
        return words.lazy.compactMap { try? RequestNumber(parsing: String($0)) }.first
    }
}

extension RandomAccessCollection<UInt8> where Index == Int {
    /// Where a text stands last.
    fileprivate func lastIndex(of text: String) -> Int? {
        let wanted = Array(text.utf8)
        var place = endIndex - wanted.count
        while place >= startIndex {
            if has(wanted, at: place) { return place }
            place -= 1
        }
        return nil
    }

    fileprivate func contains(_ text: String) -> Bool { lastIndex(of: text) != nil }

    fileprivate func has(_ bytes: [UInt8], at place: Int) -> Bool {
        guard place >= startIndex, place + bytes.count <= endIndex, self[place] == bytes[0] else {
            return false
        }
        return self[place..<place + bytes.count].elementsEqual(bytes)
    }
}

extension UInt8 {
    fileprivate var hexadecimalValue: UInt8? {
        switch self {
        case 48...57: self - 48
        case 65...70: self - 55
        case 97...102: self - 87
        default: nil
        }
    }
}

extension Instant {
    /// `20260518140000Z`, as `PDFSigning` writes it.
    fileprivate init?(pdfDate digits: ArraySlice<UInt8>) {
        let text = String(decoding: digits, as: UTF8.self)
        guard text.utf8.count == 15, text.hasSuffix("Z") else { return nil }
        let plain = Array(text.utf8.dropLast())
        guard plain.allSatisfy({ (48...57).contains($0) }) else { return nil }
        let field = { (from: Int, count: Int) in
            String(decoding: plain[from..<from + count], as: UTF8.self)
        }
        self.init(
            iso8601: "\(field(0, 4))-\(field(4, 2))-\(field(6, 2))T"
                + "\(field(8, 2)):\(field(10, 2)):\(field(12, 2)).000Z"
        )
    }
}
