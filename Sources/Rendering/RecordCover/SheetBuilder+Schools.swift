import StudentRecords
import Vocabulary

extension SheetBuilder {
    private static let addressElements: [Element] = [
        .address1, .address2, .address3, .city, .state, .zip, .district, .phone,
    ]

    /// Where the student was, and folded away where those schools are.
    var schools: SheetRow {
        let addresses = self.addresses
        let elements: [Element] = [.schoolName, .enrollmentDate, .withdrawalDate]
        let row = list(
            .schools,
            .enrollment,
            elements,
            noting: [],
            part: .enrollment,
            newestFirst: true,
            disputed: record.disputedStays
        ) {
            school($0)
        }
        guard !addresses.isEmpty else { return row }
        let numbers = (elements + Self.addressElements).map { "\($0.rawValue)" }
        return SheetRow(
            label: row.label,
            values: row.values,
            standing: row.standing,
            asksFor: row.asksFor,
            elements: numbers.joined(separator: ", "),
            details: addresses
        )
    }

    /// Each school's address, district and phone, with all that differs, and who says it.
    private var addresses: [String] {
        record.entries(of: .school).compactMap { school in
            let known = Self.addressElements.compactMap { element -> String? in
                let texts = school.answers(element).compactMap { $0.answer.value?.token }
                return texts.isEmpty ? nil : texts.joined(separator: " / ")
            }
            let parts = known + [note(Self.addressElements, in: school.entries)].compactMap { $0 }
            guard !parts.isEmpty else { return nil }
            let name = school.answers(.schoolName).compactMap { $0.answer.value?.token }
                .joined(separator: " / ")
            let sources = school.sources.map { words($0) }.joined(separator: "; ")
            return ([name].filter { !$0.isEmpty } + parts).joined(separator: ", ") + " – " + sources
        }
    }
}
