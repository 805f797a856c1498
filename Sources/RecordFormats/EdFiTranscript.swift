import StudentRecords
import Vocabulary

/// An Ed-Fi transcript composite in JSON: read leniently.
enum EdFiTranscript {
    static func isOne(_ value: JSONValue) -> Bool {
        let student = value.list.first ?? value
        return student["studentUniqueId"] != nil || student["studentAcademicRecords"] != nil
    }

    static func read(
        _ value: JSONValue,
        from standIn: RecordSource,
        codes: StandardCodes
    ) -> RecordReading {
        var builder = EntryBuilder(codes: codes)
        let student = value.list.first ?? value
        if value.list.count > 1 {
            builder.note(
                nil,
                at: "student 2",
                found: "\(value.list.count) students",
                allowed: .form(.oneStudent)
            )
        }
        readIdentity(student, standIn, &builder)
        readGuardians(student["guardians"]?.list ?? [], standIn, &builder)
        readSchools(student["school"]?.list ?? [], standIn, &builder)
        var number = 0
        for record in student["studentAcademicRecords"]?.list ?? [] {
            for course in record["courseTranscript"]?.list ?? [] {
                number += 1
                readCourse(course, of: record, at: "course \(number)", standIn, &builder)
            }
        }
        for (index, test) in (student["studentAssessments"]?.list ?? []).enumerated() {
            readAssessment(test, at: "assessment \(index + 1)", standIn, &builder)
        }
        return builder.reading
    }

    /// The word of a descriptor: `uri://ed-fi.org/SexDescriptor#Male` is `Male`.
    private static func word(_ value: JSONValue?) -> String? {
        value?.text.map { text in
            guard let hash = text.utf8.lastIndex(of: UInt8(ascii: "#")) else { return text }
            return String(text[text.utf8.index(after: hash)...])
        }
    }

    private static func readIdentity(
        _ student: JSONValue,
        _ source: RecordSource,
        _ builder: inout EntryBuilder
    ) {
        var identity = RecordEntry(.identity, from: source)
        let fields: [(String, Element)] = [
            ("firstName", .firstName), ("middleName", .middleName),
            ("lastSurname", .paternalSurname), ("generationCodeSuffix", .generation),
            ("birthDate", .birthDate),
        ]
        for (key, element) in fields {
            builder.read(student[key]?.text, as: element, into: &identity, at: "student")
        }
        let sex = word(
            student["demographics"]?.list.first?["gender"] ?? student["birthSexDescriptor"]
        )
        if sex != "Not Selected" {
            builder.read(sex, as: .gender, into: &identity, at: "student")
        }
        builder.keep(identity)
        for code in student["identificationCodes"]?.list ?? []
        where word(code["studentIdentificationSystemDescriptor"]) == "State" {
            var entry = RecordEntry(.stateIdentifier, from: source)
            builder.read(
                code["identificationCode"]?.text,
                as: .stateStudentIdentificationNumber,
                into: &entry,
                at: "identificationCodes"
            )
            builder.keep(entry)
        }
    }

    private static func readGuardians(
        _ guardians: [JSONValue],
        _ source: RecordSource,
        _ builder: inout EntryBuilder
    ) {
        // The report's parent 1 is the father and parent 2 the mother, natural or adoptive. Where
        // there are two of one kind the second stands in the free place; anybody else is guardian.
        let father = (last: Element.parent1LastName, first: Element.parent1FirstName)
        let mother = (last: Element.parent2LastName, first: Element.parent2FirstName)
        let guardian = (last: Element.guardianLastName, first: Element.guardianFirstName)
        var places: [ElementGroup: RecordEntry] = [
            .parents: RecordEntry(.parents, from: source),
            .guardian: RecordEntry(.guardian, from: source),
        ]
        var known: Set<String> = []
        let people = guardians.enumerated().map { index, person in
            let relation = word(person["relationToStudent"]) ?? ""
            // Whoever is the first of a kind has the place of that kind, in whatever order they come.
            let isFirst =
                ["Father", "Mother"].contains(relation) && known.insert(relation).inserted
            return (index: index, person: person, relation: relation, isFirst: isFirst)
        }
        for (index, person, relation, _) in people.filter(\.isFirst)
            + people.filter({ !$0.isFirst })
        {
            let wanted =
                switch relation {
                case "Father": [father, mother, guardian]
                case "Mother": [mother, father, guardian]
                default: [guardian]
                }
            let at = "guardians \(index + 1)"
            let free = wanted.first { place in
                let taken = places[place.last.definition.group]?.answers ?? [:]
                return taken[place.last] == nil && taken[place.first] == nil
            }
            guard let free else {
                builder.note(
                    nil,
                    at: at,
                    found: relation,
                    allowed: .form(.parentOrGuardian)
                )
                continue
            }
            let group = free.last.definition.group
            guard var entry = places[group] else { continue }
            builder.read(person["lastSurname"]?.text, as: free.last, into: &entry, at: at)
            builder.read(person["firstName"]?.text, as: free.first, into: &entry, at: at)
            places[group] = entry
        }
        for entry in [places[.parents], places[.guardian]].compactMap({ $0 }) {
            builder.keep(entry)
        }
    }

