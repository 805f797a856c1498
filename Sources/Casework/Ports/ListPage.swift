/// Where a page of a list begins.
package enum PageStart: Hashable, Sendable {
    case top
    case after(ListPosition)
    /// The page that ends just before it.
    case before(ListPosition)
}

/// A line's place in an ordered list, which it keeps while lines around it come and go.
///
/// Holds instants, ranks and random identifiers, so it may stand in an address.
package struct ListPosition: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let first: Int64
    package let second: Int64
    package let id: String

    package init(_ first: Int64, _ second: Int64 = 0, id: String) {
        self.first = first
        self.second = second
        self.id = id
    }

    /// Reads `description`; `nil` for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 3, let first = Int64(parts[0]), let second = Int64(parts[1]),
            parts[2].utf8.count == 26,
            parts[2].utf8.allSatisfy({ (48...57).contains($0) || (97...122).contains($0) })
        else { return nil }
        self.init(first, second, id: String(parts[2]))
    }

    package var description: String { "\(first)_\(second)_\(id)" }

    package static func < (lhs: Self, rhs: Self) -> Bool {
        (lhs.first, lhs.second, lhs.id) < (rhs.first, rhs.second, rhs.id)
    }
}

/// Some lines of a list, and where the pages around them are.
package struct ListPage<Item: Sendable>: Sendable {
    package let items: [Item]
    /// Positions of the first and last line where there are lines before and after them.
    package let before: ListPosition?
    package let after: ListPosition?

    package init(items: [Item], before: ListPosition? = nil, after: ListPosition? = nil) {
        self.items = items
        self.before = before
        self.after = after
    }

    /// Takes lines read from `start` away, in that direction, one more than the page holds where
    /// there are more.
    package init(read: [(position: ListPosition, item: Item)], from start: PageStart, limit: Int) {
        let hasMore = read.count > limit
        let kept = Array(read.prefix(limit))
        switch start {
        case .top, .after:
            items = kept.map(\.item)
            before = start == .top ? nil : kept.first?.position
            after = hasMore ? kept.last?.position : nil
        case .before:
            items = kept.reversed().map(\.item)
            before = hasMore ? kept.last?.position : nil
            after = kept.first?.position
        }
    }

    /// A page of several lists together.
    ///
    /// Takes the pages of each from `start`, of one line more than `limit`.
    package init(
        merging pages: [Self],
        from start: PageStart,
        limit: Int,
        isDescending: Bool = false,
        position: (Item) -> ListPosition
    ) {
        let isAway = if case .before = start { !isDescending } else { isDescending }
        let read = pages.flatMap(\.items).map { (position: position($0), item: $0) }
            .sorted { isAway ? $0.position > $1.position : $0.position < $1.position }
        self.init(read: Array(read.prefix(limit + 1)), from: start, limit: limit)
    }

    package func map<Other>(_ transform: (Item) throws -> Other) rethrows -> ListPage<Other> {
        ListPage<Other>(items: try items.map(transform), before: before, after: after)
    }
}
