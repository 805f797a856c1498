import Casework
import RecordFormats
import StudentRecords

/// The formats of students' records, for the use cases.
struct FormatRoom: RecordScribe {
    let codes: StandardCodes
    let plans: [GraduationPlan]
    /// What transcripts are held against before anybody gets them.
    var schema: TranscriptSchema?

    func read(_ bytes: [UInt8], from source: RecordSource) -> RecordReading? {
        RecordFile.read(bytes, from: source, codes: codes)
    }

    func refusal(of bytes: [UInt8]) -> RecordProblem? { RecordFile.refusal(of: bytes) }

    func pieces(of bytes: [UInt8], named name: String) -> StudentPieces? {
        StudentFiles.pieces(of: bytes, named: name, codes: codes)
    }

    func write(_ reading: RecordReading) throws -> [UInt8] {
        try RecordJSON.write(reading)
    }

    func copy(_ record: StudentRecord, as form: RecordCopy) throws -> [UInt8] {
        switch form {
        case .json(let legend):
            var reading = RecordReading(record: record)
            reading.legend = legend
            return try RecordJSON.write(reading)
        case .csv(let group):
            let tables = RecordCSV.write(StudentRecord(record.entries(of: group)))
            return Array((tables.first?.text ?? "").utf8)
        case .edFi: return try EdFiWriter.write(record)
        case .pesc(let transmission):
            let text: String
            do {
                text = try PESCWriter.write(
                    record,
                    from: transmission.from,
                    to: transmission.to,
                    documentID: transmission.document,
                    on: transmission.on,
                    legend: transmission.legend
                )
            } catch {
                throw CopyLacking(problems: error.problems)
            }
            if let refusal = schema.flatMap({ refusal(of: text, by: $0) }) {
                throw CopyLacking(problems: [], schema: refusal)
            }
            return Array(text.utf8)
        }
    }

    /// A schema that cannot be read lets nothing pass: "checked" must not be said of what was not.
    private func refusal(of text: String, by schema: TranscriptSchema) -> SchemaRefusal? {
        do {
            let differences = try schema.differences(in: text)
            guard !differences.isEmpty else { return nil }
            return .differs(
                differences.map { difference in
                    SchemaDifference(
                        line: difference.line,
                        element: difference.element,
                        words: difference.words
                    )
                }
            )
        } catch {
            return .unreadable
        }
    }
}
