import Casework
import StudentRecords
import Testing
import Vocabulary

/// A file of another child's, as far as what it says of itself shows it.
@Suite("A file that names another student") struct AnotherStudentTests {
    private static func found(_ values: [Element: String]) throws -> [RecordProblem] {
        let day = try #require(CivilDate(iso8601: "2011-03-09"))
        let student = StudentIdentity(
            name: try PersonName(
                given: "Paloma",
                middle: "Inés",
                paternalSurname: "Quiñones",
                maternalSurname: "Urrutia"
            ),
            birthDate: day
        )
        let answers = try values.reduce(into: [Element: ElementAnswer]()) { answers, pair in
            answers[pair.key] = .value(try ElementValue.read(pair.value, for: pair.key))
        }
        let entry = RecordEntry(.identity, from: RecordSource(name: "A", date: day), answers)
        return StudentRecord([entry]).differences(from: student)
    }

    private static let own: [[Element: String]] = [
        [.birthDate: "2011-03-09"],
        [.firstName: "PALOMA", .paternalSurname: "QUINONES"],
        [.firstName: "Inés", .paternalSurname: "Urrutia"],
        [.firstName: "Paloma Inés", .paternalSurname: "Quiñones-Urrutia"],
        [.firstName: "paloma", .maternalSurname: "urrutia"],
        [.birthCity: "Laredo"],
    ]

    @Test(arguments: own)
    func `the student's own names and day are hers however they are written`(
        values: [Element: String]
    ) throws {
        #expect(try Self.found(values).isEmpty)
    }

    private static let others: [(Element, String, FileForm.Rule)] = [
        (.birthDate, "2011-09-03", .sameBirthDate),
        (.firstName, "Marisol", .sameFirstName),
        (.paternalSurname, "Reyes", .sameLastName),
    ]

    @Test(arguments: others)
    func `another one's is said with what stands there`(
        element: Element,
        text: String,
        rule: FileForm.Rule
    ) throws {
        let problem = try #require(try Self.found([element: text]).first)
        #expect(problem.element == element)
        #expect(problem.found == text)
        #expect(problem.place == "identity 1")
        #expect(problem.allowed == .form(rule))
    }

    @Test func `a sister's file is known by its first name and its day`() throws {
        let problems = try Self.found([
            .firstName: "Marisol", .paternalSurname: "Quiñones", .birthDate: "2013-01-02",
        ])
        #expect(problems.map(\.element) == [.birthDate, .firstName])
    }

    @Test func `nothing of the student who was asked for is quoted`() throws {
        let problems = try Self.found([
            .firstName: "Marisol", .paternalSurname: "Reyes", .birthDate: "2013-01-02",
        ])
        #expect(problems.count == 3)
        for text in problems.map({ "\($0)" }) {
            for own in ["Paloma", "Quiñones", "Urrutia", "2011"] { #expect(!text.contains(own)) }
        }
    }

    @Test func `a table of doses alone is nobody's`() throws {
        let day = try #require(CivilDate(iso8601: "2011-03-09"))
        let student = StudentIdentity(
            name: try PersonName(given: "Paloma", paternalSurname: "Quiñones"),
            birthDate: day
        )
        let source = RecordSource(name: "A", date: day)
        let dose = RecordEntry(
            .immunization,
            from: source,
            [.immunizationDate: .value(.date(day))]
        )
        #expect(StudentRecord([dose]).differences(from: student).isEmpty)
    }
}
