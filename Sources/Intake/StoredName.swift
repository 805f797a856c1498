import Vocabulary

/// The only names that files of ours have on disk: 128 random bits and what the file is.
///
/// Nothing a sender typed gets near a path: this type and `Folder` are the only makers of paths.
struct StoredName: Hashable, Sendable {
    enum Kind: String, CaseIterable, Sendable {
        /// Still arriving; of no use after a restart.
        case arriving = "part"
        /// An uploaded file, whole and encrypted.
        case file = "file"
        /// An uploaded file in which the scanner found something: nothing that reads files looks
        /// for this name.
        case held = "held"
        /// A sealed bundle, whole.
        case bundle = "cms"
    }

    let id: Identifier<StoredName>
    let kind: Kind

    init<Entity>(_ identifier: Identifier<Entity>, _ kind: Kind) {
        id = Identifier(rawValue: identifier.rawValue)
        self.kind = kind
    }

    /// Reads a directory entry; `nil` for anything that is not ours.
    init?(entry: String) {
        let fields = entry.split(separator: ".", omittingEmptySubsequences: false)
        guard fields.count == 2, let kind = Kind(rawValue: String(fields[1])),
            let id = Identifier<StoredName>(fields[0]), id.description == fields[0]
        else { return nil }
        self.id = id
        self.kind = kind
    }

    var entry: String { "\(id)." + kind.rawValue }
}
