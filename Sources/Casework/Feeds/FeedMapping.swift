import Vocabulary

/// How the extracts of one source system are read: data, so that another state's columns need no
/// new code.
package struct FeedMapping: Hashable, Sendable, Codable {
    /// What stands between two columns.
    package enum Separator: String, Sendable, CaseIterable, Codable {
        case comma, tab, semicolon, pipe

        package var byte: UInt8 {
            switch self {
            case .comma: UInt8(ascii: ",")
            case .tab: UInt8(ascii: "\t")
            case .semicolon: UInt8(ascii: ";")
            case .pipe: UInt8(ascii: "|")
            }
        }
    }

    /// What a column is read as.
    package enum Field: String, Sendable, CaseIterable, Codable, CodingKeyRepresentable {
        case given, middle, paternalSurname, maternalSurname
        /// Both surnames in one column: the first word and its particles, then the rest.
        case surnames
        case generation, gender, birthDate, birthCity, birthState, birthCountry
        case parent1Given, parent1Surname, parent2Given, parent2Surname
        case stateStudentID, grade, enrolledOn, leftOn
        /// Whether the entry must never be shown, by a code list of `yes` and `no`.
        case protected
        /// Whether the row adds or withdraws, by a code list of `change` and `withdraw`; only in
        /// uploads of changes.
        case action
    }

    /// Where a value comes from: a column, or the same text for every row.
    package struct Column: Hashable, Sendable, Codable {
        package var column: String?
        package var constant: String?
        /// The code list that says what a value of the column means.
        package var codes: String?

        package init(column: String? = nil, constant: String? = nil, codes: String? = nil) {
            self.column = column
            self.constant = constant
            self.codes = codes
        }
    }

    /// How a row names its school.
    package struct SchoolRule: Hashable, Sendable, Codable {
        /// By what.
        package enum Key: String, Sendable, CaseIterable, Codable {
            /// The twelve digits of the National Center for Education Statistics.
            case ncesID
            /// The state's own number, by the source system's list of school numbers.
            case stateNumber
            /// Name, and city where there is one.
            case name
        }

        package var by: Key
        package var column: Column
        package var city: Column?
        /// Leading zeros that a spreadsheet took are put back to this many digits.
        package var digits: Int?

        package init(by: Key, column: Column, city: Column? = nil, digits: Int? = nil) {
            self.by = by
            self.column = column
            self.city = city
            self.digits = digits
        }
    }

    /// A last row that says how many rows there are.
    package struct Trailer: Hashable, Sendable, Codable {
        /// What its first column holds.
        package var marker: String
        /// The column with the number of rows before it, counted from 1.
        package var countColumn: Int?

        package init(marker: String, countColumn: Int? = nil) {
            self.marker = marker
            self.countColumn = countColumn
        }
    }

    /// For people.
    package var title: String
    package var separator: Separator
    /// `nil`: found out from the file.
    package var encoding: FeedEncoding?
    /// The first row names the columns; else they are called by their number, from 1.
    package var header: Bool
    package var trailer: Trailer?
    /// Columns that together name the row in the source system, whatever else changes.
    package var key: [String]
    package var columns: [Field: Column]
    package var school: SchoolRule
    /// Patterns, tried in this order.
    ///
    /// Such as `yyyy-MM-dd`, `MM/dd/yyyy`, `M/d/yy`, `yyyyMMdd` and `dd-MMM-yyyy`.
    package var dates: [String]
    /// Values that mean "nothing is known", besides the empty one.
    package var empty: [String]
    package var codes: [String: [String: String]]
    /// A snapshot that would withdraw a larger share of the entries asks first.
    package var withdrawAtMostPercent: Int
    /// A file that nobody watches and of whose rows a larger share is refused waits for a person.
    package var refuseAtMostPercent: Int

    package init(
        title: String,
        separator: Separator = .comma,
        encoding: FeedEncoding? = nil,
        header: Bool = true,
        trailer: Trailer? = nil,
        key: [String],
        columns: [Field: Column],
        school: SchoolRule,
        dates: [String] = ["yyyy-MM-dd"],
        empty: [String] = [],
        codes: [String: [String: String]] = [:],
        withdrawAtMostPercent: Int = 5,
        refuseAtMostPercent: Int = 5
    ) {
        self.title = title
        self.separator = separator
        self.encoding = encoding
        self.header = header
        self.trailer = trailer
        self.key = key
        self.columns = columns
        self.school = school
        self.dates = dates
        self.empty = empty
        self.codes = codes
        self.withdrawAtMostPercent = withdrawAtMostPercent
        self.refuseAtMostPercent = refuseAtMostPercent
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        title = try values.decode(String.self, forKey: .title)
        separator = try values.decodeIfPresent(Separator.self, forKey: .separator) ?? .comma
        encoding = try values.decodeIfPresent(FeedEncoding.self, forKey: .encoding)
        header = try values.decodeIfPresent(Bool.self, forKey: .header) ?? true
        trailer = try values.decodeIfPresent(Trailer.self, forKey: .trailer)
        key = try values.decode([String].self, forKey: .key)
        columns = try values.decode([Field: Column].self, forKey: .columns)
        school = try values.decode(SchoolRule.self, forKey: .school)
        dates = try values.decodeIfPresent([String].self, forKey: .dates) ?? ["yyyy-MM-dd"]
        empty = try values.decodeIfPresent([String].self, forKey: .empty) ?? []
        codes = try values.decodeIfPresent([String: [String: String]].self, forKey: .codes) ?? [:]
        withdrawAtMostPercent =
            try values.decodeIfPresent(Int.self, forKey: .withdrawAtMostPercent) ?? 5
        refuseAtMostPercent =
            try values.decodeIfPresent(Int.self, forKey: .refuseAtMostPercent) ?? 5
    }

    /// The names of everything a mapping can say, for naming a mistyped one.
    package static let keys = CodingKeys.allCases.map(\.rawValue)

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case title, separator, encoding, header, trailer, key, columns, school, dates, empty, codes
        case withdrawAtMostPercent, refuseAtMostPercent
    }
}

/// How a file's bytes are text.
package enum FeedEncoding: String, Sendable, CaseIterable, Codable {
    case utf8
    case utf16LittleEndian = "utf16le"
    case utf16BigEndian = "utf16be"
    case windows1252
}
