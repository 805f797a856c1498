import RecordExchange
import RecordLocator
import StudentRecords
import Vocabulary

extension LocatorEntry {
    /// The source of pointers that requests teach.
    static let requestSource = "records request"
    /// The source of entries that are on file only to keep their student hidden.
    static let guardSource = "protected student"

    /// On file only to keep its student hidden; no feed can withdraw it.
    var isGuard: Bool { isPersonsWord && provenance.source == Self.guardSource }

    /// A person's word that outlasts every feed: what else is hidden on it hangs on this.
    ///
    /// What requests taught before grounds were written down says none; no source stands behind it.
    var isPersonsWord: Bool { isProtected && isOurs && protectionGround != .anotherEntry }

    /// Its own source says that it is protected.
    var isSourcesWord: Bool { isProtected && !isOurs && protectionGround == nil }

    /// No feed reports it.
    fileprivate var isOurs: Bool {
        [Self.guardSource, Self.requestSource].contains(provenance.source)
    }

    /// A guardian like this one for another way of writing its student.
    fileprivate func guardian(_ id: ID, of query: LocatorQuery) -> Self {
        .guardian(id, of: query, at: school, since: provenance.receivedOn, person: person)
    }

    fileprivate static func guardian(
        _ id: ID,
        of query: LocatorQuery,
        at school: SchoolID,
        since day: CivilDate,
        person: PersonID?
    ) -> Self {
        Self(
            id: id,
            name: query.name,
            birthDate: query.birthDate,
            school: school,
            stateStudentID: query.stateStudentID,
            particulars: query.particulars,
            provenance: Provenance(source: guardSource, receivedOn: day),
            isProtected: true,
            person: person,
            protectionGround: .person
        )
    }
}

extension CaseTransaction {
    /// The most ways of writing one student that get a guardian each: no child has been to more
    /// schools.
    private static var mostSpellings: Int { 60 }

    /// An entry that keeps a student hidden, whatever becomes of the others.
    ///
    /// The school may have left the directory.
    func guardian(
        _ id: LocatorEntry.ID,
        of query: LocatorQuery,
        at school: SchoolID,
        person: PersonID?
    ) throws -> LocatorEntry {
        let day = try session.school(school).map { today(in: $0.state) } ?? now.dayInGreenwich
        return .guardian(id, of: query, at: school, since: day, person: person)
    }

    /// The guardian beside the first one that stands for another way of writing the student.
    func guardianID(_ place: Int, beside first: LocatorEntry.ID) -> LocatorEntry.ID {
        let digest = secrets.digest(of: Array("guardian \(first) \(place)".utf8))
        let bits = digest.bytes.prefix(16).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        return LocatorEntry.ID(rawValue: bits)
    }

    /// The guardians on file beside the first one; they come and go together.
    func guardians(beside first: LocatorEntry.ID) throws -> [LocatorEntry] {
        var found: [LocatorEntry] = []
        while found.count < Self.mostSpellings,
            let next = try session.locatorEntry(guardianID(found.count, beside: first))
        {
            found.append(next)
        }
        return found
    }

    /// A guardian for each way of writing the student that has none of this word yet.
    private func guardians(
        beside first: LocatorEntry,
        for spellings: [LocatorQuery]
    ) throws -> [LocatorEntry] {
        let there = try guardians(beside: first.id)
        // What stands there already may be written in another way.
        let base = try session.locatorEntry(first.id) ?? first
        let guarded = Set(([base] + there).map { LocatorQuery($0) })
        let missing = spellings.distinct.filter { !guarded.contains($0) }
        return missing.prefix(Self.mostSpellings - there.count).enumerated().map { place, query in
            first.guardian(guardianID(there.count + place, beside: first.id), of: query)
        }
    }

    /// Hides a student on a person's word: surely theirs, and what may be theirs because of it.
    ///
    /// What a source hides by its own word stays as it is, so that it can be told from ours.
    /// `guardian` goes on file beside them, and one like it for each other way the student is
    /// written: entries come and go with their feeds, and whatever comes later is hidden because
    /// of them. What came in since the locator was asked is looked at as well. Returns how many
    /// entries are hidden now that were not.
    @discardableResult
    func hide(_ student: KnownStudent, behind guardian: LocatorEntry) throws -> Int {
        var sure = try student.certain.compactMap { try session.locatorEntry($0) }
        for person in student.people { sure += try session.entries(of: person) }
        let spellings = (student.spellings + sure.map { LocatorQuery($0) }).distinct
        let later = try LaterEntries(after: student.position, in: session)
        let nearIDs = spellings.prefix(Self.mostSpellings)
            .reduce(into: student.near) { $0.formUnion(later.hanging(on: $1)) }
        var near = try nearIDs.compactMap { try session.locatorEntry($0) }
        // Whose an entry without a birth date is says nothing of whose the student is.
        for person in Set(near.filter { $0.birthDate != nil }.compactMap(\.person)) {
            near += try session.entries(of: person)
        }
        var changed: [LocatorEntry.ID: LocatorEntry] = [:]
        var count = 0
        for entry in sure where changed[entry.id] == nil && !entry.isSourcesWord {
            if !entry.isProtected { count += 1 }
            var hidden = entry
            if !entry.isOurs || entry.id == guardian.id {
                hidden.protect(.person)
            } else if !entry.isProtected {
                // What another request taught is no word of its own: it would outlast this one.
                hidden.protect(.anotherEntry)
            }
            changed[entry.id] = hidden
        }
        for entry in near where changed[entry.id] == nil && !entry.isProtected {
            count += 1
            var hidden = entry
            hidden.protect(.anotherEntry)
            changed[entry.id] = hidden
        }
        // Where the request taught a pointer, that says more than a guardian would.
        var word = try changed[guardian.id] ?? session.locatorEntry(guardian.id) ?? guardian
        word.protect(.person)
        changed[word.id] = word
        let all = ([LocatorQuery(guardian)] + spellings).distinct
        for more in try guardians(beside: guardian, for: all) { changed[more.id] = more }
        try session.save(changed.values.sorted { $0.id < $1.id })
        return count
    }
}
