import Casework
import Synchronization
package import Vocabulary

/// Counts instead of drawing at random, so that identifiers in a failure can be read.
package final class SequentialSecrets: SecretSource {
    private let last: Mutex<UInt128>

    /// The first identifier is `start`.
    package init(startingAt start: UInt128 = 1) {
        last = Mutex(start - 1)
    }

    package func randomBits() -> UInt128 {
        last.withLock { last in
            last += 1
            return last
        }
    }

    package func digest(of bytes: [UInt8]) -> SHA256Digest { ReferenceSHA256.digest(of: bytes) }
}
