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
}
