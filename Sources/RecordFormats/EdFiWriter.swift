import FoundationEssentials
package import StudentRecords
import Vocabulary

/// Writes an Ed-Fi transcript composite in JSON: only what the record says.
///
/// What the composite has no place for (immunizations, alerts, parents by number, grades to date,
/// clock hours) is left out.
package enum EdFiWriter {
    /// The same bytes for the same record.
    package static func write(_ record: StudentRecord) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode([Student(MergedRecord([record]))])) + [10]
    }

    private static func descriptor(_ kind: String, _ word: String) -> String {
        "uri://ed-fi.org/\(kind)Descriptor#\(word)"
    }

    private struct Student: Encodable {
        let studentUniqueId: String?
        let firstName: String?
        let middleName: String?
        let lastSurname: String?
        let generationCodeSuffix: String?
        let birthDate: String?
        let demographics: [[String: String]]?
        let identificationCodes: [[String: String]]
        let school: [[String: String]]
        let studentAcademicRecords: [AcademicRecord]
        let studentAssessments: [Assessment]

        init(_ record: MergedRecord) {
            let identity = record.first(.identity)
            let numbers = record.entries(of: .stateIdentifier)
                .compactMap { $0.text(.stateStudentIdentificationNumber) }
            studentUniqueId = numbers.first ?? identity?.text(.studentRecordNumber)
            firstName = identity?.text(.firstName)
            middleName = identity?.text(.middleName)
            let surnames = [Element.paternalSurname, .maternalSurname]
                .compactMap { identity?.text($0) }
            lastSurname = surnames.isEmpty ? nil : surnames.joined(separator: " ")
            generationCodeSuffix = identity?.text(.generation)
            birthDate = identity?.text(.birthDate)
            if case .code(let gender) = identity?.value(.gender) {
                demographics = [["gender": descriptor("Sex", gender.label)]]
            } else {
                demographics = nil
            }
            identificationCodes = numbers.map {
                [
                    "identificationCode": $0,
                    "studentIdentificationSystemDescriptor":
                        descriptor("StudentIdentificationSystem", "State"),
                ]
            }
            school = record.entries(of: .school).map { entry in
                var school: [String: String] = [:]
                school["schoolId"] = entry.text(.schoolCode)
                school["schoolName"] = entry.text(.schoolName)
                school["districtName"] = entry.text(.district)
                return school
            }
            let terms = Dictionary(grouping: record.entries(of: .course)) { course in
                Term(year: course.text(.courseYear), kind: course.text(.termType))
            }
            studentAcademicRecords = terms.sorted { $0.key < $1.key }.map(AcademicRecord.init)
            studentAssessments = record.entries(of: .assessment).map(Assessment.init)
        }
    }

    private struct Term: Hashable, Comparable {
        let year: String?
        let kind: String?

        static func < (lhs: Self, rhs: Self) -> Bool {
            (lhs.year ?? "", lhs.kind ?? "") < (rhs.year ?? "", rhs.kind ?? "")
        }
    }

    private struct AcademicRecord: Encodable {
        let schoolYear: Int?
        let term: String?
        let courseTranscript: [Course]

        /// The Ed-Fi list has no word for a full year or a quinmester: its "Year Round" is a
        /// calendar without a summer.
        private static let terms = ["02": "Semester", "03": "Trimester", "04": "Quarter"]

        init(_ term: Term, _ courses: [MergedEntry]) {
            schoolYear = term.year.flatMap { Int($0) }
            self.term = term.kind.flatMap { Self.terms[$0] }.map { descriptor("Term", $0) }
            courseTranscript = courses.map(Course.init)
        }
    }

    private struct Course: Encodable {
        let courseTitle: String?
        let academicSubject: String?
        let alternativeCourseIdentificationCodes: [[String: String]]?
        let finalLetterGradeEarned: String?
        let earnedCredits: Decimal?

        init(_ course: MergedEntry) {
            courseTitle = course.text(.courseTitle)
            academicSubject = course.text(.subjectArea).map { descriptor("AcademicSubject", $0) }
            alternativeCourseIdentificationCodes = course.standard.map {
                [
                    [
                        "identificationCode": $0,
                        "courseIdentificationSystemDescriptor":
                            descriptor("CourseIdentificationSystem", "SCED course code"),
                    ]
                ]
            }
            finalLetterGradeEarned = course.text(.finalGrade)
            // Hundredths, never a binary fraction.
            earnedCredits = course.amount(.creditsGranted).map { Decimal($0.count) / 100 }
        }
    }

    private struct Assessment: Encodable {
        let assessmentTitle: String?
        let administrationDate: String?
        let scoreResults: [[String: String]]

        init(_ entry: MergedEntry) {
            assessmentTitle = entry.text(.assessmentName)
            administrationDate = entry.text(.assessmentDate)
            scoreResults = entry.text(.assessmentResult).map { [["result": $0]] } ?? [[:]]
        }
    }
}
