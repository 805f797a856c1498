import Vocabulary

/// A name and a birth date taken apart for comparison.
struct Identity: Sendable {
    /// One word of a name.
    struct Word: Hashable, Sendable {
        /// Folded.
        let text: String
        let sound: String

        init(_ text: String) {
            self.text = text
            sound = NameSounds.key(of: text)
        }

        var isInitial: Bool { text.utf8.count == 1 }
    }

    /// First given name first, then its companions and the middle names.
    let given: [Word]
    /// Paternal before maternal, wherever they were written.
    let surnames: [Word]
    let birthDate: CivilDate
    let stateStudentID: String?

    init(name: PersonName, birthDate: CivilDate, stateStudentID: String?) {
        given = Self.words(of: [name.given, name.middle])
        surnames = Self.words(of: [name.paternalSurname, name.maternalSurname])
        self.birthDate = birthDate
        let number = stateStudentID.map { NameFolding.words(of: $0).joined() } ?? ""
        self.stateStudentID = number.isEmpty ? nil : number
    }

    private static func words(of fields: [String]) -> [Word] {
        let all = fields.flatMap(NameFolding.words).map(withoutJoinedParticle)
        let telling = all.filter { !particles.contains($0) && !generations.contains($0) }
        return (telling.isEmpty ? all : telling).map(Word.init)
    }

    // "de la Cruz", "Cruz" and "Delacruz" are one surname.
    private static func withoutJoinedParticle(_ word: String) -> String {
        for particle in ["delos", "delas", "dela"] {
            let rest = word.utf8.count - particle.utf8.count
            if word.hasPrefix(particle), rest >= 3 { return String(word.suffix(rest)) }
        }
        return word
    }

    private static let particles: Set<String> = [
        "de", "del", "la", "las", "los", "y", "e", "da", "do", "dos", "von", "van", "san", "santa",
    ]
    private static let generations: Set<String> = ["jr", "sr", "ii", "iii", "iv", "junior"]
}

extension CivilDate {
    /// The date with day and month exchanged; `nil` where there is none or it is the same.
    var withDayAndMonthExchanged: CivilDate? {
        guard day != month else { return nil }
        return CivilDate(year: year, month: day, day: month)
    }
}
