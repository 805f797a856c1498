/// How bytes are text.
package enum TextEncoding: String, Sendable, CaseIterable, Codable {
    case utf8, utf16LittleEndian, utf16BigEndian, windows1252
}

/// Finds out how a file's bytes are text, from all of them.
///
/// A guess from the first kilobytes would be wrong for a file whose first accent stands in its last
/// row.
package struct EncodingScan: Sendable {
    /// Why the bytes cannot be read as rows of text.
    package enum Unreadable: Error, Hashable, Sendable, Codable {
        case empty
        /// Such as a spreadsheet or an archive.
        case notText(Kind)
        /// Some of it is UTF-8 and some is not; the offset of the first byte that is not.
        case mixed(offset: Int)
    }

    /// What it is instead.
    package enum Kind: String, Hashable, Sendable, Codable {
        /// A ZIP archive: a spreadsheet is one.
        case zip
        case gzip
        case pdf
        case oldSpreadsheet
        case binary
    }

    private var head: [UInt8] = []
    private var count = 0
    private var zerosAtEven = 0
    private var zerosAtOdd = 0
    private var utf8 = UTF8Scan()
    private var undefinedIn1252 = 0
    private var controls = 0

    package init() {}

    /// Takes the next bytes of the file.
    package mutating func read(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes {
            if head.count < 8 { head.append(byte) }
            if byte < 0x80 {
                if byte == 0 {
                    if count.isMultiple(of: 2) { zerosAtEven += 1 } else { zerosAtOdd += 1 }
                } else if byte < 0x20, !Self.layout.contains(byte) {
                    controls += 1
                }
            } else if Self.undefined.contains(byte) {
                undefinedIn1252 += 1
            }
            utf8.take(byte, at: count)
            count += 1
        }
    }

    /// The encoding, and the bytes of a byte order mark to skip.
    package func result() throws(Unreadable) -> (encoding: TextEncoding, mark: Int) {
        guard count > 0 else { throw .empty }
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) { throw .notText(.zip) }
        if head.starts(with: [0x1F, 0x8B]) { throw .notText(.gzip) }
        if head.starts(with: Array("%PDF".utf8)) { throw .notText(.pdf) }
        if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { throw .notText(.oldSpreadsheet) }
        if head.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if head.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        let mark = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        // ASCII letters in UTF-16 are a zero every second byte.
        if zerosAtOdd > count / 4, zerosAtEven == 0 { return (.utf16LittleEndian, 0) }
        if zerosAtEven > count / 4, zerosAtOdd == 0 { return (.utf16BigEndian, 0) }
        if zerosAtEven + zerosAtOdd > 0 || controls * 50 > count { throw .notText(.binary) }
        guard let wrong = utf8.firstWrong ?? (utf8.isOpen ? utf8.openedAt : nil) else {
            return (.utf8, mark)
        }
        // Text in Windows-1252 is hardly ever right as UTF-8: two accented signs in a row of just
        // the right kind. Where both are there, two files were put together.
        if mark > 0 || utf8.sequences > 0 { throw .mixed(offset: wrong) }
        guard undefinedIn1252 == 0 else { throw .notText(.binary) }
        return (.windows1252, 0)
    }

    private static let layout: Set<UInt8> = [0x09, 0x0A, 0x0C, 0x0D, 0x1A, 0x1C, 0x1D, 0x1E, 0x1F]
    private static let undefined: Set<UInt8> = [0x81, 0x8D, 0x8F, 0x90, 0x9D]
}

/// Follows UTF-8 byte by byte, as RFC 3629 has it.
private struct UTF8Scan: Sendable {
    private var missing = 0
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF
    /// Whole sequences of more than one byte.
    private(set) var sequences = 0
    private(set) var firstWrong: Int?
    private(set) var openedAt = 0

    var isOpen: Bool { missing > 0 }

    mutating func take(_ byte: UInt8, at offset: Int) {
        if missing > 0 {
            guard (lowest...highest).contains(byte) else {
                note(openedAt)
                missing = 0
                begin(byte, at: offset)
                return
            }
            (lowest, highest) = (0x80, 0xBF)
            missing -= 1
            if missing == 0 { sequences += 1 }
            return
        }
        begin(byte, at: offset)
    }

    private mutating func begin(_ byte: UInt8, at offset: Int) {
        guard byte >= 0x80 else { return }
        (lowest, highest) = (0x80, 0xBF)
        openedAt = offset
        switch byte {
        case 0xC2...0xDF: missing = 1
        case 0xE0: (missing, lowest) = (2, 0xA0)
        case 0xED: (missing, highest) = (2, 0x9F)
        case 0xE1...0xEF: missing = 2
        case 0xF0: (missing, lowest) = (3, 0x90)
        case 0xF1...0xF3: missing = 3
        case 0xF4: (missing, highest) = (3, 0x8F)
        default: note(offset)
        }
    }

    private mutating func note(_ offset: Int) {
        if firstWrong == nil { firstWrong = offset }
    }
}
