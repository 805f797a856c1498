import StudentRecords
import Testing
import Vocabulary

/// Transcripts as counselors meet them, added up by hand.
@Suite("Worked transcripts") struct WorkedTranscriptTests {
    private static let plan = GraduationPlan(
        name: "Made-up plan",
        state: StateCode("TX"),
        requirements: [
            .init(subject: "English", areas: [.english], credits: Hundredths(400)),
            .init(subject: "Mathematics", areas: [.mathematics], credits: Hundredths(300)),
            .init(subject: "Science", areas: [.science], credits: Hundredths(300)),
            .init(subject: "Electives", areas: [], credits: Hundredths(200)),
        ]
    )

    /// SCED area, credits, clock hours; an empty text where nothing was sent.
    private typealias Line = (area: String, credits: String, hours: String)

    private func accrual(
        _ lines: [Line],
        plan: GraduationPlan? = plan
    ) throws -> CreditAccrual {
        let source = try Samples.source("Weslaco East HS")
        let courses = try lines.enumerated().map { index, line in
            try Samples.course(
                "Course \(index)",
                from: source,
                standard: line.area.isEmpty ? nil : line.area,
                credits: line.credits.isEmpty ? nil : line.credits,
                hours: line.hours.isEmpty ? nil : line.hours
            )
        }
        return CreditAccrual(MergedRecord([StudentRecord(courses)]), plan: plan)
    }

    private func figures(_ accrual: CreditAccrual) -> [String] {
        accrual.rows.map { row in
            "\(row.subject ?? "-") \(row.granted) \(row.left?.description ?? "-") "
                + "\(row.surplus) \(row.clockHours)"
        }
    }

    @Test func `who brings nothing has everything left`() throws {
        let accrual = try accrual([])

        #expect(
            figures(accrual) == [
                "English 0.00 4.00 0.00 0.00", "Mathematics 0.00 3.00 0.00 0.00",
                "Science 0.00 3.00 0.00 0.00", "Electives 0.00 2.00 0.00 0.00",
            ]
        )
        #expect(accrual.left == accrual.needed && accrual.granted == .zero)
        #expect(accrual.unfinished.isEmpty && accrual.notCounted.isEmpty)
    }

    @Test func `a year and a half in two schools adds up by subject`() throws {
        let accrual = try accrual([
            ("01001", ".5", ""), ("01002", ".5", ""), ("02052", ".50", ""), ("02072", "0.5", ""),
            ("03051", ".5", ""), ("24052", "1", ""), ("01003", "", "42.5"), ("02072", "", "61"),
        ])

        #expect(
            figures(accrual) == [
                "English 1.00 3.00 0.00 42.50", "Mathematics 1.00 2.00 0.00 61.00",
                "Science 0.50 2.50 0.00 0.00", "Electives 1.00 1.00 0.00 0.00",
            ]
        )
        #expect(accrual.granted == Hundredths(350) && accrual.left == Hundredths(850))
        #expect(
            accrual.unfinished.map { $0.amount(.clockHours) } == [
                Hundredths(6_100), Hundredths(4_250),
            ]
        )
    }

    @Test func `more than is needed is a surplus of its subject, and fills no other`() throws {
        let accrual = try accrual([("02052", "2", ""), ("02072", "2.25", "")])

        #expect(
            figures(accrual) == [
                "English 0.00 4.00 0.00 0.00", "Mathematics 4.25 0.00 1.25 0.00",
                "Science 0.00 3.00 0.00 0.00", "Electives 0.00 2.00 0.00 0.00",
            ]
        )
        #expect(accrual.left == Hundredths(900))
    }

    @Test func `exactly what is needed leaves nothing and no surplus`() throws {
        let accrual = try accrual(Array(repeating: ("03051", ".75", ""), count: 4))

        #expect(figures(accrual)[2] == "Science 3.00 0.00 0.00 0.00")
    }

    @Test(arguments: 1...9)
    func `thirds are what was sent, and the note comes with the third of them`(count: Int) throws {
        let accrual = try accrual(Array(repeating: ("01001", ".33", ""), count: count))

        #expect(accrual.rows[0].granted == Hundredths(33 * count))
        #expect(accrual.rows[0].hasThreeThirds == (count >= 3))
    }

    @Test func `no credit is a statement, and no word of it is an unfinished course`() throws {
        let accrual = try accrual([("02052", "0", "80"), ("02072", "", "80")])

        let row = accrual.rows[1]
        #expect(row.completed.count == 1 && row.unfinished.count == 1)
        #expect(row.granted == .zero && row.clockHours == Hundredths(8_000))
    }

    @Test func `a course that nobody can place stands by itself and is counted in the total`()
        throws
    {
        let accrual = try accrual([("", "1", ""), ("99999", ".5", ""), ("01001", "1", "")])

        #expect(figures(accrual).last == "- 1.50 - 0.00 0.00")
        #expect(accrual.granted == Hundredths(250))
        #expect(accrual.left == Hundredths(1_100))
    }

    @Test func `without a plan there is nothing to be left`() throws {
        let accrual = try accrual([("01001", "1", ""), ("02052", ".5", "")], plan: nil)

        #expect(accrual.needed == nil && accrual.left == nil)
        #expect(accrual.rows.allSatisfy { $0.needed == nil && $0.left == nil })
        #expect(accrual.granted == Hundredths(150))
    }

    @Test func `hours of one length keep the order in which they stand`() throws {
        let accrual = try accrual([
            ("01001", "", "10"), ("01002", "", ""), ("01003", "", "30"), ("01004", "", "10"),
        ])

        #expect(
            accrual.rows[0].unfinished.compactMap { $0.text(.courseTitle) } == [
                "Course 2", "Course 0", "Course 3", "Course 1",
            ]
        )
    }

    @Test func `the plan of a school goes before its state's, and another state's is none`() throws
    {
        let school = try #require(SchoolID("484496008851"))
        let other = try #require(SchoolID("531011001689"))
        let texas = try #require(StateCode("TX"))
        let own = GraduationPlan(
            name: "Own",
            state: texas,
            school: school,
            requirements: Self.plan.requirements
        )
        let washington = try #require(StateCode("WA"))
        for plans in [[own, Self.plan], [Self.plan, own]] {
            #expect(plans.plan(of: school, in: texas)?.name == "Own")
            #expect(plans.plan(of: other, in: texas)?.name == "Made-up plan")
            #expect(plans.plan(of: other, in: washington) == nil)
        }
        #expect([GraduationPlan]().plan(of: school, in: texas) == nil)
        #expect(Self.plan.total == Hundredths(1_200))
    }

    @Test func `credits that cannot be read stand in no sum and are not to be finished`() throws {
        let source = try Samples.source("A")
        var unreadable = try Samples.course("Art", from: source, standard: "01001", hours: "90")
        unreadable.answers[.creditsGranted] = .unreadable("1/3")
        var withheld = try Samples.course("Band", from: source, standard: "01001")
        withheld.answers[.creditsGranted] = .withheld
        let none = try Samples.course("Choir", from: source, standard: "01001", hours: "12")
        let accrual = CreditAccrual(
            MergedRecord([StudentRecord([unreadable, withheld, none])]),
            plan: Self.plan
        )

        #expect(accrual.notCounted.compactMap { $0.text(.courseTitle) } == ["Art", "Band"])
        #expect(accrual.unfinished.compactMap { $0.text(.courseTitle) } == ["Choir"])
        #expect(accrual.granted == .zero && accrual.clockHours == Hundredths(1_200))
    }
}
