/// How names sound: spellings of one sound have one key.
package enum NameSounds {
    /// A key that spellings of the same sound share, in Spanish and roughly in English.
    ///
    /// Jimenez, Gimenes and Ximénez have one, Vasquez and Basques another. `word` is folded.
    package static func key(of word: String) -> String {
        let letters = Array(word.utf8)
        var key: [UInt8] = []
        write(letters, 0..<letters.count, to: &key)
        return String(decoding: key, as: UTF8.self)
    }

    /// FNV-1a of the key, 32 bits: a number that stands for the sound in every index.
    static func number(_ letters: [UInt8], _ range: Range<Int>, scratch: inout [UInt8]) -> UInt32 {
        scratch.removeAll(keepingCapacity: true)
        write(letters, range, to: &scratch)
        var hash: UInt32 = 0x811C_9DC5
        for byte in scratch { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        // Zero is kept for "no word".
        return hash == 0 ? 1 : hash
    }

    /// Appends the key of the folded word that stands in `letters[range]`.
    static func write(_ letters: [UInt8], _ range: Range<Int>, to key: inout [UInt8]) {
        var index = range.lowerBound + joinedParticle(letters, range)
        let end = range.upperBound
        let start = key.count
        while index < end {
            let letter = letters[index]
            let next = index + 1 < end ? letters[index + 1] : 0
            let after = index + 2 < end ? letters[index + 2] : 0
            var sound: UInt8? = letter
            switch letter {
            case UInt8(ascii: "v"), UInt8(ascii: "w"): sound = UInt8(ascii: "b")
            case UInt8(ascii: "z"): sound = UInt8(ascii: "s")
            case UInt8(ascii: "x"): sound = UInt8(ascii: "j")
            case UInt8(ascii: "y"): sound = UInt8(ascii: "i")
            case UInt8(ascii: "c") where isSoft(next): sound = UInt8(ascii: "s")
            case UInt8(ascii: "c") where next == UInt8(ascii: "h"):
                sound = UInt8(ascii: "c")
                index += 1
            case UInt8(ascii: "c"): sound = UInt8(ascii: "k")
            case UInt8(ascii: "q"):
                sound = UInt8(ascii: "k")
                if next == UInt8(ascii: "u") { index += 1 }
            case UInt8(ascii: "g") where isSoft(next): sound = UInt8(ascii: "j")
            // The u of Guerra is silent; that of Guadarrama is often left out or put in.
            case UInt8(ascii: "g") where next == UInt8(ascii: "u") && isVowel(after): index += 1
            case UInt8(ascii: "p") where next == UInt8(ascii: "h"):
                sound = UInt8(ascii: "f")
                index += 1
            case UInt8(ascii: "l") where next == UInt8(ascii: "l"):
                sound = UInt8(ascii: "i")
                index += 1
            // Munioz for Muñoz.
            case UInt8(ascii: "n") where next == UInt8(ascii: "i") && isVowel(after): index += 1
            case UInt8(ascii: "n") where next == UInt8(ascii: "b") || next == UInt8(ascii: "p"):
                sound = UInt8(ascii: "m")
            case UInt8(ascii: "h"): sound = nil
            default: break
            }
            // A doubled letter sounds once.
            if let sound, key.count == start || key[key.count - 1] != sound { key.append(sound) }
            index += 1
        }
        // Leslie and Lesley are Lesly.
        let length = key.count - start
        if length > 3, key[key.count - 1] == UInt8(ascii: "e"),
            key[key.count - 2] == UInt8(ascii: "i")
        {
            key.removeLast()
        } else if length > 3, key[key.count - 1] == UInt8(ascii: "i"),
            key[key.count - 2] == UInt8(ascii: "e")
        {
            key[key.count - 2] = UInt8(ascii: "i")
            key.removeLast()
        }
    }

    /// How many letters of "Delacruz" or "Deleon" are a particle that others leave out.
    private static func joinedParticle(_ letters: [UInt8], _ range: Range<Int>) -> Int {
        guard range.count >= 6, letters[range.lowerBound] == UInt8(ascii: "d"),
            letters[range.lowerBound + 1] == UInt8(ascii: "e")
        else { return 0 }
        for particle in particles where range.count - particle.count >= 4 {
            if letters[range.lowerBound..<range.lowerBound + particle.count]
                .elementsEqual(particle)
            {
                return particle.count
            }
        }
        return 0
    }

    private static let particles = ["delos", "delas", "dela", "del", "de"].map { Array($0.utf8) }

    private static func isSoft(_ letter: UInt8) -> Bool {
        letter == UInt8(ascii: "e") || letter == UInt8(ascii: "i")
    }

    private static func isVowel(_ letter: UInt8) -> Bool {
        switch letter {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"),
            UInt8(ascii: "u"):
            true
        default: false
        }
    }
}
