/// Rows under keys, frozen: one array of rows and one of where each bucket begins.
///
/// Keys themselves are not kept. Rows of another key may stand in the same bucket; whoever reads
/// one checks what the key stands for.
struct Postings: Sendable {
    private var starts: [UInt32] = [0, 0, 0]
    private var rows: [UInt32] = []
    private var shift: UInt64 = 63

    init() {}

    /// Files every row under its keys; `keys` is called twice for each row and must say the same.
    init(rows count: Int, keys: (_ row: Int, _ file: (UInt64) -> Void) -> Void) {
        // About four rows to a bucket: the array of beginnings stays small.
        var bits: UInt64 = 1
        while 1 << bits < count { bits += 1 }
        shift = 64 - bits
        let shift = shift
        var starts = [UInt32](repeating: 0, count: 1 << Int(bits) + 1)
        for row in 0..<count {
            keys(row) { starts[Int($0 >> shift)] += 1 }
        }
        var total: UInt32 = 0
        for bucket in starts.indices {
            total += starts[bucket]
            starts[bucket] = total
        }
        var rows = [UInt32](repeating: 0, count: Int(total))
        // Backwards, so that a bucket's rows come out in order and its end becomes its beginning.
        for row in stride(from: count - 1, through: 0, by: -1) {
            keys(row) { key in
                let bucket = Int(key >> shift)
                starts[bucket] -= 1
                rows[Int(starts[bucket])] = UInt32(row)
            }
        }
        self.starts = starts
        self.rows = rows
    }

    /// The rows under a key, and possibly some of other keys.
    func rows(_ key: UInt64) -> ArraySlice<UInt32> {
        let bucket = Int(key >> shift)
        return rows[Int(starts[bucket])..<Int(starts[bucket + 1])]
    }

    // Fibonacci hashing: buckets are taken from the high bits.
    private static func mix(_ value: UInt64) -> UInt64 {
        let first = (value ^ value >> 32) &* 0x9E37_79B9_7F4A_7C15
        return (first ^ first >> 29) &* 0xBF58_476D_1CE4_E5B9
    }

    /// The key of two sounds, in whatever order.
    static func key(_ left: UInt32, _ right: UInt32) -> UInt64 {
        mix(UInt64(max(left, right)) << 32 | UInt64(min(left, right)))
    }

    /// The key of a state's number.
    static func key(number: UInt64) -> UInt64 { mix(number ^ 0x5851_F42D_4C95_7F2D) }
}
