package import StudentRecords

/// Where a problem stands in a record or a file, in words of the page.
///
/// Records and programs write places in one form, such as `courses.csv, row 5`; what a file itself
/// calls things, its name and the names of its fields, stays as it is.
package indirect enum PlaceWord: Hashable, Sendable, Worded {
    package static let words = "foundAt"

    case row(number: Int)
    case entry(number: Int)
    case student(number: Int)
    case oneOf(group: ElementGroup, number: Int)
    case sameAs(place: PlaceWord)
    case inside(outer: PlaceWord, place: PlaceWord)
    case wholeFile, theStudent, source
    /// As it was written.
    case other(text: String)

    package init(_ place: String) {
        // From the end: a file's name may have commas too.
        if let comma = place.ranges(of: ", ").last,
            let last = Self(known: String(place[comma.upperBound...]))
        {
            self = .inside(outer: Self(String(place[..<comma.lowerBound])), place: last)
        } else {
            self = Self(known: place) ?? .other(text: place)
        }
    }

    private init?(known text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        if words.count == 3, words[0] == "as",
            let earlier = Self(known: words[1...].joined(separator: " "))
        {
            self = .sameAs(place: earlier)
            return
        }
        guard words.count == 2, let number = Self.number(words[1]) else {
            switch text {
            case "file": self = .wholeFile
            case "student": self = .theStudent
            case "source": self = .source
            default: return nil
            }
            return
        }
        switch words[0] {
        case "row": self = .row(number: number)
        case "entry": self = .entry(number: number)
        case "student": self = .student(number: number)
        default:
            guard let group = ElementGroup(rawValue: words[0]) else { return nil }
            self = .oneOf(group: group, number: number)
        }
    }

    /// Only as programs write numbers.
    private static func number(_ text: String) -> Int? {
        guard let number = Int(text), number >= 0, "\(number)" == text else { return nil }
        return number
    }
}
