import RecordExchange
import Rendering
import SeededNumbers
import StudentRecords
import Testing
import Vocabulary
import WebGateway

@Suite("The form about credits") struct OutcomeFormTests {
    private static let algebra = CreditLine(course: "Algebra", sent: Hundredths(100), accepted: nil)
    private static let biology = CreditLine(course: "Biology", sent: Hundredths(50), accepted: nil)
    private static let chemistry = CreditLine(course: "Chemistry", sent: nil, accepted: nil)
    private static let sent = [algebra, biology, chemistry]

    private func read(
        _ text: String,
        sent: [CreditLine] = sent,
        listed: Int? = nil
    ) throws -> OutcomeForm {
        try OutcomeForm(
            FormFields(urlEncoded: Array(text.utf8)),
            sent: sent,
            listed: listed ?? sent.count
        )
    }

    @Test func `as sent takes every amount, and leaves a course in progress alone`() throws {
        let form = try read("creditChoice=as-sent")

        #expect(form.problems.isEmpty)
        #expect(form.lines.map(\.title) == ["Algebra", "Biology"])
        #expect(form.lines.map(\.accepted) == [Hundredths(100), Hundredths(50)])
    }

    @Test func `none takes no amount, and asks why`() throws {
        let refused = try read("creditChoice=none")
        let taken = try read("creditChoice=none&creditReason=notCertified")

        #expect(refused.problems.map(\.trouble) == [.creditReasonMissing])
        #expect(taken.problems.isEmpty)
        #expect(taken.lines.map(\.accepted) == [.zero, .zero, .zero])
        #expect(taken.lines.allSatisfy { $0.reason == .notCertified })
    }

    @Test(arguments: ["as-sent", "none&creditNote=x"])
    func `files alone are judged as a whole`(choice: String) throws {
        let form = try read("creditChoice=\(choice)", sent: [])

        #expect(form.problems.isEmpty)
        #expect(form.lines.map(\.isWhole) == [true])
    }

    @Test(arguments: [
        ("", FieldTrouble.creditsMissing), ("0", .creditsUnreadable), ("2.555", .creditsUnreadable),
        ("-1", .creditsUnreadable), ("2,5", .creditsUnreadable), ("٢", .creditsUnreadable),
    ])
    func `a part is a number of credits`(typed: String, trouble: FieldTrouble) throws {
        let form = try read(
            "creditChoice=partly&creditReason=proofMissing&acceptedCredits=\(typed)",
            sent: []
        )

        #expect(form.problems.map(\.trouble) == [trouble])
    }

    @Test func `a part is kept to the hundredth`() throws {
        let form = try read(
            "creditChoice=partly&creditReason=proofMissing&acceptedCredits=+2.33+",
            sent: []
        )

        #expect(form.lines.map(\.accepted) == [Hundredths(233)])
        #expect(form.lines.map(\.verdict) == [.partly])
    }

