import StudentRecords
import Testing
import Vocabulary

/// What schools write in their files, kind by kind: what is read as what, and what is left to a
/// person.
@Suite("Reading what schools write") struct ElementReadingTests {
    private func read(_ text: String, _ element: Element) -> String? {
        (try? ElementValue.read(text, for: element))?.token
    }

    private static let days: [(text: String, day: String?)] = [
        ("2010-03-27", "2010-03-27"), ("3/27/2010", "2010-03-27"), ("03/27/2010", "2010-03-27"),
        ("3/7/2010", "2010-03-07"), ("20100327", "2010-03-27"), (" 3/27/2010 ", "2010-03-27"),
        ("2010-03-27T23:59:59Z", "2010-03-27"), ("2/29/2012", "2012-02-29"),
        ("2/29/2000", "2000-02-29"), ("12/31/2025", "2025-12-31"),
        // No such day.
        ("2/29/2010", nil), ("2/29/1900", nil), ("4/31/2010", nil), ("13/1/2010", nil),
        ("0/1/2010", nil), ("1/0/2010", nil), ("2010-00-10", nil), ("20101301", nil),
        // The European order is never guessed, even where it would be the only possible one.
        ("27/3/2010", nil), ("27.3.2010", nil),
        // A year of two digits could be two years.
        ("3/27/10", nil), ("03-27-10", nil), ("100327", nil),
        // Not a day at all.
        ("2010", nil), ("March 27, 2010", nil), ("2010/03/27", nil), ("3/27", nil), ("//", nil),
        ("-1/2/2010", nil), ("1/2/+201", nil), ("unknown", nil), ("n/a", nil), ("0", nil),
        ("３/27/2010", nil), ("3/27/2010 or 3/28/2010", nil),
    ]

    @Test(arguments: days)
    func `a day is read where it can be one day only`(text: String, day: String?) {
        for element in [Element.birthDate, .immunizationDate, .enrollmentDate] {
            #expect(read(text, element) == day)
        }
    }

    private static let amounts: [(text: String, amount: String?)] = [
        ("1", "1.00"), ("1.0", "1.00"), ("0.5", "0.50"), (".5", "0.50"), (".33", "0.33"),
        ("0.330", "0.33"), ("5.", "5.00"), ("007.25", "7.25"), ("0", "0.00"),
        ("100000", "100000.00"),
        // A third cannot be read as hundredths without losing some of it.
        (".333", nil), ("0.6667", nil), ("1/3", nil), ("⅓", nil), ("½", nil),
        ("-1", nil), ("+1", nil), ("-0", nil), ("1,5", nil), ("1.000,00", nil), ("1e2", nil),
        ("0x10", nil), ("one", nil), (".", nil), ("", nil), ("1.2.3", nil), ("1 .5", nil),
        ("100000.01", nil), ("9999999999999999999", nil), ("NaN", nil), ("inf", nil), ("٣", nil),
    ]

    @Test(arguments: amounts)
    func `an amount is read exactly, or not at all`(text: String, amount: String?) {
        for element in [Element.creditsGranted, .clockHours, .subjectRequirement] {
            #expect(read(text, element) == amount)
        }
    }

    @Test(
        arguments: [
            ("84", "84.00"), ("84%", "84.00"), ("84.5 %", "84.50"), ("0%", "0.00"),
            ("150", "150.00"), ("150.00%", "150.00"), ("150.01", nil), ("151%", nil),
            ("-3%", nil), ("B+", nil), ("%", nil), ("84%%", nil), ("% 84", nil),
        ] as [(String, String?)]
    )
    func `a grade to date is a percentage with extra credit`(text: String, grade: String?) {
        #expect(read(text, .gradeToDate) == grade)
    }

    @Test(
        arguments: [
            ("2026-04", "2026-04"), ("4/2026", "2026-04"), ("04/2026", "2026-04"),
            ("2026-04-17", "2026-04"), ("4/17/2026", "2026-04"), ("20260417", "2026-04"),
            ("13/2026", nil), ("2026-13", nil), ("2026-00", nil), ("04/26", nil),
            ("April 2026", nil), ("2026", nil), ("202604", nil), ("4/31/2026", nil),
        ] as [(String, String?)]
    )
    func `an assessment's month is read from itself or a day of it`(text: String, month: String?) {
        #expect(read(text, .assessmentDate) == month)
    }

