import Casework

/// Makes fields unreadable without real cryptography, and refuses a value that was moved to
/// another row or changed.
///
/// Hides plaintext from a search of the bytes; protects nothing.
package struct ScramblingFields: FieldProtection {
    /// The value was changed, moved or written under another key.
    package struct Refused: Error, Hashable, Sendable {}

    private let key: UInt64

    package init(key: UInt64 = 0x6D6F_6368_696C_6121) {
        self.key = key
    }

    package func protect(_ plaintext: [UInt8], context: String) throws -> [UInt8] {
        mixed(plaintext, context) + tag(plaintext, context)
    }

    package func reveal(_ ciphertext: [UInt8], context: String) throws -> [UInt8] {
        guard ciphertext.count >= 8 else { throw Refused() }
        let plaintext = mixed(Array(ciphertext.dropLast(8)), context)
        guard tag(plaintext, context) == Array(ciphertext.suffix(8)) else { throw Refused() }
        return plaintext
    }

    package func digests(of text: String, context: String) throws -> [[UInt8]] {
        [tag(Array(text.utf8), context)]
    }

    private func mixed(_ bytes: [UInt8], _ context: String) -> [UInt8] {
        var state = hash(Array(context.utf8), from: key)
        return bytes.map { byte in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return byte ^ UInt8(truncatingIfNeeded: state >> 40)
        }
    }

    private func tag(_ plaintext: [UInt8], _ context: String) -> [UInt8] {
        let value = hash(plaintext, from: hash(Array(context.utf8), from: ~key))
        return (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    }

    /// FNV-1a.
    private func hash(_ bytes: [UInt8], from start: UInt64) -> UInt64 {
        bytes.reduce(start ^ 0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
