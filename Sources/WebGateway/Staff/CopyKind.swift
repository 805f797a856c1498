import Rendering
import StudentRecords
package import Vocabulary

/// What can be taken along, by the name of its file.
enum CopyKind: Hashable {
    case pdf, json, pesc, edFi
    case csv(ElementGroup)

    init?(file: String) {
        switch file {
        case Self.pdf.file: self = .pdf
        case Self.json.file: self = .json
        case Self.pesc.file: self = .pesc
        case Self.edFi.file: self = .edFi
        default:
            guard let group = ElementGroup.allCases.first(where: { Self.csv($0).file == file })
            else { return nil }
            self = .csv(group)
        }
    }

    var file: String {
        switch self {
        case .pdf: "record.pdf"
        case .json: "record.json"
        case .pesc: "transcript.pesc.xml"
        case .edFi: "transcript.ed-fi.json"
        case .csv(let group): "\(group.rawValue).csv"
        }
    }

    var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .json, .edFi: "application/json"
        case .pesc: "application/xml"
        case .csv: "text/csv; charset=utf-8"
        }
    }

    /// A transcript names its student; a table of doses does not.
    var needsName: Bool { self == .pesc || self == .edFi }
}

extension CopyLink {
    /// A table for each group that has something for the use, and the formats of the whole.
    static func all(of records: [StudentRecord], for use: RecordUse) -> [CopyLink] {
        let record = StudentRecord(records.flatMap(\.entries)).needed(for: use)
        guard !record.entries.isEmpty else { return [] }
        let groups = ElementGroup.allCases.filter { !record.entries(of: $0).isEmpty }
        return [
            CopyLink(kind: .pdf, file: CopyKind.pdf.file),
            CopyLink(kind: .json, file: CopyKind.json.file),
            CopyLink(kind: .pesc, file: CopyKind.pesc.file),
            CopyLink(kind: .edFi, file: CopyKind.edFi.file),
        ] + groups.map { CopyLink(kind: .csv(group: $0), file: CopyKind.csv($0).file) }
    }
}

extension RequestNumber {
    /// Where whoever holds a printed page can check the number; nothing of a student is in it.
    package func checkAddress(at base: String) -> String { "\(base)/check?number=\(self)" }
}

extension Array where Element: Hashable {
    /// Each once, in the order in which they first appear.
    var distinct: Self {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
