/// What a partner may drop.
package enum DroppedKind: Hashable, Sendable {
    /// A sealed bundle of records.
    case bundle
    /// The extract of a source system: text with columns, never sealed.
    case feed

    /// Whether a file that begins with these bytes can be of this kind; no beginning can be of
    /// both.
    package func judge(_ bytes: some Collection<UInt8>) -> SealedBeginning {
        let found = SealedBeginning(of: bytes)
        switch (self, found) {
        case (.bundle, _), (_, .open): return found
        case (.feed, .right): return .wrong
        case (.feed, .wrong): return .right
        }
    }
}
