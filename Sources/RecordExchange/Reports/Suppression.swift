/// Which figures of a report are held back, so that no figure is about fewer than five students.
///
/// A cell that is too small is held back; then further ones, until nothing that is held back can
/// be computed from the sums that are shown: of the parts of a sum either none is held back, or at
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
        /// A cell of another list that is all of that list's total but these parts: their total is
        /// known as long as this cell is shown.
        package let beside: Int?

        package init(whole: Int? = nil, of parts: [Int], beside: Int? = nil) {
            self.whole = whole
            self.parts = parts
            self.beside = beside
        }
    }

    /// The cells held back.
    package let hidden: Set<Int>
    /// The sums under a total of which not one part is shown.
    ///
    /// Whoever shows them must not tell how many parts they have: else a list of one part, held
    /// back because it is on another list too, would be its total.
    package let withheld: Set<Int>

    /// `students` of each cell, and what adds up to what; wholes before the sums of their parts.
    ///
    /// A cell about nobody says nothing of anybody, so it is shown.
    package init(_ students: [Set<Int64>], sums: [Sum]) {
        var hidden = Set(
            students.indices.filter { (1..<Self.fewest).contains(students[$0].count) }
        )
        var open: [Int] = []
        repeat {
            // Holding one back may open another sum that it is part of, so until nothing changes.
            var before = -1
            while before != hidden.count {
                before = hidden.count
                for sum in sums { Self.close(sum, students, &hidden) }
            }
            // Sums that have parts in common may together say what none says alone.
            let withheld = Self.withheld(sums, students, hidden)
            let told = sums.indices
                .filter { !withheld.contains($0) && sums[$0].beside == nil }
                .map { sums[$0] }
            open = SumsKnown(told, unknown: hidden).determined
            if !open.isEmpty, !Self.widen(open, told, students, &hidden) {
                hidden = Set(students.indices.filter { !students[$0].isEmpty })
                open = []
            }
        } while !open.isEmpty
        self.hidden = hidden
        withheld = Self.withheld(sums, students, hidden)
    }

    private static func withheld(
        _ sums: [Sum],
        _ students: [Set<Int64>],
        _ hidden: Set<Int>
    ) -> Set<Int> {
        Set(
            sums.indices.filter { index in
                let parts = sums[index].parts.filter { !students[$0].isEmpty }
                return sums[index].whole == nil && sums[index].beside == nil && !parts.isEmpty
                    && parts.allSatisfy(hidden.contains)
            }
        )
    }

    private static func close(_ sum: Sum, _ students: [Set<Int64>], _ hidden: inout Set<Int>) {
        if let whole = sum.whole, hidden.contains(whole) {
            // A cell about nobody stays: it adds nothing to the sum.
            hidden.formUnion(sum.parts.filter { !students[$0].isEmpty })
            return
        }
        if let beside = sum.beside, hidden.contains(beside) { return }
        var held = sum.parts.filter(hidden.contains)
        if held.isEmpty { return }
        var together = held.reduce(into: Set<Int64>()) { $0.formUnion(students[$1]) }
        // The smallest first: what is held back besides costs least.
        var shown = sum.parts.filter { !hidden.contains($0) && !students[$0].isEmpty }
            .sorted { (students[$0].count, $0) > (students[$1].count, $1) }
        while held.count < 2 || together.count < fewest || areAlike(held, students) {
            guard let next = shown.popLast() else {
                // Of one part the whole would tell; the total of a list is told without its parts.
                if let whole = sum.whole, held.count < 2 || together.count < fewest {
                    hidden.insert(whole)
                }
                if let beside = sum.beside { hidden.insert(beside) }
                return
            }
            hidden.insert(next)
            held.append(next)
            together.formUnion(students[next])
        }
    }

    /// Whether the parts have all as few or all as many students as a small cell can have: then
    /// what they are together tells each of them.
    private static func areAlike(_ held: [Int], _ students: [Set<Int64>]) -> Bool {
        [1, fewest - 1].contains { count in held.allSatisfy { students[$0].count == count } }
    }

    /// Holds back one more cell beside one of `open`; false where there is none left.
    private static func widen(
        _ open: [Int],
        _ sums: [Sum],
        _ students: [Set<Int64>],
        _ hidden: inout Set<Int>
    ) -> Bool {
        for cell in open {
            let beside = sums.filter { $0.whole == cell || $0.parts.contains(cell) }
                .flatMap { $0.parts + [$0.whole].compactMap(\.self) }
                .filter { !hidden.contains($0) && !students[$0].isEmpty }
            guard let next = beside.min(by: { (students[$0].count, $0) < (students[$1].count, $1) })
            else { continue }
            hidden.insert(next)
            return true
        }
        return false
    }

    /// Whether a figure about these students, and everybody else of `all`, may be shown.
    package static func permits(_ part: Set<Int64>, andTheRest rest: Set<Int64>) -> Bool {
        [part, rest].allSatisfy { $0.isEmpty || $0.count >= fewest }
    }
}
