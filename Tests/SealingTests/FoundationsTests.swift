import Casework
import Sealing
import Synchronization
import Testing
import Vocabulary

@Suite("One-time codes") struct TimeBasedCodesTests {
    private let codes = TimeBasedCodes()
    private let secret = Array("12345678901234567890".utf8)

    /// RFC 6238, appendix B, the last six of its eight digits.
    @Test(
        arguments: [
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"),
            (1_234_567_890, "005924"), (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ] as [(Int64, String)]
    )
    func `agree with the standard`(second: Int64, code: String) {
        let instant = Instant(millisecondsSince1970: second * 1_000)
        #expect(codes.step(of: code, secret: secret, at: instant) == second / 30)
        #expect(codes.code(for: second / 30, secret: secret) == code)
    }

    @Test(arguments: -3...3 as ClosedRange<Int64>)
    func `one step of drift is allowed either way`(drift: Int64) {
        let now = Instant(millisecondsSince1970: 1_800_000_000_000)
        let step: Int64 = 60_000_000 + drift
        let found = codes.step(of: codes.code(for: step, secret: secret), secret: secret, at: now)
        #expect(found == (abs(drift) <= 1 ? step : nil))
    }

    @Test(arguments: ["", "28708", "2870820", "28708a", "２８７０８２", "-87082", "287 0822"])
    func `what is not six digits is no code`(code: String) {
        let instant = Instant(millisecondsSince1970: 59_000)
        #expect(codes.step(of: code, secret: secret, at: instant) == nil)
    }

    @Test func `the gap that apps show may be typed`() {
        let instant = Instant(millisecondsSince1970: 59_000)
        #expect(codes.step(of: "287 082", secret: secret, at: instant) == 1)
        #expect(codes.step(of: "287082", secret: [], at: instant) == nil)
    }

    /// RFC 4648, section 10, without padding.
    @Test(arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"),
        ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"),
        ("12345678901234567890", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"),
    ])
    func `a secret is written in base 32`(secret: String, text: String) {
        #expect(codes.text(of: Array(secret.utf8)) == text)
    }

    @Test func `secrets are of 160 bits and never alike`() {
        #expect(codes.makeSecret().count == 20)
        #expect(codes.makeSecret() != codes.makeSecret())
    }
}

private final class Counter: Sendable {
    let count = Atomic<Int>(0)
}

@Suite("Passwords") struct ScryptPasswordsTests {
    private let passwords = ScryptPasswords(logN: 8)

    @Test(arguments: ["correct horse", "", "contraseña ñ 🎒", String(repeating: "x", count: 5_000)])
    func `a password agrees with its own hash only`(password: String) async throws {
        let hash = try await passwords.hash(password)
        #expect(await passwords.verify(password, against: hash))
        #expect(await !passwords.verify(password + " ", against: hash))
        #expect(await !passwords.verify("other", against: hash))
    }

    @Test func `the same password gives another hash each time`() async throws {
        let first = try await passwords.hash("a")
        #expect(try await passwords.hash("a") != first)
    }

    /// Computed by Python: hashlib.scrypt(b"password", salt=bytes(range(16)), n=1024, r=8, p=1,
    /// dklen=32).
    @Test func `a hash by another program verifies`() async {
        #expect(await passwords.verify("password", against: Self.foreign))
        #expect(await !passwords.verify("Password", against: Self.foreign))
    }

    @Test func `a hash of the real cost verifies, and takes it`() async throws {
        let real = ScryptPasswords()
        let hash = try await real.hash("correct horse")
        #expect(hash.hasPrefix("$scrypt$ln=16,r=8,p=1$"))
        #expect(await passwords.verify("correct horse", against: hash))
    }

    @Test(arguments: [
        "", "password", "$scrypt$", "$scrypt$ln=8,r=8,p=1$$", "$2b$12$abcdefghijklmnopqrstuv",
        foreign.replacing("ln=10", with: "ln=40"), foreign.replacing("ln=10", with: "ln=-1"),
        foreign.replacing("r=8", with: "r=100000"), foreign.replacing("p=1", with: "p=1,p=1"),
        foreign.replacing("p=1", with: "p=99"), foreign + "$", String(foreign.dropLast(4)),
        foreign.replacing("scrypt", with: "argon2id"), foreign.replacing("AAECAw", with: "!!!!!!"),
    ])
    func `what is no hash of ours verifies nothing`(stored: String) async {
        #expect(await !passwords.verify("password", against: stored))
        #expect(await !passwords.verify("", against: stored))
    }

