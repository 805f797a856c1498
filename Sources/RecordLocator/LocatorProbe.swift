/// What the weights are fitted from: everything a search compared, before it is weighed.
package enum LocatorProbe {
    /// How many levels each aspect has, in the order of the table.
    package static let levels = Evidence.Aspect.allCases.map(\.levels)

    /// One row or person that was compared.
    package struct Observation: Sendable {
        /// The first is the likeliest row.
        package let numbers: [UInt32]
        package let levels: [UInt8]
        package let rarity: Float
        package let odds: Float
    }

    /// Every row that a query is compared with.
    package static func rows(_ text: IdentityText, in index: IdentityIndex) -> [Observation] {
        let probe = Probe(text, in: index)
        var alignment = Alignment(probe, index)
        return index.candidates(probe).compactMap { row in
            index.compareIfNear(probe, row, &alignment)
                .map { observation([index.columns.numbers[row]], $0, 0) }
        }
    }

    /// Every person that a query finds.
    package static func people(
        _ text: IdentityText,
        in index: IdentityIndex,
        scoring: IdentityIndex.Scoring
    ) -> [Observation] {
        index.search(text, scoring: scoring)
            .map { observation($0.numbers, $0.evidence, $0.odds) }
    }

    /// The most places that are looked at for one word of an index.
    package static func longestWalk(in index: IdentityIndex) -> Int { index.lexicon.longestWalk }

    private static func observation(
        _ numbers: [UInt32],
        _ evidence: Evidence,
        _ odds: Float
    ) -> Observation {
        Observation(
            numbers: numbers,
            levels: Evidence.Aspect.allCases.map { evidence[$0] },
            rarity: evidence.rarity,
            odds: odds
        )
    }
}
