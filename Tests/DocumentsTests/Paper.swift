import Foundation
import PaperFormat
import Sealing
import Vocabulary

/// A printed record in a folder of its own, looked at with the tools that any reader has.
final class Paper {
    let folder: URL
    var file: String { folder.appendingPathComponent("record.pdf").path }

    init(_ bytes: [UInt8]) throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("mochila-paper-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: file))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// What a program says of it; the file is the last but `after` of its arguments.
    func tool(_ name: String, _ arguments: String..., after: [String] = []) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [name] + arguments + [file] + after
        process.currentDirectoryURL = folder
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: output, as: UTF8.self)
    }

    var text: String { get throws { try tool("pdftotext", "-layout", after: ["-"]) } }

    var pages: Int? {
        get throws {
            try tool("pdfinfo").split(separator: "\n").first { $0.hasPrefix("Pages:") }
                .flatMap { $0.split(separator: " ").last }.flatMap { Int($0) }
        }
    }

    /// The row of `pdffonts` of each font: its name first, then whether it is embedded.
    var fonts: [String] {
        get throws { try tool("pdffonts").split(separator: "\n").dropFirst(2).map(String.init) }
    }
}

enum Papers {
    static let address = "https://records.ayuda.example/check?number=RQ-7Q4K9-2PMXC"

    static func record(
        heading: String = "Xóchitl Guadalupe Ñúñez de la Peña",
        facts: [PrintedRecord.Fact] = Self.facts,
        sections: [PrintedRecord.Section] = Self.sections,
        table: PrintedRecord.Table? = Self.table,
        lists: [PrintedRecord.Lines] = Self.lists,
        language: Language = .spanish
    ) -> PrintedRecord {
        PrintedRecord(
            title: "Student records RQ-7Q4K9-2PMXC",
            heading: heading,
            caption: "Student records · RQ-7Q4K9-2PMXC",
            facts: facts,
            sections: sections,
            table: table,
            lists: lists,
            checkAddress: address,
            foot: "RQ-7Q4K9-2PMXC",
            language: language,
            at: Instant(millisecondsSince1970: 1_779_112_800_000)
        )
    }

    static func print(_ record: PrintedRecord) throws -> Paper {
        try Paper(try printingProgram().printed(record))
    }

    /// Keys made now, since stock tools go by the real time.
    static func keys() throws -> GatewayKeys {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("mochila-keys-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        return try GatewayKeys.create(
            in: folder.path,
            organization: "Departamento de Educación de Ayuda",
            at: TimeBasedCodes().now()
        )
    }

    static let facts: [PrintedRecord.Fact] = [
        .init("Fecha de nacimiento", ["27 de marzo de 2010"]),
        .init("Grado", ["10"]),
        .init("Enviado por", ["Weslaco East High School, Weslaco, Texas"]),
        .init("Enviado a", ["Davis High School, Yakima, Washington"]),
        .init("Certificado por", ["Ana Treviño, encargada de registros"]),
    ]

    /// As much as a typical secondary student has.
    static let sections: [PrintedRecord.Section] = [
        .init(
            title: "Para inscribir",
            facts: (1...12).map { number in
                .init("Vacuna \(number)", ["MMR ×2: 4/2/2011, 3/30/2014"])
            }
        ),
        .init(
            title: "Para ubicar",
            facts: (1...8).map { number in
                .init("Curso \(number)", ["Álgebra II (61.00 h, 84.00 %)"])
            }
        ),
        .init(title: "Partes", facts: (1...6).map { .init("Parte \($0)", ["Enviada"]) }),
    ]

    static let table = PrintedRecord.Table(
        title: "Créditos por materia",
        head: ["Materia", "Necesarios", "Otorgados", "En curso", "Faltan"],
        rows: (1...12).map { ["Materia \($0)", "4.00", "1.50", "1 · 61.00 h", "2.50"] }
            + [["Total", "24.00", "7.50", "122.00 h", "16.50"]]
    )

    static let lists: [PrintedRecord.Lines] = [
        .init(title: "Termine estos primero", lines: (1...4).map { "Química \($0) · 58.00 h" }),
        .init(lines: ["Fuentes: Weslaco East High School, 18 de mayo de 2026"]),
    ]
}
