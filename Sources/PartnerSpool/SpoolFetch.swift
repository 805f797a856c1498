import DropLayout
import Glibc
import SFTPProtocol

/// A file that a partner reads.
final class SpoolFetch: FetchedFile {
    let entry: DropEntry
    private var descriptor: Int32
    private var progress: FetchProgress
    /// Told how far it got when it is closed or the connection ends; `isClosed` in the first case.
    private let note: (FetchProgress, _ isClosed: Bool) -> Void

    init(
        entry: DropEntry,
        descriptor: Int32,
        progress: FetchProgress,
        note: @escaping (FetchProgress, Bool) -> Void
    ) {
        self.entry = entry
        self.descriptor = descriptor
        self.progress = progress
        self.note = note
    }

    deinit { if descriptor >= 0 { Glibc.close(descriptor) } }

    func read(into bytes: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(Refusal) -> Int {
        var filled = 0
        while filled < bytes.count {
            let count = pread(
                descriptor,
                bytes.baseAddress.map { $0 + filled },
                bytes.count - filled,
                off_t(offset) + off_t(filled)
            )
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw SpoolFailure.refusal("read") }
            if count == 0 { break }
            filled += count
        }
        guard filled > 0 else { throw Refusal(.endOfFile, "") }
        progress.add(offset..<(offset + UInt64(filled)))
        return filled
    }

    func close() { end(isClosed: true) }
    func abandon() { end(isClosed: false) }

    private func end(isClosed: Bool) {
        guard descriptor >= 0 else { return }
        Glibc.close(descriptor)
        descriptor = -1
        note(progress, isClosed)
    }
}
