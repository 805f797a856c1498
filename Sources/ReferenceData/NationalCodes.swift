package import StudentRecords
import Vocabulary

extension StandardCodes {
    /// The federal lists that come with the program: CVX of 2025-01, SCED 12.
    package static func load() throws(NationalDirectory.Damaged) -> Self {
        let vaccines = try rows(of: "vaccines.tsv", fields: 3).map { fields in
            Vaccine(
                code: fields[0],
                name: fields[1],
                groups: fields[2].split(separator: "|").map(String.init)
            )
        }
        let courses = try rows(of: "sced-courses.tsv", fields: 2).map { ($0[0], $0[1]) }
        return Self(
            vaccines: vaccines,
            courses: Dictionary(courses, uniquingKeysWith: { first, _ in first })
        )
    }

    private static func rows(
        of name: String,
        fields count: Int
    ) throws(NationalDirectory.Damaged) -> [[String]] {
        try TabbedLines.rows(of: name, fields: count)
    }
}

extension GraduationPlan {
    /// The plans that come with the program: made up, for the demonstration.
    package static func load() throws(NationalDirectory.Damaged) -> [Self] {
        var plans: [Self] = []
        for fields in try TabbedLines.rows(of: "graduation-plans.tsv", fields: 6) {
            guard let credits = Hundredths(fields[5]) else {
                throw .badLine(plans.count + 1, of: "graduation-plans.tsv", because: "no credits")
            }
            let requirement = Requirement(
                subject: fields[2],
                spanish: fields[3],
                areas: fields[4].split(separator: " ").compactMap {
                    SubjectArea(rawValue: String($0))
                },
                credits: credits
            )
            if let index = plans.firstIndex(where: { $0.name == fields[1] }) {
                let plan = plans[index]
                plans[index] = Self(
                    name: plan.name,
                    state: plan.state,
                    requirements: plan.requirements + [requirement]
                )
            } else {
                plans.append(
                    Self(name: fields[1], state: StateCode(fields[0]), requirements: [requirement])
                )
            }
        }
        return plans
    }
}

enum TabbedLines {
    static func rows(
        of name: String,
        fields count: Int
    ) throws(NationalDirectory.Damaged) -> [[String]] {
        let text = String(decoding: try NationalDirectory.resource(name), as: UTF8.self)
        var rows: [[String]] = []
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count == count else {
                throw .badLine(rows.count + 1, of: name, because: "not \(count) fields")
            }
            rows.append(fields.map(String.init))
        }
        return rows
    }
}
