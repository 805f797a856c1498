/// Looks for byte sequences in a file that passes by, also across the borders of its pieces.
struct TraceFinder: Sendable {
    private let traces: [[UInt8]]
    private let overlap: Int
    private var tail: [UInt8] = []
    /// Which of the sequences were met so far.
    private(set) var found: Set<[UInt8]> = []

    init(for traces: [[UInt8]]) {
        self.traces = traces
        overlap = max(0, (traces.map(\.count).max() ?? 1) - 1)
    }

    mutating func read(_ bytes: UnsafeRawBufferPointer) {
        let border = tail + bytes.prefix(overlap)
        for trace in traces where !found.contains(trace) {
            let isThere = border.withUnsafeBytes { Self.contains(trace, in: $0) }
            if isThere || Self.contains(trace, in: bytes) { found.insert(trace) }
        }
        tail = Array((tail + bytes.suffix(overlap)).suffix(overlap))
    }

    private static func contains(_ trace: [UInt8], in bytes: UnsafeRawBufferPointer) -> Bool {
        guard let first = trace.first, bytes.count >= trace.count else { return false }
        var position = 0
        let last = bytes.count - trace.count
        while position <= last {
            if bytes[position] == first,
                bytes[position..<(position + trace.count)].elementsEqual(trace)
            {
                return true
            }
            position += 1
        }
        return false
    }
}
