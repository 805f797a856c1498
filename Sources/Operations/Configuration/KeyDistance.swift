/// Finds the word somebody meant.
enum KeyDistance {
    /// The candidate that needs the fewest changes.
    ///
    /// One that begins or ends with what was typed comes first, then one that it abbreviates.
    static func nearest(to typed: String, among candidates: [String]) -> String {
        let typed = Array(typed.utf8.prefix(80))
        return candidates.min { cost(typed, $0) < cost(typed, $1) } ?? ""
    }

    private static func cost(_ typed: [UInt8], _ candidate: String) -> Int {
        let candidate = Array(candidate.utf8)
        if candidate.starts(with: typed) || candidate.reversed().starts(with: typed.reversed()) {
            return 0
        }
        // Shorter ones abbreviate nearly everything.
        if typed.count >= 6, abbreviates(typed, candidate) { return 1 }
        return 2 + edits(typed, candidate)
    }

    private static func abbreviates(_ typed: [UInt8], _ candidate: [UInt8]) -> Bool {
        var rest = candidate[...]
        return typed.allSatisfy { byte in
            guard let position = rest.firstIndex(of: byte) else { return false }
            rest = rest[(position + 1)...]
            return true
        }
    }

    /// Insertions, deletions and replacements between two words.
    static func edits(_ first: [UInt8], _ second: [UInt8]) -> Int {
        var previous = Array(0...second.count)
        for (row, byte) in first.enumerated() {
            var current = [row + 1]
            for (column, other) in second.enumerated() {
                current.append(
                    min(
                        previous[column] + (byte == other ? 0 : 1),
                        previous[column + 1] + 1,
                        current[column] + 1
                    )
                )
            }
            previous = current
        }
        return previous[second.count]
    }
}
