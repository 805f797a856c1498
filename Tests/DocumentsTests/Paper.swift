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

    static let unfinished = [
        "Ciencias de la Tierra 4", "Computación 4", "Educación física 4",
        "Español para hablantes nativos 4", "Historia de México y Estados Unidos 4",
        "Inglés como segunda lengua 4",
    ]

    /// As the gateway words one, with forty courses behind the sums.
    static let lastYear = record(
        heading: "Emiliano Cantú Salinas",
        facts: [
            .init("Fecha de nacimiento", ["19 de enero de 2009"]), .init("Grado", ["Grado 11"]),
            .init("Los envía", ["Weslaco East High School"]), .init("Para", ["Davis High School"]),
            .init("Respondido", ["18 de mayo de 2026, 9:00 a. m. PDT"]),
            .init(
                "Certifica",
                [
                    "Ana Treviño, Records clerk, desde el buzón de la escuela. No es una certificación oficial."
                ]
            ),
            .init(
                "Se necesitan para",
                ["Inscribir al estudiante", "Ubicar en grado y cursos", "Graduarse"]
            ),
            .init("¿Completo?", ["Parcial"]),
        ],
        sections: [
            .init(
                title: "Para inscribir",
                facts: [
                    .init("Número estatal del estudiante", ["Se enviará después"]),
                    .init("Escuelas", ["Se enviará después"]),
                    .init("Vacunas", ["DTaP ×1: 2/3/2011", "MMR ×2: 4/2/2011, 3/30/2014"]),
                    .init("Alerta médica", ["No hay en el expediente"]),
                ]
            ),
            .init(
                title: "Para asignar grado y cursos",
                facts: [
                    .init("Grado", ["Se enviará después"]), .init("Exámenes", ["No se envía"]),
                    .init("En curso", unfinished.map { "\($0) (58.00 h, 79.00 %)" }),
                ]
            ),
            .init(
                title: "Partes",
                facts: [
                    .init("Fechas de inscripción y salida", ["Vendrá luego"]),
                    .init("Cartilla de vacunas", ["En los archivos"]),
                    .init("Avisos de salud", ["No hay en el expediente"]),
                    .init("Calificaciones e historial de cursos", ["En los archivos"]),
                    .init("Créditos parciales y cursos en progreso", ["En los archivos"]),
                    .init("Resultados de exámenes estatales", ["No se envía"]),
                    .init("Educación especial (IEP) o plan 504", ["No hay en el expediente"]),
                ]
            ),
        ],
        table: .init(
            title: "Créditos por materia (unidades Carnegie) · Cascada diploma",
            head: ["Materia", "Necesarios", "Otorgados", "En curso", "Faltan"],
            rows: (1...9).map { ["Materia \($0)", "3.00", "25.50 +", "6 · 348.00 h", "0.00"] }
                + [["Total", "24.00", "25.50", "348.00 h", "21.00"]]
        ),
        lists: [
            .init(
                title: "Termine estos primero",
                lines: unfinished.map { "\($0) · 58.00 h · 79.00 % · Weslaco East High School" }
            ),
            .init(
                title: "Cursos con crédito",
                lines: ["Weslaco East High School", "Davis High School"].map { school in
                    "\(school), según \(school), 18 de mayo de 2026: "
                        + (1...17).map { "Matemáticas integradas \($0) · 2025 · B+ · 0.50" }
                        .joined(separator: "; ")
                }
            ),
            .init(lines: [
                "+ Más de lo necesario. Si cuenta como crédito optativo lo decide el consejero.",
                "Fuentes: Weslaco East High School, 18 de mayo de 2026",
                "No comparta estos documentos sin permiso de los padres: 34 CFR 99.33.",
            ]),
        ]
    )

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
