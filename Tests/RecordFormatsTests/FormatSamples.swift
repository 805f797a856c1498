import Foundation
import RecordFormats
import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

enum FormatSamples {
    static let codes = StandardCodes(
        vaccines: [
            Vaccine(code: "03", name: "MMR", groups: ["MMR"]),
            Vaccine(code: "20", name: "DTaP", groups: ["DTAP"]),
        ],
        courses: ["02052": "Algebra I", "03101": "Chemistry"]
    )

    static func source(_ name: String = "Weslaco East HS") throws -> RecordSource {
        RecordSource(
            school: SchoolID("484496008851"),
            name: name,
            date: try #require(CivilDate(iso8601: "2026-05-29"))
        )
    }

    static func read(_ text: String) throws -> RecordReading {
        try #require(RecordFile.read(Array(text.utf8), from: source(), codes: codes))
    }

    static func fixture(_ name: String) throws -> [UInt8] {
        let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Fixtures/records")
        return [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
    }

    /// A record with every element, every code, and texts that mean something elsewhere.
    static func hostileRecord(_ generator: inout SeededGenerator) throws -> StudentRecord {
        let texts = [
            "O'Brien, \"Tess\"", "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "Ñandú; 李",
            "a\\b", "''", "-1", "@x", "&amp;", "{{name}}", "(none on file) ", "e\u{301}",
        ]
        var entries: [RecordEntry] = []
        for group in ElementGroup.allCases {
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                var entry = RecordEntry(
                    group,
                    from: try source((texts.randomElement(using: &generator) ?? "").trimmed)
                )
                if Bool.random(using: &generator) {
                    entry.place = SchoolPlace(name: "Third & Main; \"HS\"")
                }
                if group == .immunization { entry.standard = "03" }
                if group == .course { entry.standard = "02052" }
                for element in group.elements where Int.random(in: 0..<4, using: &generator) > 0 {
                    entry.answers[element] = try answer(element, texts, &generator)
                }
                entries.append(entry)
            }
        }
        return StudentRecord(entries.filter { !$0.answers.isEmpty })
    }

    private static func answer(
        _ element: Element,
        _ texts: [String],
        _ generator: inout SeededGenerator
    ) throws -> ElementAnswer {
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: return .noneOnFile
        case 1: return .withheld
        default: break
        }
        let number = Int.random(in: 0..<10_000, using: &generator)
        let text: String? =
            switch element.definition.kind {
            case .text, .identifier, .countryCode: texts.randomElement(using: &generator)
            case .date: CivilDate(dayNumber: number).description
            case .month: "2026-\(number % 9 + 1)".replacing("-", with: "-0")
            case .year: "2025"
            case .code: element.definition.codes.randomElement(using: &generator)?.token
            case .flag: number.isMultiple(of: 2) ? "yes" : "no"
            case .stateCode: "TX"
            case .zip: "78596"
            case .phone: "(956) 555-0143"
            case .amount, .percentage: Hundredths(number).description
            }
        return .value(try ElementValue.read(try #require(text), for: element))
    }
}
