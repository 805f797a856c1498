import StudentRecords
import Vocabulary

/// PESC High School Transcript 1.5, alone or inside a batch: read leniently.
enum PESCTranscript {
    static func isOne(_ text: String) -> Bool {
        let start = String(decoding: text.utf8.prefix(4_000), as: UTF8.self)
        return start.unicodeScalars.contains("HighSchoolTranscript".unicodeScalars)
    }

    static func read(
        _ text: String,
        from standIn: RecordSource,
        codes: StandardCodes
    ) -> RecordReading {
        var builder = EntryBuilder(codes: codes)
        let root: XMLNode
        do {
            root = try XMLTree.parse(text)
        } catch {
            builder.note(nil, at: "file", found: "\(error)", allowed: words(error))
            return builder.reading
        }
        var transcripts: [XMLNode] = []
        if root.name == "HighSchoolTranscript" { transcripts = [root] }
        transcripts += root.all("HighSchoolTranscript")
        guard let transcript = transcripts.first, let student = transcript.first("Student") else {
            builder.note(
                nil,
                at: "file",
                found: root.name,
                allowed: .form(.transcript)
            )
            return builder.reading
        }
        if transcripts.count > 1 {
            // A second student's courses in this student's record would be the worst of errors.
            builder.note(
                nil,
                at: "HighSchoolTranscript 2",
                found: "\(transcripts.count) transcripts",
                allowed: .form(.oneStudent)
            )
        }
        var source = standIn
        if let day = transcript.text("TransmissionData", "CreatedDateTime")?.utf8.prefix(10),
            let date = CivilDate(iso8601: String(decoding: day, as: UTF8.self))
        {
            source.date = min(date, standIn.date)
        }
        // The format has no element for it; what stands with the transmission is about the whole.
        let notes = transcript.first("TransmissionData")?.all("NoteMessage").map(\.text) ?? []
        builder.keepLegend(notes.map(\.trimmed).joined(separator: " "))
        readPerson(student.first("Person"), source, &builder)
        for (index, record) in student.all("AcademicRecord").enumerated() {
            readRecord(record, "AcademicRecord \(index + 1)", source, &builder)
        }
        for (index, dose) in (student.first("Health")?.all("Immunizations") ?? []).enumerated() {
            let place = "Immunizations \(index + 1)"
            var entry = RecordEntry(.immunization, from: source)
            builder.read(
                dose.text("ImmunizationDate"),
                as: .immunizationDate,
                into: &entry,
                at: place
            )
            let code = dose.text("ImmunizationCode")
            builder.read(
                code.map { vaccines[$0]?.name ?? $0 },
                as: .immunizationType,
                into: &entry,
                at: place
            )
            entry.standard = code.flatMap { vaccines[$0]?.cvx }
            builder.keep(entry)
        }
        for (index, test) in student.all("Tests").enumerated() {
            readTest(test, "Tests \(index + 1)", source, &builder)
        }
        return builder.reading
    }

    private static func words(_ refusal: XMLTree.Refusal) -> Allowed {
        switch refusal {
        case .documentType: .form(.noDocumentType)
        case .tooDeep, .tooManyElements: .form(.ordinarySize)
        case .notXML(let line): .structure(.wellFormed(line: line))
        }
    }

    private static func readPerson(
        _ person: XMLNode?,
        _ source: RecordSource,
        _ builder: inout EntryBuilder
    ) {
        guard let person else { return }
        var identity = RecordEntry(.identity, from: source)
        let name = person.first("Name")
        let fields: [(String?, Element)] = [
            (name?.text("FirstName"), .firstName), (name?.text("MiddleName"), .middleName),
            (name?.text("LastName"), .paternalSurname), (name?.text("NameSuffix"), .generation),
            (person.text("Birth", "BirthDate"), .birthDate),
        ]
        for (text, element) in fields {
            builder.read(text, as: element, into: &identity, at: "Person")
        }
        let gender = person.text("Gender", "GenderCode")
        if gender != "Unreported" {
            builder.read(gender, as: .gender, into: &identity, at: "Person")
        }
        builder.keep(identity)
        var birth = RecordEntry(.birth, from: source)
        for (tag, element) in [
            ("BirthCity", Element.birthCity), ("BirthState", .birthState),
            ("BirthCountry", .birthCountry),
        ] {
            builder.read(person.text("Birth", tag), as: element, into: &birth, at: "Person")
        }
        builder.keep(birth)
        // Parent or guardian, as element 18 has it: the format does not say which.
        var guardian = RecordEntry(.guardian, from: source)
        let adult = person.first("ParentGuardianName")
        for (tag, element) in [
            ("FirstName", Element.guardianFirstName), ("LastName", .guardianLastName),
        ] {
            builder.read(adult?.text(tag), as: element, into: &guardian, at: "Person")
        }
        builder.keep(guardian)
        for agency in person.all("AgencyIdentifier") where agency.text("AgencyCode") == "State" {
            var entry = RecordEntry(.stateIdentifier, from: source)
            builder.read(
                agency.text("AgencyAssignedID"),
                as: .stateStudentIdentificationNumber,
                into: &entry,
                at: "Person"
            )
            builder.keep(entry)
        }
    }

