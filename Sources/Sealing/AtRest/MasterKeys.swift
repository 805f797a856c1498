import Vocabulary

/// The keys under which everything in the data directory is encrypted: one for new things, the
/// older ones for what was written before a rotation.
package struct MasterKeys: Sendable {
    /// The number of the key for new things; written in front of whatever it protects.
    package let current: UInt8
    private let keys: [UInt8: Redacted<[UInt8]>]

    /// Takes 32 bytes each, by number; the highest is the current one.
    package init?(keys: [UInt8: [UInt8]]) {
        guard let current = keys.keys.max(), keys.values.allSatisfy({ $0.count == 32 }) else {
            return nil
        }
        self.current = current
        self.keys = keys.mapValues { Redacted($0) }
    }

    /// A key that exists only in this process: what it protects is gone when the process is.
    package static func ephemeral() -> Self {
        Self(current: 1, keys: [1: Redacted(SystemSecrets.randomBytes(32))])
    }

    private init(current: UInt8, keys: [UInt8: Redacted<[UInt8]>]) {
        self.current = current
        self.keys = keys
    }

    /// The numbers of all keys, the current one first.
    var numbers: [UInt8] { keys.keys.sorted(by: >) }

    /// The key for one purpose; `nil` where there is no master key of this number.
    func key(_ number: UInt8, for purpose: String) throws -> [UInt8]? {
        guard let master = keys[number] else { return nil }
        return try derivedKey(from: master.revealed, for: purpose)
    }
}
