import Foundation
import RecordFormats
import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

/// Everything that the report's readers fear of a file, in each of the formats that can hold it:
/// listed with what was found and what is allowed, kept as it was sent, and never guessed.
@Suite("Bad input") struct BadInputTests {
    enum Form: CaseIterable, Sendable {
        case json, csv
    }

    /// A text that is no value of its element, beside one that is.
    struct Fault: Sendable, CustomStringConvertible {
        let element: Element
        let text: String
        /// Of the same group.
        let neighbour: (element: Element, text: String)

        var group: ElementGroup {
            ElementGroup.allCases.first { $0.elements.contains(element) } ?? .course
        }
        var description: String { "\(element): \(text.prefix(20))" }
    }

    private static let course = (element: Element.courseTitle, text: "Álgebra I")
    private static let name = (element: Element.firstName, text: "Ana")
    private static let vaccine = (element: Element.immunizationType, text: "MMR")
    private static let school = (element: Element.schoolName, text: "Cedar East")

    static let faults: [Fault] =
        [
            "9", "00", "3", "X", "Femal", "02 Female", "-1", "1.0", "0x1",
        ].map { Fault(element: .gender, text: $0, neighbour: name) }
        + ["8", "99", "Advanced"].map {
            Fault(element: .courseType, text: $0, neighbour: course)
        }
        + [
            "-1", "-0.5", "+1", "1,5", "1.005", "one", "½", "1e2", "0x10", "٣", "--1", "1-",
            "99999999999999999999", "NaN", "∞", "$1",
        ].flatMap { text in
            [Element.creditsGranted, .clockHours].map {
                Fault(element: $0, text: text, neighbour: course)
            }
        }
        + ["-1", "151", "1000%", "A", "%"].map {
            Fault(element: .gradeToDate, text: $0, neighbour: course)
        }
        + [
            "2/30/2026", "13/1/2026", "0/1/2026", "2026-13-01", "2026-00-10", "2026-02-29",
            "1/2/26", "26-01-02", "yesterday", "20260230", "2026/01/02", "1.2.2026",
            "2026-01-02 or so", "0000-01-01",
        ].flatMap { text in
            [
                Fault(element: .immunizationDate, text: text, neighbour: vaccine),
                Fault(element: .birthDate, text: text, neighbour: name),
            ]
        }
        + ["ZZ", "Texas City", "T", "T X"].map {
            Fault(element: .state, text: $0, neighbour: school)
        }
        + ["1234", "123456", "7859A", "78596-12", "78596 1234"].map {
            Fault(element: .zip, text: $0, neighbour: school)
        }
        + ["12", "call us", String(repeating: "1", count: 26)].map {
            Fault(element: .phone, text: $0, neighbour: school)
        }
        + ["maybe", "2", "yes and no"].map {
            Fault(element: .designatedForGraduation, text: $0, neighbour: school)
        }
        + ["26", "1899", "2201", "20256", "2o25"].map {
            Fault(element: .courseYear, text: $0, neighbour: course)
        }
        + [
            String(repeating: "x", count: 401), "a\u{0}b", "a\u{7}b", "a\u{202E}b", "a\u{2066}b",
            "a\u{2028}b",
        ].map { Fault(element: .finalGrade, text: $0, neighbour: course) }

    private static func read(_ faults: [Fault], as form: Form) throws -> RecordReading {
        switch form {
        case .json:
            let entries = faults.map { fault in
                [
                    "group": fault.group.rawValue,
                    "source": ["name": "Weslaco East HS", "date": "2026-05-29"],
                    "values": [
                        "\(fault.element.rawValue)": fault.text,
                        "\(fault.neighbour.element.rawValue)": fault.neighbour.text,
                    ],
                ]
            }
            let file: [String: Any] = ["mochilaRecord": 1, "entries": entries]
            let bytes = try JSONSerialization.data(withJSONObject: file)
            return try FormatSamples.read(String(decoding: bytes, as: UTF8.self))
        case .csv:
            let first = try #require(faults.first)
            func quoted(_ text: String) -> String {
                "\"" + text.replacing("\"", with: "\"\"") + "\""
            }
            let rows = faults.map { "\(quoted($0.neighbour.text)),\(quoted($0.text))" }
            let head = "\(first.neighbour.element.name),\(first.element.name)"
            return try FormatSamples.read(([head] + rows).joined(separator: "\n") + "\n")
        }
    }

