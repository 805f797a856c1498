/// What the program that prints says: nine bytes of head, then as many as the head counts.
package enum PrintAnswer {
    package enum Outcome: UInt8, Hashable, Sendable, CaseIterable {
        /// A PDF follows.
        case printed = 0x50
        /// One byte follows: whether what was tried could be done.
        case tried = 0x54
        /// The order is none.
        case notAnOrder = 0x4E
        /// The library refused the document, or there was not enough memory for it.
        case notDrawn = 0x44
    }

    package struct Head: Hashable, Sendable {
        package static let byteCount = 9

        /// What confines the program, as bits.
        package let confinement: UInt32
        package let outcome: Outcome
        package let count: Int

        package init(confinement: UInt32, outcome: Outcome, count: Int) {
            self.confinement = confinement
            self.outcome = outcome
            self.count = count
        }

        package var bytes: [UInt8] {
            Self.bytes(confinement) + [outcome.rawValue] + Self.bytes(UInt32(clamping: count))
        }

        /// `nil` for anything else, and for more bytes than an answer of that kind may have.
        package init?(bytes: [UInt8]) {
            guard bytes.count == Self.byteCount, let outcome = Outcome(rawValue: bytes[4]) else {
                return nil
            }
            let count = Int(Self.number(bytes[5...]))
            let possible =
                switch outcome {
                case .printed: 1...PrintAnswer.mostBytes
                case .tried: 1...1
                case .notAnOrder, .notDrawn: 0...0
                }
            guard possible.contains(count) else { return nil }
            self.init(confinement: Self.number(bytes[..<4]), outcome: outcome, count: count)
        }

        private static func bytes(_ number: UInt32) -> [UInt8] {
            withUnsafeBytes(of: number.bigEndian) { Array($0) }
        }

        private static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
            bytes.reduce(0) { $0 << 8 | UInt32($1) }
        }
    }

    /// Of a PDF.
    package static let mostBytes = 12 << 20
}
