package import StudentRecords

/// What can be typed in because it stands in no file; each group is folded until it is used.
package struct TypedSection: Hashable, Sendable {
    /// Something was typed, so the page shows it.
    package let isOpen: Bool
    package let hasDoses: Bool
    package let doses: [TypedDoses]
    package let courses: [TypedCourse]

    package init(doses: [TypedDoses], courses: [TypedCourse]) {
        hasDoses = doses.contains { !$0.dates.isEmpty }
        isOpen = hasDoses || courses.contains(where: \.isOpen)
        self.doses = doses
        self.courses = courses
    }
}

/// The dates of one vaccine, in one box.
package struct TypedDoses: Hashable, Sendable {
    package let vaccine: TypedVaccine
    package let field: String
    package let dates: String
    package let troubles: [FieldTrouble]

    package init(vaccine: TypedVaccine, dates: String, troubles: [FieldTrouble] = []) {
        self.vaccine = vaccine
        field = vaccine.fieldName
        self.dates = dates
        self.troubles = troubles
    }
}

/// One box of a course.
package struct TypedBox: Hashable, Sendable {
    package let field: String
    package let label: TypedLabel
    package let value: String
    package let troubles: [FieldTrouble]

    package init(field: String, label: TypedLabel, value: String, troubles: [FieldTrouble] = []) {
        self.field = field
        self.label = label
        self.value = value
        self.troubles = troubles
    }
}

/// What a box of a course is for.
package enum TypedLabel: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "typedBox"

    case title, year, hours, grade, credits
}

/// One course that was begun or completed.
package struct TypedCourse: Hashable, Sendable {
    package let row: Int
    /// Something was typed in it, or is wrong with it.
    package let isOpen: Bool
    package let title: TypedBox
    /// Year, hours, grade and credits.
    package let boxes: [TypedBox]
    package let subjects: [Choice<SubjectArea>]
    package let sections: [Choice<SectionWord>]

    package init(
        row: Int,
        title: TypedBox,
        boxes: [TypedBox],
        subjects: [Choice<SubjectArea>],
        sections: [Choice<SectionWord>]
    ) {
        self.row = row
        isOpen = ([title] + boxes).contains { !$0.value.isEmpty || !$0.troubles.isEmpty }
        self.title = title
        self.boxes = boxes
        self.subjects = subjects
        self.sections = sections
    }

    package static func field(_ row: Int, _ name: String) -> String { "course-\(row)-\(name)" }

    /// The fields of a row and the elements they are.
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
