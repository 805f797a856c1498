/// One identity taken apart: words by number, everything else in a few integers.
struct IdentityRow {
    /// A word of a row, and whose it is.
    struct Word {
        let packed: UInt32

        init(_ word: UInt32, _ role: Role) {
            packed = UInt32(role.rawValue) << 28 | word
        }

        init(packed: UInt32) { self.packed = packed }

        var id: UInt32 { packed & 0x0FFF_FFFF }
        var role: UInt8 { UInt8(packed >> 28) }
    }

    /// Child's names first, so that comparing those alone can stop early.
    enum Role: UInt8 {
        case given, surname, parent1Given, parent1Surname, parent2Given, parent2Surname
    }

    /// Gender (two bits), generation (three), and the state of the number (sixteen).
    struct Marks {
        var packed: UInt32

        var gender: UInt8 { UInt8(packed & 3) }
        var generation: UInt8 { UInt8(packed >> 2 & 7) }
        var state: UInt16 { UInt16(truncatingIfNeeded: packed >> 8) }
    }

    /// Hashes of birth city (32 bits), state and country (16 each); zero where unknown.
    struct Place {
        var packed: UInt64

        var city: UInt32 { UInt32(truncatingIfNeeded: packed) }
        var state: UInt16 { UInt16(truncatingIfNeeded: packed >> 32) }
        var country: UInt16 { UInt16(truncatingIfNeeded: packed >> 48) }
    }

    var birthDay = BirthDay.unknown
    var marks = Marks(packed: 0)
    var place = Place(packed: 0)
    var number: UInt64 = 0

    /// The most words of a child's given names and of its surnames; further ones are not looked
    /// at, so that no name can make a search slow.
    static let mostNames = 6
    /// The most words of one name of a parent.
    static let mostParentWords = 3
}

/// Takes identities apart; keeps its buffers from one to the next.
struct IdentityParser {
    /// The words of the identity read last, and whose each is.
    private(set) var words = FoldedWords()
    private(set) var telling: [(range: Range<Int>, role: IdentityRow.Role)] = []
    private var scratch = FoldedWords()

    /// Reads a row; its words are then in `words` at the ranges of `telling`.
    mutating func read(_ text: IdentityText) -> IdentityRow {
        words.clear()
        telling.removeAll(keepingCapacity: true)
        var row = IdentityRow()
        row.birthDay = text.birthDay
        take(text, [.given, .middle], as: .given, most: IdentityRow.mostNames, &row)
        take(
            text,
            [.paternalSurname, .maternalSurname],
            as: .surname,
            most: IdentityRow.mostNames,
            &row
        )
        let parents: [(IdentityText.Field, IdentityRow.Role)] = [
            (.parent1Given, .parent1Given), (.parent1Surname, .parent1Surname),
            (.parent2Given, .parent2Given), (.parent2Surname, .parent2Surname),
        ]
        for (field, role) in parents {
            take(text, [field], as: role, most: IdentityRow.mostParentWords, &row)
        }
        readMarks(text, &row)
        row.place.packed =
            UInt64(hash(text, .birthCity)) | UInt64(shortHash(text, .birthState)) << 32
            | UInt64(shortHash(text, .birthCountry)) << 48
        row.number = StateNumber.packed(text.bytes, text.range(.stateStudentID))
        return row
    }

    /// The words of some fields that tell people apart, without particles and generations.
    private mutating func take(
        _ text: IdentityText,
        _ fields: [IdentityText.Field],
        as role: IdentityRow.Role,
        most: Int,
        _ row: inout IdentityRow
    ) {
        let first = words.ranges.count
        for field in fields { words.read(text.bytes, text.range(field)) }
        let before = telling.count
        for range in words.ranges[first...] {
            guard telling.count - before < most else { return }
            // "Maria E. Lopez" has an initial, "Ortega y Gasset" a particle.
            let isInitial = range.count == 1 && role == .given
            switch isInitial ? .name : NameWords.kind(words.bytes, range) {
            case .name:
                let skipped = NameWords.joinedParticle(words.bytes, range)
                telling.append((range.lowerBound + skipped..<range.upperBound, role))
            case .particle, .placeholder: break
            case .generation(let number):
                if role.rawValue < 2 { row.marks.packed |= UInt32(number) << 2 }
            }
        }
        // A name of nothing but such words is taken as it is.
        guard telling.count == before, role.rawValue < 2 else { return }
        for range in words.ranges[first...].prefix(most)
        where NameWords.kind(words.bytes, range) == .particle {
            telling.append((range, role))
        }
    }

    private mutating func readMarks(_ text: IdentityText, _ row: inout IdentityRow) {
        scratch.clear()
        scratch.read(text.bytes, text.range(.generation))
        for range in scratch.ranges {
            if case .generation(let number) = NameWords.kind(scratch.bytes, range) {
                row.marks.packed = row.marks.packed & ~(7 << 2) | UInt32(number) << 2
            }
        }
        scratch.clear()
        scratch.read(text.bytes, text.range(.gender))
        if let word = scratch.ranges.first {
            row.marks.packed |= NameWords.gender(scratch.bytes, word)
        }
        row.marks.packed |= UInt32(shortHash(text, .state)) << 8
    }

    private mutating func hash(_ text: IdentityText, _ field: IdentityText.Field) -> UInt32 {
        scratch.clear()
        scratch.read(text.bytes, text.range(field))
        guard !scratch.bytes.isEmpty else { return 0 }
        var hash: UInt32 = 0x811C_9DC5
        for byte in NameWords.place(scratch.bytes) { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        return max(1, hash)
    }

    private mutating func shortHash(_ text: IdentityText, _ field: IdentityText.Field) -> UInt16 {
        let hash = hash(text, field)
        return hash == 0 ? 0 : max(1, UInt16(truncatingIfNeeded: hash ^ hash >> 16))
    }
}
