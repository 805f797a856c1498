import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

/// The same sums made a second time, by hand as a counselor would: plain whole numbers, course by
/// course, with nothing of the code under test but its input.
@Suite("Credits against a counselor's own sums") struct CreditModelTests {
    /// One course as some of the schools tell it; the later school in the list is the newer one.
    private struct Course {
        let title: String
        let area: SubjectArea
        /// By school: hundredths of credit, or `nil` where the school says nothing of credit.
        let credits: [Int: Int?]
        let hours: [Int: Int]

        /// What the newest school that says a number says.
        var granted: Int? {
            credits.sorted { $0.key > $1.key }.compactMap(\.value).first
        }

        var newestHours: Int { hours.sorted { $0.key > $1.key }.first?.value ?? 0 }
    }

    private struct Subject {
        let name: String
        /// `nil` for electives.
        let area: SubjectArea?
        let needed: Int
    }

    private static let areas: [SubjectArea] = [
        .english, .mathematics, .science, .socialStudies, .arts, .worldLanguages, .construction,
    ]

    private static func courses(_ generator: inout SeededGenerator) -> [Course] {
        (0..<Int.random(in: 0...25, using: &generator)).map { number in
            var credits: [Int: Int?] = [:]
            var hours: [Int: Int] = [:]
            let isPartial = Int.random(in: 0..<3, using: &generator) == 0
            for school in Set((0...2).map { _ in Int.random(in: 0..<3, using: &generator) }) {
                let isSilent = isPartial || Int.random(in: 0..<4, using: &generator) == 0
                let thirds = [33, 33, 34, 50, 100, 25, 0].randomElement(using: &generator)
                credits[school] = .some(isSilent ? nil : thirds)
                hours[school] = Int.random(in: 1...9_000, using: &generator)
            }
            return Course(
                title: "Course \(number)",
                area: areas.randomElement(using: &generator) ?? .arts,
                credits: credits,
                hours: hours
            )
        }
    }

    private static func subjects(_ generator: inout SeededGenerator) -> [Subject] {
        var subjects = areas.shuffled(using: &generator)
            .prefix(Int.random(in: 1...5, using: &generator))
            .map { area in
                Subject(
                    name: area.name,
                    area: area,
                    needed: Int.random(in: 0...16, using: &generator) * 25
                )
            }
        if Bool.random(using: &generator) {
            let needed = Int.random(in: 0...20, using: &generator) * 25
            subjects.append(Subject(name: "Electives", area: nil, needed: needed))
        }
        return subjects.shuffled(using: &generator)
    }

    /// One record a school, each a year newer than the one before.
    private static func records(of courses: [Course]) throws -> [StudentRecord] {
        try (0..<3).map { school in
            let source = try Samples.source("School \(school)", "\(2023 + school)-05-29")
            return StudentRecord(
                try courses.compactMap { course in
                    guard let credits = course.credits[school] else { return nil }
                    return try Samples.course(
                        course.title,
                        from: source,
                        standard: course.area.rawValue + "001",
                        credits: credits.map { Hundredths($0).description },
                        hours: course.hours[school].map { Hundredths($0).description }
                    )
                }
            )
        }
    }

    private static func plan(_ subjects: [Subject]) -> GraduationPlan {
        GraduationPlan(
            name: "Plan",
            state: nil,
            requirements: subjects.map { subject in
                .init(
                    subject: subject.name,
                    areas: subject.area.map { [$0] } ?? [],
                    credits: Hundredths(subject.needed)
                )
            }
        )
    }

    @Test(arguments: 0..<150)
    func `every subject, total and order is what a counselor would write`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let courses = Self.courses(&generator)
        let subjects = Self.subjects(&generator)
        let records = try Self.records(of: courses).shuffled(using: &generator)
        let credits = CreditAccrual(MergedRecord(records), plan: Self.plan(subjects))

