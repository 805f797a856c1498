package import SeededNumbers

extension SeededGenerator {
    /// Any bytes at all.
    package mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &self) }
    }

    /// Text of characters people never type and attackers do.
    package mutating func hostileText(upTo length: Int) -> String {
        let pieces = [
            "a", "Z", "0", "9", "-", " ", "\t", "\r\n", "\u{0}", "\u{7F}", "@", ".", "<",
            "\u{202E}",
            "é", "e\u{301}", "ﬂ", "\u{212A}", "０", "👩‍👩‍👧", "\u{FEFF}", "\u{200B}", "'", "\"", "\\",
            ":",
        ]
        let count = Int.random(in: 0...length, using: &self)
        return (0..<count).map { _ in pieces[Int.random(in: pieces.indices, using: &self)] }
            .joined()
    }

    /// A copy with one to four random changes: a byte replaced, removed, inserted or repeated, or
    /// the end cut off.
    package mutating func mutant(of original: [UInt8]) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...4, using: &self) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &self)
            switch Int.random(in: 0..<6, using: &self) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &self)
            case 1: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &self)
            case 2: bytes.remove(at: place)
            case 3: bytes.insert(UInt8.random(in: 0...255, using: &self), at: place)
            case 4: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 20)], at: place)
            default: bytes.removeSubrange(place...)
            }
        }
        return bytes
    }
}
