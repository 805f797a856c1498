import Casework
import Synchronization
import TestSupport
import Vocabulary

/// A drop in memory that takes PDFs and nothing else, and counts what lies in it.
final class PDFDrop: FileDrop {
    private struct State {
        var next = 500_000
        var files: Set<DroppedFile.ID> = []
        var locked: Set<DroppedFile.ID> = []
        var isFull = false
    }

    private let state = Mutex(State())

    var files: Set<DroppedFile.ID> { state.withLock(\.files) }
    /// What `lockAway` moved out of sight.
    var locked: Set<DroppedFile.ID> { state.withLock(\.locked) }
    var isFull: Bool {
        get { state.withLock(\.isFull) }
        set { state.withLock { $0.isFull = newValue } }
    }

    func receive(name: String, limit: Int64) async throws -> any IncomingFile {
        if isFull { throw FileRefusal.diskFull }
        return Incoming(drop: self, name: name)
    }

    func open(_ file: DroppedFile.ID) throws -> any ProtectedFileReader {
        throw CaseworkFailure.notFound
    }

    func remove(_ file: DroppedFile.ID) throws {
        state.withLock { _ = $0.files.remove(file) }
    }

    func lockAway(_ file: DroppedFile.ID) throws {
        state.withLock { state in
            if state.files.remove(file) != nil { state.locked.insert(file) }
        }
    }

    func unlock(_ file: DroppedFile.ID) throws {
        state.withLock { state in
            if state.locked.remove(file) != nil { state.files.insert(file) }
        }
    }

    func sweep(olderThan instant: Instant, keeping kept: Set<DroppedFile.ID>) throws -> Int { 0 }

    fileprivate func keep(_ bytes: [UInt8], named name: String) -> DroppedFile {
        state.withLock { state in
            state.next += 1
            let file = DroppedFile(
                id: .numbered(state.next),
                name: name,
                mediaType: "application/pdf",
                byteCount: Int64(bytes.count),
                digest: ReferenceSHA256.digest(of: bytes)
            )
            state.files.insert(file.id)
            return file
        }
    }

    private final class Incoming: IncomingFile {
        private let drop: PDFDrop
        private let name: String
        private let bytes = Mutex<[UInt8]>([])

        init(drop: PDFDrop, name: String) {
            self.drop = drop
            self.name = name
        }

        func write(_ more: UnsafeRawBufferPointer) async throws {
            let piece = Array(more)
            bytes.withLock { $0 += piece }
        }

        func finish() async throws -> DroppedFile {
            let all = bytes.withLock { $0 }
            guard !all.isEmpty else { throw FileRefusal.empty(name: name) }
            guard all.starts(with: "%PDF-".utf8) else {
                throw FileRefusal.typeNotAllowed(name: name)
            }
            return drop.keep(all, named: name)
        }

        func abandon() async {}
    }
}
