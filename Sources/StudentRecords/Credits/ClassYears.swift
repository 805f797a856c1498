package import Vocabulary

/// The graduating classes for which a plan holds, by the year in which each graduates.
package struct ClassYears: Hashable, Sendable, Codable {
    package let first: Int
    /// `nil`: every class from `first` on.
    package let last: Int?

    /// The years that anybody means.
    package static let possible = 1990...2100

    /// `nil` where a year is none, or the last lies before the first.
    package init?(from first: Int, through last: Int? = nil) {
        guard Self.possible.contains(first) else { return nil }
        if let last {
            guard last >= first, Self.possible.contains(last) else { return nil }
        }
        self.first = first
        self.last = last
    }

    package func contains(_ year: Int) -> Bool {
        year >= first && last.map { year <= $0 } ?? true
    }

    package func overlaps(_ other: Self) -> Bool {
        first <= other.last ?? .max && other.first <= last ?? .max
    }

    /// The year in which a student of a grade graduates, on time; `nil` for a grade from which it
    /// cannot be told.
    ///
    /// A school year begins in July: whoever is asked for then sits in the grade to come.
    package static func graduating(_ grade: Grade?, on day: CivilDate) -> Int? {
        guard let grade else { return nil }
        let left: Int
        switch grade {
        case .prekindergarten: left = 13
        case .kindergarten: left = 12
        case .first, .second, .third, .fourth, .fifth, .sixth, .seventh, .eighth, .ninth, .tenth,
            .eleventh, .twelfth:
            guard let number = Int(grade.rawValue) else { return nil }
            left = 12 - number
        case .thirteenth, .ungraded, .adult: return nil
        }
        return (day.month >= 7 ? day.year + 1 : day.year) + left
    }
}
