package import StudentRecords

/// What can be typed in because it stands in no file.
package struct TypedSection: Hashable, Sendable {
    /// Something was typed, so the page shows it.
    package let isOpen: Bool
    package let doses: [TypedDoses]
    package let courses: [TypedCourse]

    package init(isOpen: Bool, doses: [TypedDoses], courses: [TypedCourse]) {
        self.isOpen = isOpen
        self.doses = doses
        self.courses = courses
    }
}

/// The dates of one vaccine, in one box.
package struct TypedDoses: Hashable, Sendable {
    package let vaccine: TypedVaccine
    package let field: String
    package let dates: String

    package init(vaccine: TypedVaccine, field: String, dates: String) {
        self.vaccine = vaccine
        self.field = field
        self.dates = dates
    }
}

/// One course that was begun or completed.
package struct TypedCourse: Hashable, Sendable {
    package let row: Int
    package let title: String
    package let year: String
    package let hours: String
    package let grade: String
    package let credits: String
    package let subjects: [Choice<SubjectArea>]
    package let sections: [Choice<SectionWord>]

    package init(
        row: Int,
        title: String,
        year: String,
        hours: String,
        grade: String,
        credits: String,
        subjects: [Choice<SubjectArea>],
        sections: [Choice<SectionWord>]
    ) {
        self.row = row
        self.title = title
        self.year = year
        self.hours = hours
        self.grade = grade
        self.credits = credits
        self.subjects = subjects
        self.sections = sections
    }

    /// The fields of a row, `course-{row}-{name}`, and the elements they are.
    package static let elements: [(name: String, element: Element)] = [
        ("title", .courseTitle), ("subject", .subjectArea), ("section", .courseSection),
        ("year", .courseYear), ("hours", .clockHours), ("grade", .gradeToDate),
        ("credits", .creditsGranted),
    ]
}

/// The vaccines that schools keep dates of; the raw value is the CVX code without a formulation,
/// because the clerk's card does not say which it was.
package enum TypedVaccine: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "vaccine"

    case dtap = "107"
    case tdap = "115"
    case polio = "89"
    case mmr = "03"
    case varicella = "21"
    case hepatitisB = "45"
    case hepatitisA = "85"
    case hib = "17"
    case pneumococcal = "152"
    case meningococcal = "147"
    case hpv = "137"
    case influenza = "88"
    case covid = "213"

    package var fieldName: String { "dose-\(rawValue)" }

    /// What is stored as element 30, whatever language the form was in.
    package var written: String {
        switch self {
        case .dtap: "DTaP"
        case .tdap: "Tdap"
        case .polio: "Polio"
        case .mmr: "MMR"
        case .varicella: "Varicella"
        case .hepatitisB: "Hepatitis B"
        case .hepatitisA: "Hepatitis A"
        case .hib: "Hib"
        case .pneumococcal: "Pneumococcal"
        case .meningococcal: "MenACWY"
        case .hpv: "HPV"
        case .influenza: "Influenza"
        case .covid: "COVID-19"
        }
    }
}

/// Which section of a course; raw values are the codes of element 65.
package enum SectionWord: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "section"

    case fullYear = "01"
    case sectionA = "02"
    case sectionB = "03"
}
