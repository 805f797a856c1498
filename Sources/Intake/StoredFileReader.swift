import Casework
import Glibc

/// Reads a file that is protected by its own format, such as a sealed bundle.
final class StoredFileReader: ProtectedFileReader {
    let byteCount: Int64
    private let descriptor: Int32

    init(path: String) throws {
        let opened = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard opened >= 0 else { throw FileSystemFailure.last("open") }
        var status = stat()
        guard fstat(opened, &status) == 0 else {
            let failure = FileSystemFailure.last("fstat")
            close(opened)
            throw failure
        }
        descriptor = opened
        byteCount = Int64(status.st_size)
    }

    deinit { close(descriptor) }

    func read(from offset: Int64, upTo maximum: Int) throws -> [UInt8] {
        guard offset >= 0, offset < byteCount, maximum > 0 else { return [] }
        let wanted = Int(min(Int64(maximum), byteCount - offset))
        let bytes = try [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
            while filled < wanted {
                let start = buffer.baseAddress.map { $0 + filled }
                let count = pread(descriptor, start, wanted - filled, Int(offset) + filled)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { throw FileSystemFailure.last("pread") }
                guard count > 0 else { return }
                filled += count
            }
        }
        return bytes
    }
}
