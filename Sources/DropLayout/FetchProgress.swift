/// Which bytes of a file somebody has read.
package struct FetchProgress: Hashable, Sendable {
    /// In order, apart from each other.
    package private(set) var ranges: [Range<UInt64>] = []

    package init() {}

    package mutating func add(_ range: Range<UInt64>) {
        guard !range.isEmpty else { return }
        // Nearly always the bytes that follow the last ones.
        if let last = ranges.last, last.upperBound == range.lowerBound {
            ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
            return
        }
        var merged = range
        var kept: [Range<UInt64>] = []
        for other in ranges {
            if other.upperBound < merged.lowerBound || other.lowerBound > merged.upperBound {
                kept.append(other)
            } else {
                merged =
                    min(
                        other.lowerBound,
                        merged.lowerBound
                    )..<max(other.upperBound, merged.upperBound)
            }
        }
        kept.append(merged)
        ranges = kept.sorted { $0.lowerBound < $1.lowerBound }
        // A reader that jumps about is told nothing wrong: it only counts for less.
        if ranges.count > Self.mostRanges { ranges.removeLast(ranges.count - Self.mostRanges) }
    }

    private static let mostRanges = 64

    package func isWhole(of size: UInt64) -> Bool {
        size == 0 || ranges == [0..<size]
    }

    /// `from-to` with a comma between two.
    package var text: String {
        ranges.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ",")
    }

    /// Reads what `text` made; what cannot be read counts as not fetched.
    package init(text: String) {
        for part in text.split(separator: ",") {
            let ends = part.split(separator: "-")
            guard ends.count == 2, let from = UInt64(ends[0]), let to = UInt64(ends[1]), from < to
            else { continue }
            add(from..<to)
        }
    }
}