    private static func readSchools(
        _ schools: [JSONValue],
        _ source: RecordSource,
        _ builder: inout EntryBuilder
    ) {
        for (index, school) in schools.enumerated() {
            let place = "school \(index + 1)"
            var entry = RecordEntry(.school, from: source)
            let address = school["schoolAddress"]?.list.first
            let phone = school["schoolPhone"]?.list.first { item in
                word(item["telephoneNumberType"]) == "Main"
            }
            let fields: [(String?, Element)] = [
                (school["schoolId"]?.text, .schoolCode), (school["schoolName"]?.text, .schoolName),
                (school["districtName"]?.text, .district),
                (address?["streetNumberName"]?.text, .address1), (address?["city"]?.text, .city),
                (word(address?["state"]), .state), (address?["postalCode"]?.text, .zip),
                (phone?["telephoneNumber"]?.text, .phone),
            ]
            for (text, element) in fields {
                builder.read(text, as: element, into: &entry, at: place)
            }
            builder.keep(entry)
        }
    }

    private static func readCourse(
        _ course: JSONValue,
        of record: JSONValue,
        at place: String,
        _ source: RecordSource,
        _ builder: inout EntryBuilder
    ) {
        var entry = RecordEntry(.course, from: source)
        builder.read(course["courseTitle"]?.text, as: .courseTitle, into: &entry, at: place)
        // An Ed-Fi school year is named after the year in which it ends.
        let isFall = word(record["term"])?.contains("Fall") == true
        let year = record["schoolYear"]?.text.map { text in
            // As a year is read, white space and all: else it would stand as it is, one too late.
            let digits = text.trimmed
            guard isFall, digits.utf8.count == 4, let number = Int(digits),
                CivilDate.plausibleYears.contains(number - 1)
            else { return text }
            return String(number - 1)
        }
        builder.read(year, as: .courseYear, into: &entry, at: place)
        let term = word(record["term"])
        let lengths = terms.keys.filter { term?.contains($0) == true }
        builder.read(
            lengths.count == 1 ? lengths.first : term,
            among: terms,
            as: .termType,
            into: &entry,
            at: place
        )
        builder.read(word(course["academicSubject"]), as: .subjectArea, into: &entry, at: place)
        for code in course["alternativeCourseIdentificationCodes"]?.list ?? []
        where word(code["courseIdentificationSystemDescriptor"])?.contains("SCED") == true {
            builder.standard(code["identificationCode"]?.text, for: &entry, at: place)
        }
        let grade = course["finalLetterGradeEarned"] ?? course["finalNumericGradeEarned"]
        builder.read(grade?.text, as: .finalGrade, into: &entry, at: place)
        builder.read(course["earnedCredits"]?.text, as: .creditsGranted, into: &entry, at: place)
        builder.keep(entry)
    }

    private static func readAssessment(
        _ test: JSONValue,
        at place: String,
        _ source: RecordSource,
        _ builder: inout EntryBuilder
    ) {
        for score in test["scoreResults"]?.list ?? [] {
            var entry = RecordEntry(.assessment, from: source)
            let method = word(score["assessmentReportingMethodDescriptor"])
            builder.read(
                test["assessmentTitle"]?.text,
                as: .assessmentName,
                into: &entry,
                at: place
            )
            builder.read(
                test["administrationDate"]?.text,
                as: .assessmentDate,
                into: &entry,
                at: place
            )
            // A method without a result is no result; beside one it stands whatever it is.
            if let result = score["result"]?.text?.trimmed, !result.isEmpty {
                let how = method.map { $0.trimmed.isEmpty ? "" : " (\($0.trimmed))" } ?? ""
                builder.read(result + how, as: .assessmentResult, into: &entry, at: place)
            }
            if let kind = method.flatMap({ results[$0] }) {
                builder.read(kind, as: .resultType, into: &entry, at: place)
            }
            let category = word(test["assessmentCategory"])?.trimmed ?? ""
            // A state has many kinds of tests of its own, and one word for each.
            let isState = category.hasPrefix("State ") && categories[category] == nil
            builder.read(
                isState ? "State assessment" : category,
                among: categories,
                as: .assessmentType,
                into: &entry,
                at: place
            )
            builder.keep(entry)
        }
    }

    /// The element knows how long a term is, and not which one it was.
    private static let terms = [
        "Full Year": "01", "Semester": "02", "Trimester": "03", "Quarter": "04",
        "Quinmester": "05",
    ]

    private static let categories = [
        "Achievement test": "01", "State assessment": "01", "Advanced Placement": "02",
        "Language proficiency test": "03", "State English proficiency test": "03",
        "English proficiency screening test": "03", "Other": "Other",
    ]

    private static let results = [
        "Proficiency level": "01", "Percentile": "02", "Pass-fail": "03",
        "Normal curve equivalent": "04",
    ]
}
