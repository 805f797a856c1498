import RecordFormats
import StudentRecords
import Testing
import Vocabulary

@Suite("Schools, guardians and tests in transcripts") struct TranscriptParticularsTests {
    private static let sender = SchoolPlace(
        school: SchoolID("484496008851"),
        name: "Weslaco East HS"
    )

    private static func entry(
        _ group: ElementGroup,
        _ values: [Element: String],
        place: SchoolPlace? = nil
    ) throws -> RecordEntry {
        RecordEntry(
            group,
            from: try FormatSamples.source(),
            place: place,
            try values.reduce(into: [:]) { answers, pair in
                answers[pair.key] = .value(try ElementValue.read(pair.value, for: pair.key))
            }
        )
    }

    private static func written(_ entries: RecordEntry...) throws -> String {
        let identity = try entry(.identity, [.paternalSurname: "Reyes"])
        let text = try PESCWriter.write(
            StudentRecord([identity] + entries),
            from: sender,
            to: SchoolPlace(school: SchoolID("531011001689"), name: "Davis HS"),
            documentID: "RQ-7Q4K9-2PMXC",
            on: try #require(CivilDate(iso8601: "2026-05-29"))
        )
        #expect(try TranscriptSchemaTests.promised.differences(in: text) == [])
        if let standard = TranscriptSchemaTests.standard {
            #expect(try TranscriptSchema(path: standard).differences(in: text) == [])
        }
        return text
    }

    private static let school: [Element: String] = [
        .schoolCode: "484496008851", .schoolName: "Weslaco East HS",
        .address1: "810 S Pleasantview & 6th", .city: "Weslaco", .state: "TX", .zip: "78596",
        .phone: "(956) 969-6950",
    ]

    private static func readBack(_ text: String, _ group: ElementGroup) throws -> [RecordEntry] {
        let reading = try FormatSamples.read(text)
        #expect(reading.problems.isEmpty)
        return reading.record.entries(of: group)
    }

    @Test func `a school's address and number come back as they were sent`() throws {
        let text = try Self.written(Self.entry(.school, Self.school))
        let read = try #require(try Self.readBack(text, .school).first)
        for (element, value) in Self.school where element != .phone {
            #expect(read.text(element) == value, "\(element)")
        }
        #expect(read.text(.phone)?.filter(\.isNumber) == "9569696950")
    }

    @Test(arguments: [Element.address1, .city, .state, .zip])
    func `an address that lacks a line is left out whole, and the rest stays`(
        lacking: Element
    ) throws {
        var values = Self.school
        values[lacking] = nil
        let text = try Self.written(Self.entry(.school, values))
        #expect(!text.contains("<Address>"))
        let read = try #require(try Self.readBack(text, .school).first)
        #expect(read.text(.schoolName) == "Weslaco East HS" && read.text(.phone) != nil)
        #expect(read.text(.zip) == nil && read.text(.city) == nil)
    }

    @Test(arguments: ["969-6950", "956 969 6950 x 12", "+52 956 969 6950", "2 956 969 6950"])
    func `a number of another form is not pressed into this one`(phone: String) throws {
        let text = try Self.written(
            Self.entry(.school, [.schoolName: "Weslaco East HS", .phone: phone])
        )
        #expect(!text.contains("<Phone>"))
    }

    @Test func `another school than the sender's is not written as the sender's`() throws {
        var values = Self.school
        values[.schoolCode] = "483486003864"
        values[.schoolName] = "Pharr HS"
        let text = try Self.written(Self.entry(.school, values))
        #expect(!text.contains("Pharr"))
        #expect(try Self.readBack(text, .school).isEmpty)
    }

    @Test func `nor is one of the same name and another number`() throws {
        var values = Self.school
        values[.schoolCode] = "483486003864"
        values[.city] = "Pharr"
        let text = try Self.written(Self.entry(.school, values))
        #expect(!text.contains("Pharr"))
        #expect(try Self.readBack(text, .school).isEmpty)
        // A number of the school's own is none of the list's.
        values[.schoolCode] = "WE-12"
        #expect(try Self.written(Self.entry(.school, values)).contains("Pharr"))
    }

    @Test(arguments: [nil, "01", "02", "03", "04", "05"])
    func `a course keeps its year and term`(term: String?) throws {
        var values: [Element: String] = [.courseTitle: "Algebra I", .courseYear: "2024"]
        values[.termType] = term
        let later: [Element: String] = [.courseTitle: "Biology", .courseYear: "2025"]
        let loose: [Element: String] = [.courseTitle: "Art"]
        let text = try Self.written(
            Self.entry(.course, loose),
            Self.entry(.course, later),
            Self.entry(.course, values)
        )
        let read = try Self.readBack(text, .course)
        #expect(read.map { $0.text(.courseTitle) } == ["Algebra I", "Biology", "Art"])
        #expect(read.map { $0.text(.courseYear) } == ["2024", "2025", nil])
        #expect(read.map { $0.text(.termType) } == [term, nil, nil])
        // A month that the format demands and nobody sent is said to be none.
        let note = "<NoteMessage>Only the year of this session was sent; the month says nothing.<"
        #expect(text.ranges(of: note).count == 2)
    }

    @Test func `a term without its year is left out, since the format has no such session`() throws
    {
        let text = try Self.written(
            Self.entry(.course, [.courseTitle: "Algebra I", .termType: "02"])
        )
        #expect(!text.contains("AcademicSession"))
        #expect(try Self.readBack(text, .course).map { $0.text(.termType) } == [nil])
    }

