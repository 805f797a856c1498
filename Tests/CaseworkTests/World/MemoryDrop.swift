import Casework
import RecordExchange
import StudentRecords
import Synchronization
import TestSupport
import Vocabulary

/// A drop without a disk.
final class MemoryDrop: FileDrop {
    private struct State {
        var next = 7_000
        var files: [DroppedFile.ID: [UInt8]] = [:]
        /// Names that are not taken.
        var refused: Set<String> = []
    }

    private let state = Mutex(State())

    /// What lies in it.
    var files: [[UInt8]] { state.withLock { Array($0.files.values) } }

    func refuse(_ name: String) { state.withLock { _ = $0.refused.insert(name) } }

    func receive(name: String, limit: Int64) throws -> any IncomingFile {
        let isRefused = state.withLock { $0.refused.contains(name) }
        if isRefused { throw FileRefusal.diskFull }
        return Incoming(drop: self, name: name)
    }

    func open(_ file: DroppedFile.ID) throws -> any ProtectedFileReader {
        guard let bytes = state.withLock({ $0.files[file] }) else {
            throw Surprise("no such file lies in the drop")
        }
        return Reader(bytes: bytes)
    }

    func remove(_ file: DroppedFile.ID) { state.withLock { $0.files[file] = nil } }

    func lockAway(_ file: DroppedFile.ID) {}
    func unlock(_ file: DroppedFile.ID) {}

    func sweep(olderThan instant: Instant, keeping kept: Set<DroppedFile.ID>) -> Int { 0 }

    fileprivate func keep(_ bytes: [UInt8], _ name: String) -> DroppedFile {
        let id = state.withLock { state -> DroppedFile.ID in
            state.next += 1
            let id = DroppedFile.ID.numbered(state.next)
            state.files[id] = bytes
            return id
        }
        return DroppedFile(
            id: id,
            name: name,
            mediaType: "text/csv",
            byteCount: Int64(bytes.count),
            digest: ReferenceSHA256.digest(of: bytes)
        )
    }

    private struct Reader: ProtectedFileReader {
        let bytes: [UInt8]

        var byteCount: Int64 { Int64(bytes.count) }

        func read(from offset: Int64, upTo maximum: Int) -> [UInt8] {
            Array(bytes.dropFirst(Int(offset)).prefix(maximum))
        }
    }

    private final class Incoming: IncomingFile {
        private let drop: MemoryDrop
        private let name: String
        private let bytes = Mutex<[UInt8]>([])

        init(drop: MemoryDrop, name: String) {
            self.drop = drop
            self.name = name
        }

        func write(_ more: UnsafeRawBufferPointer) { bytes.withLock { $0 += Array(more) } }
        func finish() -> DroppedFile { drop.keep(bytes.withLock(\.self), name) }
        func abandon() {}
    }
}

/// Reads an export of its own kind: a line `request|number|born|parts` for each student; one of
/// them only where the rest is empty.
struct LineScribe: RecordScribe {
    let codes = StandardCodes.none
    let plans: [GraduationPlan] = []

    func pieces(of bytes: [UInt8], named name: String) -> StudentPieces? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.contains("|") else { return nil }
        var found = StudentPieces()
        for (row, line) in text.split(separator: "\n").enumerated() {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
            let key = StudentPiece.Key(
                request: try? RequestNumber(parsing: String(cells[0])),
                stateStudentID: cells[1].isEmpty ? nil : String(cells[1]),
                birthDate: CivilDate(iso8601: String(cells[2]))
            )
            guard !key.isEmpty else {
                found.refusals.append(.init(row: row + 1, reason: .nobodyNamed))
                continue
            }
            found.pieces.append(
                StudentPiece(key: key, bytes: Array(line.utf8), rows: [row + 1])
            )
        }
        return found
    }

    func read(_ bytes: [UInt8], from source: RecordSource) -> RecordReading? {
        let line = String(decoding: bytes, as: UTF8.self)
        let parts = line.split(separator: "|", omittingEmptySubsequences: false).last ?? ""
        let entries = parts.split(separator: ",").compactMap { part -> RecordEntry? in
            switch part {
            case "transcript":
                RecordEntry(.course, from: source, [.courseTitle: .value(.text("Algebra"))])
            case "immunization":
                RecordEntry(
                    .immunization,
                    from: source,
                    [.immunizationType: .value(.text("MMR"))]
                )
            case "enrollment":
                RecordEntry(.identity, from: source, [.firstName: .value(.text("Paloma"))])
            default: nil
            }
        }
        return RecordReading(record: StudentRecord(entries))
    }

    func refusal(of bytes: [UInt8]) -> RecordProblem? { nil }

    func write(_ reading: RecordReading) -> [UInt8] {
        reading.record.entries.map(\.group.rawValue).joined(separator: ",").utf8.map(\.self)
    }

    func copy(_ record: StudentRecord, as form: RecordCopy) throws -> [UInt8] {
        throw Surprise("nothing is copied here")
    }
}
