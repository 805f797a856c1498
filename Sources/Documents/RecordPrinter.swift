package import PaperFormat
import Vocabulary

/// Prints the one-page record as a PDF on US Letter.
///
/// A record that is a little too long for one page is set smaller, as far as it can be read; what
/// does not fit even so goes on the next one. A line is never cut. Fonts are embedded.
package struct RecordPrinter {
    private static let page = (width: 612.0, height: 792.0)
    private static let margin = 36.0
    private static let gap = 18.0
    private static let codeSide = 72.0

    /// The sizes that are tried: never below 7 points in what is read.
    private static let scales = [1, 0.92, 0.85, 0.78]

    private var body: Setting { Setting(size: 9 * scale) }
    private var label: Setting { Setting(size: 9 * scale, isBold: true) }
    private var small: Setting { Setting(size: 8 * max(scale, 0.85), grey: 0.25) }

    private let printing: Printing
    private let record: PrintedRecord
    private let scale: Double
    private var y = Self.margin
    private var pageNumber = 1

    /// The PDF, not signed yet.
    package static func pdf(of record: PrintedRecord) throws -> [UInt8] {
        let full = try drawn(record, scale: 1)
        // Whoever has more than two pages keeps them, and keeps them easy to read.
        guard full.pageNumber == 2 else { return try full.printing.finished() }
        for scale in scales.dropFirst() {
            let smaller = try drawn(record, scale: scale)
            if smaller.pageNumber == 1 { return try smaller.printing.finished() }
        }
        return try full.printing.finished()
    }

    private static func drawn(_ record: PrintedRecord, scale: Double) throws -> Self {
        var printer = try Self(record, scale: scale)
        printer.head()
        printer.facts(record.facts)
        for section in record.sections where !section.facts.isEmpty {
            printer.heading(section.title)
            printer.facts(section.facts)
        }
        if let table = record.table { printer.table(table) }
        for list in record.lists where !list.lines.isEmpty { printer.list(list) }
        printer.foot()
        return printer
    }

    private init(_ record: PrintedRecord, scale: Double) throws {
        self.record = record
        self.scale = scale
        printing = try Printing(
            width: Self.page.width,
            height: Self.page.height,
            title: record.title,
            created: Self.date(record.at),
            language: record.language.rawValue
        )
    }

    private static func date(_ instant: Instant) -> String {
        let seconds = instant.millisecondsSince1970 / 1_000
        let day = CivilDate(dayNumber: Int(seconds / 86_400))
        let rest = seconds % 86_400
        let clock = [rest / 3_600, rest / 60 % 60, rest % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(day)T\(clock.joined(separator: ":"))Z"
    }

    // MARK: Places

    private var width: Double { Self.page.width - 2 * Self.margin }
    /// The foot has a line of its own.
    private var bottom: Double { Self.page.height - Self.margin - 12 }

    private mutating func foot() {
        let text = printing.set(
            "\(record.foot) · \(pageNumber)",
            small,
            width: width
        )
        let top = Self.page.height - Self.margin - (text.lines.first ?? 0)
        printing.tagged(.paragraph) {
            printing.show(text, lines: 0..<min(1, text.lines.count), x: Self.margin, y: top)
        }
    }

    private mutating func nextPage() {
        foot()
        printing.nextPage()
        pageNumber += 1
        y = Self.margin
    }

    /// Goes to the next page where `height` is not left on this one and fits on one at all.
    private mutating func room(_ height: Double) {
        if y + height > bottom, y > Self.margin { nextPage() }
    }

    /// Shows a text from where the page is, over as many pages as it needs.
    private mutating func flow(
        _ text: SetText,
        x: Double = Self.margin,
        as role: Printing.Role = .paragraph
    ) {
        var next = 0
        while next < text.lines.count {
            var end = next
            var height = 0.0
            while end < text.lines.count, y + height + text.lines[end] <= bottom || end == next {
                height += text.lines[end]
                end += 1
            }
            if y + height > bottom, y > Self.margin {
                nextPage()
                continue
            }
            let lines = next..<end
            let top = y
            printing.tagged(role) { printing.show(text, lines: lines, x: x, y: top) }
            y += height
            next = end
            if next < text.lines.count { nextPage() }
        }
    }

    // MARK: Parts

    private mutating func head() {
        let code = SquareCode(record.checkAddress)
        let left = width - (code == nil ? 0 : Self.codeSide + Self.gap)
        if let code { draw(code) }
        flow(
            printing.set(record.heading, Setting(size: 16, isBold: true), width: left),
            as: .heading
        )
        flow(printing.set(record.caption, Setting(size: 9.5, grey: 0.25), width: left))
        flow(printing.set(record.checkAddress, small, width: left))
        y = max(y, Self.margin + (code == nil ? 0 : Self.codeSide)) + 4
    }

    private func draw(_ code: SquareCode) {
        // The border may lie in the page's margin.
        let side = Self.codeSide / Double(code.width)
        let left = Self.page.width - Self.margin - Self.codeSide
        for row in 0..<code.width {
            var column = 0
            while column < code.width {
                guard code.isDark(row: row, column: column) else {
                    column += 1
                    continue
                }
                var end = column
                while end < code.width, code.isDark(row: row, column: end) { end += 1 }
                printing.fill(
                    x: left + Double(column) * side,
                    y: Self.margin + Double(row) * side,
                    width: Double(end - column) * side,
                    // No hairline between the rows.
                    height: side * 1.02
                )
                column = end
            }
        }
    }

    private mutating func heading(_ title: String) {
        room(40)
        y += 5
        flow(
            printing.set(title, Setting(size: 11.5 * scale, isBold: true), width: width),
            as: .subheading
        )
        rule(0.8)
    }

    private mutating func rule(_ thickness: Double) {
        printing.fill(x: Self.margin, y: y + 1, width: width, height: thickness)
        y += 2 + thickness
    }

    private struct SetFact {
        let label: SetText
        let value: SetText
        var height: Double { max(label.height, value.height) + 2.5 }
    }

    private static let labelWidth = 102.0

    /// In two columns: the first half on the left, as on the printed web page.
    private mutating func facts(_ facts: [PrintedRecord.Fact]) {
        let column = (width - Self.gap) / 2
        let all = facts.map { set($0, width: column) }
        let most = bottom - Self.margin
        // A fact that is longer than a page is set over the whole width and may break.
        let long = all.indices.filter { all[$0].height > most / 2 }
        let short = all.filter { $0.height <= most / 2 }
        columns(short[...], column)
        for index in long {
            let fact = facts[index]
            flow(printing.set(fact.label, label, width: width))
            flow(
                printing.set(fact.values.joined(separator: "; "), body, width: width)
            )
        }
    }

    private mutating func columns(_ facts: ArraySlice<SetFact>, _ column: Double) {
        var rest = facts
        while !rest.isEmpty {
            room(rest.first.map(\.height) ?? 0)
            let space = bottom - y
            let (left, right) = split(rest, space: space)
            let top = y
            for (facts, x) in [(left, Self.margin), (right, Self.margin + column + Self.gap)] {
                var place = top
                for fact in facts {
                    show(fact, x: x, y: place)
                    place += fact.height
                }
                y = max(y, place)
            }
            rest = rest.dropFirst(left.count + right.count)
            if !rest.isEmpty { nextPage() }
        }
    }

    /// The first facts and those beside them: as low as can be where all of them fit, and else as
    /// many as fit on each side.
    private func split(
        _ facts: ArraySlice<SetFact>,
        space: Double
    ) -> (left: ArraySlice<SetFact>, right: ArraySlice<SetFact>) {
        let total = facts.reduce(0) { $0 + $1.height }
        var above = 0.0
        var best: (count: Int, height: Double)?
        for (count, fact) in zip(1..., facts) {
            above += fact.height
            let height = max(above, total - above)
            if height < best?.height ?? .infinity { best = (count, height) }
        }
        if let best, best.height <= space {
            return (facts.prefix(best.count), facts.dropFirst(best.count))
        }
        let left = fitting(facts, in: space)
        return (left, fitting(facts.dropFirst(left.count), in: space, atLeast: 0))
    }

    private func fitting(
        _ facts: ArraySlice<SetFact>,
        in space: Double,
        atLeast least: Int = 1
    ) -> ArraySlice<SetFact> {
        var height = 0.0
        let count = facts.prefix { fact in
            height += fact.height
            return height <= space
        }.count
        return facts.prefix(max(least, count))
    }

    private func set(_ fact: PrintedRecord.Fact, width: Double) -> SetFact {
        SetFact(
            label: printing.set(fact.label, label, width: Self.labelWidth - 6),
            value: printing.set(
                fact.values.joined(separator: "; "),
                body,
                width: width - Self.labelWidth
            )
        )
    }

    private func show(_ fact: SetFact, x: Double, y: Double) {
        printing.tagged(.paragraph) {
            printing.show(fact.label, lines: fact.label.lines.indices, x: x, y: y)
            printing.show(
                fact.value,
                lines: fact.value.lines.indices,
                x: x + Self.labelWidth,
                y: y
            )
        }
    }

    // MARK: Tables and lists

    private mutating func table(_ table: PrintedRecord.Table) {
        heading(table.title)
        row(table.head, of: table, isBold: true)
        rule(0.5)
        for (index, cells) in table.rows.enumerated() {
            let isTotal = index == table.rows.count - 1
            if isTotal { rule(0.5) }
            // The sum does not stand on a page of its own.
            let isBeforeTotal = index == table.rows.count - 2
            row(cells, of: table, isBold: isTotal, keeping: isBeforeTotal ? 20 : 0)
        }
    }

    /// The head stands again where a new page begins before the row.
    private mutating func row(
        _ cells: [String],
        of table: PrintedRecord.Table,
        isBold: Bool,
        keeping next: Double = 0
    ) {
        let number = 82.0
        let first = width - number * Double(max(0, cells.count - 1))
        let set = cells.enumerated().map { index, cell in
            printing.set(
                cell,
                Setting(size: 9 * scale, isBold: isBold, alignsEnd: index > 0),
                width: (index == 0 ? first : number) - 4
            )
        }
        let height = set.map(\.height).max() ?? 0
        let before = pageNumber
        room(height + next)
        if pageNumber != before, cells != table.head { row(table.head, of: table, isBold: true) }
        var x = Self.margin
        let top = y
        printing.tagged(.paragraph) {
            for (index, cell) in set.enumerated() {
                printing.show(cell, lines: cell.lines.indices, x: x, y: top)
                x += index == 0 ? first : number
            }
        }
        y += height + 1
    }

    private mutating func list(_ list: PrintedRecord.Lines) {
        if list.title.isEmpty {
            y += 3
            for line in list.lines { flow(printing.set(line, small, width: width)) }
        } else {
            heading(list.title)
            for line in list.lines { flow(printing.set("· " + line, body, width: width)) }
        }
    }
}
