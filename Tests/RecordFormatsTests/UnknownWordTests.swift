import RecordFormats
import StudentRecords
import Testing
import Vocabulary

/// What a file says in words that stand for none of ours is kept or listed, never dropped.
@Suite("Words of other lists") struct UnknownWordTests {
    private static func transcript(_ inner: String) throws -> RecordReading {
        try FormatSamples.read(
            "<HighSchoolTranscript><Student>\(inner)</Student></HighSchoolTranscript>"
        )
    }

    private static func course(session: String, level: String = "") throws -> RecordReading {
        try transcript(
            """
            <AcademicRecord><AcademicSession><AcademicSessionDetail>
            <SessionDesignator>2025-08</SessionDesignator><SessionType>\(session)</SessionType>
            </AcademicSessionDetail><Course>\(level)<CourseTitle>Art</CourseTitle></Course>
            </AcademicSession></AcademicRecord>
            """
        )
    }

    @Test(arguments: ["MiniTerm", "SummerSession", "Other", "01", "<![CDATA[<b>]]>"])
    func `a PESC session of another kind is kept as it was sent, and listed`(
        session: String
    ) throws {
        let reading = try Self.course(session: session)

        let found = session.hasPrefix("<!") ? "<b>" : session
        let entry = try #require(reading.record.entries(of: .course).first)
        #expect(entry.unreadable(.termType) == found)
        #expect(reading.problems.map(\.element) == [.termType])
        #expect(reading.problems.map(\.found) == [found])
        let known = ["FullYear", "Quarter", "Quinmester", "Semester", "Trimester"]
        #expect(reading.problems.map(\.allowed) == [.oneOf(known)])
        #expect(entry.text(.courseTitle) == "Art" && entry.text(.courseYear) == "2025")
    }

    @Test(arguments: [
        ("FullYear", "01"), ("Semester", "02"), ("Trimester", "03"), ("Quarter", "04"),
        ("Quinmester", "05"),
    ])
    func `a PESC session of the element's kinds is read`(session: String, code: String) throws {
        let reading = try Self.course(session: session)
        #expect(reading.problems.isEmpty)
        #expect(reading.record.entries(of: .course).first?.text(.termType) == code)
    }

