import RecordFormats
import StudentRecords
import Testing
import Vocabulary

/// Ten thousand courses, far beyond any student's, in each form but tables, which have their own.
@Suite("Files of ten thousand courses") struct LongFileTests {
    enum Form: CaseIterable, Sendable {
        case json, edFi, pesc
    }

    private static let count = 10_000

    private static func record() throws -> StudentRecord {
        let source = try FormatSamples.source()
        let identity = RecordEntry(
            .identity,
            from: source,
            [
                .firstName: .value(.text("Ana")), .paternalSurname: .value(.text("Reyes")),
                .birthDate: .value(try ElementValue.read("2010-03-27", for: .birthDate)),
            ]
        )
        let courses = (1...count).map { number in
            RecordEntry(
                .course,
                from: source,
                [
                    .courseTitle: .value(.text("Course \(number)")),
                    .creditsGranted: .value(.amount(Hundredths(1))),
                ]
            )
        }
        return StudentRecord([identity] + courses)
    }

    private static func text(_ form: Form) throws -> String {
        let record = try record()
        switch form {
        case .json: return String(decoding: try RecordJSON.write(record), as: UTF8.self)
        case .edFi: return String(decoding: try EdFiWriter.write(record), as: UTF8.self)
        case .pesc:
            let place = SchoolPlace(school: SchoolID("484496008851"), name: "Weslaco East HS")
            return try PESCWriter.write(
                record,
                from: place,
                to: place,
                documentID: "1",
                on: CivilDate(dayNumber: 20_000)
            )
        }
    }

    @Test(arguments: Form.allCases)
    func `all are read, and where all are wrong all are counted`(form: Form) throws {
        let text = try Self.text(form)

        let all = try FormatSamples.read(text)
        let courses = all.record.entries(of: .course)
        #expect(courses.count == Self.count)
        #expect(Set(courses.compactMap { $0.text(.courseTitle) }).count == Self.count)
        #expect(courses.compactMap { $0.amount(.creditsGranted) }.sum == Hundredths(Self.count))
        #expect(all.problems.isEmpty && all.unlisted == 0)

        let none = try FormatSamples.read(text.replacing("0.01", with: "-1"))
        #expect(none.record.entries(of: .course).count == Self.count)
        #expect(none.record.entries.allSatisfy { $0.amount(.creditsGranted) == nil })
        #expect(none.problems.count == RecordReading.mostProblems)
        #expect(none.problems.count + none.unlisted == Self.count)
        #expect(none.problems.allSatisfy { $0.element == .creditsGranted })
    }
}
