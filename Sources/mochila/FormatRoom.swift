import Casework
import RecordFormats
import StudentRecords

/// The formats of students' records, for the use cases.
struct FormatRoom: RecordScribe {
    let codes: StandardCodes
    let plans: [GraduationPlan]

    func read(_ bytes: [UInt8], from source: RecordSource) -> RecordReading? {
        RecordFile.read(bytes, from: source, codes: codes)
    }

    func write(_ reading: RecordReading) throws -> [UInt8] {
        try RecordJSON.write(reading)
    }

    func copy(_ record: StudentRecord, as form: RecordCopy) throws -> [UInt8] {
        switch form {
        case .json: return try RecordJSON.write(record)
        case .csv(let group):
            let tables = RecordCSV.write(StudentRecord(record.entries(of: group)))
            return Array((tables.first?.text ?? "").utf8)
        case .edFi: return try EdFiWriter.write(record)
        case .pesc(let transmission):
            do {
                return Array(
                    try PESCWriter.write(
                        record,
                        from: transmission.from,
                        to: transmission.to,
                        documentID: transmission.document,
                        on: transmission.on
                    ).utf8
                )
            } catch {
                throw CopyLacking(problems: error.problems)
            }
        }
    }
}
