import HostileInput
import PaperFormat
import SeededNumbers
import Testing
import Vocabulary

@Suite("Orders for the program that prints") struct PrintOrderTests {
    private static func text(_ generator: inout SeededGenerator) -> String {
        generator.happens(50) ? generator.hostileText(upTo: 9) : "Álgebra II · 61.00 h"
    }

    private static func texts(_ generator: inout SeededGenerator, _ count: Int? = nil) -> [String] {
        (0..<(count ?? Int.random(in: 0...3, using: &generator))).map { _ in text(&generator) }
    }

    private static func facts(_ generator: inout SeededGenerator) -> [PrintedRecord.Fact] {
        (0..<Int.random(in: 0...3, using: &generator)).map { _ in
            .init(text(&generator), texts(&generator))
        }
    }

    private static func record(_ generator: inout SeededGenerator) -> PrintedRecord {
        let columns = Int.random(in: 1...PrintOrder.mostColumns, using: &generator)
        let rows = Int.random(in: 0...3, using: &generator)
        let hasTable = generator.happens(60)
        return PrintedRecord(
            title: text(&generator),
            heading: text(&generator),
            caption: text(&generator),
            facts: facts(&generator),
            sections: (0..<Int.random(in: 0...3, using: &generator)).map { _ in
                .init(title: text(&generator), facts: facts(&generator))
            },
            table: hasTable
                ? .init(
                    title: text(&generator),
                    head: texts(&generator, columns),
                    rows: (0..<rows).map { _ in texts(&generator, columns) }
                ) : nil,
            lists: (0..<Int.random(in: 0...3, using: &generator)).map { _ in
                .init(title: text(&generator), lines: texts(&generator))
            },
            checkAddress: text(&generator),
            foot: text(&generator),
            language: generator.choice(of: Language.allCases),
            at: Instant(millisecondsSince1970: Int64.random(in: .min ... .max, using: &generator))
        )
    }

    /// The record as it can be printed.
    private static func printable(_ record: PrintedRecord) -> PrintedRecord {
        func text(_ text: String) -> String { PrintableText(text).string }
        func facts(_ facts: [PrintedRecord.Fact]) -> [PrintedRecord.Fact] {
            facts.map { .init(text($0.label), $0.values.map(text)) }
        }
        return PrintedRecord(
            title: text(record.title),
            heading: text(record.heading),
            caption: text(record.caption),
            facts: facts(record.facts),
            sections: record.sections.map { .init(title: text($0.title), facts: facts($0.facts)) },
            table: record.table.map { table in
                .init(
                    title: text(table.title),
                    head: table.head.map(text),
                    rows: table.rows.map { $0.map(text) }
                )
            },
            lists: record.lists.map { .init(title: text($0.title), lines: $0.lines.map(text)) },
            checkAddress: text(record.checkAddress),
            foot: text(record.foot),
            language: record.language,
            at: record.at
        )
    }

    @Test(arguments: 0..<60)
    func `a record comes out as it went in, but for what cannot be printed`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let record = Self.record(&generator)
        let bytes = try PrintOrder.record(record).bytes()
        #expect(PrintOrder(bytes: bytes) == .record(Self.printable(record)))
    }

    @Test(arguments: 0..<30)
    func `an order that was cut off or goes on is none`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let bytes = try PrintOrder.record(Self.record(&generator)).bytes()
        for length in 0..<bytes.count {
            #expect(PrintOrder(bytes: Array(bytes.prefix(length))) == nil, "\(length)")
        }
        #expect(PrintOrder(bytes: bytes + [0]) == nil)
    }

    @Test(arguments: 0..<60)
    func `whatever is taken for an order is one, to the last byte`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let bytes = try PrintOrder.record(Self.record(&generator)).bytes()
        for _ in 0..<200 {
            let changed = generator.mutant(of: bytes)
            guard let order = PrintOrder(bytes: changed) else { continue }
            #expect(try order.bytes() == changed)
        }
        for _ in 0..<50 { #expect(PrintOrder(bytes: generator.bytes(60)) == nil) }
    }

    @Test func `a count that promises more than there is reserves nothing and is refused`() throws {
        let mark = Array("Mochila print 1\n".utf8)
        for count: UInt8 in [1, 0x7F, 0xFF] {
            for place in 0..<6 {
                let zeros = [UInt8](repeating: 0, count: 4 * place)
                let claim = [count, count, count, count]
                #expect(PrintOrder(bytes: mark + zeros + claim) == nil)
            }
        }
    }

    @Test(arguments: ["a\u{0}b", "\u{202E}", "\u{200B}"])
    func `a text that cannot be printed is refused even where somebody wrote it into an order`(
        text: String
    ) throws {
        let plain = try PrintOrder.record(Self.named("MARK")).bytes()
        let place = try #require(plain.indices.first { plain[$0...].starts(with: "MARK".utf8) })
        let head = plain[..<(place - 4)] + [0, 0, 0, UInt8(text.utf8.count)]
        #expect(PrintOrder(bytes: head + Array(text.utf8) + plain[(place + 4)...]) == nil)
        let good = plain[..<(place - 4)] + [0, 0, 0, 2] + Array("Ñ".utf8) + plain[(place + 4)...]
        #expect(PrintOrder(bytes: Array(good)) == .record(Self.named("Ñ")))
    }

    @Test func `a table needs columns that have room, and rows that fit its head`() throws {
        func taken(_ head: [String], _ rows: [[String]]) throws -> Bool {
            let table = PrintedRecord.Table(title: "", head: head, rows: rows)
            return PrintOrder(bytes: try PrintOrder.record(Self.named("", table)).bytes()) != nil
        }
        #expect(try taken(["a", "b"], [["c", "d"]]))
        #expect(try taken([String](repeating: "a", count: PrintOrder.mostColumns), []))
        #expect(try !taken([], []))
        #expect(try !taken([String](repeating: "a", count: PrintOrder.mostColumns + 1), []))
        #expect(try !taken(["a", "b"], [["c"]]))
        #expect(try !taken(["a"], [["c", "d"]]))
    }

    @Test func `more than an order may hold is said, and not cut`() {
        let long = String(repeating: "ñ", count: PrintOrder.mostBytes / 2)
        #expect(throws: PrintOrder.TooLarge()) { try PrintOrder.record(Self.named(long)).bytes() }
    }

    @Test func `tries have a number and nothing else`() throws {
        for number: UInt8 in [0, 7, 255] {
            let bytes = try PrintOrder.exercise(number).bytes()
            #expect(PrintOrder(bytes: bytes) == .exercise(number))
            #expect(PrintOrder(bytes: bytes + [0]) == nil)
            #expect(PrintOrder(bytes: Array(bytes.dropLast())) == nil)
        }
    }

    private static func named(
        _ heading: String,
        _ table: PrintedRecord.Table? = nil
    ) -> PrintedRecord {
        PrintedRecord(
            title: "",
            heading: heading,
            caption: "",
            facts: [],
            sections: [],
            table: table,
            checkAddress: "",
            foot: "",
            language: .spanish,
            at: Instant(millisecondsSince1970: 0)
        )
    }
}
