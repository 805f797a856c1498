import COpenSSL
import Casework
import Glibc
package import Vocabulary

/// One-time codes of RFC 6238 as every authenticator app makes them.
package struct TimeBasedCodes: OneTimeCodes {
    private static let secondsPerStep: Int64 = 30
    private static let secretSize = 20

    package init() {}

    package func makeSecret() -> [UInt8] { SystemSecrets.randomBytes(Self.secretSize) }

    package func step(of code: String, secret: [UInt8], at instant: Instant) -> Int64? {
        // People type the gap that their app shows.
        let typed = code.utf8.filter { $0 != UInt8(ascii: " ") }
        guard typed.count == 6, typed.allSatisfy({ (48...57).contains($0) }), !secret.isEmpty,
            instant.millisecondsSince1970 >= 0
        else { return nil }
        let current = instant.millisecondsSince1970 / 1_000 / Self.secondsPerStep
        var found: Int64?
        // All three are always computed, so that time does not tell which one agreed.
        for candidate in (current - 1)...(current + 1) where candidate >= 0 {
            let expected = Array(self.code(for: candidate, secret: secret).utf8)
            if mochila_equal(expected, Array(typed), 6) == 1, found == nil { found = candidate }
        }
        return found
    }

    package func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(
            millisecondsSince1970: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
        )
    }

    package func text(of secret: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
        var text: [UInt8] = []
        var buffer: UInt = 0
        var bits: UInt = 0
        for byte in secret {
            buffer = (buffer << 8 | UInt(byte)) & 0xFFFF
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[Int(buffer >> bits & 31)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(buffer << (5 - bits) & 31)]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The six digits of one time step: what an app would show.
    package func code(for step: Int64, secret: [UInt8]) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> Int64(56 - 8 * $0)) }
        var mac = [UInt8](repeating: 0, count: 20)
        guard mochila_hmac_sha1(secret, secret.count, counter, counter.count, &mac) == 1 else {
            preconditionFailure("OpenSSL has no HMAC-SHA-1")
        }
        let offset = Int(mac[19] & 15)
        let number = mac[offset..<(offset + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let digits = String((number & 0x7FFF_FFFF) % 1_000_000)
        return String(repeating: "0", count: 6 - digits.utf8.count) + digits
    }
}
