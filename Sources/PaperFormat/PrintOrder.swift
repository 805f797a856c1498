import Vocabulary

/// What the program that prints is asked for, as bytes.
///
/// Values only: a text is four bytes of length, big-endian, and that many of UTF-8; a list is four
/// bytes of count and its elements.
package enum PrintOrder: Hashable, Sendable {
    case record(PrintedRecord)
    /// To try, by number, what a confined process must not be able to do.
    case exercise(UInt8)

    /// Of an order in bytes: a record of ten thousand long lines is smaller.
    package static let mostBytes = 4 << 20
    /// Of a table: more have no room on the page.
    package static let mostColumns = 6

    /// More than an order may hold.
    package struct TooLarge: Error, Hashable, Sendable {
        package init() {}
    }

    private enum Mark {
        static let record = Array("Mochila print 1\n".utf8)
        static let exercise = Array("Mochila try 1\n".utf8)
    }

    /// The order in bytes; what cannot be printed is replaced, see `PrintableText`.
    package func bytes() throws(TooLarge) -> [UInt8] {
        var writer = OrderWriter()
        switch self {
        case .exercise(let number): writer.bytes = Mark.exercise + [number]
        case .record(let record):
            writer.bytes = Mark.record
            writer.add(record)
        }
        guard writer.bytes.count <= Self.mostBytes else { throw TooLarge() }
        return writer.bytes
    }

    /// `nil` for whatever `bytes` would not have written, to the last byte.
    package init?(bytes: [UInt8]) {
        guard bytes.count <= Self.mostBytes else { return nil }
        if bytes.starts(with: Mark.exercise) {
            guard bytes.count == Mark.exercise.count + 1, let number = bytes.last else {
                return nil
            }
            self = .exercise(number)
            return
        }
        guard bytes.starts(with: Mark.record) else { return nil }
        var reader = OrderReader(rest: bytes[Mark.record.count...])
        guard let record = reader.record(), reader.rest.isEmpty else { return nil }
        self = .record(record)
    }
}

private struct OrderWriter {
    var bytes: [UInt8] = []

    mutating func add(_ record: PrintedRecord) {
        add(record.title)
        add(record.heading)
        add(record.caption)
        add(record.facts)
        add(count: record.sections.count)
        for section in record.sections {
            add(section.title)
            add(section.facts)
        }
        add(count: record.table == nil ? 0 : 1)
        if let table = record.table {
            add(table.title)
            add(table.head)
            add(count: table.rows.count)
            for row in table.rows { add(row) }
        }
        add(count: record.lists.count)
        for list in record.lists {
            add(list.title)
            add(list.lines)
        }
        add(record.checkAddress)
        add(record.foot)
        add(record.language.rawValue)
        let time = UInt64(bitPattern: record.at.millisecondsSince1970)
        bytes += withUnsafeBytes(of: time.bigEndian) { Array($0) }
    }

    private mutating func add(_ facts: [PrintedRecord.Fact]) {
        add(count: facts.count)
        for fact in facts {
            add(fact.label)
            add(fact.values)
        }
    }

    private mutating func add(_ texts: [String]) {
        add(count: texts.count)
        for text in texts { add(text) }
    }

    private mutating func add(_ text: String) {
        let text = Array(PrintableText(text).string.utf8)
        add(count: text.count)
        bytes += text
    }

    private mutating func add(count: Int) {
        bytes += withUnsafeBytes(of: UInt32(clamping: count).bigEndian) { Array($0) }
    }
}

/// Each part, or `nil` where it is not well-formed.
private struct OrderReader {
    var rest: ArraySlice<UInt8>

    mutating func record() -> PrintedRecord? {
        guard let title = text(), let heading = text(), let caption = text(), let facts = facts(),
            let sections = list({ $0.section() }), let table = list({ $0.table() }),
            table.count <= 1, let lists = list({ $0.lines() }), let address = text(),
            let foot = text(), let language = text().flatMap(Language.init(rawValue:)),
            let time = number(UInt64.self)
        else { return nil }
        return PrintedRecord(
            title: title,
            heading: heading,
            caption: caption,
            facts: facts,
            sections: sections,
            table: table.first,
            lists: lists,
            checkAddress: address,
            foot: foot,
            language: language,
            at: Instant(millisecondsSince1970: Int64(bitPattern: time))
        )
    }

    private mutating func section() -> PrintedRecord.Section? {
        guard let title = text(), let facts = facts() else { return nil }
        return PrintedRecord.Section(title: title, facts: facts)
    }

    private mutating func table() -> PrintedRecord.Table? {
        guard let title = text(), let head = texts(),
            (1...PrintOrder.mostColumns).contains(head.count), let rows = list({ $0.texts() }),
            rows.allSatisfy({ $0.count == head.count })
        else { return nil }
        return PrintedRecord.Table(title: title, head: head, rows: rows)
    }

    private mutating func lines() -> PrintedRecord.Lines? {
        guard let title = text(), let lines = texts() else { return nil }
        return PrintedRecord.Lines(title: title, lines: lines)
    }

    private mutating func facts() -> [PrintedRecord.Fact]? {
        list { reader in
            guard let label = reader.text(), let values = reader.texts() else { return nil }
            return PrintedRecord.Fact(label, values)
        }
    }

    private mutating func texts() -> [String]? { list { $0.text() } }

    /// Nothing is reserved for what a count only claims: each element takes bytes that are there.
    private mutating func list<Element>(_ element: (inout Self) -> Element?) -> [Element]? {
        guard let count = number(UInt32.self) else { return nil }
        var elements: [Element] = []
        for _ in 0..<count {
            guard let next = element(&self) else { return nil }
            elements.append(next)
        }
        return elements
    }

    private mutating func text() -> String? {
        guard let count = number(UInt32.self), count <= rest.count,
            let text = String(validating: rest.prefix(Int(count)), as: UTF8.self)
        else { return nil }
        rest = rest.dropFirst(Int(count))
        return PrintableText(exactly: text)?.string
    }

    private mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) -> Number? {
        let size = Number.bitWidth / 8
        guard rest.count >= size else { return nil }
        defer { rest = rest.dropFirst(size) }
        return rest.prefix(size).reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
    }
}
