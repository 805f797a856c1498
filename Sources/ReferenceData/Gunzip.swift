import CZlib

/// Unpacks gzip, and owns zlib's state while it does.
package struct Gunzip: ~Copyable {
    /// Why a compressed text could not be unpacked.
    package enum Problem: Error, Equatable, Sendable {
        case damaged
        case cutShort
        case bytesAfterEnd
        case larger(thanBytes: Int)
        case noMemory
    }

    private let reader: OpaquePointer

    private init() throws(Problem) {
        guard let reader = mochila_gunzip_new() else { throw .noMemory }
        self.reader = reader
    }

    deinit { mochila_gunzip_free(reader) }

    /// The whole unpacked content; refused where it would be larger than `limit` bytes.
    package static func unpack(_ packed: [UInt8], limit: Int) throws(Problem) -> [UInt8] {
        let gunzip = try Self()
        var result: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 256 * 1_024)
        var position = 0
        while true {
            var used = 0
            var written = 0
            let status = packed[position...].withUnsafeBufferPointer { input in
                room.withUnsafeMutableBufferPointer { output in
                    mochila_gunzip_step(
                        gunzip.reader,
                        input.baseAddress,
                        input.count,
                        &used,
                        output.baseAddress,
                        output.count,
                        &written
                    )
                }
            }
            position += used
            guard result.count + written <= limit else { throw .larger(thanBytes: limit) }
            result.append(contentsOf: room[..<written])
            switch status {
            case MOCHILA_GUNZIP_END:
                guard position == packed.count else { throw .bytesAfterEnd }
                return result
            case MOCHILA_GUNZIP_MORE:
                // Neither read nor written anything: the input ended before the text did.
                if used == 0, written == 0 { throw .cutShort }
            case MOCHILA_GUNZIP_NO_MEMORY: throw .noMemory
            default: throw .damaged
            }
        }
    }
}