    @Test func `the decoy costs as much as a hash and agrees with nothing`() async {
        #expect(ScryptPasswords().decoy.hasPrefix("$scrypt$ln=16,r=8,p=1$"))
        for password in ["", "password", passwords.decoy] {
            #expect(await !passwords.verify(password, against: passwords.decoy))
        }
        #expect(passwords.decoy != ScryptPasswords(logN: 8).decoy)
    }

    @Test func `a crowd at the door keeps nobody else's work waiting`() async throws {
        let slow = ScryptPasswords(logN: 14)
        let hash = try await slow.hash("correct horse")
        let judged = Counter()
        let seen = await withTaskGroup(of: Int?.self) { group in
            for _ in 0..<24 {
                group.addTask {
                    _ = await slow.verify("no", against: hash)
                    judged.count.wrappingAdd(1, ordering: .relaxed)
                    return nil
                }
            }
            // Comes last, and would be last were the judging done on everybody's threads.
            group.addTask { judged.count.load(ordering: .relaxed) }
            return await group.reduce(into: 24) { $0 = $1 ?? $0 }
        }
        #expect(seen < 12)
        #expect(judged.count.load(ordering: .relaxed) == 24)
    }

    private static let foreign =
        "$scrypt$ln=10,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$OnwHgqTb31Q6zXxSL+hT2bNKu4ryelxll0iM3yKBQLU"
}

@Suite("Protected fields") struct FieldCipherTests {
    private let cipher = FieldCipher(keys: .ephemeral())

    @Test(arguments: [0, 1, 15, 16, 100, 70_000])
    func `a value comes back in its own row only`(count: Int) throws {
        let value = FileVaultTests.content(count)
        let sealed = try cipher.protect(value, context: "student.identity.1")
        #expect(sealed.count == count + 29)
        #expect(try cipher.reveal(sealed, context: "student.identity.1") == value)
        #expect(throws: FieldFailure.damaged) {
            try cipher.reveal(sealed, context: "student.identity.2")
        }
    }

    @Test func `the same value never looks the same`() throws {
        let sealed = try (0..<100).map { _ in try cipher.protect([1, 2, 3], context: "a") }
        #expect(Set(sealed).count == 100)
    }

    @Test func `every change and every shorter value is refused`() throws {
        let sealed = try cipher.protect(Array("synthetic".utf8), context: "a")
        for place in sealed.indices {
            var changed = sealed
            changed[place] ^= 1
            #expect(throws: FieldFailure.self) { try cipher.reveal(changed, context: "a") }
            #expect(throws: FieldFailure.self) {
                try cipher.reveal(Array(sealed.prefix(place)), context: "a")
            }
        }
    }

    @Test func `after a rotation old values open, and the missing key is named`() throws {
        let first = [UInt8](repeating: 1, count: 32)
        let second = [UInt8](repeating: 2, count: 32)
        let before = FieldCipher(keys: try #require(MasterKeys(keys: [1: first])))
        let after = FieldCipher(keys: try #require(MasterKeys(keys: [1: first, 2: second])))
        let old = try before.protect([7], context: "a")
        let new = try after.protect([8], context: "a")
        #expect(try after.reveal(old, context: "a") == [7])
        #expect(throws: FieldFailure.unknownKey(number: 2)) {
            try before.reveal(new, context: "a")
        }
    }

    @Test func `a key of another length is no master key`() {
        #expect(MasterKeys(keys: [:]) == nil)
        #expect(MasterKeys(keys: [1: [1, 2, 3]]) == nil)
    }

    @Test func `digests and randomness come from the system`() {
        let secrets = SystemSecrets()
        #expect(
            secrets.digest(of: Array("abc".utf8)).description
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
        #expect(Set((0..<1_000).map { _ in secrets.randomBits() }).count == 1_000)
        #expect(SystemSecrets.randomBytes(33).count == 33)
    }
}
