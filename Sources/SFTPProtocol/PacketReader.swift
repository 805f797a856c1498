/// Takes the fields of one packet, one after the other.
///
/// Points into memory of the caller's and never outlives the call it was made in.
package struct PacketReader {
    private var rest: UnsafeRawBufferPointer

    package init(_ bytes: UnsafeRawBufferPointer) {
        rest = bytes
    }

    package var isAtEnd: Bool { rest.isEmpty }

    package mutating func byte() throws(StatusCode) -> UInt8 {
        try UInt8(take(1)[0])
    }

    package mutating func uint32() throws(StatusCode) -> UInt32 {
        UInt32(bigEndian: try take(4).loadUnaligned(as: UInt32.self))
    }

    package mutating func uint64() throws(StatusCode) -> UInt64 {
        UInt64(bigEndian: try take(8).loadUnaligned(as: UInt64.self))
    }

    /// A length and that many bytes, where they lie.
    package mutating func slice() throws(StatusCode) -> UnsafeRawBufferPointer {
        let count = try uint32()
        guard count <= rest.count else { throw .badMessage }
        return try take(Int(count))
    }

    /// A length and that many bytes, copied.
    package mutating func string() throws(StatusCode) -> [UInt8] {
        Array(try slice())
    }

    package mutating func attributes() throws(StatusCode) -> FileAttributes {
        var attributes = FileAttributes()
        let flags = try uint32()
        if flags & FileAttributes.sizeFlag != 0 { attributes.size = try uint64() }
        if flags & FileAttributes.ownerFlag != 0 { _ = try take(8) }
        if flags & FileAttributes.permissionsFlag != 0 { attributes.permissions = try uint32() }
        if flags & FileAttributes.timesFlag != 0 {
            _ = try uint32()
            attributes.modifiedAt = try uint32()
        }
        if flags & FileAttributes.extendedFlag != 0 {
            // The count is the sender's claim: the loop ends with the bytes.
            for _ in 0..<(try uint32()) {
                _ = try slice()
                _ = try slice()
            }
        }
        return attributes
    }

    private mutating func take(_ count: Int) throws(StatusCode) -> UnsafeRawBufferPointer {
        guard count <= rest.count else { throw .badMessage }
        defer { rest = UnsafeRawBufferPointer(rebasing: rest[count...]) }
        return UnsafeRawBufferPointer(rebasing: rest[..<count])
    }
}

/// What a packet says of a file; `nil` is what it does not say.
package struct FileAttributes: Hashable, Sendable {
    static let sizeFlag: UInt32 = 1
    static let ownerFlag: UInt32 = 2
    static let permissionsFlag: UInt32 = 4
    static let timesFlag: UInt32 = 8
    static let extendedFlag: UInt32 = 0x8000_0000

    /// In bytes.
    package var size: UInt64?
    /// As `stat` has them, with the bits of the type.
    package var permissions: UInt32?
    /// Seconds since 1970.
    package var modifiedAt: UInt32?

    package init(size: UInt64? = nil, permissions: UInt32? = nil, modifiedAt: UInt32? = nil) {
        self.size = size
        self.permissions = permissions
        self.modifiedAt = modifiedAt
    }
}