    @Test func `course by course, all problems come at once, each at its course`() throws {
        let form = try read("creditChoice=by-course&accepted-1=1.01&accepted-2=.25&accepted-3=x")

        #expect(
            form.problems == [
                FieldProblem(.acceptedCredits, .moreThanSent(course: "Algebra"), at: "accepted-1"),
                FieldProblem(
                    .acceptedCredits,
                    .courseReasonMissing(course: "Biology"),
                    at: "accepted-2"
                ),
                FieldProblem(
                    .acceptedCredits,
                    .courseCreditsUnreadable(course: "Chemistry"),
                    at: "accepted-3"
                ),
            ]
        )
    }

    @Test func `as sent with exceptions takes what was typed, and the rest as it was sent`()
        throws
    {
        let form = try read(
            "creditChoice=except&accepted-2=0&reason-2=tooFewHours&said-1=Welcome"
        )

        #expect(form.problems.isEmpty)
        #expect(form.lines.map(\.title) == ["Algebra", "Biology"])
        #expect(form.lines.map(\.accepted) == [Hundredths(100), .zero])
        #expect(form.lines.map(\.note) == ["Welcome", ""])
        #expect(form.lines.map(\.reason) == [nil, .tooFewHours])
    }

    @Test func `a course in progress is an exception only where somebody says so`() throws {
        let form = try read("creditChoice=except&accepted-3=.25&said-3=Finished+here")
        let plain = try read("creditChoice=except")

        #expect(form.lines.map(\.accepted) == [Hundredths(100), Hundredths(50), Hundredths(25)])
        #expect(try plain.lines == read("creditChoice=as-sent").lines)
    }

    @Test(arguments: ["except", "by-course"])
    func `a reason without an amount is asked about, and an exception is judged like any course`(
        choice: String
    ) throws {
        let form = try read(
            "creditChoice=\(choice)&reason-1=gradeTooLow&accepted-2=.25&accepted-3=x"
        )

        #expect(
            form.problems.map(\.trouble) == [
                .courseCreditsMissing(course: "Algebra"), .courseReasonMissing(course: "Biology"),
                .courseCreditsUnreadable(course: "Chemistry"),
            ]
        )
    }

    @Test func `what is left empty is undecided, and what is said why is taken`() throws {
        let form = try read(
            "creditChoice=by-course&accepted-1=1.25&said-1=Honors&accepted-2=0&reason-2=gradeTooLow"
        )

        #expect(form.problems.isEmpty)
        #expect(form.lines.map(\.accepted) == [Hundredths(125), .zero, nil])
        #expect(form.lines.map(\.verdict) == [.accepted, .notAccepted, nil])
    }

    @Test func `more courses than stand on the page are not taken one by one`() throws {
        let form = try read("creditChoice=by-course&accepted-1=1", listed: 0)

        #expect(form.problems.map(\.trouble) == [.creditChoiceMissing])
    }

    @Test(arguments: ["", "creditChoice=", "creditChoice=all"])
    func `nothing is decided that was not said`(text: String) throws {
        #expect(try read(text).problems.map(\.trouble) == [.creditChoiceMissing])
        #expect(try read(text).lines.isEmpty)
    }

    @Test(arguments: [
        ("", nil), ("5&enrolledDay=18&enrolledYear=2026", nil),
        ("5&enrolledDay=19&enrolledYear=2026", FieldTrouble.enrolledInFuture),
        ("5", .enrolledImpossible), ("2&enrolledDay=30&enrolledYear=2026", .enrolledImpossible),
        ("3&enrolledDay=8&enrolledYear=2011", .enrolledImpossible),
    ])
    func `a day lies between the student's birth and today`(
        typed: String,
        trouble: FieldTrouble?
    ) throws {
        var form = try read("creditChoice=undecided&enrolledMonth=\(typed)")
        let born = try #require(CivilDate(iso8601: "2011-03-09"))
        let today = try #require(CivilDate(iso8601: "2026-05-18"))

        form.readDays(from: born, to: today)

        #expect(form.problems.map(\.trouble) == [trouble].compactMap(\.self))
        #expect((form.enrolledOn != nil) == (trouble == nil && !typed.isEmpty))
        #expect(form.placedOn == nil)
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `no text makes more count than was sent without a word`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let pieces = ["0", "1", ".5", "1.0", "99", "%20", "x", "-1", "1e3", "%C3%A9", "."]
        var text = "creditChoice=by-course"
        for index in 1...3 {
            let amount = (0..<Int.random(in: 0...3, using: &generator))
                .compactMap { _ in pieces.randomElement(using: &generator) }.joined()
            text += "&accepted-\(index)=\(amount)&reason-\(index)=tooFewHours"
        }

        let form = try read(text)

        if form.problems.isEmpty {
            for line in form.lines {
                #expect((line.accepted ?? .zero) <= line.sent ?? .zero)
                #expect(line.fault == nil)
            }
        }
    }
}
