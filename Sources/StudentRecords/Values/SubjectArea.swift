/// A subject area of SCED, the federal list of school courses: two digits.
package enum SubjectArea: String, Sendable, CaseIterable, Codable {
    case english = "01"
    case mathematics = "02"
    case science = "03"
    case socialStudies = "04"
    case arts = "05"
    case religion = "07"
    case physicalEducation = "08"
    case military = "09"
    case informationTechnology = "10"
    case communication = "11"
    case business = "12"
    case manufacturing = "13"
    case healthCare = "14"
    case publicService = "15"
    case hospitality = "16"
    case construction = "17"
    case agriculture = "18"
    case humanServices = "19"
    case transportation = "20"
    case engineering = "21"
    case miscellaneous = "22"
    case nonSubject = "23"
    case worldLanguages = "24"
    case specialEducation = "25"

    /// Reads a SCED course (`02052`), or a subject area (`02`).
    package init?(code: String) {
        let bytes = Array(code.utf8)
        guard bytes.count == 2 || (5...12).contains(bytes.count),
            bytes.prefix(min(5, bytes.count)).allSatisfy({ (48...57).contains($0) })
        else { return nil }
        let area = String(decoding: bytes.prefix(2), as: UTF8.self)
        // Foreign languages in the list's first editions, and on many transcripts still.
        self.init(rawValue: area == "06" ? Self.worldLanguages.rawValue : area)
    }

    /// Reads the name of a subject as schools write it; `nil` where it is none of the list's.
    package init?(named name: String) {
        let wanted = name.folded
        guard let area = Self.allCases.first(where: { $0.names.contains(wanted) }) else {
            return nil
        }
        self = area
    }

    /// The name on the list.
    package var name: String {
        switch self {
        case .english: "English Language and Literature"
        case .mathematics: "Mathematics"
        case .science: "Life and Physical Sciences"
        case .socialStudies: "Social Sciences and History"
        case .arts: "Visual and Performing Arts"
        case .religion: "Religious Education and Theology"
        case .physicalEducation: "Physical, Health, and Safety Education"
        case .military: "Military Science"
        case .informationTechnology: "Information Technology"
        case .communication: "Communication and Audio/Visual Technology"
        case .business: "Business and Marketing"
        case .manufacturing: "Manufacturing"
        case .healthCare: "Health Care Sciences"
        case .publicService: "Public, Protective, and Government Service"
        case .hospitality: "Hospitality and Tourism"
        case .construction: "Architecture and Construction"
        case .agriculture: "Agriculture, Food, and Natural Resources"
        case .humanServices: "Human Services"
        case .transportation: "Transportation, Distribution and Logistics"
        case .engineering: "Engineering and Technology"
        case .miscellaneous: "Miscellaneous"
        case .nonSubject: "Non-Subject-Specific"
        case .worldLanguages: "World Languages"
        case .specialEducation: "Special Education"
        }
    }

    private var names: [String] {
        let others: [String] =
            switch self {
            case .english:
                ["english", "english language arts", "language arts", "reading", "writing"]
            case .mathematics: ["math", "maths"]
            case .science: ["science", "sciences"]
            case .socialStudies: ["social studies", "social sciences", "history"]
            case .arts: ["fine arts", "arts", "art", "fine and performing arts"]
            case .physicalEducation: ["physical education", "pe", "health"]
            case .worldLanguages:
                [
                    "foreign language", "foreign languages", "world language", "languages",
                    "foreign language and literature",
                ]
            case .religion: ["religion"]
            default: []
            }
        return [name.folded] + others
    }
}
