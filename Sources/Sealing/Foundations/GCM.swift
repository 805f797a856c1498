import COpenSSL

/// AES-256-GCM under one key. The caller never repeats a nonce.
// Unchecked, and safe: the handle has one owner, which cannot be copied, and every use of it is
// mutating, so two threads never have it at once.
struct GCM: ~Copyable, @unchecked Sendable {
    static let tagSize = 16
    static let nonceSize = 12
    private let handle: OpaquePointer

    init(key: [UInt8]) throws {
        precondition(key.count == 32, "AES-256 takes a key of 32 bytes")
        guard let handle = mochila_gcm_new(key) else { throw CryptographicFailure("AES-256-GCM") }
        self.handle = handle
    }

    /// Writes `plaintext.count + 16` bytes to the beginning of `out`.
    mutating func seal(
        _ plaintext: UnsafeRawBufferPointer,
        nonce: [UInt8],
        context: [UInt8] = [],
        into out: UnsafeMutableRawBufferPointer
    ) throws {
        precondition(out.count >= plaintext.count + Self.tagSize, "no room for the tag")
        let done = mochila_gcm_seal(
            handle,
            nonce,
            context,
            context.count,
            plaintext.baseAddress?.assumingMemoryBound(to: UInt8.self),
            plaintext.count,
            out.baseAddress?.assumingMemoryBound(to: UInt8.self)
        )
        guard done == 1 else { throw CryptographicFailure("AES-256-GCM") }
    }

    /// Writes `sealed.count - 16` bytes to the beginning of `out`, or zeros and `false` where the
    /// bytes, the nonce or the context are not what was sealed.
    mutating func open(
        _ sealed: UnsafeRawBufferPointer,
        nonce: [UInt8],
        context: [UInt8] = [],
        into out: UnsafeMutableRawBufferPointer
    ) -> Bool {
        guard sealed.count >= Self.tagSize, out.count >= sealed.count - Self.tagSize else {
            return false
        }
        return mochila_gcm_open(
            handle,
            nonce,
            context,
            context.count,
            sealed.baseAddress?.assumingMemoryBound(to: UInt8.self),
            sealed.count,
            out.baseAddress?.assumingMemoryBound(to: UInt8.self)
        ) == 1
    }

    mutating func seal(_ plaintext: [UInt8], nonce: [UInt8], context: [UInt8]) throws -> [UInt8] {
        var out = [UInt8](repeating: 0, count: plaintext.count + Self.tagSize)
        try plaintext.withUnsafeBytes { input in
            try out.withUnsafeMutableBytes { output in
                try seal(input, nonce: nonce, context: context, into: output)
            }
        }
        return out
    }

    mutating func open(_ sealed: [UInt8], nonce: [UInt8], context: [UInt8]) -> [UInt8]? {
        // One byte at least: an empty array has no address to write nothing to.
        var out = [UInt8](repeating: 0, count: max(1, sealed.count - Self.tagSize))
        let isGenuine = sealed.withUnsafeBytes { input in
            out.withUnsafeMutableBytes { output in
                open(input, nonce: nonce, context: context, into: output)
            }
        }
        guard isGenuine else { return nil }
        return Array(out.prefix(sealed.count - Self.tagSize))
    }

    deinit { mochila_gcm_free(handle) }
}
