import Logging
import Operations
import Synchronization
import Testing
import Vocabulary

@Suite("Log lines")
struct LogLineTests {
    private func line(
        _ message: String,
        _ metadata: [String: Logger.MetadataValue] = [:]
    ) -> String {
        LogLine.text(
            at: Instant(millisecondsSince1970: 1_779_112_982_005),
            level: .notice,
            label: "loop",
            message: message,
            metadata: metadata
        )
    }

    @Test func `a line has time, level, place, message and sorted facts`() {
        #expect(
            line("mail sent", ["id": "42", "attempt": "1", "reason": "a \"b\""])
                == "2026-05-18T14:03:02.005Z notice loop mail sent "
                + "attempt=1 id=42 reason=\"a \\\"b\\\"\""
        )
    }

    @Test(arguments: ["\n", "\r\n", "\u{85}", "\u{2028}", "\u{0}", "\u{1B}[31m", "\u{202E}"])
    func `nothing begins a second line or colours the terminal`(hostile: String) {
        let text = line("a\(hostile)b", ["k\(hostile)": "v\(hostile)w"])
        for scalar in hostile.unicodeScalars where scalar != "[" && !scalar.isASCIIText {
            #expect(!text.unicodeScalars.contains(scalar))
        }
    }

    @Test(
        arguments: [
            "maria@escuela.example", "<maria@escuela.example>", "to=maria@escuela.example,",
            "https://records.example/r/7Q4K9", "/r/7Q4K9", "/invitation/7Q4K9",
        ]
    )
    func `addresses and links are masked wherever they stand`(secret: String) {
        for text in [line("sent \(secret) off"), line("sent", ["what": "\(secret)"])] {
            #expect(text.contains("<masked>"))
            #expect(!text.contains("maria"))
            #expect(!text.contains("7Q4K9"))
        }
    }

    @Test(arguments: ["password", "Token", "code", "email", "name", "birthDate", "link"])
    func `the value of a key that names a secret is masked`(key: String) {
        #expect(!line("x", [key: "hush"]).contains("hush"))
    }

    @Test func `redacted values stay so`() {
        #expect(line("x", ["who": "\(Redacted("María"))"]).hasSuffix("who=<redacted>"))
    }

    @Test func `an identifier can be followed`() {
        let text = line("x", ["id": "1y6qgh2m8k9v0w3z5a7b4c6d8e", "at": "user@host"])
        #expect(text.hasSuffix("at=user@host id=1y6qgh2m8k9v0w3z5a7b4c6d8e"))
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (951_868_799_999, "2000-02-29T23:59:59.999Z"),
            (1_772_323_200_000, "2026-03-01T00:00:00.000Z"),
        ] as [(Int64, String)]
    )
    func `instants are written in UTC`(milliseconds: Int64, text: String) {
        #expect(UTCText.text(of: Instant(millisecondsSince1970: milliseconds)) == text)
    }

    @Test func `the handler writes what the logger is given at its level`() {
        let sink = Sink()
        var logger = Logger(label: "web") { label in
            LineLogHandler(
                label: label,
                level: .info,
                now: { Instant(millisecondsSince1970: 0) },
                write: { sink.add($0) }
            )
        }
        logger[metadataKey: "run"] = "7"
        logger.info("started", metadata: ["port": "8443"])
        logger.debug("hidden")
        #expect(sink.lines == ["1970-01-01T00:00:00.000Z info web started port=8443 run=7"])
    }
}

/// Collects lines.
final class Sink: Sendable {
    private let storage = Mutex<[String]>([])

    func add(_ line: String) { storage.withLock { $0.append(line) } }

    var lines: [String] { storage.withLock { $0 } }
}

extension Unicode.Scalar {
    fileprivate var isASCIIText: Bool { (32...126).contains(value) }
}
