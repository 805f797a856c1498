package import SFTPProtocol

/// What was read whole of `out` on one day: a line for each, appended when the file was closed.
///
/// Beside the notes of what was read in part, each in a file of its own.
package struct FetchLog: Hashable, Sendable {
    /// The sizes that each was read in.
    package private(set) var sizes: [DropName: Set<UInt64>] = [:]

    package init() {}

    /// Reads lines of `line`; what cannot be read counts as not fetched.
    package init(text: String) {
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count == 2, let name = DropName(encoded: words[0]),
                let size = UInt64(words[1])
            else { continue }
            sizes[name, default: []].insert(size)
        }
    }

    package func isWhole(_ name: DropName, of size: UInt64) -> Bool {
        sizes[name]?.contains(size) ?? false
    }

    package mutating func merge(_ other: Self) {
        sizes.merge(other.sizes) { $0.union($1) }
    }

    package static func line(_ name: DropName, _ size: UInt64) -> String {
        "\(name.encoded) \(size)\n"
    }

    /// Of a file of `fetched`, in days since 1970 (UTC); the dot tells it from an encoded name.
    package static func file(ofDay day: Int64) -> String { "\(day).log" }

    package static func day(ofFile name: String) -> Int64? {
        guard name.hasSuffix(".log"), let day = Int64(name.dropLast(4)), day >= 0 else {
            return nil
        }
        return day
    }
}
