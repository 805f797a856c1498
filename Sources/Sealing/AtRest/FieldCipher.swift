import Casework

/// Why a protected value does not open.
///
/// Holds nothing of it.
package enum FieldFailure: Error, Hashable, Sendable {
    /// It was protected under a master key that is not here.
    case unknownKey(number: UInt8)
    /// It was changed, or belongs to another row.
    case damaged
}

/// Single values of a row under AES-256-GCM.
///
/// One byte for the number of the master key, 12 random bytes of nonce, the ciphertext, the tag.
/// Random nonces under one key are safe for some four billion values, far beyond a store of ours.
package struct FieldCipher: FieldProtection {
    private let keys: MasterKeys
    private static let purpose = "mochila field v1"
    private static let headerSize = 1 + GCM.nonceSize

    package init(keys: MasterKeys) {
        self.keys = keys
    }

    package func protect(_ plaintext: [UInt8], context: String) throws -> [UInt8] {
        guard let key = try keys.key(keys.current, for: Self.purpose) else {
            throw FieldFailure.unknownKey(number: keys.current)
        }
        var cipher = try GCM(key: key)
        let nonce = SystemSecrets.randomBytes(GCM.nonceSize)
        let header = [keys.current] + nonce
        let sealed = try cipher.seal(
            plaintext,
            nonce: nonce,
            context: [keys.current] + Array(context.utf8)
        )
        return header + sealed
    }

    package func reveal(_ ciphertext: [UInt8], context: String) throws -> [UInt8] {
        guard ciphertext.count >= Self.headerSize + GCM.tagSize else { throw FieldFailure.damaged }
        let number = ciphertext[0]
        guard let key = try keys.key(number, for: Self.purpose) else {
            throw FieldFailure.unknownKey(number: number)
        }
        var cipher = try GCM(key: key)
        let plaintext = cipher.open(
            Array(ciphertext[Self.headerSize...]),
            nonce: Array(ciphertext[1..<Self.headerSize]),
            context: [number] + Array(context.utf8)
        )
        guard let plaintext else { throw FieldFailure.damaged }
        return plaintext
    }

    package func digests(of text: String, context: String) throws -> [[UInt8]] {
        // HKDF's expansion is HMAC-SHA-256 of what it is told; the text is hashed first because
        // that has a limit.
        let value = SystemSecrets().digest(of: Array(text.utf8))
        return try keys.numbers.compactMap { number in
            guard let key = try keys.key(number, for: Self.digestPurpose) else { return nil }
            return [number] + (try derivedKey(from: key, for: "\(context) \(value)"))
        }
    }

    private static let digestPurpose = "mochila digest v1"
}
