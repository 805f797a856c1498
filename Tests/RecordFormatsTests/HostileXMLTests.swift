import RecordFormats
import SeededNumbers
import StudentRecords
import Testing

@Suite("Hostile XML") struct HostileXMLTests {
    private static func transcript(_ inside: String) -> String {
        "<HighSchoolTranscript><Student>\(inside)</Student></HighSchoolTranscript>"
    }

    private static func course(_ title: String) -> String {
        "<AcademicRecord><Course><CourseTitle>\(title)</CourseTitle></Course></AcademicRecord>"
    }

    /// Entities that multiply, that call files and hosts, that hide behind other letters.
    private static let documentTypes: [String] = {
        var bomb = "<!DOCTYPE a [<!ENTITY e0 \"ha\">"
        for level in 1...30 {
            let before = String(repeating: "&e\(level - 1);", count: 10)
            bomb += "<!ENTITY e\(level) \"\(before)\">"
        }
        let wide = String(repeating: "x", count: 2_000)
        return [
            bomb + "]>",
            "<!DOCTYPE a [<!ENTITY e30 \"\(wide)\">]>",
            "<!DOCTYPE a [<!ENTITY e30 SYSTEM \"file:///etc/passwd\">]>",
            "<!DOCTYPE a [<!ENTITY e30 SYSTEM \"http://127.0.0.1:1/\">]>",
            "<!DOCTYPE a [<!ENTITY % p SYSTEM \"file:///etc/passwd\"> %p;]>",
            "<!DOCTYPE a PUBLIC \"-//x\" \"http://127.0.0.1:1/x.dtd\">",
            "<!-- a comment first --> <!DOCTYPE a [<!ENTITY e30 \"x\">]>",
            "<!doctype a [<!entity e30 \"x\">]>",
        ]
    }()

