/// A vaccine of the federal list (CVX).
package struct Vaccine: Hashable, Sendable {
    package let code: String
    package let name: String
    /// The vaccine groups it counts for, such as `MMR`; a combination counts for several.
    package let groups: [String]

    package init(code: String, name: String, groups: [String]) {
        self.code = code
        self.name = name
        self.groups = groups
    }
}

/// The federal code lists that give schools' words a meaning: CVX for vaccines, SCED for courses.
package struct StandardCodes: Sendable {
    package let vaccines: [Vaccine]
    /// Course titles by their five digits.
    package let courses: [String: String]
    private let vaccineByWord: [String: Vaccine]

    package init(vaccines: [Vaccine], courses: [String: String]) {
        self.vaccines = vaccines
        self.courses = courses
        var words: [String: Vaccine] = [:]
        for vaccine in vaccines {
            let bare = String(decoding: vaccine.code.utf8.drop { $0 == 48 }, as: UTF8.self)
            for word in [vaccine.code, bare, vaccine.name.folded]
            where !word.isEmpty && words[word] == nil {
                words[word] = vaccine
            }
        }
        vaccineByWord = words
    }

    /// Nothing known: every name stays the school's own word.
    package static let none = Self(vaccines: [], courses: [:])

    /// The vaccine with this code or exactly this name; `nil` leaves the school's own word.
    package func vaccine(_ text: String) -> Vaccine? {
        vaccineByWord[text.trimmed] ?? vaccineByWord[text.folded]
    }

    /// The title of a SCED course.
    package func course(_ code: String) -> String? {
        courses[String(decoding: code.utf8.prefix(5), as: UTF8.self)]
    }

    /// Whether a SCED code names a course of the list, or no more than a subject area; without a list
    /// there is nothing to say against any.
    package func lists(course code: String) -> Bool {
        courses.isEmpty || code.utf8.count < 5 || course(code) != nil
    }

    /// The vaccines a school most often has to enter, in the order of the form.
    package static let schoolVaccines = [
        "20", "115", "139", "10", "03", "21", "08", "83", "17", "33", "114", "162", "62", "133",
        "88", "213",
    ]
}
