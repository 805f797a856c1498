/// What each level of agreement is worth: the logarithm of the odds that it adds, alone, together
/// with a level of another aspect, and with how rare the agreement is.
///
/// A table and not a formula, so that a score can be taken apart and said in words.
package struct EvidenceWeights: Sendable {
    private let values: [Float]
    /// Every level has its weight.
    package let isWhole: Bool

    /// Where `y`, the logarithm of one over the number of others expected to agree as much by
    /// chance, changes what it is worth.
    private static let knots: [Float] = [-6, -3, 0, 3, 6, 10, 15, 25]
    /// Aspects with which rarity interacts.
    private static let rarityAspects: [Evidence.Aspect] = [.given, .birthDay, .surnames]

    /// `values` are in the order of `features`: `nil` where there are more or fewer.
    package init?(_ values: [Float]) {
        guard values.count == Self.count else { return nil }
        self.values = values
        isWhole = true
    }

    /// The committed table; zero beyond its end, which a test forbids.
    init(in256ths table: [Int16]) {
        isWhole = table.count == Self.count
        values = (0..<Self.count).map { $0 < table.count ? Float(table[$0]) / 256 : 0 }
    }

    /// All zero: what a fit begins with.
    package static let none = Self(zeros: count)

    private init(zeros: Int) {
        values = [Float](repeating: 0, count: zeros)
        isWhole = true
    }

    /// The logarithm of the odds that two identities are one person's, among `rows`.
    func logOdds(_ evidence: Evidence, among rows: Int) -> Float {
        var sum: Float = 0
        Self.forEachFeature(evidence, among: rows) { sum += values[$0] * $1 }
        return sum
    }

    // MARK: - Features

    private static let levels = Evidence.Aspect.allCases.map(\.levels)
    private static let aspects = levels.count
    private static let starts = levels.reduce(into: [1]) { $0.append($0[$0.count - 1] + $1) }
    private static let pairStarts: [Int] = {
        var starts: [Int] = []
        var next = Self.starts[aspects]
        for left in 0..<aspects {
            for right in (left + 1)..<aspects {
                starts.append(next)
                next += levels[left] * levels[right]
            }
        }
        starts.append(next)
        return starts
    }()
    private static let pieces = knots.count - 1
    private static let rarityStart = pairStarts[pairStarts.count - 1]

    /// How many weights there are.
    package static let count =
        rarityStart + pieces + rarityAspects.reduce(0) { $0 + $1.levels * pieces }

    /// Calls with the number of each weight that counts, and by how much.
    static func forEachFeature(_ evidence: Evidence, among rows: Int, _ visit: (Int, Float) -> Void)
    {
        visit(0, 1)
        var pair = 0
        for left in 0..<aspects {
            let level = Int(evidence.levels[left])
            visit(starts[left] + level, 1)
            for right in (left + 1)..<aspects {
                let index = level * levels[right] + Int(evidence.levels[right])
                visit(pairStarts[pair] + index, 1)
                pair += 1
            }
        }
        let chance = -(Logarithm.natural(Float(max(rows, 200))) + evidence.rarity)
        for piece in 0..<pieces {
            let size = min(max(chance - knots[piece], 0), knots[piece + 1] - knots[piece])
            guard size > 0 else { break }
            visit(rarityStart + piece, size)
            var start = rarityStart + pieces
            for aspect in rarityAspects {
                visit(start + Int(evidence[aspect]) * pieces + piece, size)
                start += aspect.levels * pieces
            }
        }
    }
}
