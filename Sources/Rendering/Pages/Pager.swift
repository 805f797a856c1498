/// How long a list is, and the pages beside this one.
package struct Pager: Hashable, Sendable {
    package let total: Int
    /// Addresses; empty where there is no such page.
    package let previous: String
    package let next: String
    /// Newest first, so that the pages are called newer and older.
    package let isByDate: Bool
    /// There are pages beside this one.
    package let isPart: Bool

    package init(total: Int, previous: String = "", next: String = "", isByDate: Bool = false) {
        self.total = total
        self.previous = previous
        self.next = next
        self.isByDate = isByDate
        isPart = !previous.isEmpty || !next.isEmpty
    }
}
