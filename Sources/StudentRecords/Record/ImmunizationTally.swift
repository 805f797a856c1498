package import Vocabulary

/// A student's immunizations by vaccine group, as a school nurse counts them.
///
/// A combination is a dose of each of its groups. A group has one dose a day, whoever tells of it:
/// two schools that say the same one tell no second one.
package struct ImmunizationTally: Hashable, Sendable {
    /// One dose.
    package struct Dose: Hashable, Sendable {
        /// `nil` where nobody said the day, or said none that can be read.
        package let day: CivilDate?
        /// What was sent as its day and is none.
        package let unreadable: String?
        /// What its school says in place of its day: withheld, or none on file.
        package let instead: ElementAnswer?
        /// Who tells of it, the newest first.
        package fileprivate(set) var sources: [RecordSource]
    }

    /// The doses of one group, by day; those without one last.
    package struct Group: Hashable, Sendable {
        package let name: String
        package let doses: [Dose]

        /// Every school that tells of one of them.
        package var sources: [RecordSource] {
            var seen: Set<RecordSource> = []
            return doses.flatMap(\.sources).filter { seen.insert($0).inserted }
        }
    }

    /// By name.
    package let groups: [Group]

    /// `codes` says what counts for which group; a vaccine that it does not know is a group of its
    /// own, under the school's word.
    package init(_ record: MergedRecord, codes: StandardCodes) {
        var found: [String: (name: String, doses: [Dose])] = [:]
        for merged in record.entries(of: .immunization) where Self.isDose(merged) {
            var day: CivilDate?
            if case .date(let date) = merged.value(.immunizationDate) { day = date }
            let dose = Dose(
                day: day,
                unreadable: merged.unreadable(.immunizationDate),
                instead: merged.answers(.immunizationDate).map(\.answer)
                    .first { $0 == .withheld || $0 == .noneOnFile },
                sources: merged.sources
            )
            for name in Self.names(of: merged, codes) {
                found[name.folded, default: (name, [])].doses.append(dose)
            }
        }
        groups = found.values.map { Group(name: $0.name, doses: Self.distinct($0.doses)) }
            .sorted { $0.name < $1.name }
    }

    /// That none is on file is no dose.
    private static func isDose(_ entry: MergedEntry) -> Bool {
        entry.entries.contains { $0.answers.values.contains { $0.value != nil } }
    }

    private static func names(of dose: MergedEntry, _ codes: StandardCodes) -> [String] {
        let word = dose.text(.immunizationType) ?? ""
        let vaccine = dose.standard.flatMap(codes.vaccine) ?? codes.vaccine(word)
        if let vaccine, !vaccine.groups.isEmpty { return vaccine.groups.map(name) }
        return [name(word.isEmpty ? vaccine?.name ?? "" : word)]
    }

    /// A group in the letters in which schools know it.
    private static func name(_ group: String) -> String { known[group.folded] ?? group }

    private static let known = Dictionary(
        uniqueKeysWithValues: [
            ("DTAP", "DTaP"), ("TDAP", "Tdap"), ("POLIO", "Polio"), ("HIB", "Hib"),
            ("VARICELLA", "Varicella"), ("HepA", "Hepatitis A"), ("HepB", "Hepatitis B"),
            ("ROTAVIRUS", "Rotavirus"), ("FLU", "Influenza"), ("MENING", "Meningococcal"),
            ("MeningB", "Meningococcal B"), ("PneumoPCV", "Pneumococcal (PCV)"),
            ("PneumoPPV", "Pneumococcal (PPSV)"), ("MEASLES", "Measles"), ("MUMPS", "Mumps"),
            ("RUBELLA", "Rubella"),
        ]
        .map { ($0.0.folded, $0.1) }
    )

    private static func distinct(_ doses: [Dose]) -> [Dose] {
        var days: [CivilDate: Dose] = [:]
        for dose in doses {
            guard let day = dose.day else { continue }
            guard var known = days[day] else {
                days[day] = dose
                continue
            }
            known.sources += dose.sources.filter { !known.sources.contains($0) }
            known.sources.sort { $0.date > $1.date }
            days[day] = known
        }
        return days.sorted { $0.key < $1.key }.map(\.value) + doses.filter { $0.day == nil }
    }
}
