import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

/// Days, months, numbers and marks as they come from schools' systems and from people.
@Suite("Values as schools write them") struct WrittenValueTests {
    private static func read(_ text: String, _ element: Element) -> ElementValue? {
        try? ElementValue.read(text, for: element)
    }

    @Test(arguments: 0..<40)
    func `a day is the same day in each of the ways to write it`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let day = CivilDate(dayNumber: Int.random(in: -20_000...40_000, using: &generator))
            let (year, month, rest) = (day.year, day.month, day.day)
            func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
            for written in [
                "\(day)", " \(day) ", "\(day)T00:00:00", "\(day)T23:59:59Z",
                "\(month)/\(rest)/\(year)", "\(two(month))/\(two(rest))/\(year)",
                "\(year)\(two(month))\(two(rest))",
            ] {
                #expect(Self.read(written, .birthDate) == .date(day), "\(written)")
            }
            for refused in [
                "\(two(rest)).\(two(month)).\(year)", "\(month)/\(rest)/\(two(year % 100))",
                "\(day)-", "/\(day)", "\(month)//\(year)", "\(year)/\(month)/\(rest)",
            ] {
                #expect(Self.read(refused, .birthDate) == nil, "\(refused)")
            }
        }
    }

    @Test(arguments: 0..<20)
    func `a month is read from itself and from any of its days`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let day = CivilDate(dayNumber: Int.random(in: 0...40_000, using: &generator))
            let month = YearMonth(year: day.year, month: day.month)
            let two = day.month < 10 ? "0\(day.month)" : "\(day.month)"
            for written in [
                "\(day.year)-\(two)", "\(day.month)/\(day.year)", "\(two)/\(day.year)", "\(day)",
                "\(day.month)/\(day.day)/\(day.year)",
            ] {
                #expect(Self.read(written, .assessmentDate) == month.map { .month($0) })
            }
        }
        for refused in ["2026-13", "2026-00", "13/2026", "0/2026", "2026", "26-04", "2026-4"] {
            #expect(Self.read(refused, .assessmentDate) == nil, "\(refused)")
        }
    }

    @Test(arguments: [
        ("78596", true), ("785961234", true), ("78596-1234", true), ("7859", false),
        ("78596-123", false), ("78596 1234", false), ("7859A", false), ("785961-234", false),
    ])
    func `a ZIP code has five or nine digits`(text: String, isRead: Bool) {
        #expect((Self.read(text, .zip) != nil) == isRead)
        if isRead { #expect(Self.read(text, .zip)?.token == text) }
    }

    @Test(arguments: [
        ("0", 0), ("84", 8_400), ("84.5", 8_450), ("84.50 %", 8_450), ("100%", 10_000),
        ("150", 15_000), ("150.01", nil), ("-1", nil), ("84,5", nil), ("%", nil), ("84.555", nil),
        ("8e1", nil), ("A", nil),
    ])
    func `a grade to date is a percentage up to 150`(text: String, hundredths: Int?) {
        #expect(
            Self.read(text, .gradeToDate) == hundredths.map { .amount(Hundredths($0)) }
        )
    }

    @Test(arguments: ["yes", "Y", "TRUE", "1", "si", "Sí", " yes "])
    func `yes is said in two languages`(text: String) {
        #expect(Self.read(text, .medicalAlert) == .flag(true))
    }

    @Test(arguments: ["no", "N", "false", "0"])
    func `and so is no`(text: String) {
        #expect(Self.read(text, .medicalAlert) == .flag(false))
    }

    @Test(arguments: ["", "maybe", "2", "yes no", "x", "-"])
    func `anything else is neither`(text: String) {
        #expect(Self.read(text, .medicalAlert) == nil)
    }

    @Test(arguments: [
        ("1899", false), ("1900", true), ("2200", true), ("2201", false), ("20250", false),
        ("025", false), ("+2025", false), ("２０２５", false),
    ])
    func `a year has four plain digits`(text: String, isRead: Bool) {
        #expect((Self.read(text, .courseYear) != nil) == isRead)
    }

    @Test func `a text may be as long as the limit, and hold no control`() {
        let longest = ElementValue.longestText
        #expect(Self.read(String(repeating: "a", count: longest), .schoolName) != nil)
        #expect(Self.read(String(repeating: "a", count: longest + 1), .schoolName) == nil)
        #expect(Self.read(String(repeating: "ñ", count: longest / 2 + 1), .schoolName) == nil)
        for control in ["a\u{0}b", "a\nb", "a\u{7F}b", "a\u{85}b"] {
            #expect(Self.read(control, .schoolName) == nil)
        }
    }

    @Test func `what is allowed is said for whoever has to write it`() {
        for element in Element.allCases {
            do {
                _ = try ElementValue.read("\u{0}", for: element)
                Issue.record("\(element)")
            } catch {
                #expect(error.allowed == .shortText)
                #expect(!error.allowed.description.isEmpty)
            }
        }
        let day = CivilDate(dayNumber: 0)
        #expect(Allowed.between(day, day).description == "a day from \(day) to \(day)")
        #expect(Allowed.between(day, nil).description == "a day from \(day) on")
        #expect(Allowed.between(nil, day).description == "a day up to \(day)")
        #expect(Allowed.oneOf(["1 Yes", "2 No"]).description == "one of 1 Yes, 2 No")
        #expect(Allowed.form(.lastName).description == "a last name")
        #expect(Allowed.structure(.cells(4)).description == "4 cells")
        #expect(Allowed.structure(.wellFormed(line: 7)).description.contains("line 7"))
    }
}
