import COpenSSL

/// Copies what a C function made into an array, and wipes the original.
func bytes(
    _ operation: String,
    from make: (UnsafeMutablePointer<mochila_bytes>) -> Int32
) throws -> [UInt8] {
    var made = mochila_bytes()
    guard make(&made) == 1 else { throw CryptographicFailure(operation) }
    defer { mochila_bytes_free(made) }
    return Array(UnsafeBufferPointer(start: made.bytes, count: made.count))
}

extension Array where Element == [UInt8] {
    /// Calls `body` with a C array of pointers to the elements and one of their lengths.
    func withPointers<Result>(
        _ body: ([UnsafePointer<UInt8>?], [Int]) throws -> Result
    ) rethrows -> Result {
        // One block, so that a single pointer keeps every element alive.
        let joined = Array<UInt8>(self.joined()) + [0]
        return try joined.withUnsafeBufferPointer { block in
            var offset = 0
            var pointers: [UnsafePointer<UInt8>?] = []
            for element in self {
                pointers.append(block.baseAddress?.advanced(by: offset))
                offset += element.count
            }
            return try body(pointers, map(\.count))
        }
    }
}
