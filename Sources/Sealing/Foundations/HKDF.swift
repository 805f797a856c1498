import COpenSSL

/// Derives a key for one purpose from a master key (RFC 5869, SHA-256), so that no two uses share
/// a key and with it a space of nonces.
func derivedKey(from master: [UInt8], for purpose: String) throws -> [UInt8] {
    precondition(master.count == 32, "a master key has 32 bytes")
    var out = [UInt8](repeating: 0, count: 32)
    let info = Array(purpose.utf8)
    guard mochila_hkdf_sha256(master, info, info.count, &out) == 1 else {
        throw CryptographicFailure("HKDF")
    }
    return out
}
