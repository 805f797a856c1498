import Intake

/// The beginnings of real files, made by hand: enough of each for its type to be known.
enum Samples {
    static func bytes(of type: FileType) -> [UInt8] {
        switch type {
        case .pdf: text("%PDF-1.7\n%\u{E2}\u{E3}\n1 0 obj\n<< >>\nendobj\n%%EOF\n")
        case .jpeg: [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10] + text("JFIF\0") + padding
        case .png: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + padding
        case .gif: text("GIF89a") + padding
        case .heic: [0, 0, 0, 0x18] + text("ftypheic") + padding
        case .tiff: [0x49, 0x49, 0x2A, 0x00, 0x08] + padding
        case .plainText: text("Grades of the first semester\r\nAlgebra B+, señorita Ñandú 😀\n")
        case .csv: text("course,credit,\"note, long\"\nAlgebra,0.5,ok\nArt,0.5,ok\n")
        case .json: text("\u{FEFF}{\"student\": []}")
        case .xml: text("<?xml version=\"1.0\"?>\n<!-- made -->\n<hst:Transcript a='b'/>\n")
        case .rtf: text("{\\rtf1\\ansi grades}")
        case .wordDocument:
            entry("[Content_Types].xml", "<Types/>") + entry("word/document.xml", "<w/>")
        case .excelWorkbook: entry("_rels/.rels", "<r/>") + entry("xl/workbook.xml", "<x/>")
        case .openDocumentText:
            entry("mimetype", "application/vnd.oasis.opendocument.text") + entry("a.xml", "")
        case .openDocumentSpreadsheet:
            entry("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        case .legacyWordDocument: compound + wide("WordDocument") + padding
        case .legacyExcelWorkbook: compound + wide("Workbook") + padding
        }
    }

    /// What is never taken, by what it is.
    static let refused: [(String, [UInt8])] = [
        ("an ELF program", [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1] + padding),
        ("a Windows program", text("MZ\u{90}\u{0}\u{3}") + padding),
        ("a shell script", text("#!/bin/sh\nrm -rf /\n")),
        ("a shell script after a mark", text("\u{FEFF}#!/usr/bin/env python\n")),
        ("a page", text("<!DOCTYPE html><html><body></body></html>")),
        ("a page without a document type", text("\n\n <HTML><body></body></HTML>")),
        ("a page behind a comment", text("<!-- x --><html><p>hi</p></html>")),
        ("a script element", text("<script>alert(1)</script>")),
        ("a drawing", text("<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>")),
        ("a drawing with a prefix", text("<?xml version='1.0'?><s:svg xmlns:s='x'/>")),
        ("a page in XML clothes", text("<?xml version='1.0'?><h:html xmlns:h='x'></h:html>")),
        (
            "XML with a document type",
            text("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY e 'x'>]><a/>")
        ),
        ("XML with a style sheet", text("<?xml-stylesheet href='x.xsl'?><a/>")),
        ("XML that never begins", text("<!-- " + String(repeating: "x", count: 90_000))),
        ("a plain archive", entry("grades.pdf", "x")),
        ("a program in an archive", entry("META-INF/MANIFEST.MF", "x")),
        ("an e-book", entry("mimetype", "application/epub+zip")),
        ("an archive with nothing", text("PK\u{5}\u{6}") + [UInt8](repeating: 0, count: 18)),
        (
            "an office document of neither kind",
            entry("[Content_Types].xml", "x") + entry("ppt/presentation.xml", "x")
        ),
        (
            "a document with macros",
            entry("[Content_Types].xml", "x") + entry("word/document.xml", "x")
                + [UInt8](repeating: 7, count: 200_000) + entry("word/vbaProject.bin", "x")
        ),
        (
            "an old document with macros",
            compound + wide("WordDocument") + padding + wide("_VBA_PROJECT")
        ),
        ("an installer", compound + wide("SummaryInformation") + padding),
        ("a text with a NUL", text("grades\u{0}more of the grades and more")),
        ("a text in Latin-1", text("Nombre: Mu") + [0xF1] + text("oz y otras cosas")),
        ("a text with an overlong slash", text("a text that goes on ") + [0xC0, 0xAF]),
        ("a text with half a character", text("a text that ends wrong ") + [0xE2, 0x82]),
        ("a text with a surrogate", text("a text that goes on ") + [0xED, 0xA0, 0x80]),
        ("a terminal trick", text("grades \u{1B}[2J of the first semester")),
        ("random bytes", [0x93, 0x11, 0xFE, 0x00, 0x42] + padding),
        ("a picture only by name", text("JFIF and nothing of a picture \u{7F}")),
    ]

    static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    private static let padding = [UInt8](repeating: 0x5A, count: 64)

    private static let compound: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

    private static func wide(_ text: String) -> [UInt8] { text.utf8.flatMap { [$0, 0] } }

    /// A stored entry of a ZIP archive: local header and data.
    private static func entry(_ name: String, _ content: String) -> [UInt8] {
        let size = [UInt8(content.utf8.count), 0, 0, 0]
        return [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4] + size + size
            + [UInt8(name.utf8.count), 0, 0, 0] + text(name) + text(content)
    }
}
