/// Under which two of its sounds a question looks for rows that must share several.
///
/// Sounds are put into one group fewer than must be shared: a row that shares as many shares two
/// of one group, so nobody need read what stands under two of different groups. Two common sounds
/// come into different groups, which are the long lists.
package struct SoundGroups: Sendable {
    private var groups = SIMD16<UInt8>(repeating: 0)

    /// Sixteen sounds at most: `rows` says how many rows have each.
    ///
    /// Those from `own` on are the parents', whose pairs are filed nowhere.
    package init(rows: [Float], own: Int, groups count: Int) {
        let order = rows.indices.sorted { (rows[$1], $0) < (rows[$0], $1) }
        var placed: [Int] = []
        for sound in order {
            var best = 0
            var least = Float.infinity
            for group in 0..<count {
                var cost: Float = 0
                for other in placed where groups[other] == UInt8(group) {
                    // What only an unfiled pair tells is lost: worse than the longest list.
                    cost += sound >= own && other >= own ? 1e30 : rows[sound] * rows[other]
                }
                if cost < least { (best, least) = (group, cost) }
            }
            groups[sound] = UInt8(best)
            placed.append(sound)
        }
    }

    /// Whether two sounds, by their places, are of one group.
    package func isTogether(_ left: Int, _ right: Int) -> Bool { groups[left] == groups[right] }
}