    @Test(arguments: faults, Form.allCases)
    func `it is listed with its element, place, text and rule, and the rest of the row is read`(
        fault: Fault,
        form: Form
    ) throws {
        // A table cannot hold a zero, and is then no table at all.
        guard form == .json || !fault.text.unicodeScalars.contains("\u{0}") else { return }
        let reading = try Self.read([fault], as: form)
        #expect(reading.problems.count == 1)
        let problem = try #require(reading.problems.first)
        #expect(problem.element == fault.element)
        #expect(!problem.place.isEmpty)
        #expect(problem.found == fault.text.shown())
        #expect(!problem.allowed.description.isEmpty)
        let entry = try #require(reading.record.entries(of: fault.group).first)
        #expect(entry.value(fault.element) == nil)
        #expect(entry.unreadable(fault.element) == fault.text.shown())
        #expect(entry.text(fault.neighbour.element) == fault.neighbour.text)
    }

    @Test(arguments: Form.allCases)
    func `all of a file's faults are listed at once, each in its own row`(form: Form) throws {
        let faults = Self.faults.filter { $0.element == .creditsGranted }
        let reading = try Self.read(faults, as: form)
        #expect(reading.problems.map(\.found) == faults.map { $0.text.shown() })
        #expect(Set(reading.problems.map(\.place)).count == faults.count)
        #expect(reading.record.entries(of: .course).count == faults.count)
        let credits = CreditAccrual(MergedRecord([reading.record]), plan: nil)
        #expect(credits.granted == .zero && credits.notCounted.count == faults.count)
    }

    @Test(arguments: faults)
    func `what was not read is said again by whoever opens the record later`(fault: Fault) throws {
        let reading = try Self.read([fault], as: .json)
        let again = try FormatSamples.read(
            String(decoding: try RecordJSON.write(reading), as: UTF8.self)
        )
        #expect(again.problems.map(\.found) == reading.problems.map(\.found))
        #expect(again.problems.map(\.element) == reading.problems.map(\.element))
        #expect(again.record == reading.record)
    }

    @Test(
        arguments: [
            ("<CourseCreditEarned>-1</CourseCreditEarned>", Element.creditsGranted, "-1"),
            ("<CourseCreditEarned>1.005</CourseCreditEarned>", .creditsGranted, "1.005"),
            ("<CourseCreditEarned>one</CourseCreditEarned>", .creditsGranted, "one"),
        ]
    )
    func `in a PESC transcript too`(inside: String, element: Element, found: String) throws {
        let reading = try FormatSamples.read(
            "<HighSchoolTranscript><Student><AcademicRecord><Course>"
                + "<CourseCreditUnits>CarnegieUnits</CourseCreditUnits>\(inside)"
                + "<CourseTitle>Art</CourseTitle></Course></AcademicRecord></Student>"
                + "</HighSchoolTranscript>"
        )
        #expect(reading.problems.map(\.element) == [element])
        #expect(reading.problems.map(\.found) == [found])
        let course = try #require(reading.record.entries(of: .course).first)
        #expect(course.text(.courseTitle) == "Art" && course.amount(.creditsGranted) == nil)
        #expect(course.unreadable(.creditsGranted) == found)
    }

    @Test(arguments: ["-1", "1.005", "one", "99999999"])
    func `and in an Ed-Fi transcript`(text: String) throws {
        let file: [String: Any] = [
            "studentUniqueId": "1",
            "studentAcademicRecords": [
                [
                    "courseTranscript": [
                        ["courseTitle": "Art", "earnedCredits": text]
                    ]
                ]
            ],
        ]
        let bytes = try JSONSerialization.data(withJSONObject: file)
        let reading = try FormatSamples.read(String(decoding: bytes, as: UTF8.self))
        let course = try #require(reading.record.entries(of: .course).first)
        #expect(course.text(.courseTitle) == "Art")
        #expect(course.amount(.creditsGranted) == nil)
        #expect(reading.problems.contains { $0.element == .creditsGranted && $0.found == text })
    }

    @Test(arguments: 0..<40)
    func `a file of faults and sound rows keeps every sound row, in order`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let bad = Self.faults.filter { $0.element == .clockHours }.map(\.text)
        let rows = (0..<50).map { number in
            Bool.random(using: &generator)
                ? (text: "\(number)", isSound: true)
                : (text: bad.randomElement(using: &generator) ?? "x", isSound: false)
        }
        let table =
            "Course Title,Clock Hours\n"
            + rows.enumerated().map { "Course \($0.offset),\"\($0.element.text)\"" }
            .joined(separator: "\n")
        let reading = try FormatSamples.read(table)
        let courses = reading.record.entries(of: .course)
        #expect(courses.map { $0.text(.courseTitle) } == rows.indices.map { "Course \($0)" })
        for (course, row) in zip(courses, rows) {
            #expect((course.amount(.clockHours) != nil) == row.isSound)
            #expect((course.unreadable(.clockHours) != nil) == !row.isSound)
        }
        #expect(reading.problems.count == rows.count { !$0.isSound })
        #expect(reading.unlisted == 0)
    }
}
