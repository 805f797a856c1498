import StudentRecords
import Testing
import Vocabulary

/// Rows that say that there is no course, or nothing of one.
@Suite("Rows that are no course") struct EmptyCourseTests {
    private static func accrual(_ answers: [Element: ElementAnswer]) throws -> CreditAccrual {
        let source = try Samples.source("East")
        let done = try Samples.course("Art", from: source, credits: "1")
        let row = RecordEntry(.course, from: source, answers)
        return CreditAccrual(MergedRecord([StudentRecord([done, row])]), plan: nil)
    }

    @Test(
        arguments: [
            [.courseTitle: .noneOnFile], [.courseTitle: .withheld],
            [.courseTitle: .noneOnFile, .creditsGranted: .noneOnFile],
            [.clockHours: .noneOnFile, .gradeToDate: .withheld],
        ] as [[Element: ElementAnswer]]
    )
    func `that none is on file is nothing to be finished`(
        answers: [Element: ElementAnswer]
    ) throws {
        let accrual = try Self.accrual(answers)
        #expect(accrual.unfinished.isEmpty)
        #expect(accrual.notCounted.isEmpty)
        #expect(accrual.granted == Hundredths(100))
        #expect(accrual.rows.flatMap(\.completed).count == 1)
    }

    @Test(
        arguments: [
            [.courseTitle: .value(.text("Band"))],
            [.courseTitle: .withheld, .clockHours: .value(.amount(Hundredths(6_000)))],
            [.courseTitle: .unreadable("?")],
        ] as [[Element: ElementAnswer]]
    )
    func `one word of a course is enough for it to be looked at`(
        answers: [Element: ElementAnswer]
    ) throws {
        #expect(try Self.accrual(answers).unfinished.count == 1)
    }

    @Test func `credits that are kept back are said, even of a course without a name`() throws {
        let accrual = try Self.accrual([.creditsGranted: .withheld])
        #expect(accrual.notCounted.count == 1)
        #expect(accrual.unfinished.isEmpty)
    }
}
