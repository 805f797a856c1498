/// An amount in hundredths: Carnegie units and clock hours, never a binary fraction.
///
/// `.33` three times is `0.99`, because that is what the schools sent.
package struct Hundredths: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let count: Int

    package init(_ count: Int) {
        self.count = count
    }

    package static let zero = Self(0)
    /// The largest amount that is read; far beyond what any record holds, far below overflow.
    package static let largest = Self(10_000_000)

    /// Reads `1`, `1.0`, `.50`, `0.333000`… only where no digit behind the hundredths is lost.
    ///
    /// `nil` for any other text, a sign included.
    package init?(_ text: some StringProtocol) {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.joined().count <= 15,
            !parts.joined().isEmpty,
            parts.allSatisfy({ $0.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        let fraction = parts.count == 2 ? Array(parts[1]) : []
        guard fraction.dropFirst(2).allSatisfy({ $0 == 48 }) else { return nil }
        let digits = Array(parts[0]) + (fraction + [48, 48]).prefix(2)
        var sum = 0
        for digit in digits {
            sum = sum * 10 + Int(digit - 48)
            if sum > Self.largest.count { return nil }
        }
        count = sum
    }

    /// With exactly two places: `0.99`.
    package var description: String {
        let (whole, rest) = abs(count).quotientAndRemainder(dividingBy: 100)
        return "\(count < 0 ? "-" : "")\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.count < rhs.count }
    package static func + (lhs: Self, rhs: Self) -> Self { Self(lhs.count + rhs.count) }

    /// What is left of `needed`, never below zero.
    package func left(of needed: Self) -> Self { Self(max(0, needed.count - count)) }
}

extension Hundredths: Codable {
    package init(from decoder: any Decoder) throws {
        count = try decoder.singleValueContainer().decode(Int.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(count)
    }
}

extension Sequence<Hundredths> {
    package var sum: Hundredths { reduce(.zero, +) }
}
