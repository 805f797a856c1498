import Vocabulary

/// The keys under which an identity is found without comparing it with everybody.
///
/// Two identities are compared only where they share a key. An entry is filed under all of its
/// keys; a query also asks for its birth date with day and month exchanged.
enum BlockingKeys {
    static func filed(_ identity: Identity) -> Set<UInt64> {
        var keys = ofDate(identity, identity.birthDate)
        if let number = identity.stateStudentID { keys.insert(key(1, [number])) }
        // Any two words, in any field: for birth dates that went wrong altogether.
        let words = Array(Set((identity.given + identity.surnames).map(\.sound))).sorted()
        for (index, first) in words.enumerated() {
            for second in words[(index + 1)...] { keys.insert(key(2, [first, second])) }
        }
        return keys
    }

    static func asked(_ identity: Identity) -> Set<UInt64> {
        var keys = filed(identity)
        if let exchanged = identity.birthDate.withDayAndMonthExchanged {
            keys.formUnion(ofDate(identity, exchanged))
        }
        return keys
    }

    private static func ofDate(_ identity: Identity, _ date: CivilDate) -> Set<UInt64> {
        var keys: Set<UInt64> = [key(3, [], number: date.dayNumber)]
        for word in identity.given + identity.surnames {
            keys.insert(key(4, [word.sound], number: date.month * 32 + date.day))
        }
        return keys
    }

    // FNV-1a, 64 bits. A collision costs one comparison and decides nothing.
    private static func key(_ kind: UInt8, _ words: [String], number: Int = 0) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        mix(kind)
        for word in words {
            for byte in word.utf8 { mix(byte) }
            mix(0)
        }
        for shift in stride(from: 0, to: 64, by: 8) {
            mix(UInt8(truncatingIfNeeded: number >> shift))
        }
        return hash
    }
}
