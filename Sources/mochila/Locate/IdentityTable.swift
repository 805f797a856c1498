import RecordLocator

/// Which columns of a file say who somebody is.
struct IdentityTable {
    /// In the order in which `IdentityText` takes them; the birth date stands apart.
    private static let names = [
        "last_name1", "last_name2", "first_name", "middle_name", "generation", "gender",
        "birth_city", "birth_state", "birth_country", "parent1_last", "parent1_first",
        "parent2_last", "parent2_first", "state_student_id",
    ]

    private let fields: [Int?]
    private let birthDate: Int
    private let state: Int?
    let id: Int

    /// Finds the columns by name; `id` is the one that numbers the rows.
    ///
    /// - Throws: naming every column that is needed and missing.
    init(_ table: borrowing TableReader, id: String) throws(TableReader.Unreadable) {
        let columns = table.columns
        func column(_ name: String) -> Int? { columns.firstIndex(of: name) }
        let needed = [id, "last_name1", "first_name", "birth_date"]
        let missing = needed.filter { column($0) == nil }
        guard let number = column(id), let born = column("birth_date"), missing.isEmpty else {
            throw TableReader.Unreadable(
                description: "\(table.path) has no column \(missing.joined(separator: ", "))."
            )
        }
        self.id = number
        birthDate = born
        fields = Self.names.map(column)
        state = column("state")
    }

    /// Fills `text` with the row that was read last.
    func read(_ table: borrowing TableReader, into text: inout IdentityText) {
        text.clear()
        for field in fields {
            text.append(table.bytes, field.map { table.range($0) } ?? 0..<0)
        }
        text.append(table.bytes, state.map { table.range($0) } ?? 0..<0)
        text.birthDay = BirthDay(written: table.bytes[table.range(birthDate)])
    }
}
