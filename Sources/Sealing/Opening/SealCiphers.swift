import BundleFormat
import COpenSSL

/// The key of one seal's content.
struct ContentKey {
    let bytes: [UInt8]

    /// Unwraps it with the private key (DER); `nil` where that does not open it.
    init?(_ wrapped: SealRecipient.WrappedKey, with key: [UInt8]) {
        var out = [UInt8](repeating: 0, count: 32)
        let done =
            switch wrapped {
            case .ecdh(let point, let info, let wrapped):
                wrapped.count == 40
                    ? mochila_unwrap_ecdh(
                        key,
                        key.count,
                        point,
                        point.count,
                        info,
                        info.count,
                        wrapped,
                        &out
                    ) : 0
            case .rsa(let encrypted):
                mochila_unwrap_rsa(key, key.count, encrypted, encrypted.count, &out)
            }
        guard done == 1 else { return nil }
        bytes = out
    }
}

/// Checks the tag of a seal over its ciphertext, without decrypting any of it.
struct TagCheck: ~Copyable {
    private let handle: OpaquePointer

    init(_ key: ContentKey, nonce: [UInt8]) throws {
        guard nonce.count == GCM.nonceSize, let handle = mochila_tag_check_new(key.bytes, nonce)
        else { throw CryptographicFailure("AES-256-GCM") }
        self.handle = handle
    }

    mutating func update(_ bytes: UnsafeRawBufferPointer) throws {
        let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        guard mochila_tag_check_update(handle, start, bytes.count) == 1 else {
            throw CryptographicFailure("AES-256-GCM")
        }
    }

    mutating func isRight(_ tag: [UInt8]) throws -> Bool {
        guard tag.count == GCM.tagSize else { return false }
        let outcome = mochila_tag_check_finish(handle, tag)
        guard outcome >= 0 else { throw CryptographicFailure("AES-256-GCM") }
        return outcome == 1
    }

    deinit { mochila_tag_check_free(handle) }
}

/// Decrypts a seal's ciphertext from any position, after its tag was found right.
// Unchecked, and safe: the handle has one owner, which cannot be copied, and every use of it is
// mutating, so two threads never have it at once.
struct ContentCipher: ~Copyable, @unchecked Sendable {
    private let handle: OpaquePointer

    init(_ key: ContentKey, nonce: [UInt8]) throws {
        guard nonce.count == GCM.nonceSize, let handle = mochila_content_new(key.bytes, nonce)
        else { throw CryptographicFailure("AES-256") }
        self.handle = handle
    }

    /// To the beginning of `out`, which may not overlap.
    mutating func decrypt(
        _ bytes: UnsafeRawBufferPointer,
        at position: Int64,
        into out: UnsafeMutableRawBufferPointer
    ) throws {
        precondition(out.count >= bytes.count, "no room for what is decrypted")
        guard let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self),
            let target = out.baseAddress?.assumingMemoryBound(to: UInt8.self)
        else { return }
        let place = UInt64(position)
        guard mochila_content_decrypt(handle, place, start, bytes.count, target) == 1 else {
            throw CryptographicFailure("AES-256")
        }
    }

    deinit { mochila_content_free(handle) }
}
