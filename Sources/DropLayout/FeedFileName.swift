package import SFTPProtocol

/// How a dropped extract says what it is: `texas-peims.snapshot.csv`,
/// `texas-peims.changes.2026-05-18.csv`.
///
/// Its system must be one that the account may feed; every other name is a sealed bundle's.
package struct FeedFileName: Hashable, Sendable {
    /// What the file says of the entries it does not name.
    package enum Extent: String, Sendable, CaseIterable {
        /// All there is: they are withdrawn.
        case snapshot
        /// What changed: they stay.
        case changes
    }

    package let system: String
    package let extent: Extent

    /// `nil` where it is no name of a feed of one of `systems`.
    package init?(_ name: DropName, of systems: Set<String>) {
        let pieces = name.text.split(separator: ".", omittingEmptySubsequences: false)
        guard pieces.count >= 3, let extent = Extent(rawValue: String(pieces[1])) else {
            return nil
        }
        system = String(pieces[0])
        self.extent = extent
        guard systems.contains(system) else { return nil }
    }
}

/// The systems that an account may feed: one line each.
package struct FeedList: Hashable, Sendable {
    package var systems: Set<String>

    package init(_ systems: Set<String>) {
        self.systems = systems
    }

    package init(text: String) {
        systems = Set(text.split(separator: "\n").map(String.init))
    }

    package var text: String { systems.sorted().map { "\($0)\n" }.joined() }
}
