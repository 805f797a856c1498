import Testing
import Vocabulary

@Suite("Redacted value") struct RedactedTests {
    private struct Holder {
        let secret: Redacted<String>
        let optional: Redacted<String>?
        let list: [Redacted<String>]
        let keyed: [String: Redacted<String>]
    }

    private static let secret = "Ana Roble"

    @Test func `never prints what it holds, however it is printed`() {
        let value = Redacted(Self.secret)
        let holder = Holder(secret: value, optional: value, list: [value], keyed: ["name": value])
        var dumped = ""
        dump(holder, to: &dumped)
        dump(value, to: &dumped)
        var printed = ""
        print(value, holder, [value], [value: 1], Optional(value) as Any, to: &printed)
        debugPrint(value, holder, (value, value), to: &printed)
        let described = [
            "\(value)", String(describing: value), String(reflecting: value), value.description,
            value.debugDescription, "\(holder)", String(reflecting: holder),
            "\(Result<_, Never>.success(value))",
        ]

        for text in described + [dumped, printed] {
            #expect(!text.contains("Ana") && !text.contains("Roble"))
            #expect(text.contains("<redacted>"))
        }
    }

    @Test func `a mirror of it has nothing inside`() {
        let mirror = Mirror(reflecting: Redacted(Self.secret))
        #expect(mirror.children.isEmpty)
        #expect(mirror.descendant("revealed") == nil)
        #expect(mirror.superclassMirror == nil)
    }

    @Test func `gives the value to whoever asks for it by name`() {
        #expect(Redacted(Self.secret).revealed == Self.secret)
        #expect(Redacted(1) == Redacted(1))
        #expect(Redacted(1) != Redacted(2))
        #expect(Set([Redacted("a"), Redacted("a")]).count == 1)
    }
}

@Suite("Instant") struct InstantTests {
    @Test(arguments: [-86_400, -1, 0, 1, 60, 86_400 * 20] as [Int64])
    func `seconds on and back`(seconds: Int64) {
        let start = Instant(millisecondsSince1970: 1_779_000_000_123)
        let later = start.advanced(bySeconds: seconds)
        #expect(start.seconds(to: later) == seconds)
        #expect(later.seconds(to: start) == -seconds)
        #expect((start < later) == (seconds > 0))
    }
}
