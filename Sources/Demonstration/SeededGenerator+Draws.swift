package import SeededNumbers

extension SeededGenerator {
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
