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

    /// The steps that may be shown.
    ///
    /// A step is left out where it differs by fewer than five students from the one before it that
    /// is shown, or from all: so no difference of two shown figures is about fewer.
    package static func shown(_ waits: [Waited]) -> [Self] {
        let sorted = waits.sorted { $0.wait < $1.wait }
        var shown: [Self] = []
        var last = 0
        for days in steps.map(Optional.some) + [nil] {
            let limit = Wait.minutes(days.map { $0 * 1_440 } ?? .max)
            let count = sorted.prefix { $0.wait <= limit }.count
            let since = Set(sorted[last..<count].map(\.student))
            let rest = Set(sorted[count...].map(\.student))
            guard Suppression.permits(since, andTheRest: rest) else { continue }
            shown.append(Self(days: days, count: count, of: sorted.count))
            last = count
        }
        return shown
    }
}
