import Vocabulary

/// What one or several sources say the same of one element.
package struct SourcedAnswer: Hashable, Sendable {
    package let answer: ElementAnswer
    /// Newest first.
    package let sources: [RecordSource]
}

/// One thing, such as one course, as all sources describe it.
package struct MergedEntry: Hashable, Sendable {
    package let group: ElementGroup
    /// The entries it is made of, newest source first; nothing of them is lost.
    package let entries: [RecordEntry]

    /// The different answers for one element, the newest first.
    package func answers(_ element: Element) -> [SourcedAnswer] {
        var found: [(answer: ElementAnswer, sources: [RecordSource])] = []
        for entry in entries {
            guard let answer = entry.answers[element] else { continue }
            if let index = found.firstIndex(where: { $0.answer == answer }) {
                if !found[index].sources.contains(entry.source) {
                    found[index].sources.append(entry.source)
                }
            } else {
                found.append((answer, [entry.source]))
            }
        }
        return found.map { SourcedAnswer(answer: $0.answer, sources: $0.sources) }
    }

    /// The newest value: what sums are made of; all others stand beside it.
    package func value(_ element: Element) -> ElementValue? {
        entries.lazy.compactMap { $0.value(element) }.first
    }

    package func text(_ element: Element) -> String? { value(element)?.token }

    package func amount(_ element: Element) -> Hundredths? {
        if case .amount(let amount) = value(element) { amount } else { nil }
    }

    /// What the newest source sent that could not be read, where no source gave a value.
    package func unreadable(_ element: Element) -> String? {
        guard value(element) == nil else { return nil }
        return entries.lazy.compactMap { $0.unreadable(element) }.first
    }

    /// The elements for which two sources give different values.
    package var disputed: [Element] {
        group.elements.filter { element in
            Set(entries.compactMap { $0.value(element) }).count > 1
        }
    }

    package var subject: SubjectArea? { entries.lazy.compactMap(\.subject).first }
    package var standard: String? { entries.lazy.compactMap(\.standard).first }
    package var place: SchoolPlace? { entries.lazy.compactMap(\.place).first }
    package var sources: [RecordSource] {
        var seen: Set<RecordSource> = []
        return entries.map(\.source).filter { seen.insert($0).inserted }
    }
}

/// Several records of one student side by side: merged by what they are about, never overwritten.
///
/// The order in which records are given does not matter, and giving one twice changes nothing.
package struct MergedRecord: Hashable, Sendable {
    package let entries: [MergedEntry]

    package init(_ records: [StudentRecord]) {
        var piles: [Key: [RecordEntry]] = [:]
        var order: [Key] = []
        // The same statement twice is one statement: a record that came with two answers.
        var distinct: [StudentRecord] = []
        for record in records where !distinct.contains(record) { distinct.append(record) }
        let homes = Homes(distinct)
        for record in distinct {
            var counts: [Key: Int] = [:]
            for entry in record.entries where !entry.answers.isEmpty {
                let bare = Key(entry, at: homes.place(of: entry))
                let perSource = bare.of(entry.source)
                counts[perSource, default: 0] += 1
                // Two rows of one school stay two, even where they say the same.
                let key = bare.numbered(counts[perSource] ?? 1)
                if piles[key] == nil { order.append(key) }
                piles[key, default: []].append(entry)
            }
        }
        entries = order.sorted().map { key in
            MergedEntry(group: key.group, entries: (piles[key] ?? []).sorted(by: Self.isBefore))
        }
    }

    package func entries(of group: ElementGroup) -> [MergedEntry] {
        entries.filter { $0.group == group }
    }

    package func first(_ group: ElementGroup) -> MergedEntry? {
        entries.first { $0.group == group }
    }

    /// Every source, newest first.
    package var sources: [RecordSource] {
        Set(entries.flatMap(\.sources)).sorted {
            ($1.date, $0.name, $0.school?.description ?? "")
                < ($0.date, $1.name, $1.school?.description ?? "")
        }
    }

    private static func isBefore(_ one: RecordEntry, _ other: RecordEntry) -> Bool {
        if one.source.date != other.source.date { return one.source.date > other.source.date }
        return text(one) < text(other)
    }

    /// Any fixed order of entries of one day, so that the result is the same for every order.
    private static func text(_ entry: RecordEntry) -> String {
        let answers = entry.answers.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "\($0.key.rawValue)=\($0.value)" }
        return
            ([entry.source.name, entry.source.school?.description ?? "", entry.standard ?? ""]
            + [entry.place?.name ?? "", entry.place?.school?.description ?? ""] + answers)
            .joined(separator: "\u{1F}")
    }
}

