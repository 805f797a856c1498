import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

@Suite("Days that cannot be") struct ImpossibleDayTests {
    /// An element with a day, and how far from birth and today it may lie.
    struct Dated: Sendable, CustomStringConvertible {
        let element: Element
        let group: ElementGroup
        /// A school may already know the day on which somebody will come or leave.
        var mayBeAhead = false

        var description: String { "\(element)" }
    }

    private static let dated = [
        Dated(element: .immunizationDate, group: .immunization),
        Dated(element: .enrollmentDate, group: .enrollment, mayBeAhead: true),
        Dated(element: .withdrawalDate, group: .enrollment, mayBeAhead: true),
        Dated(element: .educationAlertResolution, group: .educationAlert),
        Dated(element: .medicalAlertResolution, group: .medicalAlert),
        Dated(element: .qualifyingArrivalDate, group: .qualifyingMove),
        Dated(element: .residencyDate, group: .qualifyingMove),
        Dated(element: .terminationDate, group: .qualifyingMove, mayBeAhead: true),
    ]

    private static func record(
        _ dated: Dated,
        on day: CivilDate,
        born: CivilDate
    ) throws
        -> StudentRecord
    {
        let source = try Samples.source("A")
        return StudentRecord([
            RecordEntry(.identity, from: source, [.birthDate: .value(.date(born))]),
            RecordEntry(dated.group, from: source, [dated.element: .value(.date(day))]),
        ])
    }

    @Test(arguments: dated)
    func `before birth is listed, from birth to today is not, and after it where nobody can know`(
        dated: Dated
    ) throws {
        let today = try #require(Samples.today)
        let born = try #require(CivilDate(iso8601: "2010-03-27"))
        var generator = SeededGenerator(seed: UInt64(dated.element.rawValue))
        for _ in 0..<200 {
            let number = Int.random(
                in: born.dayNumber - 900...today.dayNumber + 2_000,
                using: &generator
            )
            let day = CivilDate(dayNumber: number)
            let problems = try Self.record(dated, on: day, born: born).problems(today: today)
            let latest = dated.mayBeAhead ? today.advanced(by: 1_098) : today
            let isSound = day >= born && day <= latest
            #expect(problems.isEmpty == isSound, "\(day)")
            guard let problem = problems.first else { continue }
            #expect(problem.element == dated.element && problem.found == day.description)
            #expect(
                problem.allowed == .between(born, latest)
            )
            #expect(problem.place == "\(dated.group.rawValue) 1")
        }
    }

    @Test func `a table of doses alone is held against a birth date from elsewhere`() throws {
        let today = try #require(Samples.today)
        let born = try #require(CivilDate(iso8601: "2010-03-27"))
        let source = try Samples.source("A")
        for (day, isSound) in [("1990-05-01", false), ("2010-03-26", false), ("2010-03-27", true)] {
            let record = StudentRecord([
                try Samples.entry(.immunization, from: source, [.immunizationDate: day])
            ])
            #expect(record.problems(today: today).isEmpty)
            var reading = RecordReading(record: record)
            reading.addContradictions(today: today, born: born)
            #expect(reading.problems.isEmpty == isSound)
            #expect(reading.problems.allSatisfy { $0.allowed == .between(born, today) })
        }
    }

    @Test(arguments: 0..<60)
    func `nobody leaves before coming, and the two days are held against each other only`(
        seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        let source = try Samples.source("A")
        let days = (0..<4).map { _ in
            CivilDate(dayNumber: Int.random(in: 18_000...18_010, using: &generator))
        }
        let record = StudentRecord([
            RecordEntry(
                .enrollment,
                from: source,
                [.enrollmentDate: .value(.date(days[0])), .withdrawalDate: .value(.date(days[1]))]
            ),
            RecordEntry(
                .enrollment,
                from: source,
                [.enrollmentDate: .value(.date(days[2])), .withdrawalDate: .value(.date(days[3]))]
            ),
        ])
        let expected = [(1, days[0], days[1]), (2, days[2], days[3])].filter { $0.2 < $0.1 }
        let problems = record.problems(today: try #require(Samples.today))
        #expect(problems.map(\.place) == expected.map { "enrollment \($0.0)" })
        #expect(problems.allSatisfy { $0.element == .withdrawalDate })
    }

    @Test(
        arguments: [
            ("1899-12-31", false), ("1900-01-01", true), ("2026-06-01", true),
            ("2026-06-02", false),
        ]
    )
    func `somebody is born from 1900 to today`(day: String, isSound: Bool) throws {
        let record = StudentRecord([
            try Samples.entry(.identity, from: Samples.source("A"), [.birthDate: day])
        ])
        #expect(record.problems(today: try #require(Samples.today)).isEmpty == isSound)
    }

    @Test(
        arguments: [
            ("2009", false), ("2010", true), ("2026", true), ("2027", true), ("2028", false),
        ]
    )
    func `a course is taken between the year of birth and the coming school year`(
        year: String,
        isSound: Bool
    ) throws {
        let source = try Samples.source("A")
        let record = StudentRecord([
            try Samples.entry(.identity, from: source, [.birthDate: "2010-03-27"]),
            try Samples.course("Algebra I", from: source, year: year),
        ])
        let problems = record.problems(today: try #require(Samples.today))
        #expect(problems.isEmpty == isSound)
        #expect(problems.allSatisfy { $0.element == .courseYear && $0.found == year })
    }

    @Test(
        arguments: [
            ("2009-12", false), ("2010-01", true), ("2026-06", true), ("2026-07", false),
        ]
    )
    func `a test is taken in a month of the student's life`(month: String, isSound: Bool) throws {
        let source = try Samples.source("A")
        let record = StudentRecord([
            try Samples.entry(.identity, from: source, [.birthDate: "2010-03-27"]),
            try Samples.entry(.assessment, from: source, [.assessmentDate: month]),
        ])
        #expect(record.problems(today: try #require(Samples.today)).isEmpty == isSound)
    }

    @Test func `where schools give two birth dates, the earlier one is held against`() throws {
        let records = try ["2010-03-27", "2011-03-27"].map { day in
            try Samples.entry(.identity, from: Samples.source(day), [.birthDate: day])
        }
        let dose = try Samples.entry(
            .immunization,
            from: Samples.source("A"),
            [.immunizationDate: "2010-05-01"]
        )
        let today = try #require(Samples.today)
        #expect(StudentRecord(records + [dose]).problems(today: today).isEmpty)
        #expect(StudentRecord([records[1], dose]).problems(today: today).count == 1)
    }

    @Test(arguments: [Element.courseTitle, .courseYear, .termType, .courseSection])
    func `what differs in one of four things is another course`(element: Element) throws {
        let source = try Samples.source("A")
        let course = try Samples.entry(
            .course,
            from: source,
            [.courseTitle: "Art", .courseYear: "2024", .termType: "01", .courseSection: "01"]
        )
        var other = course
        other.answers[element] =
            switch element {
            case .courseTitle: .value(.text("Art II"))
            case .courseYear: .value(.year(2025))
            default: .value(try ElementValue.read("02", for: element))
            }
        let today = try #require(Samples.today)
        #expect(StudentRecord([course, other]).problems(today: today).isEmpty)
        #expect(StudentRecord([course, course]).problems(today: today).count == 1)
        // The same course at another school is another course.
        var elsewhere = course
        elsewhere.place = SchoolPlace(name: "Elsewhere HS")
        #expect(StudentRecord([course, elsewhere]).problems(today: today).isEmpty)
    }
}
