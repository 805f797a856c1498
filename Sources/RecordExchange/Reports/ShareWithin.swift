/// How many of all requests were answered within so many days; only steps that are about enough
/// students.
package struct ShareWithin: Hashable, Sendable {
    /// Days of 24 hours; `nil` for "ever".
    package let days: Int?
    package let count: Int
    package let of: Int

    package init(days: Int?, count: Int, of total: Int) {
        self.days = days
        self.count = count
        of = total
    }

    /// Whole percent, rounded down: it never says "all" where one is missing.
    package var percent: Int { of == 0 ? 0 : count * 100 / of }

    /// The days that are asked about: a week, and what the ladder and the laws name.
    package static let steps = [1, 2, 4, 7, 10, 20, 30]

    /// One request's wait and whose it is.
    package struct Waited: Hashable, Sendable {
        package let student: Int64
        package let wait: Wait

        package init(student: Int64, wait: Wait) {
            self.student = student
            self.wait = wait
        }
    }

    /// The steps that may be shown, of `total` where `waits` are not all of them.
    ///
    /// A step is left out where it differs by fewer than five students from the one before it that
    /// is shown, from "ever", or from all: so no difference of two shown figures is about fewer.
    /// Where `hidesEver`, how many arrived is held back elsewhere; then `waits` are those of which
    /// one cannot tell from what is shown whether they arrived.
    package static func shown(
        _ waits: [Waited],
        of total: Int? = nil,
        hidesEver: Bool = false
    ) -> [Self] {
        let sorted = waits.sorted { $0.wait < $1.wait }
        func students(_ range: Range<Int>) -> Set<Int64> { Set(sorted[range].map(\.student)) }
        let arrived = sorted.prefix { $0.wait < .notReached }.count
        let showsEver =
            !hidesEver
            && Suppression.permits(
                students(0..<arrived),
                andTheRest: students(arrived..<sorted.count)
            )
        var shown: [Self] = []
        var last = 0
        func show(_ days: Int?, _ count: Int) {
            shown.append(Self(days: days, count: count, of: total ?? sorted.count))
            last = count
        }
        for days in steps {
            let count = sorted.prefix { $0.wait <= .minutes(days * 1_440) }.count
            let bounds = [sorted.count] + (showsEver ? [arrived] : [])
            let isPermitted = bounds.allSatisfy { bound in
                Suppression.permits(students(last..<count), andTheRest: students(count..<bound))
            }
            if isPermitted { show(days, count) }
        }
        if showsEver { show(nil, arrived) }
        return shown
    }
}