        let named = Set(subjects.compactMap(\.area))
        let hasElectives = subjects.contains { $0.area == nil }
        func taken(_ subject: Subject) -> [Course] {
            courses.filter { course in
                subject.area.map { $0 == course.area } ?? !named.contains(course.area)
            }
        }
        for (row, subject) in zip(credits.rows, subjects) {
            let mine = taken(subject)
            let granted = mine.compactMap(\.granted).reduce(0, +)
            #expect(row.subject == subject.name)
            #expect(row.needed?.count == subject.needed)
            #expect(row.granted.count == granted)
            #expect(row.left?.count == max(0, subject.needed - granted))
            #expect(row.surplus.count == max(0, granted - subject.needed))
            #expect(row.completed.count == mine.count { $0.granted != nil })
            #expect(row.unfinished.count == mine.count { $0.granted == nil })
            #expect(
                row.clockHours.count
                    == mine.filter { $0.granted == nil }.map(\.newestHours).reduce(0, +)
            )
            #expect(row.hasThreeThirds == (mine.count { $0.granted == 33 } >= 3))
        }
        let loose = courses.filter { !named.contains($0.area) && !hasElectives }
        let rest = credits.rows.dropFirst(subjects.count)
        #expect(rest.map(\.granted.count).reduce(0, +) == loose.compactMap(\.granted).reduce(0, +))
        #expect(rest.allSatisfy { $0.needed == nil && $0.left == nil && $0.surplus == .zero })

        #expect(credits.granted.count == courses.compactMap(\.granted).reduce(0, +))
        #expect(credits.needed?.count == subjects.map(\.needed).reduce(0, +))
        #expect(
            credits.left?.count
                == subjects.map { subject in
                    max(0, subject.needed - taken(subject).compactMap(\.granted).reduce(0, +))
                }
                .reduce(0, +)
        )
        let hours = credits.unfinished.map { $0.amount(.clockHours)?.count ?? 0 }
        #expect(
            hours == courses.filter { $0.granted == nil }.map(\.newestHours).sorted(by: >)
        )
    }

    @Test(arguments: 0..<40)
    func `without a plan courses stand by their subjects, and nothing is needed`(
        seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        let courses = Self.courses(&generator)
        let credits = CreditAccrual(MergedRecord(try Self.records(of: courses)), plan: nil)
        let expected = Dictionary(grouping: courses, by: \.area.name)
            .mapValues { $0.compactMap(\.granted).reduce(0, +) }
        #expect(credits.rows.compactMap(\.subject) == expected.keys.sorted())
        for row in credits.rows {
            #expect(row.granted.count == expected[row.subject ?? ""])
        }
        #expect(credits.needed == nil && credits.left == nil)
    }

    @Test func `a subject named as the plan names it goes before its code, and each course once`()
        throws
    {
        let source = try Samples.source("A")
        let plan = GraduationPlan(
            name: "Plan",
            state: nil,
            requirements: [
                .init(subject: "Mathematics", areas: [.mathematics], credits: Hundredths(300)),
                .init(subject: "Money and Life", areas: [.mathematics], credits: Hundredths(50)),
                .init(subject: "ELECTIVES", areas: [], credits: Hundredths(100)),
            ]
        )
        var course = try Samples.course("Budgets", from: source, standard: "02052", credits: "0.5")
        course.answers[.subjectArea] = .value(.text("money & life"))
        var named = course
        named.answers[.subjectArea] = .value(.text("Money  and life!"))
        let rows = [course, named].map { course in
            CreditAccrual(MergedRecord([StudentRecord([course])]), plan: plan).rows
        }
        // Another spelling is another word: then its code says where it counts.
        #expect(rows[0].map(\.granted.count) == [50, 0, 0])
        #expect(rows[1].map(\.granted.count) == [0, 50, 0])
    }

    @Test func `as many and as large credits as a file can hold add up without an end`() throws {
        let source = try Samples.source("A")
        let largest = Hundredths.largest
        let courses = try (0..<10_000).map { number in
            try Samples.course(
                "Course \(number)",
                from: source,
                standard: "02052",
                credits: largest.description
            )
        }
        let plan = GraduationPlan(
            name: "Plan",
            state: nil,
            requirements: [.init(subject: "Mathematics", areas: [.mathematics], credits: largest)]
        )
        let credits = CreditAccrual(MergedRecord([StudentRecord(courses)]), plan: plan)
        #expect(credits.granted.count == largest.count * 10_000)
        #expect(credits.rows.first?.surplus.count == largest.count * 9_999)
        #expect(credits.left == .zero)
    }

    @Test(
        arguments: [
            ([33, 33], false), ([33, 33, 33], true), ([33, 33, 34], false),
            ([33, 33, 33, 33], true), ([99], false), ([], false),
        ]
    )
    func `three thirds are noted, and never made one`(credits: [Int], isNoted: Bool) throws {
        let source = try Samples.source("A")
        let courses = try credits.enumerated().map { number, credits in
            try Samples.course(
                "Course \(number)",
                from: source,
                standard: "02052",
                credits: Hundredths(credits).description
            )
        }
        let accrual = CreditAccrual(MergedRecord([StudentRecord(courses)]), plan: nil)
        #expect(accrual.rows.contains { $0.hasThreeThirds } == isNoted)
        #expect(accrual.granted.count == credits.reduce(0, +))
    }
}
