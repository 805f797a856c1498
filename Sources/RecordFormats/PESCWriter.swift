package import StudentRecords
package import Vocabulary

/// Writes a PESC High School Transcript 1.5: strictly, or not at all.
package enum PESCWriter {
    /// What the format wants and a record does not say.
    package struct Lacking: Error, Hashable, Sendable {
        package let problems: [RecordProblem]
    }

    /// The transcript as XML.
    ///
    /// What the format has no place for (alerts, qualifying moves, grades to date, clock hours) is
    /// left out, and so is what it takes only together with something the record does not say: an
    /// address without a ZIP code, a test without its month or result, a term without its year. A
    /// course without a title stays without one, with a note. `legend` stands in notes of the transmission, of 80
    /// characters each; a receiver without an NCES number is refused.
    package static func write(
        _ record: StudentRecord,
        from sender: SchoolPlace,
        to receiver: SchoolPlace,
        documentID: String,
        on date: CivilDate,
        legend: String = ""
    ) throws(Lacking) -> String {
        var writer = Writer(record: MergedRecord([record]), sender: sender)
        writer.transmission(sender, receiver, documentID, date, legend)
        writer.student()
        guard writer.problems.isEmpty else { throw Lacking(problems: writer.problems) }
        return writer.xml.text
    }

    struct Writer {
        let record: MergedRecord
        let sender: SchoolPlace
        var xml = XMLText()
        var problems: [RecordProblem] = []

        mutating func lack(_ element: Element?, _ place: String, _ allowed: Allowed) {
            problems.append(
                RecordProblem(element, at: place, found: "", allowed: allowed)
            )
        }

        mutating func transmission(
            _ sender: SchoolPlace,
            _ receiver: SchoolPlace,
            _ documentID: String,
            _ date: CivilDate,
            _ legend: String
        ) {
            xml.open(
                "HSTrn:HighSchoolTranscript",
                " xmlns:HSTrn=\"urn:org:pesc:message:HighSchoolTranscript:v1.5.0\""
            )
            xml.open("TransmissionData")
            xml.leaf("DocumentID", documentID, atMost: 35)
            xml.leaf("CreatedDateTime", "\(date)T00:00:00Z")
            xml.leaf("DocumentTypeCode", "RequestedRecord")
            xml.leaf("TransmissionType", "Original")
            for (tag, school) in [("Source", sender), ("Destination", receiver)] {
                if school.school == nil {
                    lack(.schoolCode, tag, .schoolNumber)
                }
                xml.open(tag)
                xml.open("Organization")
                xml.leaf("CCD", school.school?.description)
                xml.leaf("OrganizationName", school.name, atMost: 60)
                xml.close("Organization")
                xml.close(tag)
            }
            for line in Self.lines(of: legend) { xml.leaf("NoteMessage", line) }
            xml.close("TransmissionData")
        }

        /// Lines of at most 80 characters, broken at spaces where there are any.
        private static func lines(of text: String) -> [String] {
            var lines: [[Unicode.Scalar]] = []
            for word in text.unicodeScalars.split(separator: " ") {
                var rest = word[...]
                if let last = lines.last, last.count + 1 + rest.count <= 80 {
                    lines[lines.count - 1] += [" "] + rest
                    continue
                }
                while !rest.isEmpty {
                    lines.append(Array(rest.prefix(80)))
                    rest = rest.dropFirst(80)
                }
            }
            return lines.map { line in
                var view = String.UnicodeScalarView()
                view.append(contentsOf: line)
                return String(view)
            }
        }

        mutating func student() {
            xml.open("Student")
            person()
            xml.open("AcademicRecord")
            school()
            if let grade = record.entries(of: .enrollment).last?.text(.gradeLevel),
                let level = Int(grade).flatMap({ number in
                    PESCTranscript.grades.first { $0.value == "\(number)" }?.key
                })
            {
                xml.open("StudentLevel")
                xml.leaf("StudentLevelCode", level)
                xml.close("StudentLevel")
            }
            courses()
            xml.close("AcademicRecord")
            immunizations()
            for test in record.entries(of: .assessment) { self.test(test) }
            xml.close("Student")
            xml.close("HSTrn:HighSchoolTranscript")
        }

        private mutating func person() {
            guard let identity = record.first(.identity), identity.text(.paternalSurname) != nil
            else { return lack(.paternalSurname, "student", .form(.lastName)) }
            xml.open("Person")
            // A number that was looked for in vain, or withheld, is no number.
            let numbers = record.entries(of: .stateIdentifier)
                .compactMap { $0.text(.stateStudentIdentificationNumber) }
                .filter { !$0.isEmpty }
            for number in numbers {
                xml.open("AgencyIdentifier")
                xml.leaf("AgencyAssignedID", number, atMost: 30)
                xml.leaf("AgencyCode", "State")
                xml.close("AgencyIdentifier")
            }
            birth(identity)
            xml.open("Name")
            xml.leaf("FirstName", identity.text(.firstName), atMost: 35)
            xml.leaf("MiddleName", identity.text(.middleName), atMost: 35)
            let surnames = [identity.text(.paternalSurname), identity.text(.maternalSurname)]
            xml.leaf("LastName", surnames.compactMap { $0 }.joined(separator: " "), atMost: 35)
            xml.close("Name")
            guardian()
            if case .code(let gender) = identity.value(.gender) {
                xml.open("Gender")
                xml.leaf("GenderCode", gender.label)
                xml.close("Gender")
            }
            xml.close("Person")
        }

        mutating func course(_ course: MergedEntry) {
            let title = course.text(.courseTitle).flatMap { Self.fitting($0, 1...60) }
            let kind = course.text(.courseType)
            xml.open("Course")
            // The format wants a basis of every course; `Regular` says nothing of its level, and is
            // not read as element 63 either.
            xml.leaf(
                "CourseCreditBasis",
                kind == "04"
                    ? "AdvancedPlacement" : kind == "05" ? "InternationalBaccalaureate" : "Regular"
            )
            let credits = course.amount(.creditsGranted)
            if let credits {
                xml.leaf("CourseCreditUnits", "CarnegieUnits")
                xml.leaf("CourseCreditEarned", credits.description)
            }
            xml.leaf("CourseAcademicGrade", course.text(.finalGrade), atMost: 10)
            // Credits that nobody can read make a course neither completed nor in progress.
            if !CreditAccrual.isNotCounted(course) {
                let status = credits == nil ? "InProgress" : "Completed"
                xml.leaf("CourseAcademicGradeStatusCode", status)
            }
            if let code = course.standard, code.utf8.count >= 5 {
                xml.leaf("CourseSCEDCode", code, atMost: 13)
            }
            if kind == "02" { xml.leaf("CourseLevel", "Honors") }
            xml.leaf("CourseTitle", title)
            if let place = course.place?.name, place.folded != sender.name.folded,
                let name = Self.fitting(place, 1...60)
            {
                xml.open("CourseOverrideSchool")
                xml.leaf("OrganizationName", name)
                xml.close("CourseOverrideSchool")
            }
            // The standard lets a course go without a title, and none is made up for it.
            if title == nil { xml.leaf("NoteMessage", "No title was sent for this course.") }
            xml.close("Course")
        }

        private mutating func immunizations() {
            // The codes of the format are procedures of 2002; a vaccine beyond them has no code.
            let doses = record.entries(of: .immunization).filter {
                $0.text(.immunizationDate) != nil
            }
            guard !doses.isEmpty else { return }
            xml.open("Health")
            for dose in doses {
                let code = dose.standard.flatMap { cvx in
                    PESCTranscript.vaccines.first { $0.value.cvx == cvx }?.key
                }
                xml.open("Immunizations")
                xml.leaf("ImmunizationDate", dose.text(.immunizationDate))
                xml.leaf("ImmunizationCode", code ?? dose.text(.immunizationType), atMost: 20)
                xml.close("Immunizations")
            }
            xml.close("Health")
        }
    }
}
