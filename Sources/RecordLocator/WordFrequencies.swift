/// How often each word stands in the index: sharing a rare surname says more than sharing a
/// common one.
struct WordFrequencies: Sendable {
    private var counts: [String: Int] = [:]
    private var entries = 0

    mutating func add(_ identity: Identity) { count(identity, by: 1) }

    mutating func remove(_ identity: Identity) { count(identity, by: -1) }

    /// Bits of evidence that two people who share this word are one, from 3 to 12.
    func evidence(of word: String) -> Double {
        let share = Double(max(1, counts[word] ?? 0)) / Double(max(200, entries))
        return min(12, max(3, -share.logarithmToBaseTwo))
    }

    private mutating func count(_ identity: Identity, by step: Int) {
        entries += step
        for word in identity.given + identity.surnames {
            let new = (counts[word.text] ?? 0) + step
            counts[word.text] = new > 0 ? new : nil
        }
    }
}

extension Double {
    // The standard library has no logarithm; a hundredth of a bit is exact enough for weights.
    /// The logarithm to base two of a positive, finite number.
    var logarithmToBaseTwo: Double {
        // A significand in [1, 2): the series of the inverse hyperbolic tangent converges fast.
        let ratio = (significand - 1) / (significand + 1)
        let square = ratio * ratio
        let series = ratio * (1 + square * (1 / 3 + square * (1 / 5 + square / 7)))
        return Double(exponent) + 2 * series * 1.442_695_040_888_963_4
    }

    /// Two to the power of this number.
    var powerOfTwo: Double {
        if self < -1_000 { return 0 }
        if self > 1_000 { return .greatestFiniteMagnitude }
        let whole = rounded(.down)
        let rest = (self - whole) * 0.693_147_180_559_945_3
        var term = 1.0
        var sum = 1.0
        for step in 1...12 {
            term *= rest / Double(step)
            sum += term
        }
        return Double(sign: .plus, exponent: Int(whole), significand: sum)
    }
}