    private static func readRecord(
        _ record: XMLNode,
        _ place: String,
        _ source: RecordSource,
        _ builder: inout EntryBuilder
    ) {
        let school = record.first("School")
        if let school { readSchool(school, "\(place), School", source, &builder) }
        if let level = record.text("StudentLevel", "StudentLevelCode") {
            var entry = RecordEntry(.enrollment, from: source)
            entry.place = school.flatMap(schoolPlace)
            builder.read(
                grades[level] ?? level,
                as: .gradeLevel,
                into: &entry,
                at: "\(place), StudentLevel"
            )
            builder.keep(entry)
        }
        var number = 0
        func readCourses(_ node: XMLNode, session: XMLNode?, at school: XMLNode?) {
            for course in node.all("Course") {
                number += 1
                PESCCourse(course, session: session, school: school)
                    .read(at: "\(place), Course \(number)", source, &builder)
            }
        }
        for session in record.all("AcademicSession") {
            readCourses(
                session,
                session: session.first("AcademicSessionDetail"),
                at: session.first("School") ?? school
            )
        }
        readCourses(record, session: nil, at: school)
    }

    private static func readSchool(
        _ school: XMLNode,
        _ place: String,
        _ source: RecordSource,
        _ builder: inout EntryBuilder
    ) {
        var entry = RecordEntry(.school, from: source)
        let address = school.first("Contacts", "Address")
        let lines = address?.all("AddressLine").map(\.text) ?? []
        let phone = school.first("Contacts", "Phone")
        let number = [phone?.text("AreaCityCode"), phone?.text("PhoneNumber")].compactMap { $0 }
        let fields: [(String?, Element)] = [
            (school.text("OrganizationName"), .schoolName),
            (
                school.text("CCD") ?? school.text("LocalOrganizationID", "LocalOrganizationIDCode"),
                .schoolCode
            ),
            (lines.first, .address1), (lines.dropFirst().first, .address2),
            (lines.dropFirst(2).first, .address3), (address?.text("City"), .city),
            (address?.text("StateProvinceCode") ?? address?.text("StateProvince"), .state),
            (address?.text("PostalCode"), .zip),
            (number.joined(separator: " "), .phone),
        ]
        for (text, element) in fields {
            builder.read(text, as: element, into: &entry, at: place)
        }
        builder.keep(entry)
    }

    static func schoolPlace(_ school: XMLNode) -> SchoolPlace? {
        guard let name = school.text("OrganizationName") else { return nil }
        return SchoolPlace(
            school: school.text("CCD").flatMap { SchoolID($0) },
            name: name.shown(atMost: 200)
        )
    }

    private static func readTest(
        _ test: XMLNode,
        _ place: String,
        _ source: RecordSource,
        _ builder: inout EntryBuilder
    ) {
        let name = test.text("TestName") ?? test.text("TestCode")
        let date = test.text("TestDate") ?? test.text("TestYearMonth")
        for part in test.all("Subtest") {
            for score in part.all("TestScores") {
                var entry = RecordEntry(.assessment, from: source)
                let title = [name, part.text("SubtestName")].compactMap { $0 }
                    .joined(separator: ", ")
                builder.read(title, as: .assessmentName, into: &entry, at: place)
                builder.read(date, as: .assessmentDate, into: &entry, at: place)
                builder.read(
                    score.text("ScoreValue"),
                    as: .assessmentResult,
                    into: &entry,
                    at: place
                )
                // An adjective may as well be a score of the school's own: it is no level yet.
                builder.read(
                    score.text("TestScoreMethod"),
                    among: resultTypes,
                    as: .resultType,
                    into: &entry,
                    at: place
                )
                builder.keep(entry)
            }
        }
    }

    private static let resultTypes = ["Percentile": "02", "NormalCurve": "04"]

    static let grades: [String: String] = Dictionary(
        uniqueKeysWithValues: [
            "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth",
            "Tenth", "Eleventh", "Twelfth",
        ].enumerated().map { ("\($0.element)Grade", "\($0.offset + 1)") }
    )

