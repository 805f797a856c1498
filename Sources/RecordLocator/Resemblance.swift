/// How alike two folded words look: the ways in which names are mistyped.
enum Resemblance {
    /// A bit for each letter of a word, so that most pairs of words need no closer look.
    static func letters(_ bytes: [UInt8], _ range: Range<Int>) -> UInt32 {
        var mask: UInt32 = 0
        for byte in bytes[range] { mask |= 1 << UInt32(byte & 0x1F) }
        return mask
    }

    /// Whether two words are one word mistyped or cut off.
    ///
    /// One letter left out, put in, changed, or two exchanged; two of these in a word of eight
    /// letters or more; or the first five letters and nothing else.
    static func isSlip(
        _ left: [UInt8],
        _ leftRange: Range<Int>,
        _ right: [UInt8],
        _ rightRange: Range<Int>
    ) -> Bool {
        let shorter = min(leftRange.count, rightRange.count)
        let longer = max(leftRange.count, rightRange.count)
        guard shorter >= 3 else { return false }
        if shorter >= 5, longer > shorter,
            left[leftRange].prefix(shorter).elementsEqual(right[rightRange].prefix(shorter))
        {
            return true
        }
        let allowed = shorter >= 8 ? 2 : 1
        guard longer - shorter <= allowed, longer <= longest else { return false }
        return distance(left, leftRange, right, rightRange, atMost: allowed) <= allowed
    }

    /// Whether one of two words stands within the other, or no more than a third of their letters
    /// differ.
    static func isResembling(
        _ left: [UInt8],
        _ leftRange: Range<Int>,
        _ right: [UInt8],
        _ rightRange: Range<Int>
    ) -> Bool {
        let shorter = min(leftRange.count, rightRange.count)
        let longer = max(leftRange.count, rightRange.count)
        guard shorter >= 3, longer <= longest else { return false }
        let isWithin =
            leftRange.count < rightRange.count
            ? stands(left, leftRange, within: right, rightRange)
            : stands(right, rightRange, within: left, leftRange)
        if isWithin { return true }
        let allowed = longer / 3
        return longer - shorter <= allowed
            && distance(left, leftRange, right, rightRange, atMost: allowed) <= allowed
    }

    private static func stands(
        _ inner: [UInt8],
        _ innerRange: Range<Int>,
        within outer: [UInt8],
        _ outerRange: Range<Int>
    ) -> Bool {
        for start in outerRange.lowerBound...(outerRange.upperBound - innerRange.count) {
            var same = 0
            while same < innerRange.count,
                inner[innerRange.lowerBound + same] == outer[start + same]
            {
                same += 1
            }
            if same == innerRange.count { return true }
        }
        return false
    }

    // Beyond this no name is mistyped, it is something else.
    private static let longest = 40

    /// Letters to change, put in, leave out or exchange with their neighbour; more than `atMost`
    /// is any number above it.
    static func distance(
        _ left: [UInt8],
        _ leftRange: Range<Int>,
        _ right: [UInt8],
        _ rightRange: Range<Int>,
        atMost: Int
    ) -> Int {
        // What they begin and end with alike costs nothing.
        var low = leftRange.lowerBound
        var high = leftRange.upperBound
        var otherLow = rightRange.lowerBound
        var otherHigh = rightRange.upperBound
        while low < high, otherLow < otherHigh, left[low] == right[otherLow] {
            low += 1
            otherLow += 1
        }
        while low < high, otherLow < otherHigh, left[high - 1] == right[otherHigh - 1] {
            high -= 1
            otherHigh -= 1
        }
        let rows = high - low
        let columns = otherHigh - otherLow
        if rows == 0 || columns == 0 { return max(rows, columns) }
        if rows == 1 && columns == 1 { return 1 }
        if rows == 2, columns == 2, left[low] == right[otherLow + 1],
            left[low + 1] == right[otherLow]
        {
            return 1
        }
        if atMost == 1 { return 2 }
        return table(left, low..<high, right, otherLow..<otherHigh)
    }

    private static func table(
        _ left: [UInt8],
        _ leftRange: Range<Int>,
        _ right: [UInt8],
        _ rightRange: Range<Int>
    ) -> Int {
        var before: [Int] = []
        var above = Array(0...rightRange.count)
        for row in 0..<leftRange.count {
            var current = [row + 1]
            let letter = left[leftRange.lowerBound + row]
            for column in 0..<rightRange.count {
                let other = right[rightRange.lowerBound + column]
                var least = min(
                    above[column + 1] + 1,
                    current[column] + 1,
                    above[column] + (letter == other ? 0 : 1)
                )
                if row > 0, column > 0, letter == right[rightRange.lowerBound + column - 1],
                    left[leftRange.lowerBound + row - 1] == other
                {
                    least = min(least, before[column - 1] + 1)
                }
                current.append(least)
            }
            before = above
            above = current
        }
        return above[rightRange.count]
    }
}
