import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

@Suite("Credits that add up") struct CreditTests {
    private let plan = GraduationPlan(
        name: "Ayuda Foundation",
        state: StateCode("TX"),
        requirements: [
            .init(subject: "Mathematics", areas: [.mathematics], credits: Hundredths(400)),
            .init(subject: "Science", areas: [.science], credits: Hundredths(300)),
            .init(subject: "Electives", areas: [], credits: Hundredths(500)),
        ]
    )

    @Test func `three thirds are 0.99 and noted, never rounded`() throws {
        let school = try Samples.source("A")
        let record = try MergedRecord([
            StudentRecord([
                Samples.course("Algebra I A", from: school, standard: "02052", credits: ".33"),
                Samples.course("Algebra I B", from: school, standard: "02052", credits: ".33"),
                Samples.course("Algebra I C", from: school, standard: "02052", credits: ".33"),
            ])
        ])
        let credits = CreditAccrual(record, plan: plan)
        let row = try #require(credits.rows.first)
        #expect(row.granted.description == "0.99")
        #expect(row.left?.description == "3.01")
        #expect(row.hasThreeThirds)
        #expect(credits.granted.description == "0.99")
        #expect(credits.left?.description == "11.01")
    }

    @Test func `courses left without credit come with most hours first and count no credit`() throws
    {
        let school = try Samples.source("A")
        let record = try MergedRecord([
            StudentRecord([
                Samples.course("Chemistry", from: school, standard: "03101", hours: "58"),
                Samples.course("Algebra II", from: school, standard: "02056", hours: "61"),
                Samples.course("Ceramics", from: school, credits: "1"),
            ])
        ])
        let credits = CreditAccrual(record, plan: plan)
        #expect(credits.unfinished.map { $0.text(.courseTitle) } == ["Algebra II", "Chemistry"])
        #expect(credits.clockHours.description == "119.00")
        #expect(credits.granted.description == "1.00")
        // Its subject is not known, so no requirement takes it.
        #expect(credits.rows.last?.subject == nil)
        #expect(credits.rows.last?.granted.description == "1.00")
    }

    @Test func `a surplus fills no other subject by itself`() throws {
        let school = try Samples.source("A")
        let record = try MergedRecord([
            StudentRecord([
                Samples.course("Biology", from: school, standard: "03051", credits: "4.5")
            ])
        ])
        let row = CreditAccrual(record, plan: plan).rows[1]
        #expect(row.surplus.description == "1.50")
        #expect(row.left == .zero)
        #expect(CreditAccrual(record, plan: plan).left?.description == "9.00")
    }

    @Test func `a course of a known subject that no requirement names is an elective`() throws {
        let school = try Samples.source("A")
        let record = try MergedRecord([
            StudentRecord([
                Samples.course("Welding", from: school, standard: "13207", credits: "1")
            ])
        ])
        #expect(CreditAccrual(record, plan: plan).rows[2].granted == Hundredths(100))
    }

    @Test func `a plan can come with the record`() throws {
        let school = try Samples.source("A")
        let record = try MergedRecord([
            StudentRecord([
                Samples.entry(
                    .graduationRequirement,
                    from: school,
                    [.subjectArea: "Mathematics", .subjectRequirement: "4.0"]
                ),
                Samples.entry(
                    .school,
                    from: school,
                    [.schoolName: "Weslaco East HS", .designatedForGraduation: "yes", .state: "TX"]
                ),
            ])
        ])
        let plan = try #require(GraduationPlan(of: record))
        #expect(plan.name == "Weslaco East HS")
        #expect(plan.total == Hundredths(400))
        #expect(plan.requirements.first?.areas == [.mathematics])
        #expect(GraduationPlan(of: MergedRecord([])) == nil)
    }

    @Test(
        arguments: [
            (nil, false, false), (.noneOnFile, false, false), (.withheld, true, false),
            (.unreadable("one"), true, false), (.value(.amount(.zero)), false, true),
        ] as [(ElementAnswer?, Bool, Bool)]
    )
    func `a word about credits that is no number makes the course neither done nor to finish`(
        answer: ElementAnswer?,
        isNotCounted: Bool,
        isDone: Bool
    ) throws {
        var course = try Samples.course("Art", from: Samples.source("A"), hours: "61")
        course.answers[.creditsGranted] = answer
        let credits = CreditAccrual(MergedRecord([StudentRecord([course])]), plan: plan)
        #expect(credits.notCounted.count == (isNotCounted ? 1 : 0))
        #expect(credits.rows.flatMap(\.completed).count == (isDone ? 1 : 0))
        #expect(credits.unfinished.count == (isNotCounted || isDone ? 0 : 1))
        #expect(credits.clockHours.count == (isNotCounted || isDone ? 0 : 6_100))
    }

    @Test func `what one school cannot say readably another one can`() throws {
        var unread = try Samples.course("Art", from: Samples.source("A"))
        unread.answers[.creditsGranted] = .unreadable("one")
        var read = try Samples.course("Art", from: Samples.source("B"), credits: "1")
        read.source.date = CivilDate(dayNumber: unread.source.date.dayNumber - 400)
        let merged = MergedRecord([StudentRecord([unread]), StudentRecord([read])])
        let course = try #require(merged.entries(of: .course).first)
        #expect(merged.entries(of: .course).count == 1)
        #expect(course.unreadable(.creditsGranted) == nil)
        let credits = CreditAccrual(merged, plan: nil)
        #expect(credits.granted == Hundredths(100) && credits.notCounted.isEmpty)
    }

    @Test(arguments: 0..<40)
    func `granted is the sum of what was sent, and nothing is left below zero`(
        seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        let areas = ["02052", "03051", "13207", "05154", "99999"]
        var sent = 0
        let courses = try (0..<Int.random(in: 0...30, using: &generator)).map { number in
            let isDone = Bool.random(using: &generator)
            let credits = Hundredths(Int.random(in: 0...150, using: &generator))
            if isDone { sent += credits.count }
            return try Samples.course(
                "Course \(number)",
                from: Samples.source("School \(number % 3)"),
                standard: areas.randomElement(using: &generator),
                credits: isDone ? credits.description : nil,
                hours: isDone ? nil : "\(number)"
            )
        }
        let record = MergedRecord([StudentRecord(courses)])
        for plan in [plan, nil] {
            let credits = CreditAccrual(record, plan: plan)
            #expect(credits.granted.count == sent)
            #expect(
                credits.rows.flatMap(\.completed).count + credits.unfinished.count == courses.count
            )
            for row in credits.rows {
                if let needed = row.needed, let left = row.left {
                    #expect(left >= .zero && row.surplus >= .zero)
                    #expect(needed.count - row.granted.count == left.count - row.surplus.count)
                }
            }
            if let left = credits.left {
                #expect(left.count == credits.rows.compactMap(\.left).sum.count)
            }
        }
    }

    @Test(
        arguments: [
            ("", nil), (".", nil), ("1.", 100), ("0", 0), ("100000", 10_000_000),
            ("100000.01", nil), ("1e3", nil), ("+1", nil), ("٣", nil),
        ] as [(String, Int?)]
    )
    func `an amount is read exactly or not at all`(text: String, count: Int?) {
        #expect(Hundredths(text)?.count == count)
    }
}
