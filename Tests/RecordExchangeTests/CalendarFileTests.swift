import RecordExchange
import SeededNumbers
import Testing
import Vocabulary

@Suite("Calendars as iCalendar files") struct CalendarFileTests {
    private func read(_ lines: String...) throws(CalendarFile.Malformed) -> SchoolCalendar {
        let text = (["BEGIN:VCALENDAR", "VERSION:2.0"] + lines + ["END:VCALENDAR"])
            .joined(separator: "\r\n")
        return try CalendarFile.read(Array((text + "\r\n").utf8))
    }

    private func problems(_ lines: String...) -> [CalendarFile.Problem] {
        let text = (["BEGIN:VCALENDAR"] + lines + ["END:VCALENDAR"]).joined(separator: "\r\n")
        do {
            _ = try CalendarFile.read(Array(text.utf8))
            return []
        } catch { return error.problems }
    }

    private func event(_ lines: String...) -> [String] {
        ["BEGIN:VEVENT"] + lines + ["END:VEVENT"]
    }

    @Test func `a district's summer, break, holiday and staff days`() throws {
        let calendar = try read(
            "BEGIN:VEVENT",
            "DTSTART;VALUE=DATE:20260613",
            "DTEND;VALUE=DATE:20260817",
            "SUMMARY:Summer\\, at last",
            "END:VEVENT",
            "BEGIN:VEVENT",
            "DTSTART;VALUE=DATE:20261221",
            "DTEND;VALUE=DATE:20270102",
            "SUMMARY:Winter break",
            "CATEGORIES:BREAK",
            "END:VEVENT",
            "BEGIN:VEVENT",
            "DTSTART:20261009",
            "SUMMARY:Fair day",
            "END:VEVENT",
            "BEGIN:VEVENT",
            "DTSTART;VALUE=DATE:20260810",
            "DURATION:P5D",
            "SUMMARY:Office opens",
            "CATEGORIES:STAFF",
            "END:VEVENT"
        )
        #expect(calendar.recesses.map(\.kind) == [.summer, .longBreak, .holiday])
        #expect(calendar.recesses.map(\.name) == ["Summer, at last", "Winter break", "Fair day"])
        #expect(calendar.recesses[0].last == (try day("2026-08-16")))
        #expect(calendar.recesses[1].last == (try day("2027-01-01")))
        #expect(calendar.recesses[2].first == calendar.recesses[2].last)
        // While staff is there the school can be asked, although it is summer.
        #expect(calendar.closure(on: try day("2026-08-07"))?.kind == .summer)
        #expect(calendar.closure(on: try day("2026-08-12")) == nil)
        #expect(calendar.reopening(after: try day("2026-07-01")) == (try day("2026-08-10")))
    }

    @Test func `times of a day, long lines and alarms are understood or passed over`() throws {
        let calendar = try read(
            "BEGIN:VTIMEZONE",
            "TZID:X",
            "BEGIN:STANDARD",
            "DTSTART:19701101T020000",
            "RRULE:FREQ=YEARLY",
            "END:STANDARD",
            "END:VTIMEZONE",
            "BEGIN:VEVENT",
            "DTSTART;TZID=\"America/Chicago: here\":20261126T080000",
            "DTEND:20261127T170000Z",
            "SUMMARY:Thanks",
            " giving",
            "BEGIN:VALARM",
            "TRIGGER:-P1D",
            "END:VALARM",
            "END:VEVENT"
        )
        #expect(calendar.recesses.count == 1)
        #expect(calendar.recesses[0].name == "Thanksgiving")
        #expect(calendar.recesses[0].last == (try day("2026-11-27")))
    }

    @Test func `a cancelled event closes nothing`() throws {
        let lines = event("DTSTART:20260601", "STATUS:CANCELLED")
        #expect(try read(lines[0], lines[1], lines[2], lines[3]).recesses.isEmpty)
    }

