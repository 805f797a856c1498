/// How a protected file lies on disk.
///
/// A header of 80 bytes: "MOCHILA", version 2, the master key's number, three zero bytes, a random
/// nonce of 12 bytes, the file's own random key sealed under the master key with the header before
/// it as context (48 bytes), eight zero bytes. Then chunks of 64 KiB, each sealed under the file's
/// key with its index and whether it is the last in the nonce, after Hoang, Reyhanitabar, Rogaway
/// and Vizár's STREAM: a chunk that was moved, dropped or added does not open, and a file that was
/// cut has no last chunk. The last chunk is empty only in an empty file, so every content has one
/// form. At the end the SHA-256 of the content, sealed under the file's key in the same way (48
/// bytes): who knows what the file should hold need not hash it to see that it is that file
/// (decision 23). Version 1 has no such end.
enum ProtectedLayout {
    static let name = Array("MOCHILA".utf8)
    static let headerSize = 80
    static let digestSize = 32 + GCM.tagSize
    static let chunkSize = 1 << 16
    static let sealedChunkSize = chunkSize + GCM.tagSize
    static let wrapPurpose = "mochila file key v1"

    static func nonce(of chunk: Int64, isLast: Bool) -> [UInt8] {
        let index = (0..<8).map { UInt8(truncatingIfNeeded: chunk >> Int64(56 - 8 * $0)) }
        return [0, 0, 0] + index + [isLast ? 1 : 0]
    }

    /// Of the digest after so many chunks; no chunk has it.
    static func digestNonce(after chunks: Int64) -> [UInt8] {
        var nonce = nonce(of: chunks, isLast: true)
        nonce[0] = 1
        return nonce
    }

    static func makeHeader(keys: MasterKeys, fileKey: [UInt8]) throws -> [UInt8] {
        guard let master = try keys.key(keys.current, for: wrapPurpose) else {
            throw FileFailure.unknownKey(number: keys.current)
        }
        var wrapping = try GCM(key: master)
        let nonce = SystemSecrets.randomBytes(GCM.nonceSize)
        let start = name + [2, keys.current, 0, 0, 0] + nonce
        return start + (try wrapping.seal(fileKey, nonce: nonce, context: start))
            + [UInt8](repeating: 0, count: 8)
    }

    /// The file's own key, and whether the digest stands at its end.
    static func fileKey(
        in header: [UInt8],
        keys: MasterKeys
    ) throws -> (key: [UInt8], hasDigest: Bool) {
        guard header.count == headerSize, header.starts(with: name), (1...2).contains(header[7])
        else { throw FileFailure.notProtected }
        let number = header[8]
        guard let master = try keys.key(number, for: wrapPurpose) else {
            throw FileFailure.unknownKey(number: number)
        }
        var wrapping = try GCM(key: master)
        let key = wrapping.open(
            Array(header[24..<72]),
            nonce: Array(header[12..<24]),
            context: Array(header[..<24])
        )
        guard let key, header[72...].allSatisfy({ $0 == 0 }) else { throw FileFailure.damaged }
        return (key, header[7] == 2)
    }

    /// Plaintext bytes and chunks of a file of this size; `nil` where no file has it.
    static func shape(ofSize size: Int64, hasDigest: Bool) -> (byteCount: Int64, chunks: Int64)? {
        let sealed = size - Int64(headerSize + (hasDigest ? digestSize : 0))
        guard sealed >= Int64(GCM.tagSize) else { return nil }
        let (full, rest) = sealed.quotientAndRemainder(dividingBy: Int64(sealedChunkSize))
        let tag = Int64(GCM.tagSize)
        if rest == 0 { return (full * Int64(chunkSize), full) }
        // A last chunk without content stands only for an empty file.
        guard rest > tag || rest == tag && full == 0 else { return nil }
        return (full * Int64(chunkSize) + rest - tag, full + 1)
    }
}
