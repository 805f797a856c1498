package import Vocabulary

/// How long something took, or that it has not come.
///
/// What never arrived is longer than everything, so a percentile over all requests can fall on
/// it: then it says "not reached" and no number.
package enum Wait: Hashable, Sendable, Comparable {
    /// Started minutes from request to record.
    case minutes(Int)
    case notReached

    /// From one instant to another, rounded up; nothing comes before it was asked for.
    package init(from start: Instant, to end: Instant) {
        self = .minutes(Int(max(0, start.seconds(to: end)) + 59) / 60)
    }

    package static func < (lhs: Self, rhs: Self) -> Bool {
        switch (lhs, rhs) {
        case (.minutes(let left), .minutes(let right)): left < right
        case (.minutes, .notReached): true
        case (.notReached, _): false
        }
    }

    /// Days of 24 hours as people read them, with one digit after the point where it is not 0:
    /// `4.5`; `nil` where it has not come.
    ///
    /// Rounded up, so that it never promises more than was kept.
    package var days: String? {
        guard case .minutes(let minutes) = self else { return nil }
        let tenths = (minutes + 143) / 144
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}

/// Percentiles by nearest rank over everything that was asked for, arrived or not.
package struct Percentiles: Hashable, Sendable {
    /// How many were asked for: the denominator of everything here.
    package let count: Int
    /// Of those, how many arrived.
    package let arrived: Int
    package let median: Wait
    package let ninetieth: Wait

    /// `arrived` in any order; `count` with those that never came.
    package init(arrived: [Int], of count: Int) {
        let sorted = arrived.sorted()
        self.count = max(count, sorted.count)
        self.arrived = sorted.count
        median = Self.rank(50, sorted, of: self.count)
        ninetieth = Self.rank(90, sorted, of: self.count)
    }

    /// The smallest wait within which `percent` of `count` arrived.
    package static func rank(_ percent: Int, _ sorted: [Int], of count: Int) -> Wait {
        guard count > 0 else { return .notReached }
        let rank = max(1, (percent * count + 99) / 100)
        return rank <= sorted.count ? .minutes(sorted[rank - 1]) : .notReached
    }
}
