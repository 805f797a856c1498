import DropLayout
import Glibc
import SFTPProtocol

/// A file that a partner reads.
final class SpoolFetch: FetchedFile {
    let entry: DropEntry
    private var descriptor: Int32
    private var progress: FetchProgress
    /// Whether it still lies there: asked again every so many bytes, and before the last.
    private let isThere: () -> Bool
    private var unasked = SpoolFetch.unaskedBytes
    /// Told how far it got when it is closed or the connection ends; `isClosed` in the first case.
    private let note: (FetchProgress, _ isClosed: Bool) -> Void

    init(
        entry: DropEntry,
        descriptor: Int32,
        progress: FetchProgress,
        isThere: @escaping () -> Bool,
        note: @escaping (FetchProgress, Bool) -> Void
    ) {
        self.entry = entry
        self.descriptor = descriptor
        self.progress = progress
        self.isThere = isThere
        self.note = note
    }

    deinit { if descriptor >= 0 { Glibc.close(descriptor) } }

    /// As much as a partner may still get of a bundle that was recalled meanwhile.
    private static let unaskedBytes = 1 << 20

    private func requireThere(_ end: UInt64) throws(Refusal) {
        guard unasked >= Self.unaskedBytes || end >= entry.size else { return }
        guard isThere() else {
            throw Refusal(
                .noSuchFile,
                "It is not there any more; if it was taken back, destroy what you have of it."
            )
        }
        unasked = 0
    }

    func read(into bytes: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(Refusal) -> Int {
        try requireThere(offset.addingReportingOverflow(UInt64(bytes.count)).partialValue)
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
        unasked += filled
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
