/// One answer of a server's, as far as a client that sends files needs them.
///
/// Read strictly: no byte of it may be missing or left over.
package enum SFTPReply: Hashable, Sendable {
    /// The code as it came: servers use numbers of later versions too.
    case status(code: UInt32)
    case handle([UInt8])
    case attributes(FileAttributes)

    /// Reads the fields that follow the type and the request's number.
    package init(_ kind: UInt8, _ fields: inout PacketReader) throws(StatusCode) {
        switch PacketKind(rawValue: kind) {
        case .statusReply:
            self = .status(code: try fields.uint32())
            // Early servers say neither a sentence nor its language.
            if !fields.isAtEnd { _ = try fields.slice() }
            if !fields.isAtEnd { _ = try fields.slice() }
        case .handleReply:
            let handle = try fields.string()
            // The draft's limit (6.3).
            guard (1...256).contains(handle.count) else { throw .badMessage }
            self = .handle(handle)
        case .attributesReply: self = .attributes(try fields.attributes())
        default: throw .badMessage
        }
        guard fields.isAtEnd else { throw .badMessage }
    }
}

/// What a server says of itself at first.
package struct ServerGreeting: Hashable, Sendable {
    /// It can be asked to put a file on its disk before it answers.
    package let flushes: Bool

    /// Reads the fields of VERSION, which must be 3.
    package init(_ kind: UInt8, _ fields: inout PacketReader) throws(StatusCode) {
        guard kind == PacketKind.version.rawValue, try fields.uint32() == 3 else {
            throw .badMessage
        }
        var flushes = false
        while !fields.isAtEnd {
            let name = try fields.slice()
            let version = try fields.slice()
            if name.elementsEqual(SFTPRequest.Extension.flush.utf8),
                version.elementsEqual("1".utf8)
            {
                flushes = true
            }
        }
        self.flushes = flushes
    }
}
