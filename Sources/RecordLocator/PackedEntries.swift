import Vocabulary

/// Entries as bytes, one after the other: a million of them as values would take four times the
/// memory.
struct PackedEntries: Sendable {
    private var bytes: [UInt8] = []
    private var starts: [Int] = []
    private var freeSlots: [UInt32] = []
    private var unused = 0

    private static let none = -1

    /// Keeps an entry; the slot is its number here.
    mutating func insert(_ entry: LocatorEntry) -> UInt32 {
        let slot: UInt32
        if let free = freeSlots.popLast() {
            slot = free
        } else {
            slot = UInt32(starts.count)
            starts.append(Self.none)
        }
        starts[Int(slot)] = bytes.count
        write(entry)
        return slot
    }

    mutating func remove(_ slot: UInt32) {
        let start = starts[Int(slot)]
        guard start != Self.none else { return }
        unused += length(at: start)
        starts[Int(slot)] = Self.none
        freeSlots.append(slot)
        if unused > max(1 << 20, bytes.count / 2) { compact() }
    }

    /// The entry in a slot; `nil` where there is none.
    func entry(_ slot: UInt32) -> LocatorEntry? {
        let start = starts[Int(slot)]
        guard start != Self.none else { return nil }
        return read(at: start)
    }

    /// Whose the entry in a slot is; nothing else of it is read.
    func person(_ slot: UInt32) -> PersonID? {
        let start = starts[Int(slot)]
        guard start != Self.none, integer(at: start + 37, 1) != 0 else { return nil }
        return PersonID(rawValue: wide(at: start + 38))
    }

    private mutating func compact() {
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count - unused)
        for slot in starts.indices where starts[slot] != Self.none {
            let start = starts[slot]
            starts[slot] = kept.count
            kept.append(contentsOf: bytes[start..<start + length(at: start)])
        }
        bytes = kept
        unused = 0
    }

    // MARK: - Bytes

    private func length(at start: Int) -> Int { Int(integer(at: start, 4)) }

    private func integer(at position: Int, _ width: Int) -> UInt64 {
        var value: UInt64 = 0
        for byte in bytes[position..<position + width].reversed() {
            value = value << 8 | UInt64(byte)
        }
        return value
    }

    private func wide(at position: Int) -> UInt128 {
        UInt128(integer(at: position, 8)) | UInt128(integer(at: position + 8, 8)) << 64
    }

    private mutating func write(_ value: UInt64, _ width: Int) {
        for index in 0..<width { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
    }

    private mutating func write(_ entry: LocatorEntry) {
        let start = bytes.count
        write(0, 4)
        let id = entry.id.rawValue
        write(UInt64(truncatingIfNeeded: id), 8)
        write(UInt64(truncatingIfNeeded: id >> 64), 8)
        for day in [entry.birthDate, entry.from, entry.to, entry.provenance.receivedOn] {
            write(UInt64(bitPattern: Int64(day?.dayNumber ?? Self.noDay)), 4)
        }
        write(UInt64(LocatorEntry.Standing.allCases.firstIndex(of: entry.standing) ?? 0), 1)
        write(entry.person == nil ? 0 : 1, 1)
        if let person = entry.person?.rawValue {
            write(UInt64(truncatingIfNeeded: person), 8)
            write(UInt64(truncatingIfNeeded: person >> 64), 8)
        }
        let particulars = entry.particulars
        var fields = [
            entry.name.given, entry.name.middle, entry.name.paternalSurname,
            entry.name.maternalSurname, entry.school.description, entry.grade?.rawValue ?? "",
            // An absent number and an empty one are different things.
            entry.stateStudentID.map { "=" + $0 } ?? "", entry.provenance.source,
            particulars.generation, particulars.gender, particulars.birthCity,
            particulars.birthState, particulars.birthCountry, particulars.numberState,
        ]
        for parent in particulars.parents { fields += [parent.given, parent.surname] }
        for field in fields {
            let kept = field.utf8.prefix(Int(UInt16.max))
            write(UInt64(kept.count), 2)
            bytes.append(contentsOf: kept)
        }
        let length = bytes.count - start
        for index in 0..<4 {
            bytes[start + index] = UInt8(truncatingIfNeeded: length >> (8 * index))
        }
    }

    private static let noDay = Int(Int32.min)

    private func read(at start: Int) -> LocatorEntry? {
        let end = start + length(at: start)
        let id = wide(at: start + 4)
        let days = (0..<4).map { index -> CivilDate? in
            let bits = UInt32(truncatingIfNeeded: integer(at: start + 20 + 4 * index, 4))
            let number = Int(Int32(bitPattern: bits))
            return number == Self.noDay ? nil : CivilDate(dayNumber: number)
        }
        let standing = LocatorEntry.Standing.allCases[Int(integer(at: start + 36, 1))]
        let hasPerson = integer(at: start + 37, 1) != 0
        var fields: [String] = []
        var position = start + 38 + (hasPerson ? 16 : 0)
        while position < end {
            let length = Int(integer(at: position, 2))
            position += 2
            fields.append(String(decoding: bytes[position..<position + length], as: UTF8.self))
            position += length
        }
        guard fields.count >= 14, let receivedOn = days[3], let school = SchoolID(fields[4]),
            let name = try? PersonName(
                given: fields[0],
                middle: fields[1],
                paternalSurname: fields[2],
                maternalSurname: fields[3]
            )
        else { return nil }
        return LocatorEntry(
            id: LocatorEntry.ID(rawValue: id),
            name: name,
            birthDate: days[0],
            school: school,
            from: days[1],
            to: days[2],
            grade: Grade(rawValue: fields[5]),
            stateStudentID: fields[6].isEmpty ? nil : String(fields[6].dropFirst()),
            particulars: IdentityParticulars(
                generation: fields[8],
                gender: fields[9],
                birthCity: fields[10],
                birthState: fields[11],
                birthCountry: fields[12],
                parents: stride(from: 14, to: fields.count - 1, by: 2).map {
                    IdentityParticulars.Parent(given: fields[$0], surname: fields[$0 + 1])
                },
                numberState: fields[13]
            ),
            provenance: LocatorEntry.Provenance(source: fields[7], receivedOn: receivedOn),
            person: hasPerson ? PersonID(rawValue: wide(at: start + 38)) : nil,
            standing: standing
        )
    }
}
