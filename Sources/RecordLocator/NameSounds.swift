/// How names sound and how alike they look: two ways to see that a name was misspelled.
package enum NameSounds {
    /// A key that spellings of the same sound share, in Spanish and roughly in English.
    ///
    /// Jimenez, Gimenes and Ximénez have one, Vasquez and Basques another. `word` is folded.
    package static func key(of word: String) -> String {
        let letters = Array(word.utf8)
        var key: [UInt8] = []
        var index = 0
        while index < letters.count {
            let letter = letters[index]
            let next = index + 1 < letters.count ? letters[index + 1] : 0
            let isSoft = next == UInt8(ascii: "e") || next == UInt8(ascii: "i")
            var sound: UInt8? = letter
            switch letter {
            case UInt8(ascii: "v"), UInt8(ascii: "w"): sound = UInt8(ascii: "b")
            case UInt8(ascii: "z"): sound = UInt8(ascii: "s")
            case UInt8(ascii: "x"): sound = UInt8(ascii: "j")
            case UInt8(ascii: "y"): sound = UInt8(ascii: "i")
            case UInt8(ascii: "c") where isSoft: sound = UInt8(ascii: "s")
            case UInt8(ascii: "c") where next == UInt8(ascii: "h"):
                sound = UInt8(ascii: "c")
                index += 1
            case UInt8(ascii: "c"): sound = UInt8(ascii: "k")
            case UInt8(ascii: "q"):
                sound = UInt8(ascii: "k")
                if next == UInt8(ascii: "u") { index += 1 }
            case UInt8(ascii: "g") where isSoft: sound = UInt8(ascii: "j")
            case UInt8(ascii: "g") where next == UInt8(ascii: "u"):
                // The u of Guerra and Guillen is silent, that of Guadarrama is not.
                let after = index + 2 < letters.count ? letters[index + 2] : 0
                if after == UInt8(ascii: "e") || after == UInt8(ascii: "i") { index += 1 }
            case UInt8(ascii: "p") where next == UInt8(ascii: "h"):
                sound = UInt8(ascii: "f")
                index += 1
            case UInt8(ascii: "l") where next == UInt8(ascii: "l"):
                sound = UInt8(ascii: "i")
                index += 1
            case UInt8(ascii: "h"): sound = nil
            default: break
            }
            // A doubled letter sounds once.
            if let sound, key.last != sound { key.append(sound) }
            index += 1
        }
        return String(decoding: key, as: UTF8.self)
    }

    /// Jaro-Winkler similarity of two folded words, from 0 to 1.
    package static func similarity(_ left: String, _ right: String) -> Double {
        let left = Array(left.utf8)
        let right = Array(right.utf8)
        guard !left.isEmpty, !right.isEmpty else { return left.isEmpty && right.isEmpty ? 1 : 0 }
        let reach = max(0, max(left.count, right.count) / 2 - 1)
        var leftMatched = [Bool](repeating: false, count: left.count)
        var rightMatched = [Bool](repeating: false, count: right.count)
        var matches = 0
        for index in left.indices {
            let low = max(0, index - reach)
            let high = min(right.count - 1, index + reach)
            guard low <= high else { continue }
            for other in low...high
            where !rightMatched[other] && left[index] == right[other] {
                leftMatched[index] = true
                rightMatched[other] = true
                matches += 1
                break
            }
        }
        guard matches > 0 else { return 0 }
        let leftInOrder = left.indices.filter { leftMatched[$0] }.map { left[$0] }
        let rightInOrder = right.indices.filter { rightMatched[$0] }.map { right[$0] }
        let moved = zip(leftInOrder, rightInOrder).count { $0 != $1 } / 2
        let found = Double(matches)
        let jaro =
            (found / Double(left.count) + found / Double(right.count)
                + (found - Double(moved)) / found) / 3
        let prefix = min(4, zip(left, right).prefix { $0 == $1 }.count)
        return jaro + Double(prefix) * 0.1 * (1 - jaro)
    }
}
