/// Who asked the student record locator in the last 24 hours, and how much of the budget that is.
package struct LookupsPage: Page {
    package static let template = "lookups"

    /// Those whose budget is spent first.
    package let rows: [LookupRow]
    /// The reader may hand in feeds.
    package let canFeed: Bool
    /// The reader may say whose entries are whose.
    package let canJoin: Bool

    package init(rows: [LookupRow], canFeed: Bool = false, canJoin: Bool = false) {
        self.rows = rows
        self.canJoin = canJoin
        self.canFeed = canFeed
    }
}

/// One person, or one school with everybody in it.
package struct LookupRow: Hashable, Sendable {
    package let kind: LookupHolderWord
    package let name: String
    /// Where the person works; the school's district.
    package let place: String
    package let thisHour: Int
    package let hourLimit: Int
    package let today: Int
    package let dayLimit: Int
    package let refused: Int
    package let isSpent: Bool

    package init(
        kind: LookupHolderWord,
        name: String,
        place: String,
        thisHour: Int,
        hourLimit: Int,
        today: Int,
        dayLimit: Int,
        refused: Int,
        isSpent: Bool
    ) {
        self.kind = kind
        self.name = name
        self.place = place
        self.thisHour = thisHour
        self.hourLimit = hourLimit
        self.today = today
        self.dayLimit = dayLimit
        self.refused = refused
        self.isSpent = isSpent
    }
}

/// Whose budget it is.
package enum LookupHolderWord: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "lookupHolder"

    case person, school
}
