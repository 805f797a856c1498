import Casework
import TestSupport
import Testing
import Vocabulary

@Suite("Doubles behave like what they stand for")
struct DoublesTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `the reference digest gives the answers of FIPS 180-4`(text: String, digest: String) {
        #expect(ReferenceSHA256.digest(of: Array(text.utf8)).description == digest)
    }

    @Test
    func `identifiers count, and differ`() {
        let secrets = SequentialSecrets()

        let first = secrets.makeIdentifier(Never.self)
        let second = secrets.makeIdentifier(Never.self)

        #expect(first == .numbered(1))
        #expect(second == .numbered(2))
    }

    @Test
    func `a scrambled field opens in its own place only`() throws {
        let fields = ScramblingFields()
        let plain = Array("Paloma".utf8)
        let sealed = try fields.protect(plain, context: "requests/body/1")

        #expect(try fields.reveal(sealed, context: "requests/body/1") == plain)
        #expect(!sealed.starts(with: plain))
        #expect(throws: ScramblingFields.Refused.self) {
            _ = try fields.reveal(sealed, context: "requests/body/2")
        }
        #expect(throws: ScramblingFields.Refused.self) {
            _ = try ScramblingFields(key: 2).reveal(sealed, context: "requests/body/1")
        }
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: ScramblingFields.Refused.self) {
                _ = try fields.reveal(changed, context: "requests/body/1")
            }
        }
    }

    @Test
    func `the manual clock moves only when told, and each state has its hour`() {
        let clock = ManualTimekeeper(day: .on("2026-05-18"), hour: 9)

        #expect(clock.local(clock.now(), in: .texas).hour == 9)
        #expect(clock.local(clock.now(), in: .california).hour == 7)
        #expect(clock.local(clock.now(), in: .michigan).hour == 10)
        #expect(clock.now() == clock.now())

        clock.advance(bySeconds: 15 * 3_600)
        #expect(clock.today(in: .texas) == .on("2026-05-19"))
        #expect(clock.today(in: .california) == .on("2026-05-18"))

        clock.move(to: .on("2026-07-01"), hour: 6)
        let six = clock.instant(of: .on("2026-07-01"), hour: 6, in: .texas)
        #expect(clock.now() == six)
        #expect(clock.local(six, in: .texas).minute == 0)
    }

    @Test(arguments: ["1969-12-31", "1970-01-01", "2026-02-28"])
    func `the manual clock knows days before and after 1970`(day: String) {
        let clock = ManualTimekeeper(day: .on(day), hour: 0)

        #expect(clock.today(in: .texas) == .on(day))
        #expect(clock.today(in: .california) == CivilDate.on(day).advanced(by: -1))
    }

    @Test
    func `couriers answer as told and then accept`() async {
        let mail = RecordingMailCourier()
        mail.answer(.deferred(reason: "full"), .refused(reason: "no such box"))

        let outcomes = [
            await mail.send(.sample(1)), await mail.send(.sample(2)), await mail.send(.sample(3)),
        ]

        #expect(
            outcomes == [.deferred(reason: "full"), .refused(reason: "no such box"), .accepted]
        )
        #expect(mail.attempts.count == 3)
        #expect(mail.accepted == [.sample(3)])
    }

    @Test
    func `a code is right for its step and the two beside it`() {
        let now = Instant.noon("2026-05-18")
        let codes = CountingCodes { now }
        let step = now.millisecondsSince1970 / 30_000

        #expect(codes.step(of: codes.code(at: now), secret: [], at: now) == step)
        let late = now.advanced(bySeconds: 30)
        #expect(codes.step(of: codes.code(at: now), secret: [], at: late) == step)
        let later = now.advanced(bySeconds: 60)
        #expect(codes.step(of: codes.code(at: now), secret: [], at: later) == nil)
    }

    @Test
    func `a plain password verifies and no other does`() async throws {
        let passwords = PlainPasswords()
        let stored = try await passwords.hash("correct horse")

        #expect(await passwords.verify("correct horse", against: stored))
        #expect(await !passwords.verify("correct horse ", against: stored))
        #expect(await !passwords.verify("", against: passwords.decoy))
    }
}
