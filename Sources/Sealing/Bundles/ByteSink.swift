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
    private let read: (Int64, Int) throws -> [UInt8]
    private var position: Int64 = 0
    private(set) var failure: (any Error)?

    /// `read(offset, maximum)` gives no bytes at the end.
    init(_ read: @escaping (Int64, Int) throws -> [UInt8]) {
        self.read = read
    }

    /// What a C callback answers: the number of bytes, 0 at the end, -1 after the closure threw.
    func fill(_ buffer: UnsafeMutablePointer<UInt8>?, _ capacity: Int, from offset: Int64) -> Int {
        guard failure == nil, let buffer else { return -1 }
        do {
            let bytes = try read(offset, capacity)
            buffer.update(from: bytes, count: bytes.count)
            return bytes.count
        } catch {
            failure = error
            return -1
        }
    }

    func fillNext(_ buffer: UnsafeMutablePointer<UInt8>?, _ capacity: Int) -> Int {
        let count = fill(buffer, capacity, from: position)
        if count > 0 { position += Int64(count) }
        return count
    }

    var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

    static func at(_ context: UnsafeMutableRawPointer?) -> ByteSource? {
        context.map { Unmanaged<ByteSource>.fromOpaque($0).takeUnretainedValue() }
    }
}
