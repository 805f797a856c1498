import CQRCode

/// A QR code, as the squares it is made of.
package struct SquareCode: Hashable, Sendable {
    /// Squares on a side, without the empty border of four that readers need.
    package let width: Int
    private let squares: [UInt8]

    /// The empty border that readers need, in squares.
    package static let border = 4

    /// The largest code has 177 squares on a side.
    private static let capacity = 177 * 177

    /// `nil` for an empty text, and for one that is too long for a code.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        var squares = [UInt8](repeating: 0, count: Self.capacity)
        let width = Int(mochila_qr(bytes, bytes.count, &squares, squares.count))
        guard width > 0 else { return nil }
        self.width = width
        self.squares = Array(squares.prefix(width * width))
    }

    package func isDark(row: Int, column: Int) -> Bool { squares[row * width + column] == 1 }
}
