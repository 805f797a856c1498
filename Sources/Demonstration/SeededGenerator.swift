/// Random numbers that come out the same for the same seed, everywhere (SplitMix64).
///
/// For made-up students only: anybody who knows the seed knows them all.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A whole number below `bound`, which is positive.
    ///
    /// Written out, because the standard library's own draw may change between releases.
    package mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// `true` in `percent` of a hundred draws.
    package mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    /// One element, the earlier ones more often: names and places are not spread evenly.
    mutating func favoring<Element>(_ elements: [Element]) -> Element {
        elements[min(below(elements.count), below(elements.count))]
    }

    mutating func element<Element>(of elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    mutating func identifierBits() -> UInt128 { UInt128(next()) << 64 | UInt128(next()) }
}
