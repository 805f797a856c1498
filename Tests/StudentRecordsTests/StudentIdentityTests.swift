import Foundation
import StudentRecords
import Testing
import Vocabulary

@Suite("Student's identity") struct StudentIdentityTests {
    private static func student() throws -> StudentIdentity {
        StudentIdentity(
            name: try PersonName(
                given: "María",
                paternalSurname: "Ríos",
                maternalSurname: "Ortega"
            ),
            birthDate: try #require(CivilDate(year: 2011, month: 2, day: 3)),
            grade: .ninth,
            stateStudentID: "TX-0001"
        )
    }

    @Test func `survives being stored`() throws {
        let student = try Self.student()
        let coded = try JSONEncoder().encode(student)
        #expect(try JSONDecoder().decode(StudentIdentity.self, from: coded) == student)
    }

    @Test func `a stored birth date that is on no calendar is refused without being quoted`() throws
    {
        let coded = try JSONEncoder().encode(try Self.student())
        let text = String(decoding: coded, as: UTF8.self).replacing(
            "2011-02-03",
            with: "2011-02-31"
        )
        let error = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(StudentIdentity.self, from: Data(text.utf8))
        }
        #expect(!String(describing: error).contains("2011"))
    }

    @Test func `grade and number may be unknown`() throws {
        let known = try Self.student()
        let student = StudentIdentity(name: known.name, birthDate: known.birthDate)
        #expect(student.grade == nil && student.stateStudentID == nil)
        #expect(student != known)
    }

    @Test func `parts are stored under names that never change`() {
        #expect(
            RecordPart.allCases.map(\.rawValue) == [
                "enrollment", "immunization", "healthAlert", "transcript", "partialCredit",
                "assessment", "specialEducation", "attendance", "discipline", "attachment",
            ]
        )
    }
}
