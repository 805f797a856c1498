import Vocabulary

// What a protected entry hides. Every place that puts on file, hides or shows again asks here, so
// that what is hidden when it comes is what is hidden while it is there.
extension LocatorIndex {
    /// The entries that would hide a child if they were protected.
    package func guarding(_ query: LocatorQuery) -> [LocatorEntry] {
        fitting(query).filter { $0.grade.hides(born: query.birthDate) }
            .flatMap { $0.matches.map(\.entry) }
    }

    /// The entries that a protected entry with a query's particulars would hide.
    package func hanging(on query: LocatorQuery) -> [LocatorEntry] {
        fitting(query).flatMap { person in
            person.matches.map(\.entry).filter { person.grade.hides(born: $0.birthDate) }
        }
    }
}

extension MatchGrade {
    /// Whether a protected entry that fits so well hides somebody with this birth date.
    ///
    /// Without a birth date nothing tells a namesake apart: better hidden than found.
    fileprivate func hides(born birthDate: CivilDate?) -> Bool {
        self >= .probable || birthDate == nil
    }
}
