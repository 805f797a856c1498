/// Where a C library's output goes: a closure of ours, and the error it threw, which cannot go
/// through C.
final class ByteSink {
    private let write: (UnsafeRawBufferPointer) throws -> Void
    private(set) var failure: (any Error)?

    init(_ write: @escaping (UnsafeRawBufferPointer) throws -> Void) {
        self.write = write
    }

    /// What a C callback answers: 0, or -1 after the closure threw.
    func take(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
        guard failure == nil else { return -1 }
        do {
            try write(UnsafeRawBufferPointer(start: bytes, count: count))
            return 0
        } catch {
            failure = error
            return -1
        }
    }

    /// The pointer that C hands back to `take`; it does not keep the sink alive.
    var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

    static func at(_ context: UnsafeMutableRawPointer?) -> ByteSink? {
        context.map { Unmanaged<ByteSink>.fromOpaque($0).takeUnretainedValue() }
    }
}

/// Where a C library reads from, in the same way.
final class ByteSource {
    private let read: (Int64, UnsafeMutableRawBufferPointer) throws -> Int
    private(set) var failure: (any Error)?

    /// `read(offset, buffer)` says how many bytes it read, none at the end.
    init(_ read: @escaping (Int64, UnsafeMutableRawBufferPointer) throws -> Int) {
        self.read = read
    }

    /// What a C callback answers: the number of bytes, 0 at the end, -1 after the closure threw.
    func fill(_ buffer: UnsafeMutablePointer<UInt8>?, _ capacity: Int, from offset: Int64) -> Int {
        guard failure == nil, let buffer else { return -1 }
        do {
            return try read(
                offset,
                UnsafeMutableRawBufferPointer(start: buffer, count: capacity)
            )
        } catch {
            failure = error
            return -1
        }
    }

    var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

    static func at(_ context: UnsafeMutableRawPointer?) -> ByteSource? {
        context.map { Unmanaged<ByteSource>.fromOpaque($0).takeUnretainedValue() }
    }
}
