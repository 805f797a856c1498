/// The ZIP archives that are office documents, told from all the others by their first entries.
struct OfficeArchive {
    /// The entry that holds a document's macros; names stand uncompressed in the archive.
    static let macros = Array("vbaProject.bin".utf8)

    private let opening: [UInt8]

    init(opening: [UInt8]) {
        self.opening = opening
    }

    /// `nil` where the archive is anything but a document we take.
    var type: FileType? {
        guard let first = name(at: 0) else { return nil }
        if first == "mimetype" { return openDocumentType }
        guard Self.mayStartOfficeDocument(first) else { return nil }
        for name in names {
            if name.utf8.starts(with: "word/".utf8) { return .wordDocument }
            if name.utf8.starts(with: "xl/".utf8) { return .excelWorkbook }
        }
        return nil
    }

    /// The first entry is there and says that this is no office document.
    var isHopeless: Bool {
        guard let first = name(at: 0) else { return opening.count > 30 + 512 }
        return first != "mimetype" && !Self.mayStartOfficeDocument(first)
    }

    private static func mayStartOfficeDocument(_ name: String) -> Bool {
        name == "[Content_Types].xml"
            || ["_rels/", "docProps/", "word/", "xl/", "customXml/"]
                .contains { name.utf8.starts(with: $0.utf8) }
    }

    // ODF 1.3 part 2, section 3.3: the media type is the first entry, stored, with no extra field.
    private var openDocumentType: FileType? {
        guard opening.count > 38, opening[8] == 0, opening[9] == 0, opening[28] == 0,
            opening[29] == 0
        else { return nil }
        let length = Int(opening[18]) | Int(opening[19]) << 8
        guard (1...100).contains(length), opening.count >= 38 + length else { return nil }
        switch String(decoding: opening[38..<(38 + length)], as: UTF8.self) {
        case "application/vnd.oasis.opendocument.text": return .openDocumentText
        case "application/vnd.oasis.opendocument.spreadsheet": return .openDocumentSpreadsheet
        default: return nil
        }
    }

    // Sizes may stand behind the data, so headers are found by their signature. A signature inside
    // compressed data can only add a name, and a name alone lets nothing in that the first entry
    // does not.
    private var names: [String] {
        guard opening.count > 30 else { return [] }
        return (0..<(opening.count - 30)).compactMap { position in
            opening[position] == 0x50 ? name(at: position) : nil
        }
    }

    private func name(at position: Int) -> String? {
        guard position + 30 <= opening.count,
            opening[position..<(position + 4)].elementsEqual([0x50, 0x4B, 0x03, 0x04])
        else { return nil }
        let length = Int(opening[position + 26]) | Int(opening[position + 27]) << 8
        guard (1...512).contains(length), position + 30 + length <= opening.count else {
            return nil
        }
        return String(decoding: opening[(position + 30)..<(position + 30 + length)], as: UTF8.self)
    }
}
