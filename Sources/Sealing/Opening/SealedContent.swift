import BundleFormat
import Casework
import Synchronization

/// What is inside a seal, read from any position after its tag was found right.
///
/// The ciphertext is read twice and decrypted once: for the tag first, which takes a hash and no
/// decryption, then piece by piece as somebody asks. So no byte exists in clear before the tag is
/// known, and none lies on the disk. Whoever could change the file between the two would meet the
/// digests of the signed manifest.
final class SealedContent: ProtectedFileReader {
    let byteCount: Int64
    private let state: Mutex<State>

    init(_ reader: any ProtectedFileReader, _ check: SealCheck, key: ContentKey) throws {
        byteCount = check.ciphertext.byteCount
        var cursor = CiphertextCursor(reader, check.ciphertext)
        var tag = try TagCheck(key, nonce: check.nonce)
        let count = try cursor.forEachPiece(from: 0, count: byteCount) { try tag.update($0) }
        guard count == byteCount, try tag.isRight(check.tag) else {
            throw BundleFailure.tampered
        }
        let cipher = try ContentCipher(key, nonce: check.nonce)
        state = Mutex(State(cursor: cursor, cipher: cipher))
    }

    func read(from offset: Int64, upTo maximum: Int) throws -> [UInt8] {
        guard offset >= 0, offset <= byteCount, maximum >= 0 else { throw FileFailure.misused }
        let count = Int(min(Int64(maximum), byteCount - offset))
        guard count > 0 else { return [] }
        return try state.withLock { state in
            try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
                try state.read(UnsafeMutableRawBufferPointer(buffer), from: offset)
                initialized = count
            }
        }
    }

    func read(from offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard offset >= 0, offset <= byteCount else { throw FileFailure.misused }
        let count = Int(min(Int64(buffer.count), byteCount - offset))
        guard count > 0 else { return 0 }
        try state.withLock { state in
            try state.read(UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]), from: offset)
        }
        return count
    }

    private struct State: ~Copyable {
        private var cursor: CiphertextCursor
        private var cipher: ContentCipher

        init(cursor: CiphertextCursor, cipher: consuming ContentCipher) {
            self.cursor = cursor
            self.cipher = cipher
        }

        /// Decrypts from where the ciphertext lies to where it is wanted.
        mutating func read(
            _ buffer: UnsafeMutableRawBufferPointer,
            from offset: Int64
        ) throws {
            var filled = 0
            // A copy, since the cipher is used while it goes on.
            var cursor = cursor
            defer { self.cursor = cursor }
            let count = try cursor.forEachPiece(from: offset, count: Int64(buffer.count)) { piece in
                let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
                try cipher.decrypt(piece, at: offset + Int64(filled), into: rest)
                filled += piece.count
            }
            guard count == Int64(buffer.count) else { throw BundleFailure.tampered }
        }
    }
}
