import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

/// A school seldom says of its own courses where they were taken; the next school's transcript
/// does.
@Suite("Where a course was taken") struct CourseOfSchoolTests {
    private struct School {
        let id: SchoolID
        let name: String

        init(_ digits: String, _ name: String) throws {
            id = try #require(SchoolID(digits))
            self.name = name
        }

        var place: SchoolPlace { SchoolPlace(school: id, name: name) }

        func source(_ day: String) throws -> RecordSource {
            let date = try #require(CivilDate(iso8601: day))
            return RecordSource(school: id, name: name, date: date)
        }
    }

    private static func course(
        _ title: String,
        from school: School,
        _ day: String = "2026-05-29",
        at place: SchoolPlace? = nil,
        credits: String? = nil
    ) throws -> StudentRecord {
        var course = try Samples.course(title, from: school.source(day), credits: credits)
        course.place = place
        return StudentRecord([course])
    }

    private static func granted(_ records: [StudentRecord]) -> Hundredths {
        CreditAccrual(MergedRecord(records), plan: nil).granted
    }

    private static func schools() throws -> (east: School, west: School) {
        (try School("484496008851", "East HS"), try School("531011001689", "West HS"))
    }

    @Test func `a course that the next school lists is the one that its own school sent`() throws {
        let (east, west) = try Self.schools()
        let own = try Self.course("Algebra I", from: east, "2025-05-29", credits: "1")
        let listed = try Self.course("Algebra I", from: west, at: east.place, credits: "1")
        for records in [[own, listed], [listed, own]] {
            #expect(Self.granted(records) == Hundredths(100))
            let courses = MergedRecord(records).entries(of: .course)
            #expect(courses.map { $0.sources.map(\.name) } == [["West HS", "East HS"]])
            #expect(courses.first?.place == east.place)
        }
    }

    @Test func `a school that says so itself the second time has still given one course`() throws {
        let (east, _) = try Self.schools()
        let typed = try Self.course("Algebra I", from: east, "2025-05-29", credits: "0.5")
        let sent = try Self.course("Algebra I", from: east, at: east.place, credits: "0.5")
        #expect(Self.granted([typed, sent]) == Hundredths(50))
    }

    @Test func `the course that another school took over stands beside its own of that name`()
        throws
    {
        let (east, west) = try Self.schools()
        let own = try Self.course("Algebra I", from: east, "2025-05-29", credits: "0.5")
        let listed = try Self.course("Algebra I", from: west, at: east.place, credits: "0.5")
        let second = try Self.course("Algebra I", from: west, at: west.place, credits: "0.5")
        let all = [own, listed, second]
        #expect(Self.granted(all) == Hundredths(100))
        #expect(Self.granted(all.reversed()) == Hundredths(100))
    }

    @Test func `a school of the same name with another number is another school`() throws {
        let east = try School("484496008851", "Central HS")
        let namesake = try School("531011001689", "Central HS")
        let west = try School("063432005454", "West HS")
        let own = try Self.course("Algebra I", from: east, "2025-05-29", credits: "1")
        let other = try Self.course("Algebra I", from: west, at: namesake.place, credits: "1")
        #expect(Self.granted([own, other]) == Hundredths(200))
        // Where one side has no number, the name must do.
        let named = try Self.course(
            "Algebra I",
            from: west,
            at: SchoolPlace(name: "CENTRAL HS"),
            credits: "1"
        )
        #expect(Self.granted([own, named]) == Hundredths(100))
    }

    @Test func `a course of one name that two schools granted, neither naming a place, is two`()
        throws
    {
        let (east, west) = try Self.schools()
        let own = try Self.course("Algebra I", from: east, "2025-05-29", credits: "0.5")
        let other = try Self.course("Algebra I", from: west, credits: "1")
        for records in [[own, other], [other, own]] {
            let courses = MergedRecord(records).entries(of: .course)
            #expect(courses.map(\.entries.count) == [1, 1])
            #expect(courses.allSatisfy { $0.disputed.isEmpty })
            #expect(Self.granted(records) == Hundredths(150))
        }
    }

    @Test func `one school that answers twice, with its name in two spellings, gave one course`()
        throws
    {
        let (east, _) = try Self.schools()
        let first = try Self.course("Algebra I", from: east, "2025-05-29", credits: "0.5")
        let again = try Self.course(
            "Algebra I",
            from: School("484496008851", "East High School"),
            credits: "1"
        )
        #expect(MergedRecord([first, again]).entries(of: .course).map(\.entries.count) == [2])
        #expect(Self.granted([first, again]) == Hundredths(100))
    }

