import RecordFormats
import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

@Suite("Transcripts written and read back") struct TranscriptRoundTripTests {
    private static let texts = [
        "Algebra I", "Art & Design", "a <b> c", "\"quoted\"", "Ñandú 李", "]]>", "&amp;",
        "<!-- x -->", "</Course>", "'", "e\u{301}", "\u{1F600}",
    ]

    private static func place(_ name: String, _ number: String) -> SchoolPlace {
        SchoolPlace(school: SchoolID(number), name: name)
    }

    private static func write(_ record: StudentRecord) throws -> String {
        try PESCWriter.write(
            record,
            from: place("Weslaco East HS", "484496008851"),
            to: place("Davis HS", "531011001689"),
            documentID: "RQ-7Q4K9-2PMXC",
            on: try #require(CivilDate(iso8601: "2026-05-29"))
        )
    }

    /// What a transcript can hold of a course.
    private static func facts(_ entry: RecordEntry) -> [String?] {
        [
            entry.text(.courseTitle), entry.amount(.creditsGranted)?.description,
            entry.text(.finalGrade), entry.standard,
        ]
    }

    @Test(arguments: 0..<60)
    func `titles, credits, grades and codes survive whatever is in them`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let source = try FormatSamples.source()
        var entries = [
            RecordEntry(
                .identity,
                from: source,
                [.paternalSurname: .value(.text(Self.texts.randomElement(using: &generator) ?? ""))]
            )
        ]
        for number in 0..<Int.random(in: 0...20, using: &generator) {
            var course = RecordEntry(.course, from: source)
            let text = Self.texts.randomElement(using: &generator) ?? ""
            course.answers[.courseTitle] = .value(.text("\(number) \(text)"))
            if Bool.random(using: &generator) {
                let credits = Hundredths(Int.random(in: 0...150, using: &generator))
                course.answers[.creditsGranted] = .value(.amount(credits))
            }
            if Bool.random(using: &generator) {
                course.answers[.finalGrade] = .value(.text("A\(number)"))
            }
            if Bool.random(using: &generator) { course.standard = "02052" }
            entries.append(course)
        }
        for day in 1...3 {
            entries.append(
                RecordEntry(
                    .immunization,
                    from: source,
                    standard: "03",
                    [
                        .immunizationDate: .value(
                            .date(CivilDate(dayNumber: 14_000 + day * Int(seed)))
                        ),
                        .immunizationType: .value(.text("MMR")),
                    ]
                )
            )
        }
        let reading = try FormatSamples.read(Self.write(StudentRecord(entries)))
        #expect(reading.problems.isEmpty)
        let written = Set(entries.filter { $0.group == .course }.map(Self.facts))
        #expect(Set(reading.record.entries(of: .course).map(Self.facts)) == written)
        let doses = reading.record.entries(of: .immunization)
        #expect(Set(doses.map(\.standard)) == ["03"])
        #expect(
            Set(doses.map { $0.date(.immunizationDate) })
                == Set(entries.map { $0.date(.immunizationDate) }.filter { $0 != nil })
        )
        #expect(
            reading.record.entries(of: .identity).first?.text(.paternalSurname)
                == entries.first?.text(.paternalSurname)
        )
    }

    /// The format demands a basis of every course, which is no course type.
    @Test(arguments: [nil, "01", "02", "03", "04", "05", "06", "07"])
    func `no course type comes back that was not sent`(kind: String?) throws {
        let source = try FormatSamples.source()
        var course = RecordEntry(.course, from: source, [.courseTitle: .value(.text("Art"))])
        if let kind {
            course.answers[.courseType] = .value(try ElementValue.read(kind, for: .courseType))
        }
        let identity = RecordEntry(
            .identity,
            from: source,
            [.paternalSurname: .value(.text("Reyes"))]
        )
        let reading = try FormatSamples.read(Self.write(StudentRecord([identity, course])))

        let read = try #require(reading.record.entries(of: .course).first)
        let isHeld = kind.map(["02", "04", "05"].contains) ?? false
        #expect(read.answers[.courseType] == (isHeld ? course.answers[.courseType] : nil))
        #expect(reading.problems.isEmpty)
    }

    @Test(arguments: [
        ("Honors", "AdvancedPlacement", "02"), ("", "AdvancedPlacement", "04"),
        ("Dual", "InternationalBaccalaureate", "05"), ("", "Regular", nil),
        ("", "HighSchoolDualCredit", nil), ("Dual", "Regular", nil),
    ])
    func `a course's type is its level, or a basis that says one`(
        level: String,
        basis: String,
        read: String?
    ) throws {
        let course =
            "<CourseCreditBasis>\(basis)</CourseCreditBasis>"
            + (level.isEmpty ? "" : "<CourseLevel>\(level)</CourseLevel>")
        let reading = try FormatSamples.read(
            """
            <HighSchoolTranscript><Student><AcademicRecord><Course>\(course)
            <CourseTitle>Art</CourseTitle></Course></AcademicRecord></Student>
            </HighSchoolTranscript>
            """
        )
        let entry = try #require(reading.record.entries(of: .course).first)
        #expect(entry.text(.courseType) == read)
        // What is no level of the list is said, and kept where nothing better is.
        let isUnknown = level == "Dual"
        #expect(entry.unreadable(.courseType) == (isUnknown && read == nil ? level : nil))
        #expect(reading.problems.map(\.found) == (isUnknown ? [level] : []))
    }

    /// The order of the 1.5 schema, as far as we write it.
    @Test func `elements stand in the order that the format asks for`() throws {
        let text = try Self.write(
            FormatSamples.read(
                "Course Title,Credits Granted,Final Grade,Course Type,Standard Code\n"
                    + "Algebra I,1,A,02,02052\n"
            ).record.with(
                try FormatSamples.read(
                    "First Name,Last Name1,Birth Date,Gender\nAna,Ruiz,3/27/2010,1\n"
                )
                .record
            )
        )
        let order = [
            "TransmissionData", "DocumentID", "CreatedDateTime", "DocumentTypeCode",
            "TransmissionType", "Source", "Destination", "Student", "Person", "Birth", "Name",
            "FirstName", "LastName", "Gender", "AcademicRecord", "Course", "CourseCreditBasis",
            "CourseCreditUnits", "CourseCreditEarned", "CourseAcademicGrade", "CourseSCEDCode",
            "CourseLevel", "CourseTitle",
        ]
        let places = try order.map { tag in
            try #require(text.firstRange(of: "<\(tag)>"), "\(tag)").lowerBound
        }
        #expect(places == places.sorted())
    }

    @Test(arguments: 0..<30)
    func `every format that is written says the same`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let record = try FormatSamples.hostileRecord(&generator)
        let json = try #require(
            RecordFile.read(
                try RecordJSON.write(record),
                from: FormatSamples.source(),
                codes: FormatSamples.codes
            )
        ).record
        let tables = try RecordCSV.write(record).flatMap {
            try FormatSamples.read($0.text).record.entries
        }
        #expect(MergedRecord([json]) == MergedRecord([StudentRecord(tables)]))
        #expect(MergedRecord([json]) == MergedRecord([record]))
    }
}

extension StudentRecord {
    fileprivate func with(_ other: StudentRecord) -> StudentRecord {
        StudentRecord(entries + other.entries)
    }
}
