import Casework
import Vocabulary

/// Writes a file as long as the disk keeps its reserve.
struct SparingWriter: ProtectedFileWriter {
    let writer: any ProtectedFileWriter
    let reserve: DiskReserve

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        guard try reserve.hasRoom(for: bytes.count) else { throw FileRefusal.diskFull }
        try writer.write(bytes)
    }

    func finish() throws -> (bytes: Int64, digest: SHA256Digest) { try writer.finish() }
    func abandon() { writer.abandon() }
}
