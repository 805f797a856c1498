import Foundation
import HostileInput
import SeededNumbers
import Testing
import Vocabulary

/// A calendar that turns one leaf at a time.
private struct LeafCalendar: Sequence, IteratorProtocol {
    private var year: Int
    private var month = 1
    private var day = 0

    init(from year: Int) {
        self.year = year
    }

    mutating func next() -> (year: Int, month: Int, day: Int)? {
        day += 1
        if day > length {
            day = 1
            month += 1
        }
        if month > 12 {
            month = 1
            year += 1
        }
        return (year, month, day)
    }

    private var length: Int {
        let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }
}

@Suite("Civil date, leaf by leaf") struct CivilDateOracleTests {
    @Test func `four centuries of days are numbered one after the other`() throws {
        let first = try #require(CivilDate(year: 1700, month: 1, day: 1))
        var weekday = first.weekday
        // 1700-01-01 was a Friday.
        #expect(weekday == 5)
        for (offset, leaf) in LeafCalendar(from: 1700).prefix(146_097).enumerated() {
            let date = first.advanced(by: offset)
            guard date.year == leaf.year, date.month == leaf.month, date.day == leaf.day,
                date.weekday == weekday,
                CivilDate(year: leaf.year, month: leaf.month, day: leaf.day) == date
            else {
                Issue.record("\(leaf) is numbered as \(date)")
                return
            }
            weekday = weekday % 7 + 1
        }
        // The Gregorian calendar repeats after 400 years, weekdays and all.
        #expect(first.advanced(by: 146_097).description == "2100-01-01")
        #expect(first.advanced(by: 146_097).weekday == first.weekday)
    }

    @Test(arguments: [
        (1900, 28), (2000, 29), (2023, 28), (2024, 29), (2100, 28), (2400, 29), (4, 29), (1, 28),
    ])
    func `February is as long as the Gregorian rule says`(year: Int, length: Int) {
        #expect(CivilDate.length(ofMonth: 2, in: year) == length)
        #expect((CivilDate(year: year, month: 2, day: 29) != nil) == (length == 29))
    }

    @Test func `no other numbers make a day`() {
        for (year, month, day) in [
            (0, 1, 1), (10_000, 1, 1), (-1, 1, 1), (2026, 0, 1), (2026, 13, 1), (2026, -1, 1),
            (2026, 1, 0), (2026, 1, 32), (2026, 1, -1), (2026, 4, 31), (2026, 6, 31), (2026, 9, 31),
            (2026, 11, 31), (Int.max, 1, 1), (Int.min, 1, 1), (2026, Int.max, 1),
            (2026, 1, Int.min),
        ] {
            #expect(CivilDate(year: year, month: month, day: day) == nil)
        }
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `distance, order and advance agree`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let one = CivilDate(dayNumber: Int.random(in: -700_000...2_900_000, using: &generator))
        let other = CivilDate(dayNumber: Int.random(in: -700_000...2_900_000, using: &generator))
        #expect(one.advanced(by: one.days(to: other)) == other)
        #expect(one.days(to: other) == -other.days(to: one))
        #expect((one < other) == (one.days(to: other) > 0))
        #expect((one < other) == (one.description < other.description) || one == other)
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `hostile text is refused or is what would be written`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var bytes = Array("2026-05-18".utf8)
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let position = Int.random(in: bytes.indices, using: &generator)
            bytes[position] = UInt8.random(in: .min ... .max, using: &generator)
        }
        let text = String(decoding: bytes, as: UTF8.self)
        for typed in [text, generator.hostileText(upTo: 10)] {
            guard let date = CivilDate(iso8601: typed) else { continue }
            #expect(date.description.utf8.elementsEqual(typed.utf8))
        }
    }

    @Test(arguments: ["0001-01-01", "0999-12-31", "1000-01-01", "9999-12-31"])
    func `years have four digits`(text: String) {
        #expect(CivilDate(iso8601: text)?.description == text)
    }

    @Test(arguments: [
        "\u{FEFF}2026-05-18", "2026-05-18\n", " 2026-05-18", "2026‐05‐18", "2026−05−18",
        "2026/05/18",
        "2026-05-18T00:00", "2026-05", "2026", "--", "2026-05-18-01", "0000-01-01", "-026-05-18",
        "2026-05-1٨", "2026\u{301}-05-18", "2026-05-18\u{301}", "2026-W20-1", "18.05.2026",
    ])
    func `other ways of writing a day are refused`(text: String) {
        #expect(CivilDate(iso8601: text) == nil)
    }
}

@Suite("Stored words") struct StoredWordsTests {
    private func survives<Value: Codable & Equatable>(_ value: Value) throws -> Bool {
        let data = try JSONEncoder().encode([value])
        return try JSONDecoder().decode([Value].self, from: data) == [value]
    }

    private func text(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode([value]), as: UTF8.self)
    }

    @Test func `days, instants, languages and grades are stored as one plain value each`() throws {
        let date = try #require(CivilDate(iso8601: "2026-05-18"))
        #expect(try text(date) == #"["2026-05-18"]"#)
        #expect(try survives(date))
        let instant = Instant(millisecondsSince1970: 1_779_100_000_123)
        #expect(try text(instant) == "[1779100000123]")
        #expect(try survives(instant))
        #expect(try text(Language.spanish) == #"["es"]"#)
        #expect(try text(Grade.kindergarten) == #"["KG"]"#)
        #expect(Language.allCases.map(\.rawValue) == ["en", "es"])
    }

    @Test(arguments: Grade.allCases)
    func `a grade survives`(grade: Grade) throws {
        #expect(try survives(grade))
    }

    @Test func `a request number is stored as people read it`() throws {
        let number = RequestNumber(bits: 123_456_789)
        #expect(try text(number) == #"["\#(number)"]"#)
        #expect(try survives(number))
    }

    @Test func `a name is stored by these names`() throws {
        let name = try PersonName(given: "Ana", paternalSurname: "Roble")
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(
            String(decoding: try encoder.encode(name), as: UTF8.self)
                == #"{"given":"Ana","maternalSurname":"","middle":"","paternalSurname":"Roble"}"#
        )
        #expect(try survives(name))
    }

    @Test(arguments: [
        #"["2026-02-30"]"#, #"["2026-5-1"]"#, "[20260518]", "[null]", #"[""]"#,
    ])
    func `a damaged day is refused`(json: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([CivilDate].self, from: Data(json.utf8))
        }
    }

    @Test(arguments: [#"["RQ-00000-00001"]"#, #"["RQ"]"#, "[1]", #"[""]"#])
    func `a damaged request number is refused`(json: String) {
        #expect(throws: (any Error).self) {
            try JSONDecoder().decode([RequestNumber].self, from: Data(json.utf8))
        }
    }

    @Test(arguments: [#"["XX"]"#, #"["ﬂ"]"#, "[48]", #"["texas"]"#])
    func `a state that does not exist is refused`(json: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([StateCode].self, from: Data(json.utf8))
        }
    }

    @Test(arguments: [#"["ab"]"#, #"["zz"]"#, "[1]"])
    func `a damaged digest is refused`(json: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([SHA256Digest].self, from: Data(json.utf8))
        }
    }

    @Test func `local time is told apart by every part of it`() throws {
        let date = try #require(CivilDate(iso8601: "2026-11-01"))
        let before = LocalTime(date: date, hour: 1, minute: 30, zone: "CDT")
        // The hour that comes twice when clocks change differs by its zone's name alone.
        let after = LocalTime(date: date, hour: 1, minute: 30, zone: "CST")
        #expect(before != after)
        #expect(Set([before, after, before]).count == 2)
    }
}
