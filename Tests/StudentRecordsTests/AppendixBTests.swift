import StudentRecords
import Testing

/// The report's Appendix B a second time, transcribed by itself: a slip in our tables differs here.
enum AppendixB {
    typealias Row = (
        number: Int, name: String, uses: String, phase: Int, repeats: Bool, group: String,
        codes: Int
    )

    static let rows: [Row] = [
        (1, "Student Record Number", "E", 1, false, "identity", 0),
        (2, "State Student Identification Number", "E", 1, true, "stateIdentifier", 0),
        (3, "Last Name1", "E", 1, false, "identity", 0),
        (4, "Last Name2", "E", 1, false, "identity", 0),
        (5, "First Name", "E", 1, false, "identity", 0),
        (6, "Middle Name", "E", 1, false, "identity", 0),
        (7, "Generation", "E", 1, false, "identity", 0),
        (8, "Gender", "E", 1, false, "identity", 2),
        (9, "Birth Date", "E", 1, false, "identity", 0),
        (10, "Birth Certificate Flag", "E", 1, false, "birth", 3),
        (11, "Birth City", "E", 1, false, "birth", 0),
        (12, "Birth State", "E", 1, false, "birth", 0),
        (13, "Birth Country", "E", 1, false, "birth", 0),
        (14, "Birth/Legal Parent1 Last Name", "E", 1, false, "parents", 0),
        (15, "Birth/Legal Parent1 First Name", "E", 1, false, "parents", 0),
        (16, "Birth/Legal Parent2 Last Name", "E", 1, false, "parents", 0),
        (17, "Birth/Legal Parent2 First Name", "E", 1, false, "parents", 0),
        (18, "Current Parent/ Guardian Last Name", "E", 1, false, "guardian", 0),
        (19, "Current Parent/ Guardian First Name", "E", 1, false, "guardian", 0),
        (20, "Grade Level", "PG", 1, true, "enrollment", 16),
        (21, "Withdrawal Date", "EPG", 1, true, "enrollment", 0),
        (22, "Ed Alert Flag", "E", 2, true, "edAlert", 0),
        (23, "Ed Alert Resolution Date", "E", 2, true, "edAlert", 0),
        (25, "Med Alert Flag", "E", 2, true, "medAlert", 0),
        (26, "Med Alert Resolution Date", "E", 2, true, "medAlert", 0),
        (29, "Immunization Date", "E", 2, true, "immunization", 0),
        (30, "Immunization Type", "E", 2, true, "immunization", 0),
        (31, "QAD (Qualifying Arrival Date)", "", 1, true, "qualifyingMove", 0),
        (32, "QAD From City", "", 1, true, "qualifyingMove", 0),
        (33, "QAD From State", "", 1, true, "qualifyingMove", 0),
        (34, "QAD From Country", "", 1, true, "qualifyingMove", 0),
        (35, "QAD To City", "", 1, true, "qualifyingMove", 0),
        (36, "QAD To State", "", 1, true, "qualifyingMove", 0),
        (37, "Residency Date", "", 1, true, "qualifyingMove", 0),
        (38, "Termination Date", "", 1, false, "eligibility", 0),
        (39, "Termination Flag", "", 1, false, "eligibility", 5),
        (40, "School/Facility Identification Code", "EPG", 1, true, "school", 0),
        (41, "School Name", "EPG", 1, true, "school", 0),
        (42, "Address1", "EPG", 1, true, "school", 0),
        (43, "Address2", "EPG", 1, true, "school", 0),
        (44, "Address3", "EPG", 1, true, "school", 0),
        (45, "City", "EPG", 1, true, "school", 0),
        (46, "District", "EPG", 1, true, "school", 0),
        (47, "State", "EP", 1, true, "school", 0),
        (48, "Zip", "EPG", 1, true, "school", 0),
        (51, "Phone", "EG", 1, true, "school", 0),
        (54, "Enrollment Date", "EPG", 1, true, "enrollment", 0),
        (55, "Enrollment Type", "P", 1, true, "enrollment", 5),
        (56, "Designated School for Graduation Flag", "PG", 1, true, "school", 0),
        (59, "Subject Area Requirements", "G", 3, true, "graduationRequirement", 0),
        (61, "Subject Area", "PG", 3, true, "graduationRequirement", 0),
        (62, "Course Title", "PG", 3, true, "course", 0),
        (63, "Course Type", "G", 3, true, "course", 7),
        (64, "Course Year", "G", 3, true, "course", 0),
        (65, "Course Section", "PG", 3, true, "course", 3),
        (66, "Term Type", "PG", 3, true, "course", 5),
        (67, "Grade-to-date", "PG", 3, true, "course", 0),
        (68, "Clock Hours", "P", 3, true, "course", 0),
        (69, "Final Grade", "P", 3, true, "course", 0),
        (70, "Credits Granted", "P", 3, true, "course", 0),
        (71, "Assessment Name", "G", 2, true, "assessment", 0),
        (72, "Assessment Type", "G", 2, true, "assessment", 8),
        (73, "Assessment Date", "G", 2, true, "assessment", 0),
        (74, "Assessment Result", "G", 2, true, "assessment", 0),
        (75, "Type of Result", "G", 2, true, "assessment", 5),
    ]

