import COpenSSL

/// Encrypts what is written to it and hands the sealed bytes to a closure.
final class SealStream {
    private let handle: OpaquePointer
    private let sink: ByteSink

    init(
        to recipients: [Certificate],
        write: @escaping (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let sink = ByteSink(write)
        let made = recipients.map(\.der).withPointers { pointers, counts in
            mochila_sealing_new(
                pointers,
                counts,
                pointers.count,
                { context, bytes, count in ByteSink.at(context)?.take(bytes, count) ?? -1 },
                sink.context
            )
        }
        guard let handle = made else {
            let failure = CryptographicFailure("sealing")
            throw sink.failure ?? failure
        }
        self.handle = handle
        self.sink = sink
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        try check(mochila_sealing_write(handle, start, bytes.count))
    }

    /// Writes the rest and the tag.
    func finish() throws {
        try check(mochila_sealing_finish(handle))
    }

    private func check(_ done: Int32) throws {
        guard done == 1 else {
            let failure = CryptographicFailure("sealing")
            throw sink.failure ?? failure
        }
    }

    deinit { mochila_sealing_free(handle) }
}