    @Test(arguments: [
        ("DTSTART:20260230", CalendarFile.Problem.Kind.dateMalformed),
        ("DTSTART:99991231", .dateMalformed), ("DTSTART:18991231", .dateMalformed),
        ("DTSTART:2026-06-01", .dateMalformed), ("DTSTART:", .dateMalformed),
        ("SUMMARY:x", .startMissing), ("no colon", .lineMalformed),
        ("DTSTART:20260601\r\nDTSTART:20260602", .startTwice),
        ("DTSTART:20260601\r\nDTEND:20260501", .endBeforeStart),
        ("DTSTART:20260601\r\nDTEND:20290501", .tooLong),
        ("DTSTART:20260601\r\nRRULE:FREQ=YEARLY", .repeats),
        ("DTSTART:20260601\r\nDURATION:PT5H", .dateMalformed),
    ])
    func `what is wrong is named with its line`(
        line: String,
        kind: CalendarFile.Problem.Kind
    ) {
        let found = problems("BEGIN:VEVENT", line, "END:VEVENT")
        #expect(found.map(\.kind) == [kind])
        #expect((2...4).contains(found.first?.line ?? 0))
    }

    @Test func `all problems come at once`() {
        let found = problems(
            "BEGIN:VEVENT",
            "DTSTART:x",
            "END:VEVENT",
            "BEGIN:VEVENT",
            "RDATE:20260101",
            "END:VEVENT",
            "BEGIN:VEVENT"
        )
        #expect(Set(found.map(\.kind)) == [.dateMalformed, .repeats, .unbalanced])
    }

    @Test func `what is no calendar, or too much of one, is refused`() {
        for bytes in [
            [], Array("hello".utf8), [0xFF, 0xFE], Array("BEGIN:VEVENT\nEND:VEVENT".utf8),
        ] {
            #expect(throws: CalendarFile.Malformed.self) { try CalendarFile.read(bytes) }
        }
        let big = Array(repeating: UInt8(ascii: "x"), count: CalendarFile.mostBytes + 1)
        #expect(throws: CalendarFile.Malformed(problems: [.init(line: 1, kind: .tooLarge)])) {
            try CalendarFile.read(big)
        }
        let many = Array(
            repeating: "BEGIN:VEVENT\nDTSTART:20260601\nEND:VEVENT",
            count: CalendarFile.mostEvents + 3
        )
        let text = "BEGIN:VCALENDAR\n" + many.joined(separator: "\n") + "\nEND:VCALENDAR"
        #expect(throws: CalendarFile.Malformed.self) { try CalendarFile.read(Array(text.utf8)) }
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `what is written is read back the same`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let names = ["Summer", "Día de los Muertos, sábado", "a;b\\c", "", "長い休み長い休み長い休み長い休み"]
        let calendar = SchoolCalendar(
            recesses: (0..<Int.random(in: 0...30, using: &random)).map { _ in
                let first = CivilDate(dayNumber: Int.random(in: 19_000...21_000, using: &random))
                return SchoolCalendar.Recess(
                    kind: SchoolCalendar.Recess.Kind.allCases.randomElement(using: &random)
                        ?? .summer,
                    name: names.randomElement(using: &random) ?? "",
                    first: first,
                    last: first.advanced(by: Int.random(in: 0...300, using: &random))
                )
            },
            staffDays: [
                .init(
                    name: "Office",
                    first: CivilDate(dayNumber: 20_000),
                    last: CivilDate(dayNumber: 20_004)
                )
            ]
        )
        let stamp = CivilDate(dayNumber: 20_500)
        let bytes = CalendarFile.write(calendar, of: .gateway, stamp: stamp)
        #expect(try CalendarFile.read(bytes) == calendar)
        #expect(bytes.split(separator: 10).allSatisfy { $0.count <= 76 && $0.last == 13 })
    }

    @Test(arguments: 1...300 as ClosedRange<UInt64>)
    func `no bytes bring it down`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let calendar = SchoolCalendar(recesses: [
            .init(
                kind: .summer,
                name: "S",
                first: CivilDate(dayNumber: 20_600),
                last: CivilDate(dayNumber: 20_660)
            )
        ])
        var bytes = CalendarFile.write(calendar, of: .gateway, stamp: CivilDate(dayNumber: 20_500))
        for _ in 0..<Int.random(in: 1...20, using: &random) {
            let at = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: at)
            default: bytes.insert(contentsOf: bytes[at...].prefix(40), at: at)
            }
        }
        do {
            let read = try CalendarFile.read(bytes)
            #expect(read.recesses.allSatisfy { $0.first <= $0.last })
        } catch { #expect(!error.problems.isEmpty && error.problems.count <= 100) }
    }
}
