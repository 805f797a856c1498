/// Who somebody is, as written: the text of an entry or a query before it is taken apart.
///
/// One buffer that is filled again for each row, since an index is built from millions.
package struct IdentityText: Sendable {
    /// In the order in which they are appended.
    package enum Field: Int, Sendable, CaseIterable {
        case paternalSurname, maternalSurname, given, middle, generation, gender
        case birthCity, birthState, birthCountry
        case parent1Surname, parent1Given, parent2Surname, parent2Given
        case stateStudentID
        /// The state whose number that is: of an entry, the state of its school.
        case state
    }

    package private(set) var bytes: [UInt8] = []
    private var ends = [Int](repeating: 0, count: Field.allCases.count)
    private var filled = 0
    package var birthDay = BirthDay.unknown

    package init() {}

    /// Empties it for the next row.
    package mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        filled = 0
        birthDay = .unknown
    }

    /// Appends the UTF-8 of the next field; fields never appended are empty.
    package mutating func append(_ text: some Sequence<UInt8>) {
        guard filled < ends.count else { return }
        bytes.append(contentsOf: text)
        ends[filled] = bytes.count
        filled += 1
    }

    /// Appends part of a larger buffer as the next field.
    package mutating func append(_ text: [UInt8], _ range: Range<Int>) {
        guard filled < ends.count else { return }
        bytes.append(contentsOf: text[range])
        ends[filled] = bytes.count
        filled += 1
    }

    func range(_ field: Field) -> Range<Int> {
        let index = field.rawValue
        guard index < filled else { return bytes.count..<bytes.count }
        return (index == 0 ? 0 : ends[index - 1])..<ends[index]
    }
}
