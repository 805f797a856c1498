import SeededNumbers

extension SeededGenerator {
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

    mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.count)
    }

    /// True in `chances` of a thousand cases.
    mutating func happens(_ chances: Int) -> Bool { below(1_000) < chances }
}
