/// The kinds of file a holder may send, each recognised by its content.
///
/// Everything else is refused: programs, scripts, pages with scripts in them (HTML, SVG) and
/// archives, in which anything could be hidden.
package enum FileType: String, CaseIterable, Sendable {
    case pdf, jpeg, png, gif, heic, tiff
    case plainText, csv, json, xml, rtf
    case wordDocument, excelWorkbook, openDocumentText, openDocumentSpreadsheet
    case legacyWordDocument, legacyExcelWorkbook

    /// The media type the file is stored, listed and downloaded with.
    package var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .gif: "image/gif"
        case .heic: "image/heic"
        case .tiff: "image/tiff"
        case .plainText: "text/plain; charset=utf-8"
        case .csv: "text/csv; charset=utf-8"
        case .json: "application/json"
        case .xml: "application/xml"
        case .rtf: "application/rtf"
        case .wordDocument:
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .excelWorkbook: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .openDocumentText: "application/vnd.oasis.opendocument.text"
        case .openDocumentSpreadsheet: "application/vnd.oasis.opendocument.spreadsheet"
        case .legacyWordDocument: "application/msword"
        case .legacyExcelWorkbook: "application/vnd.ms-excel"
        }
    }

    /// The endings a name of this type may have, the usual one first.
    package var nameEndings: [String] {
        switch self {
        case .pdf: ["pdf"]
        case .jpeg: ["jpg", "jpeg", "jpe", "jfif"]
        case .png: ["png"]
        case .gif: ["gif"]
        case .heic: ["heic", "heif"]
        case .tiff: ["tif", "tiff"]
        case .plainText: ["txt", "text", "md", "tsv", "csv", "tab", "edi", "x12", "hl7", "dat"]
        case .csv: ["csv", "txt", "tsv"]
        case .json: ["json", "txt"]
        case .xml: ["xml", "txt"]
        case .rtf: ["rtf", "doc"]
        case .wordDocument: ["docx"]
        case .excelWorkbook: ["xlsx"]
        case .openDocumentText: ["odt"]
        case .openDocumentSpreadsheet: ["ods"]
        case .legacyWordDocument: ["doc"]
        case .legacyExcelWorkbook: ["xls"]
        }
    }
}
