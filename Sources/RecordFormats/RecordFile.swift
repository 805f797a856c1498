package import StudentRecords
import Vocabulary

/// A format in which a student's record is read.
package enum RecordFormat: String, Sendable, CaseIterable {
    case json, csv, pesc
    case edFi = "ed-fi"
}

/// Reads a file of any format that is known, and writes records.
package enum RecordFile {
    /// The largest file that is read.
    package static let largest = 16 << 20

    /// The format of a file by what stands in it; `nil` for one that is no record.
    package static func format(of bytes: [UInt8]) -> RecordFormat? {
        guard let text = text(bytes) else { return nil }
        let start = text.utf8.first { ![9, 10, 13, 32].contains($0) }
        switch start {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard let value = JSONValue(Array(text.utf8)) else { return nil }
            if RecordJSON.isOurs(value) { return .json }
            return EdFiTranscript.isOne(value) ? .edFi : nil
        case UInt8(ascii: "<"): return PESCTranscript.isOne(text) ? .pesc : nil
        default: return RecordCSVReader.isOurs(text) ? .csv : nil
        }
    }

    /// Everything that can be read of a file, and all its problems; `nil` for one that is no
    /// record.
    ///
    /// `source` speaks for what the file does not say itself.
    package static func read(
        _ bytes: [UInt8],
        from source: RecordSource,
        codes: StandardCodes
    ) -> RecordReading? {
        guard bytes.count <= largest, let format = format(of: bytes),
            let text = text(bytes)
        else { return nil }
        switch format {
        case .json:
            return JSONValue(Array(text.utf8)).map {
                RecordJSON.read($0, from: source, codes: codes)
            }
        case .edFi:
            return JSONValue(Array(text.utf8)).map {
                EdFiTranscript.read($0, from: source, codes: codes)
            }
        case .csv: return RecordCSVReader.read(text, from: source, codes: codes)
        case .pesc: return PESCTranscript.read(text, from: source, codes: codes)
        }
    }

    /// Why nothing is read of data; `nil` for a record, and for bytes that are no text.
    ///
    /// A file is no record by how it is built: whoever sends it can mend that, or knows that it is
    /// to be read by people only.
    package static func refusal(of bytes: [UInt8]) -> RecordProblem? {
        func problem(
            _ rule: FileForm.Rule,
            at place: String = "file",
            found: String = ""
        ) -> RecordProblem {
            RecordProblem(nil, at: place, found: found, allowed: .form(rule))
        }
        guard bytes.count <= largest else { return problem(.ordinaryFile) }
        guard format(of: bytes) == nil, let text = text(bytes) else { return nil }
        let start = text.utf8.first { ![9, 10, 13, 32].contains($0) }
        switch start {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            return problem(JSONValue(Array(text.utf8)) == nil ? .wholeJSON : .readJSON)
        case UInt8(ascii: "<"): return problem(.transcript)
        default:
            let head = DelimitedTable.head(of: text).joined(separator: ", ")
            return problem(.elementColumns, at: "row 1", found: head)
        }
    }

    /// UTF-8 with or without a mark, UTF-16 with one, else the Western code page that
    /// spreadsheets write.
    static func text(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            guard bytes.count.isMultiple(of: 2) else { return nil }
            let isLittle = bytes[0] == 0xFF
            let units = stride(from: 2, to: bytes.count, by: 2).map { (index: Int) -> UInt16 in
                let low = UInt16(bytes[isLittle ? index : index + 1])
                let high = UInt16(bytes[isLittle ? index + 1 : index])
                return high << 8 | low
            }
            return String(validating: units, as: UTF16.self)
        }
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        guard !body.contains(0) else { return nil }
        if let text = String(validating: body, as: UTF8.self) { return text }
        var view = String.UnicodeScalarView()
        for byte in body { view.append(westernCodePage[Int(byte)]) }
        return String(view)
    }

    // Windows-1252 differs from Latin-1 between 0x80 and 0x9F only.
    private static let westernCodePage: [Unicode.Scalar] = {
        let special: [UInt32] = [
            0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
            0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
            0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
        ]
        return (UInt32(0)...255).map { byte in
            let value = (0x80...0x9F).contains(byte) ? special[Int(byte) - 0x80] : byte
            return Unicode.Scalar(value) ?? "\u{FFFD}"
        }
    }()
}