    /// A district answers for its schools and has no number of a school.
    @Test func `a list without a place goes with the one school that knows the course`() throws {
        let (east, west) = try Self.schools()
        let own = try Self.course("Algebra I", from: east, "2025-05-29", credits: "0.5")
        let listed = StudentRecord([
            try Samples.course("Algebra I", from: Samples.source("Weslaco ISD"), credits: "0.5")
        ])
        #expect(Self.granted([own, listed]) == Hundredths(50))
        // Where two schools know of such a course, nobody can tell whose the district means.
        let other = try Self.course("Algebra I", from: west, credits: "0.5")
        let all = MergedRecord([own, other, listed]).entries(of: .course)
        #expect(all.map(\.entries.count) == [1, 1, 1])
    }

    @Test(arguments: 0..<60)
    func `what schools granted is what the merged record adds up to, in any order`(
        seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        let (east, west) = try Self.schools()
        let titles = ["Algebra I", "Biology", "Art"]
        var sum = 0
        var records: [StudentRecord] = []
        for school in [east, west] {
            for title in titles.shuffled(using: &generator).prefix(2) {
                let credits = Int.random(in: 0...8, using: &generator) * 25
                sum += credits
                let text = Hundredths(credits).description
                let sent = try Self.course(title, from: school, credits: text)
                // A second answer of the same school a year later says the same again.
                let again = try Self.course(title, from: school, "2027-05-29", credits: text)
                records += Bool.random(using: &generator) ? [sent, again] : [sent]
            }
        }
        let merged = MergedRecord(records.shuffled(using: &generator))
        #expect(merged == MergedRecord(records))
        #expect(CreditAccrual(merged, plan: nil).granted == Hundredths(sum))
        #expect(merged.entries(of: .course).count == 4)
    }

    @Test func `an enrollment that the next school lists is the same one too`() throws {
        let (east, west) = try Self.schools()
        let values: [Element: String] = [.enrollmentDate: "2025-08-20", .gradeLevel: "09"]
        let own = try Samples.entry(.enrollment, from: east.source("2025-12-01"), values)
        var listed = try Samples.entry(.enrollment, from: west.source("2026-05-29"), values)
        listed.place = east.place
        let merged = MergedRecord([StudentRecord([own]), StudentRecord([listed])])
        #expect(merged.entries(of: .enrollment).count == 1)
        // At another school on the same day is another enrollment.
        listed.place = west.place
        let two = MergedRecord([StudentRecord([own]), StudentRecord([listed])])
        #expect(two.entries(of: .enrollment).count == 2)
    }

    @Test(arguments: 0..<60)
    func `a transcript handed on from school to school adds nothing to the credits`(
        seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        let schools = try [
            School("484496008851", "East HS"), School("531011001689", "West HS"),
            School("063432005454", "North HS"),
        ]
        // Each school sends its own courses, and those of the schools before it with their places.
        var carried: [(title: String, school: School, credits: Int)] = []
        var records: [StudentRecord] = []
        for (index, school) in schools.enumerated() {
            let own = (0..<Int.random(in: 0...5, using: &generator)).map { number in
                (
                    title: "Course \(index)\(number)", school: school,
                    credits: Int.random(in: 0...8, using: &generator) * 25
                )
            }
            let day = "202\(index + 4)-05-29"
            let statements =
                try own.map { course in
                    try Self.course(
                        course.title,
                        from: school,
                        day,
                        at: Bool.random(using: &generator) ? school.place : nil,
                        credits: Hundredths(course.credits).description
                    )
                }
                + carried.map { course in
                    try Self.course(
                        course.title,
                        from: school,
                        day,
                        at: course.school.place,
                        credits: Hundredths(course.credits).description
                    )
                }
            records.append(StudentRecord(statements.flatMap(\.entries)))
            carried += own
        }
        let merged = MergedRecord(records.shuffled(using: &generator))
        #expect(merged.entries(of: .course).count == carried.count)
        #expect(
            CreditAccrual(merged, plan: nil).granted.count
                == carried.map(\.credits).reduce(0, +)
        )
    }
}