    @Test func `a year and a term that were not given are none`() throws {
        var withheld = try Self.entry(.course, [.courseTitle: "Algebra I"])
        withheld.answers[.courseYear] = .withheld
        withheld.answers[.termType] = .noneOnFile
        #expect(try !Self.written(withheld).contains("AcademicSession"))
    }

    @Test func `a course taken elsewhere says where, and one taken here does not`() throws {
        let here = Self.sender
        let there = SchoolPlace(name: "Third & Main HS")
        let text = try Self.written(
            Self.entry(.course, [.courseTitle: "Algebra I"], place: here),
            Self.entry(.course, [.courseTitle: "Biology"], place: there)
        )
        let read = try Self.readBack(text, .course)
        let places = Dictionary(
            uniqueKeysWithValues: read.map { ($0.text(.courseTitle) ?? "", $0.place?.name) }
        )
        #expect(places == ["Algebra I": nil, "Biology": "Third & Main HS"])
    }

    @Test func `who the child lives with stands before a parent`() throws {
        let parents = try Self.entry(
            .parents,
            [.parent1FirstName: "Lucio", .parent1LastName: "Reyes", .parent2LastName: "Ortega"]
        )
        let guardian = try Self.entry(
            .guardian,
            [.guardianFirstName: "Guadalupe", .guardianLastName: "Ortega"]
        )
        let both = try #require(try Self.readBack(Self.written(parents, guardian), .guardian).first)
        #expect(both.text(.guardianFirstName) == "Guadalupe")
        let one = try #require(try Self.readBack(Self.written(parents), .guardian).first)
        #expect(one.text(.guardianFirstName) == "Lucio" && one.text(.guardianLastName) == "Reyes")
        #expect(try Self.readBack(Self.written(), .guardian).isEmpty)
    }

    @Test func `a name that was looked for in vain, or withheld, is no name`() throws {
        var withheld = try Self.entry(.guardian, [.guardianFirstName: "Guadalupe"])
        withheld.answers[.guardianLastName] = .withheld
        var none = try Self.entry(.parents, [.parent1FirstName: "Lucio"])
        none.answers[.parent1LastName] = .noneOnFile
        let text = try Self.written(withheld, none)
        #expect(!text.contains("Guadalupe") && !text.contains("Lucio"))
    }

    @Test(arguments: ["", "01", "02", "03", "04", "05"])
    func `a test keeps its name, month and result`(kind: String) throws {
        var values: [Element: String] = [
            .assessmentName: "STAAR <Algebra I>", .assessmentDate: "2026-04",
            .assessmentResult: "Meets & more",
        ]
        if !kind.isEmpty { values[.resultType] = kind }
        let text = try Self.written(Self.entry(.assessment, values))
        let reading = try FormatSamples.read(text)
        // A level by an adjective may be a school's own score: nobody guesses it back.
        #expect(reading.problems.map(\.found) == (kind == "01" ? ["Adjective"] : []))
        let read = try #require(reading.record.entries(of: .assessment).first)
        #expect(read.text(.assessmentName) == values[.assessmentName])
        #expect(read.text(.assessmentDate) == "2026-04")
        #expect(read.text(.assessmentResult) == values[.assessmentResult])
        #expect(read.text(.resultType) == (["02", "04"].contains(kind) ? kind : nil))
    }

    @Test(arguments: [Element.assessmentName, .assessmentDate, .assessmentResult])
    func `a test that lacks what the format demands is left out, and no other`(
        lacking: Element
    ) throws {
        var values: [Element: String] = [
            .assessmentName: "TELPAS", .assessmentDate: "2026-04", .assessmentResult: "High",
        ]
        let whole = try Self.entry(
            .assessment,
            [.assessmentName: "STAAR", .assessmentDate: "2025-05", .assessmentResult: "Meets"]
        )
        values[lacking] = nil
        let text = try Self.written(Self.entry(.assessment, values), whole)
        #expect(try Self.readBack(text, .assessment).map { $0.text(.assessmentName) } == ["STAAR"])
    }

    @Test func `a birth state is written only where the country says whose state it is`() throws {
        func birth(_ country: String?) throws -> RecordEntry {
            var values: [Element: String] = [.birthCity: "Saltillo", .birthState: "CO"]
            values[.birthCountry] = country
            return try Self.entry(.birth, values)
        }
        for country in ["Mexico", nil] {
            let text = try Self.written(birth(country))
            #expect(text.contains("<BirthCity>Saltillo<") && !text.contains("BirthState"))
        }
        #expect(try Self.written(birth("United States")).contains("<BirthState>CO<"))
    }

    @Test func `the longest texts are cut to what the format holds`() throws {
        let long = String(repeating: "ñ", count: 200)
        var values = Self.school
        for element in [Element.address1, .address2, .address3, .city] { values[element] = long }
        let text = try Self.written(
            Self.entry(.school, values),
            Self.entry(.guardian, [.guardianFirstName: long, .guardianLastName: long]),
            Self.entry(
                .assessment,
                [.assessmentName: long, .assessmentDate: "2026-04", .assessmentResult: long]
            )
        )
        #expect(text.contains("<City>\(long.prefix(30))</City>"))
        #expect(text.contains("<ScoreValue>\(long.prefix(80))</ScoreValue>"))
    }
}