/// Where things took place of which their source names no place.
private struct Homes {
    /// As somebody says it.
    private var places: [Key: Places] = [:]
    /// Schools known by their number that speak of a course and name no place: it is their own.
    private var own: [Key: Set<SchoolPlace>] = [:]

    init(_ records: [StudentRecord]) {
        for entry in records.flatMap(\.entries) {
            let key = Key(entry, at: nil)
            if let place = entry.place {
                places[key, default: Places()].insert(place)
            } else if let school = Self.speaker(of: entry) {
                own[key, default: []].insert(school)
            }
        }
    }

    func place(of entry: RecordEntry) -> SchoolPlace? {
        if let place = entry.place { return place }
        let key = Key(entry, at: nil)
        // As others say it who took it over, which may be without the number.
        let said = places[key]?.place(of: entry.source)
        if let said { return said }
        if let school = Self.speaker(of: entry) { return school }
        // A district's list, say: of the one school that knows of such a course, and of neither
        // where two do, since nobody can tell.
        guard let schools = own[key], schools.count == 1 else { return nil }
        return schools.first
    }

    /// Two schools that each granted credit for a course of one name granted it for two.
    private static func speaker(of entry: RecordEntry) -> SchoolPlace? {
        guard entry.group == .course, let school = entry.source.school else { return nil }
        // By its number alone: a school may write its name in two ways.
        return SchoolPlace(school: school, name: "")
    }
}

/// The places that are named of one thing, found by the number where both have one, else by the
/// name.
///
/// Of several the first in order; looked up, since a file may name thousands.
private struct Places {
    private var byNumber: [SchoolID: SchoolPlace] = [:]
    private var byName: [String: SchoolPlace] = [:]
    private var unnumberedByName: [String: SchoolPlace] = [:]

    mutating func insert(_ place: SchoolPlace) {
        let name = place.name.folded
        if let school = place.school {
            byNumber[school] = Self.first(byNumber[school], place)
        } else {
            unnumberedByName[name] = Self.first(unnumberedByName[name], place)
        }
        byName[name] = Self.first(byName[name], place)
    }

    func place(of source: RecordSource) -> SchoolPlace? {
        let name = source.name.folded
        guard let school = source.school else { return byName[name] }
        let unnumbered = unnumberedByName[name]
        return byNumber[school].map { Self.first(unnumbered, $0) } ?? unnumbered
    }

    private static func first(_ one: SchoolPlace?, _ other: SchoolPlace) -> SchoolPlace {
        guard let one else { return other }
        return other.key < one.key ? other : one
    }
}

extension SchoolPlace {
    fileprivate var key: String { school?.description ?? name.folded }
}

/// What makes two entries of different sources the same thing.
private struct Key: Hashable, Comparable {
    let group: ElementGroup
    var words: [String]
    var number = 1

    init(_ entry: RecordEntry, at place: SchoolPlace?) {
        group = entry.group
        let elements: [Element] =
            switch entry.group {
            case .identity, .birth, .parents, .guardian, .eligibility: []
            case .stateIdentifier: [.stateStudentIdentificationNumber]
            case .enrollment: [.enrollmentDate]
            case .educationAlert: [.educationAlert]
            case .medicalAlert: [.medicalAlert]
            case .immunization: [.immunizationDate]
            case .qualifyingMove: [.qualifyingArrivalDate]
            case .school: entry.text(.schoolCode) == nil ? [.schoolName] : [.schoolCode]
            case .graduationRequirement: entry.subject == nil ? [.subjectArea] : []
            case .course: [.courseYear, .termType, .courseSection, .courseTitle]
            case .assessment: [.assessmentName, .assessmentDate, .resultType]
            }
        words = elements.map { (entry.text($0) ?? "").folded }
        switch entry.group {
        case .immunization:
            words.append(entry.standard ?? (entry.text(.immunizationType) ?? "").folded)
        case .graduationRequirement: words.append(entry.subject?.rawValue ?? "")
        case .course, .enrollment:
            words.append(place?.key ?? "")
        default: break
        }
    }

    func of(_ source: RecordSource) -> Self {
        var copy = self
        copy.words += [source.school?.description ?? "", source.name, source.date.description]
        return copy
    }

    func numbered(_ number: Int) -> Self {
        var copy = self
        copy.number = number
        return copy
    }

    static func < (lhs: Self, rhs: Self) -> Bool {
        let groups = ElementGroup.allCases
        let (left, right) = (groups.firstIndex(of: lhs.group), groups.firstIndex(of: rhs.group))
        if left != right { return (left ?? 0) < (right ?? 0) }
        if lhs.words != rhs.words { return lhs.words.lexicographicallyPrecedes(rhs.words) }
        return lhs.number < rhs.number
    }
}