    @Test(
        arguments: [
            ("2025", "2025"), ("1900", "1900"), ("2200", "2200"), ("1899", nil), ("2201", nil),
            ("25", nil), ("2025-2026", nil), ("2025/26", nil), ("02025", nil), ("２０２５", nil),
        ] as [(String, String?)]
    )
    func `a course's year has four digits`(text: String, year: String?) {
        #expect(read(text, .courseYear) == year)
    }

    @Test(
        arguments: [
            ("TX", "TX"), ("tx", "TX"), (" wa ", "WA"), ("PR", "PR"), ("DC", "DC"),
            ("Texas", nil), ("T", nil), ("TXX", nil), ("XX", nil), ("", nil), ("T1", nil),
        ] as [(String, String?)]
    )
    func `a school's state is two letters of the list`(text: String, state: String?) {
        #expect(read(text, .state) == state)
    }

    @Test(arguments: ["Tamaulipas", "Nuevo León", "BC", "Petén", "Región de Los Lagos"])
    func `a birth's state may be one of another country`(text: String) {
        #expect(read(text, .birthState) == text)
        #expect(read("tx", .birthState) == "TX")
        #expect(read(String(repeating: "x", count: 41), .birthState) == nil)
    }

    @Test(
        arguments: [
            ("78596", true), ("78596-1234", true), ("785961234", true), ("7859", false),
            ("78596-123", false), ("785-961234", false), ("78596 1234", false), ("ABCDE", false),
            ("7859６", false), ("", false),
        ]
    )
    func `a ZIP code has five digits or nine`(text: String, isRead: Bool) {
        #expect((read(text, .zip) == text) == isRead)
    }

    @Test(
        arguments: [
            ("(956) 555-0143", true), ("956.555.0143 ext. 2", true), ("+52 867 555 0143", true),
            ("5550143", true), ("555-014", false), ("call the office", false),
            (String(repeating: "5", count: 26), false),
        ]
    )
    func `a phone number keeps the way it is written`(text: String, isRead: Bool) {
        #expect((read(text, .phone) == text) == isRead)
    }

    @Test(
        arguments: [
            "José", "José", "O’Brien-García", "María de los Ángeles", "Nguyễn", "李",
            "<b>&amp;", "'; DROP TABLE students;--", "=1+1", "null", "0",
        ]
    )
    func `a name is kept letter by letter, whatever it looks like`(name: String) {
        let value = try? ElementValue.read(name, for: .firstName)
        #expect(value == .text(name))
        #expect(value.map { Array($0.token.unicodeScalars) } == Array(name.unicodeScalars))
    }

    @Test(arguments: ["a\nb", "a\u{0}", "a\u{7F}b", "\u{202E}evil", "a\u{2066}b", "a\u{2028}b"])
    func `what would break a line or turn one around is refused in every text`(text: String) {
        for element in Element.allCases {
            let error = #expect(throws: ElementValue.Unreadable.self) {
                try ElementValue.read(text, for: element)
            }
            #expect(error?.allowed == .shortText)
        }
    }

    @Test(arguments: Element.allCases)
    func `an empty text is a value of no kind but text`(element: Element) {
        switch element.definition.kind {
        case .text, .identifier, .countryCode: #expect(read(" ", element)?.isEmpty == true)
        default: #expect(read(" ", element) == nil)
        }
    }

    @Test(arguments: Element.allCases)
    func `what cannot be read is told what could`(element: Element) {
        let kind = element.definition.kind
        guard ![.text, .identifier, .countryCode].contains(kind), element != .birthState else {
            return
        }
        let error = #expect(throws: ElementValue.Unreadable.self) {
            try ElementValue.read("certainly not", for: element)
        }
        let allowed = error?.allowed
        switch kind {
        case .date: #expect(allowed == .date)
        case .month: #expect(allowed == .month)
        case .year: #expect(allowed == .year)
        case .flag: #expect(allowed == .flag)
        case .stateCode: #expect(allowed == .stateCode)
        case .zip: #expect(allowed == .zip)
        case .phone: #expect(allowed == .phone)
        case .amount: #expect(allowed == .amount)
        case .percentage: #expect(allowed == .percentage)
        case .code:
            let tokens = element.definition.codes.map { "\($0.token) \($0.label)" }
            #expect(allowed == .oneOf(tokens))
        case .text, .identifier, .countryCode: Issue.record("is skipped above")
        }
    }
}
