package import Casework
import DropLayout
package import RecordExchange
import Synchronization
import Vocabulary

/// Somebody's reading of a file, and what follows when they have all of it.
package struct Fetch: Sendable {
    let memory: FetchMemory
    let key: FetchMemory.Key
    let isGiven: @Sendable () async -> Bool
    let whenWhole: @Sendable () async -> Void

    /// `isGiven`: whether it still is, asked while it is on its way.
    package init(
        _ memory: FetchMemory,
        _ key: FetchMemory.Key,
        isGiven: @escaping @Sendable () async -> Bool,
        whenWhole: @escaping @Sendable () async -> Void
    ) {
        self.memory = memory
        self.key = key
        self.isGiven = isGiven
        self.whenWhole = whenWhole
    }
}

/// How much of each file everybody has fetched: whoever asks for its last byte does not have it.
///
/// In memory: after a restart a download that began before it counts as far as it goes on, and the
/// next whole one counts in full.
package final class FetchMemory: Sendable {
    /// Somebody's reading of one file.
    package struct Key: Hashable, Sendable {
        let reader: StaffID
        let bundle: RecordBundle.ID
        let extent: Extent

        package init(_ reader: StaffID, _ bundle: RecordBundle.ID, _ extent: Extent) {
            self.reader = reader
            self.bundle = bundle
            self.extent = extent
        }
    }

    private struct State {
        var progress: [Key: FetchProgress] = [:]
        /// Oldest first.
        var order: [Key] = []
    }

    private let most: Int
    private let state = Mutex(State())

    /// `most`: readings that are remembered; the oldest are forgotten first.
    package init(most: Int = 4_096) { self.most = max(1, most) }

    /// Notes bytes that were handed to the reader's connection.
    package func add(_ range: Range<Int64>, of key: Key) {
        state.withLock { state in
            if state.progress[key] == nil {
                state.order.append(key)
                if state.order.count > most {
                    state.progress[state.order.removeFirst()] = nil
                }
            }
            state.progress[key, default: FetchProgress()]
                .add(UInt64(range.lowerBound)..<UInt64(range.upperBound))
        }
    }

    /// Whether the reader has all `size` bytes; then it is forgotten, and begins anew.
    package func takeWhole(_ key: Key, of size: Int64) -> Bool {
        state.withLock { state in
            guard state.progress[key]?.isWhole(of: UInt64(size)) ?? (size == 0) else {
                return false
            }
            state.progress[key] = nil
            state.order.removeAll { $0 == key }
            return true
        }
    }
}
