/// Which bytes of a file a request wants (RFC 9110, 14).
package enum ByteRange: Hashable, Sendable {
    case whole
    /// First and last byte, both included.
    case part(first: Int64, last: Int64)
    case unsatisfiable

    /// Reads a `Range` header.
    ///
    /// What is malformed, of another unit or of several ranges asks for the whole, as the standard
    /// allows.
    package init(header: String?, length: Int64) {
        self = .whole
        guard let header, header.utf8.count <= 100, header.utf8.starts(with: "bytes=".utf8) else {
            return
        }
        let ends = header.dropFirst("bytes=".count)
            .split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard ends.count == 2 else { return }
        switch (Self.number(ends[0]), Self.number(ends[1])) {
        case (let first?, let last?):
            guard first <= last else { return }
            self =
                first < length ? .part(first: first, last: min(last, length - 1)) : .unsatisfiable
        case (let first?, nil):
            guard ends[1].isEmpty else { return }
            self = first < length ? .part(first: first, last: length - 1) : .unsatisfiable
        case (nil, let suffix?):
            guard ends[0].isEmpty else { return }
            self =
                suffix > 0 && length > 0
                ? .part(first: max(0, length - suffix), last: length - 1) : .unsatisfiable
        case (nil, nil): return
        }
    }

    private static func number(_ text: Substring) -> Int64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int64(text)
    }
}