    @Test(arguments: ["CollegePreparatory", "Dual", "02"])
    func `a PESC course level of another kind is listed`(level: String) throws {
        let reading = try Self.course(
            session: "Semester",
            level: "<CourseLevel>\(level)</CourseLevel>"
        )
        #expect(reading.problems.map(\.element) == [.courseType])
        #expect(
            reading.record.entries(of: .course).first?.answers[.courseType] == .unreadable(level)
        )
    }

    @Test(arguments: ["Scaled", "Adjective", "Stanine"])
    func `how a PESC score was measured is listed where no element says it`(
        method: String
    ) throws {
        let reading = try Self.transcript(
            """
            <Tests><TestName>SAT</TestName><TestDate>2025-10-04</TestDate><Subtest>
            <SubtestName>Math</SubtestName><TestScores><ScoreValue>560</ScoreValue>
            <TestScoreMethod>\(method)</TestScoreMethod></TestScores></Subtest></Tests>
            """
        )
        #expect(reading.problems.map(\.element) == [.resultType])
        #expect(reading.problems.map(\.found) == [method])
        #expect(reading.record.entries(of: .assessment).first?.text(.assessmentResult) == "560")
    }

    // MARK: Ed-Fi

    private static func edFi(_ inner: String) throws -> RecordReading {
        try FormatSamples.read("[{\"studentUniqueId\": \"1\", \(inner)}]")
    }

    @Test(arguments: [
        ("Fall Semester", "02"), ("Summer Semester", "02"), ("Second Trimester", "03"),
        ("First Quarter", "04"), ("Fifth Quinmester", "05"), ("Mini Term", nil),
        ("Year Round", nil), ("02", nil), ("Semester or Quarter", nil),
    ])
    func `an Ed-Fi term is as long as it says, or listed`(term: String, code: String?) throws {
        let reading = try Self.edFi(
            """
            "studentAcademicRecords": [{"term": "uri://ed-fi.org/TermDescriptor#\(term)",
             "courseTranscript": [{"courseTitle": "Art"}]}]
            """
        )
        let entry = try #require(reading.record.entries(of: .course).first)
        #expect(entry.text(.termType) == code)
        #expect(entry.unreadable(.termType) == (code == nil ? term : nil))
        #expect(reading.problems.map(\.found) == (code == nil ? [term] : []))
    }

    @Test(arguments: [
        ("State summative assessment 3-8 general", "01"), ("State assessment", "01"),
        ("State English proficiency test", "03"), ("Language proficiency test", "03"),
        ("Advanced Placement", "02"), ("Other", "Other"), ("Aptitude test", nil), ("03", nil),
    ])
    func `an Ed-Fi category is a type of assessment, or listed`(
        category: String,
        code: String?
    ) throws {
        let reading = try Self.edFi(
            """
            "studentAssessments": [{"assessmentTitle": "ELPA",
             "assessmentCategory": "uri://ed-fi.org/AssessmentCategoryDescriptor#\(category)",
             "scoreResults": [{"result": "4"}]}]
            """
        )
        let entry = try #require(reading.record.entries(of: .assessment).first)
        #expect(entry.text(.assessmentType) == code)
        #expect(entry.unreadable(.assessmentType) == (code == nil ? category : nil))
        #expect(reading.problems.map(\.found) == (code == nil ? [category] : []))
    }

    @Test func `an Ed-Fi method of no kind of ours stands beside its result`() throws {
        let reading = try Self.edFi(
            """
            "studentAssessments": [{"assessmentTitle": "STAAR", "scoreResults": [
             {"result": "640", "assessmentReportingMethodDescriptor": "x#Lexile Measure"}]}]
            """
        )
        let entry = try #require(reading.record.entries(of: .assessment).first)
        #expect(entry.text(.assessmentResult) == "640 (Lexile Measure)")
    }

    // MARK: Tables

    @Test func `of two columns of one name the first is read, and the second is listed`() throws {
        let reading = try FormatSamples.read(
            """
            Course Title,Credits Granted,70,Credits Granted,Source School,Source School
            Algebra I,1,.5,0,Weslaco East HS,Davis HS
            Chemistry,,.5,(withheld),Weslaco East HS,
            """
        )
        let courses = reading.record.entries(of: .course)
        #expect(courses.map { $0.text(.creditsGranted) } == ["1.00", nil])
        #expect(courses.map(\.source.name) == ["Weslaco East HS", "Weslaco East HS"])
        #expect(courses.last?.answers[.creditsGranted] == nil)
        #expect(reading.problems.map(\.found) == ["70", "Credits Granted", "Source School"])
        #expect(reading.problems.allSatisfy { $0.allowed == .once && $0.place == "row 1" })
        #expect(reading.problems.map(\.element) == [.creditsGranted, .creditsGranted, nil])
    }

    @Test func `a school's number without its name is listed, and the row is read`() throws {
        let reading = try FormatSamples.read(
            """
            Course Title,Credits Granted,Source NCES School Id,About NCES School Id
            Algebra I,1,531011001689,483486003864
            Chemistry,1,484496008851,
            """
        )
        let courses = reading.record.entries(of: .course)
        #expect(courses.map { $0.text(.courseTitle) } == ["Algebra I", "Chemistry"])
        #expect(courses.allSatisfy { $0.place == nil && $0.source.name == "Weslaco East HS" })
        // Whoever sends the file is no other school than itself.
        #expect(reading.problems.map(\.place) == ["row 2", "row 2"])
        #expect(reading.problems.map(\.found) == ["531011001689", "483486003864"])
        #expect(reading.problems.allSatisfy { $0.allowed == .form(.schoolName) })
    }

    @Test func `and so it is in our own format`() throws {
        let reading = try FormatSamples.read(
            """
            {"mochilaRecord": 1, "entries": [{"group": "course",
             "source": {"school": "531011001689", "date": "2026-05-29"},
             "about": {"school": "483486003864"}, "values": {"62": "Algebra I"}}]}
            """
        )
        #expect(reading.record.entries(of: .course).map(\.source.name) == ["Weslaco East HS"])
        #expect(reading.problems.map(\.found) == ["531011001689", "483486003864"])
    }
}
