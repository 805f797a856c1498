import COpenSSL
import Casework
import Dispatch
import FoundationEssentials
import Synchronization

/// Passwords by scrypt (RFC 7914) at N = 2^16, r = 8, p = 1: 64 MiB for each try.
///
/// Stored as `$scrypt$ln=16,r=8,p=1$salt$hash`, so that the cost can be raised later and old
/// hashes still verify.
package struct ScryptPasswords: PasswordHashing {
    package let decoy: String
    private let cost: Cost
    private let lanes = Lanes()

    package init() {
        self.init(logN: 16)
    }

    /// Cheaper hashes, for tests and demonstrations with many accounts.
    package init(logN: Int) {
        let cost = Cost(logN: logN, r: 8, p: 1)
        self.cost = cost
        // Random bytes are a hash of no password anyone could find.
        decoy = Self.line(
            cost,
            salt: SystemSecrets.randomBytes(16),
            key: SystemSecrets.randomBytes(Cost.keySize)
        )
    }

    package func hash(_ password: String) async throws -> String {
        let (cost, salt) = (cost, SystemSecrets.randomBytes(16))
        guard let key = await lanes.run({ cost.key(for: password, salt: salt) }) else {
            throw CryptographicFailure("scrypt")
        }
        return Self.line(cost, salt: salt, key: key)
    }

    package func verify(_ password: String, against stored: String) async -> Bool {
        let fields = stored.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 5, fields[0].isEmpty, fields[1] == "scrypt",
            let cost = Cost(parsing: fields[2]), let salt = Self.bytes(of: fields[3]),
            (16...64).contains(salt.count), let expected = Self.bytes(of: fields[4]),
            expected.count == Cost.keySize,
            let key = await lanes.run({ cost.key(for: password, salt: salt) })
        else { return false }
        return mochila_equal(key, expected, key.count) == 1
    }

    private static func line(_ cost: Cost, salt: [UInt8], key: [UInt8]) -> String {
        "$scrypt$\(cost)$\(text(of: salt))$\(text(of: key))"
    }

    // The format's base 64 has no padding.
    private static func text(of bytes: [UInt8]) -> String {
        let padded = Data(bytes).base64EncodedData()
        return String(decoding: padded.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
    }

    private static func bytes(of text: String) -> [UInt8]? {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        return Data(base64Encoded: text + padding).map(Array.init)
    }
}

/// Where passwords are judged: two at a time, so that a crowd at the sign-in page takes 128 MiB at
/// most and none of the threads that everybody else's requests run on.
private final class Lanes: Sendable {
    private let queues = [
        DispatchQueue(label: "mochila.passwords.1"), DispatchQueue(label: "mochila.passwords.2"),
    ]
    private let turn = Atomic<Int>(0)

    func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        let number = turn.wrappingAdd(1, ordering: .relaxed).newValue
        let queue = queues[abs(number % queues.count)]
        return await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work()) }
        }
    }
}

private struct Cost: CustomStringConvertible {
    static let keySize = 32
    let logN: Int
    let r: Int
    let p: Int

    init(logN: Int, r: Int, p: Int) {
        self.logN = logN
        self.r = r
        self.p = p
    }

    /// Reads `ln=16,r=8,p=1`; `nil` also for costs that would let one stored line take the machine.
    init?(parsing text: String) {
        var values: [String: Int] = [:]
        for field in text.split(separator: ",", omittingEmptySubsequences: false) {
            let halves = field.split(separator: "=", omittingEmptySubsequences: false)
            guard halves.count == 2, let value = Int(halves[1]),
                values.updateValue(value, forKey: String(halves[0])) == nil
            else { return nil }
        }
        guard values.count == 3, let logN = values["ln"], (4...18).contains(logN),
            let r = values["r"], (1...16).contains(r), let p = values["p"], (1...4).contains(p)
        else { return nil }
        self.init(logN: logN, r: r, p: p)
    }

    var description: String { "ln=\(logN),r=\(r),p=\(p)" }

    func key(for password: String, salt: [UInt8]) -> [UInt8]? {
        let secret = Array(password.utf8)
        var out = [UInt8](repeating: 0, count: Self.keySize)
        let done = mochila_scrypt(
            secret,
            secret.count,
            salt,
            salt.count,
            UInt64(1) << UInt64(logN),
            UInt64(r),
            UInt64(p),
            &out,
            out.count
        )
        return done == 1 ? out : nil
    }
}
