/// A grade level as the directory writes it.
package enum Grade: String, Sendable, CaseIterable, Codable, Comparable {
    case prekindergarten = "PK"
    case kindergarten = "KG"
    case first = "01"
    case second = "02"
    case third = "03"
    case fourth = "04"
    case fifth = "05"
    case sixth = "06"
    case seventh = "07"
    case eighth = "08"
    case ninth = "09"
    case tenth = "10"
    case eleventh = "11"
    case twelfth = "12"
    case thirteenth = "13"
    case ungraded = "UG"
    case adult = "AE"

    /// A grade in which courses and credits count toward graduation.
    package var isSecondary: Bool { Self.secondary.contains(self) }

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.order < rhs.order }

    private static let secondary: Set<Self> = [
        .seventh, .eighth, .ninth, .tenth, .eleventh, .twelfth, .thirteenth,
    ]

    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
