/// Whether the first bytes of a file can be those of a sealed bundle.
///
/// Not a check of the bundle: it keeps what is plainly something else, such as a record that
/// nobody sealed, off the disk.
package enum SealedBeginning: Hashable, Sendable {
    case right
    case wrong
    /// More bytes are needed to tell.
    case open

    /// The object identifier of AuthEnvelopedData, 1.2.840.113549.1.9.16.1.23, as DER.
    private static let contentType: [UInt8] = [
        0x06, 0x0B, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01, 0x17,
    ]

    /// Bytes after which it is never `open`.
    package static let enough = 6 + contentType.count

    package init(of bytes: some Collection<UInt8>) {
        var rest = bytes.prefix(Self.enough)[...]
        guard let tag = rest.popFirst() else {
            self = .open
            return
        }
        guard let length = rest.popFirst() else {
            self = tag == 0x30 ? .open : .wrong
            return
        }
        // Indefinite, or the length of something that large in one to four bytes.
        let more = length >= 0x80 && length <= 0x84 ? Int(length & 0x7F) : 0
        guard tag == 0x30, length == 0x80 || more > 0 else {
            self = .wrong
            return
        }
        rest = rest.dropFirst(more)[...]
        let found = rest.prefix(Self.contentType.count)
        if !found.elementsEqual(Self.contentType.prefix(found.count)) {
            self = .wrong
        } else {
            self = found.count == Self.contentType.count ? .right : .open
        }
    }
}