    /// The procedure codes that the format's immunizations use.
    static let vaccines: [String: (name: String, cvx: String)] = [
        "90701": ("DTP", "01"), "90702": ("DT", "28"), "90703": ("Tetanus", "35"),
        "90704": ("Mumps", "07"), "90705": ("Measles", "05"), "90706": ("Rubella", "06"),
        "90707": ("MMR", "03"), "90708": ("Measles and Rubella", "04"), "90712": ("OPV", "02"),
        "90718": ("Td", "09"), "90728": ("BCG", "19"), "90744": ("Hepatitis B", "08"),
    ]
}

/// One course of a transcript with its session.
struct PESCCourse {
    let course: XMLNode
    let session: XMLNode?
    let school: XMLNode?

    init(_ course: XMLNode, session: XMLNode?, school: XMLNode?) {
        self.course = course
        self.session = session
        self.school = course.first("CourseOverrideSchool") ?? school
    }

    func read(at place: String, _ source: RecordSource, _ builder: inout EntryBuilder) {
        var entry = RecordEntry(.course, from: source)
        entry.place = school.flatMap(PESCTranscript.schoolPlace)
        builder.read(course.text("CourseTitle"), as: .courseTitle, into: &entry, at: place)
        builder.read(year, as: .courseYear, into: &entry, at: place)
        builder.standard(
            course.text("CourseSCEDCode") ?? course.text("CourseNCESCode"),
            for: &entry,
            at: place
        )
        builder.read(
            session?.text("SessionType"),
            among: Self.terms,
            as: .termType,
            into: &entry,
            at: place
        )
        builder.read(
            course.text("CourseLevel"),
            among: Self.levels,
            as: .courseType,
            into: &entry,
            at: place
        )
        // Every course must have a basis, and all but these two say nothing of its level.
        if entry.value(.courseType) == nil,
            let basis = course.text("CourseCreditBasis").flatMap({ Self.levelBases[$0] })
        {
            builder.read(basis, as: .courseType, into: &entry, at: place)
        }
        builder.read(course.text("CourseAcademicGrade"), as: .finalGrade, into: &entry, at: place)
        readCredits(into: &entry, at: place, &builder)
        builder.keep(entry)
    }

    /// Credits that were earned in Carnegie units; of any others what the school says of them is
    /// kept as it was sent, so that a finished course is nowhere taken for one in progress.
    private func readCredits(
        into entry: inout RecordEntry,
        at place: String,
        _ builder: inout EntryBuilder
    ) {
        let status = course.text("CourseAcademicGradeStatusCode")?.trimmed ?? ""
        let isOpen = Self.open.contains(status)
        guard let earned = course.text("CourseCreditEarned") else {
            // What a course is worth is not what was earned: it is shown and not taken.
            let worth = course.text("CourseCreditValue").map { "CourseCreditValue \($0)" }
            guard let found = worth ?? (status.isEmpty || isOpen ? nil : status) else { return }
            let isFinished =
                status.isEmpty ? course.text("CourseAcademicGrade") != nil : !isOpen
            guard isFinished else {
                return builder.note(
                    .creditsGranted,
                    at: place,
                    found: found,
                    allowed: .form(.creditEarned)
                )
            }
            return builder.refuse(
                found,
                as: .creditsGranted,
                into: &entry,
                at: place,
                allowed: .form(.creditEarned)
            )
        }
        // No credit was granted yet: that is no course with credit of nothing.
        if isOpen, Hundredths(earned.trimmed) == .zero { return }
        let unit = course.text("CourseCreditUnits")
        guard unit == nil || unit == "CarnegieUnits" else {
            return builder.refuse(
                "\(earned) \(unit ?? "")",
                as: .creditsGranted,
                into: &entry,
                at: place,
                allowed: .form(.carnegieUnits)
            )
        }
        builder.read(earned, as: .creditsGranted, into: &entry, at: place)
    }

    /// A student who withdrew, or whose grade is still to come from more work, can finish it; what
    /// else the format says of a grade is said of a course that is over.
    private static let open: Set<String> = [
        "InProgress", "PlanningToTake", "Incomplete", "Withdrew", "WithdrewFailing",
        "WithdrewNoPenalty", "WithdrewPassing",
    ]

    /// The calendar year in which the session began, or else the one of its month.
    private var year: String? {
        for tag in ["SessionBeginDate", "SessionDesignator"] {
            if let text = session?.text(tag), text.utf8.count >= 4 {
                return String(decoding: text.utf8.prefix(4), as: UTF8.self)
            }
        }
        return nil
    }

    static let terms = [
        "FullYear": "01", "Semester": "02", "Trimester": "03", "Quarter": "04", "Quinmester": "05",
    ]
    private static let levels = [
        "Honors": "02", "AdvancedPlacement": "04", "InternationalBaccalaureate": "05",
    ]
    private static let levelBases = levels.filter { $0.value != "02" }
}
