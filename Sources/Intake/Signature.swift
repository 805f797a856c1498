/// Types that their first bytes alone give away.
enum Signature {
    static func type(of opening: [UInt8]) -> FileType? {
        if starts(opening, "%PDF-") { return .pdf }
        if opening.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
        if opening.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
        if starts(opening, "GIF87a") || starts(opening, "GIF89a") { return .gif }
        if opening.starts(with: [0x49, 0x49, 0x2A, 0x00]) { return .tiff }
        if opening.starts(with: [0x4D, 0x4D, 0x00, 0x2A]) { return .tiff }
        if starts(opening, "{\\rtf") { return .rtf }
        if isHEIC(opening) { return .heic }
        return nil
    }

    // ISO base media: a box of type `ftyp` whose major brand is one of HEIF's (ISO/IEC 23008-12).
    private static func isHEIC(_ opening: [UInt8]) -> Bool {
        guard opening.count >= 12, opening[4..<8].elementsEqual("ftyp".utf8) else { return false }
        let brand = String(decoding: opening[8..<12], as: UTF8.self)
        return ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"].contains(brand)
    }

    private static func starts(_ opening: [UInt8], _ text: StaticString) -> Bool {
        opening.starts(with: text.withUTF8Buffer { Array($0) })
    }
}

/// The container of the office programs before 2007 (OLE, MS-CFB).
enum CompoundFile {
    static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    // Names of streams stand in the directory in UTF-16, little-endian, anywhere in the file.
    static let wordStream = utf16("WordDocument")
    static let excelStream = utf16("Workbook")
    static let macros = utf16("_VBA_PROJECT")

    private static func utf16(_ text: String) -> [UInt8] {
        text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    }
}
