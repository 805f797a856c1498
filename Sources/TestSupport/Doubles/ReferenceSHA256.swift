package import Vocabulary

/// SHA-256 straight from FIPS 180-4: for tests, which may not depend on the real one.
package enum ReferenceSHA256 {
    package static func digest(of bytes: [UInt8]) -> SHA256Digest {
        var padded = bytes + [0x80]
        while padded.count % 64 != 56 { padded.append(0) }
        let bits = UInt64(bytes.count) * 8
        padded += (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * UInt64($0))) }
        var hash = initial
        var words = [UInt32](repeating: 0, count: 64)
        for start in stride(from: 0, to: padded.count, by: 64) {
            compress(&hash, padded, from: start, &words)
        }
        let result = hash.flatMap { word in
            (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * UInt32($0))) }
        }
        guard let digest = SHA256Digest(bytes: result) else {
            preconditionFailure("eight words are 32 bytes")
        }
        return digest
    }

    /// Plain loops and plain variables: stories hash a hundred thousand blocks, and without
    /// optimization every array and every closure here would cost more than the arithmetic.
    private static func compress(
        _ hash: inout [UInt32],
        _ bytes: [UInt8],
        from start: Int,
        _ words: inout [UInt32]
    ) {
        var index = 0
        while index < 16 {
            let place = start + 4 * index
            words[index] =
                UInt32(bytes[place]) << 24 | UInt32(bytes[place + 1]) << 16
                | UInt32(bytes[place + 2]) << 8 | UInt32(bytes[place + 3])
            index += 1
        }
        while index < 64 {
            let early = words[index - 15]
            let late = words[index - 2]
            let first = rotate(early, 7) ^ rotate(early, 18) ^ early &>> 3
            let second = rotate(late, 17) ^ rotate(late, 19) ^ late &>> 10
            words[index] = words[index - 16] &+ first &+ words[index - 7] &+ second
            index += 1
        }
        var (a, b, c, d) = (hash[0], hash[1], hash[2], hash[3])
        var (e, f, g, h) = (hash[4], hash[5], hash[6], hash[7])
        let added = constants
        index = 0
        while index < 64 {
            let sumE = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
            let choice = e & f ^ ~e & g
            let first = h &+ sumE &+ choice &+ added[index] &+ words[index]
            let sumA = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
            let majority = a & b ^ a & c ^ b & c
            h = g
            g = f
            f = e
            e = d &+ first
            d = c
            c = b
            b = a
            a = first &+ sumA &+ majority
            index += 1
        }
        hash[0] &+= a
        hash[1] &+= b
        hash[2] &+= c
        hash[3] &+= d
        hash[4] &+= e
        hash[5] &+= f
        hash[6] &+= g
        hash[7] &+= h
    }

    private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
        word &>> count | word &<< (32 &- count)
    }

    /// The first 32 bits of the fractional parts of the square roots of the first eight primes.
    private static let initial: [UInt32] = primes.prefix(8).map { fraction(of: $0, root: 2) }
    /// The same of the cube roots of the first 64 primes.
    private static let constants: [UInt32] = primes.map { fraction(of: $0, root: 3) }

    private static let primes: [UInt64] = {
        var found: [UInt64] = []
        var candidate: UInt64 = 2
        while found.count < 64 {
            if found.allSatisfy({ candidate % $0 != 0 }) { found.append(candidate) }
            candidate += 1
        }
        return found
    }()

    /// Finds the root times 2^32 by halving, exactly, in whole numbers.
    private static func fraction(of prime: UInt64, root: Int) -> UInt32 {
        var low: UInt128 = 0
        var high: UInt128 = 1 << 40
        let target = UInt128(prime) << UInt128(32 * root)
        while high - low > 1 {
            let middle = (low + high) / 2
            let power = root == 2 ? middle * middle : middle * middle * middle
            if power <= target { low = middle } else { high = middle }
        }
        return UInt32(truncatingIfNeeded: low)
    }
}
