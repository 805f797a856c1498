/// Which figures of a report are held back, so that no figure is about fewer than five students.
///
/// A cell that is too small is held back; then further ones, until what is held back cannot be
/// computed from the sums that are shown: of the parts of a sum either none is held back, or at
/// least two that are together about five students or more.
package struct Suppression: Sendable {
    /// The fewest students that a figure is shown about.
    package static let fewest = 5

    /// Parts that add up to a figure which is shown as well.
    ///
    /// Where the whole is held back, all its parts are.
    package struct Sum: Hashable, Sendable {
        /// A cell that is itself part of another sum; `nil` for a total that stands alone.
        package let whole: Int?
        package let parts: [Int]

        package init(whole: Int? = nil, of parts: [Int]) {
            self.whole = whole
            self.parts = parts
        }
    }

    /// The cells held back.
    package let hidden: Set<Int>

    /// `students` of each cell, and what adds up to what; wholes before the sums of their parts.
    ///
    /// A cell about nobody says nothing of anybody, so it is shown.
    package init(_ students: [Set<Int64>], sums: [Sum]) {
        var hidden = Set(
            students.indices.filter { (1..<Self.fewest).contains(students[$0].count) }
        )
        // Holding one back may open another sum that it is part of, so until nothing changes.
        var before = -1
        while before != hidden.count {
            before = hidden.count
            for sum in sums { Self.close(sum, students, &hidden) }
        }
        self.hidden = hidden
    }

    private static func close(_ sum: Sum, _ students: [Set<Int64>], _ hidden: inout Set<Int>) {
        if let whole = sum.whole, hidden.contains(whole) {
            // A cell about nobody stays: it adds nothing to the sum.
            hidden.formUnion(sum.parts.filter { !students[$0].isEmpty })
            return
        }
        // The smallest first: what is held back besides costs least.
        var shown = sum.parts.filter { !hidden.contains($0) && !students[$0].isEmpty }
            .sorted { (students[$0].count, $0) > (students[$1].count, $1) }
        while true {
            let held = sum.parts.filter(hidden.contains)
            if held.isEmpty { return }
            let together = held.reduce(into: Set<Int64>()) { $0.formUnion(students[$1]) }
            if held.count > 1, together.count >= fewest { return }
            guard let next = shown.popLast() else { return }
            hidden.insert(next)
        }
    }

    /// Whether a figure about these students, and everybody else of `all`, may be shown.
    package static func permits(_ part: Set<Int64>, andTheRest rest: Set<Int64>) -> Bool {
        [part, rest].allSatisfy { $0.isEmpty || $0.count >= fewest }
    }
}