    @Test(arguments: documentTypes)
    func `a document type is refused whatever it declares`(type: String) throws {
        let text = type + Self.transcript(Self.course("&e30;"))
        let wide: [UInt8] =
            [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] as [UInt8] }
        for bytes in [Array(text.utf8), wide] {
            let reading = try #require(
                RecordFile.read(bytes, from: FormatSamples.source(), codes: .none)
            )
            #expect(reading.record.isEmpty)
            #expect(reading.problems.map(\.place) == ["file"])
            #expect(
                reading.problems.first?.allowed == .form(.noDocumentType)
            )
        }
    }

    @Test(arguments: [(61, true), (62, true), (63, false), (5_000, false)])
    func `XML is read down to 64 levels and no further`(levels: Int, isRead: Bool) throws {
        let nested =
            String(repeating: "<x>", count: levels) + String(repeating: "</x>", count: levels)
        let text = Self.transcript(Self.course("Algebra I") + nested)
        let reading = try FormatSamples.read(text)
        #expect(reading.record.entries(of: .course).count == (isRead ? 1 : 0))
        #expect(reading.problems.isEmpty == isRead)
    }

    @Test func `more elements than any transcript has end the reading`() throws {
        let many = String(repeating: "<a/>", count: 500_000)
        let reading = try FormatSamples.read(Self.transcript(Self.course("Algebra I") + many))
        #expect(reading.record.isEmpty)
        #expect(
            reading.problems.first?.allowed == .form(.ordinarySize)
        )
    }

    @Test func `a file over the limit is not looked into`() throws {
        let filler = String(repeating: " ", count: RecordFile.largest)
        let small = Array(Self.transcript(Self.course("Algebra I")).utf8)
        let large = small + Array(filler.utf8)
        #expect(try RecordFile.read(small, from: FormatSamples.source(), codes: .none) != nil)
        #expect(try RecordFile.read(large, from: FormatSamples.source(), codes: .none) == nil)
    }

    @Test(
        arguments: [
            ("Algebra &amp; &lt;b&gt;", "Algebra & <b>"), ("&#x41;lgebra &#73;", "Algebra I"),
            ("<![CDATA[Algebra <I> & II]]>", "Algebra <I> & II"),
            ("Al<!-- x -->gebra", "Algebra"), ("Al<?php echo 1 ?>gebra", "Algebra"),
            ("\n   Algebra I\t", "Algebra I"), ("Álgebra – 代数", "Álgebra – 代数"),
        ]
    )
    func `characters are read however XML writes them`(written: String, title: String) throws {
        let reading = try FormatSamples.read(Self.transcript(Self.course(written)))
        #expect(reading.problems.isEmpty)
        #expect(reading.record.entries(of: .course).map { $0.text(.courseTitle) } == [title])
    }

    @Test(
        arguments: [
            "&#x202E;arbeglA", "&#x85;Algebra&#x9F;", "Algebra&#10;I",
            String(repeating: "x", count: 401),
        ]
    )
    func `text that no value may hold is listed and not taken`(written: String) throws {
        let reading = try FormatSamples.read(Self.transcript(Self.course(written)))
        let courses = reading.record.entries(of: .course)
        #expect(courses.allSatisfy { $0.value(.courseTitle) == nil })
        #expect(courses.compactMap { $0.unreadable(.courseTitle) }.allSatisfy { !$0.hasControl })
        #expect(reading.problems.map(\.element) == [.courseTitle])
        #expect(reading.problems.allSatisfy { !$0.found.hasControl })
    }

    @Test(arguments: ["&#0;", "&#x1F;", "&#xFFFF;", "&nbsp;", "<b>", "&#x110000;", "\u{0}"])
    func `what is not XML yields nothing but a problem or is no record`(written: String) throws {
        let bytes = Array(Self.transcript(Self.course(written)).utf8)
        let reading = try RecordFile.read(bytes, from: FormatSamples.source(), codes: .none)
        #expect(reading?.record.isEmpty != false)
        #expect(reading.map { $0.problems.count == 1 } != false)
    }

    @Test(
        arguments: [
            "<?xml version=\"1.0\" encoding=\"UTF-16\"?>",
            "<?xml version=\"1.0\" encoding=\"no-such-encoding\"?>",
            "<?xml version='1.1' standalone='yes'?>\n\n", "",
        ]
    )
    func `a declaration that lies about the encoding misleads nobody`(
        declaration: String
    ) throws {
        let text = declaration + Self.transcript(Self.course("Álgebra"))
        let reading = try FormatSamples.read(text)
        #expect(reading.record.entries(of: .course).map { $0.text(.courseTitle) } == ["Álgebra"])
    }

    @Test(arguments: ["", "HSTrn:", "a.b-c:"])
    func `elements are known by their local names`(prefix: String) throws {
        let names = ["HighSchoolTranscript", "Student", "AcademicRecord", "Course", "CourseTitle"]
        let open = names.map { "<\(prefix)\($0)>" }.joined()
        let close = names.reversed().map { "</\(prefix)\($0)>" }.joined()
        let reading = try FormatSamples.read(open + "Algebra I" + close)
        #expect(reading.record.entries.count == 1)
        #expect(reading.problems.isEmpty)
    }

    @Test func `two students in one file are never mixed`() throws {
        let batch =
            "<Batch>" + Self.transcript(Self.course("Algebra I"))
            + Self.transcript(Self.course("Someone else's")) + "</Batch>"
        let reading = try FormatSamples.read(batch)
        #expect(
            reading.record.entries(of: .course).map { $0.text(.courseTitle) } == ["Algebra I"]
        )
        #expect(reading.problems.map(\.place) == ["HighSchoolTranscript 2"])
    }

    /// Trees of the format's own tags in places where they do not belong.
    @Test(arguments: 0..<60)
    func `no tree of known tags yields a value that stands nowhere in it`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var texts: Set<String> = []
        func tree(_ depth: Int) -> String {
            guard depth > 0, Int.random(in: 0..<6, using: &generator) > 0 else {
                let text = Self.texts.randomElement(using: &generator) ?? ""
                texts.insert(text)
                return text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            }
            return (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                let tag = Self.tags.randomElement(using: &generator) ?? "Course"
                return "<\(tag)>\(tree(depth - 1))</\(tag)>"
            }
            .joined()
        }
        let reading = try FormatSamples.read(Self.transcript(tree(7)))
        #expect(reading.problems.count <= RecordReading.mostProblems)
        for entry in reading.record.entries {
            for (element, answer) in entry.answers {
                let value = try #require(answer.value)
                #expect(try ElementValue.read(value.token, for: element) == value)
                guard case .text(let text) = value, element.definition.kind == .text else {
                    continue
                }
                // A name of several texts is those texts.
                let left = texts.sorted { $0.utf8.count > $1.utf8.count }.reduce(text) {
                    $1.isEmpty ? $0 : $0.replacing($1, with: "")
                }
                let isMade = ["MMR", "Td", "DTP"].contains(text)
                #expect(isMade || left.allSatisfy { ", ".contains($0) }, "\(text): \(left)")
            }
        }
    }

    private static let texts = [
        "", "Algebra I", "2025-08-19", "90707", "Female", "NinthGrade", "CarnegieUnits", "1.0",
        "-1", "TX", "State", "<script>", "Honors", "484496008851", "99999", "03101", "A & B",
    ]
    private static let tags = [
        "Person", "Name", "FirstName", "LastName", "Birth", "BirthDate", "Gender", "GenderCode",
        "AcademicRecord", "AcademicSession", "AcademicSessionDetail", "SessionBeginDate",
        "Course", "CourseTitle", "CourseCreditEarned", "CourseCreditUnits", "CourseSCEDCode",
        "School", "OrganizationName", "CCD", "Contacts", "Address", "StateProvinceCode",
        "Health", "Immunizations", "ImmunizationDate", "ImmunizationCode", "Tests", "Subtest",
        "TestScores", "TestName", "ScoreValue", "StudentLevel", "StudentLevelCode",
        "AgencyIdentifier", "AgencyCode", "AgencyAssignedID", "HighSchoolTranscript", "Student",
    ]
}
