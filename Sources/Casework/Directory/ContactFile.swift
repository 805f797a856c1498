package import RecordExchange
import Tabular
import Vocabulary

/// A list of contacts as a spreadsheet exports it (CSV, UTF-8), read without knowing the directory.
///
/// The first row names the columns, in any order: `organization`, `role`, `name` and `email` must
/// be there, `title`, `phone`, `language`, `from` and `until` may: the days on which a summer contact
/// is there, such as 2026-06-15. An organisation is `school:…`, `district:…` and
/// so on, or a school's twelve digits or a district's seven.
package struct ContactFile: Hashable, Sendable {
    /// Why nothing of a file can be used.
    package enum Malformed: Error, Hashable, Sendable {
        case empty
        case columnsMissing([String])
        case tooManyRows
        case notRows(line: Int)
    }

    /// Why a row is refused.
    package enum Refusal: String, Hashable, Sendable, CaseIterable {
        case organizationUnknown, notYours, roleUnknown, roleNotThere, nameMissing, tooLong
        case addressMalformed, phoneMalformed, languageUnknown, termMalformed, twice
    }

    /// One row as it stands there.
    package struct Row: Hashable, Sendable {
        /// Counted from 1, the first row among them.
        package let line: Int
        /// As typed, for whoever mends it.
        package let organization: String
        package let name: String
        package let content: Result<Content, Refusal>

        package struct Content: Hashable, Sendable {
            package let organization: OrganizationID
            package let draft: ContactDraft
        }
    }

    package let rows: [Row]

    /// The most bytes and rows of one file.
    package static let mostBytes = 1 << 20
    package static let mostRows = 5_000

    private static let needed = ["organization", "role", "name", "email"]
    private static let read = Set(needed + ["title", "phone", "language", "from", "until"])

    package init(parsing bytes: [UInt8]) throws(Malformed) {
        var rows: [Row] = []
        var columns: [String: Int]?
        // A spreadsheet's mark of UTF-8 is no part of the first column's name.
        let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        var reader = DelimitedReader()
        func take(_ row: borrowing DelimitedRow) throws {
            guard let columns else {
                var found: [String: Int] = [:]
                for index in 0..<row.count where found[Self.plain(row.text(index))] == nil {
                    found[Self.plain(row.text(index))] = index
                }
                // Nothing else is read, however many there are.
                columns = found.filter { Self.read.contains($0.key) }
                let missing = Self.needed.filter { found[$0] == nil }
                if !missing.isEmpty { throw Malformed.columnsMissing(missing) }
                return
            }
            guard rows.count < Self.mostRows else { throw Malformed.tooManyRows }
            var fields: [String: String] = [:]
            for (name, index) in columns { fields[name] = Self.trimmed(row.text(index)) }
            rows.append(Self.row(fields, line: row.line))
        }
        do {
            try reader.read(bytes, take)
            try reader.finish(take)
        } catch let malformed as Malformed {
            throw malformed
        } catch let malformed as DelimitedReader.Malformed {
            throw .notRows(line: malformed.line)
        } catch {
            throw .notRows(line: 0)
        }
        guard !rows.isEmpty else { throw .empty }
        self.rows = rows
    }

    private static func row(_ fields: [String: String], line: Int) -> Row {
        let typed = fields["organization"] ?? ""
        let name = fields["name"] ?? ""
        func row(_ content: Result<Row.Content, Refusal>) -> Row {
            Row(line: line, organization: typed, name: name, content: content)
        }
        guard let organization = organization(typed) else {
            return row(.failure(.organizationUnknown))
        }
        guard let role = Contact.Role(rawValue: fields["role"] ?? ""), role != .colleague else {
            return row(.failure(.roleUnknown))
        }
        guard organization.contactRoles.contains(role) else {
            return row(.failure(.roleNotThere))
        }
        guard !name.isEmpty else { return row(.failure(.nameMissing)) }
        let title = fields["title"] ?? ""
        guard [name, title].allSatisfy({ $0.utf8.count <= ContactDraft.longestField }) else {
            return row(.failure(.tooLong))
        }
        guard let email = try? EmailAddress(parsing: (fields["email"] ?? "").lowercased()) else {
            return row(.failure(.addressMalformed))
        }
        let phone = fields["phone"] ?? ""
        guard phone.isEmpty || ContactDraft.isPhone(phone) else {
            return row(.failure(.phoneMalformed))
        }
        let language = fields["language"].flatMap { $0.isEmpty ? nil : $0 } ?? "en"
        guard let language = Language(rawValue: language.lowercased()) else {
            return row(.failure(.languageUnknown))
        }
        let (from, until) = (fields["from"] ?? "", fields["until"] ?? "")
        var term: Contact.Term?
        if !from.isEmpty || !until.isEmpty {
            guard role == .summer, let first = CivilDate(iso8601: from),
                let last = CivilDate(iso8601: until),
                let named = Contact.Term(first: first, last: last)
            else { return row(.failure(.termMalformed)) }
            term = named
        }
        return row(
            .success(
                Row.Content(
                    organization: organization,
                    draft: ContactDraft(
                        role: role,
                        name: name,
                        title: title,
                        email: email,
                        phone: phone.isEmpty ? nil : phone,
                        language: language,
                        // A list says who, not that anybody asked.
                        isChecked: false,
                        term: term
                    )
                )
            )
        )
    }

    private static func organization(_ typed: String) -> OrganizationID? {
        if let known = OrganizationID(typed) { return known }
        if let school = SchoolID(typed) { return .school(school) }
        return DistrictID(typed).map { .district($0) }
    }

    private static func plain(_ text: String) -> String { trimmed(text).lowercased() }

    private static func trimmed(_ text: String) -> String {
        let blanks: Set<Unicode.Scalar> = [" ", "\t", "\r", "\n", "\u{A0}"]
        var scalars = text.unicodeScalars[...]
        while let first = scalars.first, blanks.contains(first) { scalars.removeFirst() }
        while let last = scalars.last, blanks.contains(last) { scalars.removeLast() }
        return String(scalars)
    }
}

extension ContactFile.Refusal: Error {}

extension DelimitedReader.Malformed {
    fileprivate var line: Int {
        switch self {
        case .quoteNeverClosed(_, let line), .rowTooLong(_, let line), .tooManyColumns(_, let line):
            line
        }
    }
}

extension ContactDraft {
    /// Ten digits with an area code, whatever stands between them; an extension may follow.
    package static func isPhone(_ text: String) -> Bool {
        let digits = text.utf8.count { (48...57).contains($0) }
        let isPlain = text.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII && scalar.value >= 32 && scalar.value != 127
        }
        return isPlain && (10...20).contains(digits) && text.utf8.count <= 40
    }
}
