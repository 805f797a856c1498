import Glibc

/// Reads a submitted file from its beginning; one thread at a time.
package final class SubmittedReader: Sendable {
    private let descriptor: Int32

    /// Closes `descriptor` at its end.
    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Up to `maximum` of the next bytes; empty only at the end.
    package func read(upTo maximum: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: maximum)
        let count = try bytes.withUnsafeMutableBytes { try read(into: $0) }
        bytes.removeLast(maximum - count)
        return bytes
    }

    /// The number of bytes read; 0 only at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileSystemFailure.last("read") }
            return count
        }
    }
}
