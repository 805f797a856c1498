import RecordExchange
import RecordLocator
import StudentRecords
import Vocabulary

/// A student's entries as the locator shows them.
struct KnownStudent: Sendable {
    private(set) var certain: Set<LocatorEntry.ID> = []
    private(set) var near: Set<LocatorEntry.ID> = []
    /// Whose the certain entries are.
    private(set) var people: Set<PersonID>
    private(set) var nearPeople: Set<PersonID> = []

    init(_ matches: [LocatorMatch], of people: Set<PersonID> = []) {
        self.people = people
        for match in matches where match.grade >= .probable {
            if match.grade == .certain {
                certain.insert(match.entry.id)
                if let person = match.entry.person { self.people.insert(person) }
            } else {
                near.insert(match.entry.id)
                if let person = match.entry.person { nearPeople.insert(person) }
            }
        }
    }

    /// The one person it surely is; `nil` where it is nobody or may be several.
    var person: PersonID? { people.count == 1 ? people.first : nil }
}

extension LocatorEntry {
    /// The source of pointers that requests teach.
    static let requestSource = "records request"
    /// The source of entries that are on file only to keep their student hidden.
    static let guardSource = "protected student"

    /// On file only to keep its student hidden; no feed can withdraw it.
    var isGuard: Bool { isPersonsWord && provenance.source == Self.guardSource }

    /// A person's word that outlasts every feed: what else is hidden on it hangs on this.
    var isPersonsWord: Bool {
        isProtected && protectionGround == .person
            && [Self.guardSource, Self.requestSource].contains(provenance.source)
    }

    /// Its own source says that it is protected.
    var isSourcesWord: Bool { isProtected && protectionGround == nil }
}

extension CaseTransaction {
    /// An entry that keeps a request's student hidden, whatever becomes of the others.
    func guardian(
        _ id: LocatorEntry.ID,
        of student: StudentIdentity,
        at school: School,
        person: PersonID?
    ) -> LocatorEntry {
        LocatorEntry(
            id: id,
            name: student.name,
            birthDate: student.birthDate,
            school: school.id,
            stateStudentID: student.stateStudentID,
            provenance: LocatorEntry.Provenance(
                source: LocatorEntry.guardSource,
                receivedOn: today(in: school.state)
            ),
            isProtected: true,
            person: person,
            protectionGround: .person
        )
    }

    /// Hides a student on a person's word: surely theirs, and what may be theirs because of it.
    ///
    /// What a source hides by its own word stays as it is, so that it can be told from ours.
    /// `guardian` goes on file beside them: entries come and go with their feeds, and whatever
    /// comes later is hidden because of it. Returns how many entries are hidden now that were not.
    @discardableResult
    func hide(_ student: KnownStudent, behind guardian: LocatorEntry) throws -> Int {
        var sure = try student.certain.compactMap { try session.locatorEntry($0) }
        for person in student.people { sure += try session.entries(of: person) }
        var near = try student.near.compactMap { try session.locatorEntry($0) }
        for person in student.nearPeople { near += try session.entries(of: person) }
        var changed: [LocatorEntry.ID: LocatorEntry] = [:]
        var count = 0
        for entry in sure where changed[entry.id] == nil && !entry.isSourcesWord {
            if !entry.isProtected { count += 1 }
            var hidden = entry
            hidden.protect(.person)
            changed[entry.id] = hidden
        }
        for entry in near where changed[entry.id] == nil && !entry.isProtected {
            count += 1
            var hidden = entry
            hidden.protect(.anotherEntry)
            changed[entry.id] = hidden
        }
        if changed[guardian.id] == nil {
            if var pointer = try session.locatorEntry(guardian.id) {
                // A pointer that the request taught: it says more than a guardian would.
                pointer.protect(.person)
                changed[pointer.id] = pointer
            } else {
                changed[guardian.id] = guardian
            }
        }
        try session.save(changed.values.sorted { $0.id < $1.id })
        return count
    }
}