    /// Number of the element, code as printed (none for "Other"), label.
    static let codes: [(number: Int, code: String, label: String)] = [
        (8, "01", "Female"),
        (8, "02", "Male"),
        (10, "01", "Birth certificate"),
        (10, "02", "Other official document"),
        (10, "03", "Self Report"),
        (20, "01", "Grade 1"),
        (20, "02", "Grade 2"),
        (20, "03", "Grade 3"),
        (20, "04", "Grade 4"),
        (20, "05", "Grade 5"),
        (20, "06", "Grade 6"),
        (20, "07", "Grade 7"),
        (20, "08", "Grade 8"),
        (20, "09", "Grade 9"),
        (20, "010", "Grade 10"),
        (20, "011", "Grade 11"),
        (20, "012", "Grade 12"),
        (20, "013", "Ungraded"),
        (20, "014", "Pre-school"),
        (20, "015", "Kindergarten"),
        (20, "016", "Out-of-School"),
        (39, "01", "Non-migrant status, eligibility expired"),
        (39, "02", "Graduated"),
        (39, "03", "GED"),
        (39, "04", "Dropout"),
        (39, "05", "Deceased"),
        (55, "01", "Regular School"),
        (55, "02", "Regular Term MEP-Funded Supplemental Program"),
        (55, "03", "Summer/Intersession MEP-Funded Project"),
        (55, "04", "Year Round MEP-funded Project"),
        (55, "05", "Residency Only"),
        (63, "01", "Regular (Default)"),
        (63, "02", "Honors"),
        (63, "03", "Pre-Advanced Placement"),
        (63, "04", "Advanced Placement"),
        (63, "05", "International Baccalaureate"),
        (63, "06", "Accepted as a high school equivalent"),
        (63, "07", "Not Applicable."),
        (65, "01", "Full year"),
        (65, "02", "Section A"),
        (65, "03", "Section B"),
        (66, "01", "Full year"),
        (66, "02", "Semester"),
        (66, "03", "Trimester"),
        (66, "04", "Quarter"),
        (66, "05", "Quinmester"),
        (72, "01", "Achievement Test/State Assessment"),
        (72, "02", "Advanced placement test"),
        (72, "03", "Language proficiency test"),
        (72, "04", "Exit Exam"),
        (72, "05", "GED"),
        (72, "06", "Special Education Assessment"),
        (72, "07", "Early Childhood Development Assessment"),
        (72, "", "Other"),
        (75, "01", "Proficiency level"),
        (75, "02", "Percentile rank"),
        (75, "03", "Pass/Fail (if failed enter numerical score)"),
        (75, "04", "Normal curve equivalent"),
        (75, "05", "Sections that have been successfully completed (e.g., GED)."),
    ]
}

@Suite("Our tables against the report's") struct AppendixBTests {
    @Test func `no element is left out, and none is made up`() {
        #expect(AppendixB.rows.map(\.number) == Element.allCases.map(\.rawValue))
    }

    @Test(arguments: AppendixB.rows.indices)
    func `an element is called, used, repeated and held as the report says`(index: Int) throws {
        let row = AppendixB.rows[index]
        let definition = try #require(Element(rawValue: row.number)).definition

        #expect(definition.name == row.name)
        #expect(definition.uses.map(\.rawValue).joined() == row.uses)
        #expect(definition.phase == row.phase)
        #expect(definition.repeats == row.repeats)
        #expect(definition.group.rawValue == row.group)
        #expect(definition.codes.count == row.codes)
    }

    @Test(arguments: AppendixB.codes.indices)
    func `a code is read as printed, without its zeros, and by its label in any letters`(
        index: Int
    ) throws {
        let row = AppendixB.codes[index]
        let element = try #require(Element(rawValue: row.number))
        let token = row.code.isEmpty ? row.label : row.code
        let ways = [
            row.code, String(row.code.drop { $0 == "0" }), row.label, row.label.uppercased(),
            "  \(row.label.lowercased()) ", "0" + row.code,
        ]
        for text in ways where !text.isEmpty && text != "0" {
            let value = try ElementValue.read(text, for: element)
            #expect(value.token == token, "\(text)")
            guard case .code(let code) = value else {
                Issue.record("\(text) is no code")
                continue
            }
            #expect(code.label == row.label)
        }
    }

    @Test(arguments: Array(Set(AppendixB.codes.map(\.number))).sorted(), 0...120)
    func `a number outside a list is refused, and the refusal names the whole list`(
        number: Int,
        code: Int
    ) throws {
        let element = try #require(Element(rawValue: number))
        let listed = AppendixB.codes.filter { $0.number == number }
        guard !listed.contains(where: { Int($0.code) == code }) else { return }
        let error = #expect(throws: ElementValue.Unreadable.self) {
            try ElementValue.read("\(code)", for: element)
        }
        let words = try #require(error).allowed.description
        for row in listed { #expect(words.contains(row.label)) }
    }

    @Test func `no list says one code or one label twice`() {
        for element in Element.allCases {
            let codes = element.definition.codes
            #expect(Set(codes.map(\.label.folded)).count == codes.count)
            #expect(Set(codes.map(\.token)).count == codes.count)
        }
    }
}
