import RecordExchange
import RecordLocator
import StudentRecords
import Vocabulary

/// What the locator knew of a request's student, before what the request taught it is put on file.
struct KnownPointers: Sendable {
    /// Schools that the student is known to have been at.
    let schools: Set<SchoolID>
    /// Entries that point to the student, by school.
    let entries: [SchoolID: [LocatorEntry.ID]]
    /// Schools that may be asked without another question, the latest first.
    let certain: [SchoolID]
    /// A protected entry is this student's: whatever is added is protected too.
    ///
    /// For what is put on file alone: who is asked next must not tell of a protected entry.
    let isGuarded: Bool
}

extension Desk {
    /// What the locator knows of a student now.
    func knownPointers(of student: StudentIdentity) async -> KnownPointers {
        let query = LocatorQuery(
            name: student.name,
            birthDate: student.birthDate,
            stateStudentID: student.stateStudentID
        )
        let answer = await finder.find(query)
        var entries: [SchoolID: [LocatorEntry.ID]] = [:]
        var schools: Set<SchoolID> = []
        for match in answer.people.flatMap(\.matches) where match.grade >= .probable {
            entries[match.entry.school, default: []].append(match.entry.id)
            if match.entry.standing == .onFile { schools.insert(match.entry.school) }
        }
        let certain = (answer.certain?.matches ?? []).filter { match in
            match.grade == .certain && match.entry.standing == .onFile && !match.entry.isProtected
        }
        return KnownPointers(
            schools: schools,
            entries: entries,
            certain: certain.map(\.entry.school),
            isGuarded: await finder.isGuarded(query)
        )
    }
}

extension CaseTransaction {
    /// The request is completed: the school that received the records holds some now, and so do
    /// those that sent them.
    func addPointers(of request: RecordRequest, _ known: KnownPointers) throws {
        let inquiries = try session.inquiries(of: request.id)
        // A protective order or a missing child: the new school must not be found either.
        let isHidden =
            known.isGuarded || inquiries.contains { $0.reason?.isConcealed == true }
        if !known.schools.contains(request.requester) {
            try addPointer(
                LocatorEntry.ID(rawValue: request.id.rawValue),
                to: request.requester,
                of: request,
                from: request.startDate ?? request.filedOn,
                isHidden: isHidden
            )
        }
        for inquiry in inquiries
        where inquiry.status == .sent && !known.schools.contains(inquiry.school) {
            try addPointer(
                LocatorEntry.ID(rawValue: inquiry.id.rawValue),
                to: inquiry.school,
                of: request,
                isHidden: isHidden
            )
        }
    }

    /// A holder said no: an entry that says otherwise is weakened, and where the student moved on
    /// the next school gets a pointer.
    func learn(
        from facts: Inquiry.Facts,
        about inquiry: Inquiry,
        of request: RecordRequest,
        _ known: KnownPointers
    ) throws {
        switch facts.reason {
        // What is concealed looks like "never enrolled", here as everywhere.
        case .neverEnrolled, .protectiveOrder, .missingChild:
            for id in known.entries[inquiry.school] ?? [] {
                guard var entry = try session.locatorEntry(id), entry.standing != .denied else {
                    continue
                }
                entry.standing = .denied
                try session.save([entry])
            }
        case .movedOn:
            guard let next = facts.movedTo, known.entries[next] == nil,
                try session.school(next) != nil
            else { return }
            try addPointer(
                LocatorEntry.ID(rawValue: inquiry.id.rawValue),
                to: next,
                of: request,
                standing: .hearsay,
                isHidden: known.isGuarded
            )
        default: break
        }
    }

    private func addPointer(
        _ id: LocatorEntry.ID,
        to school: SchoolID,
        of request: RecordRequest,
        from: CivilDate? = nil,
        standing: LocatorEntry.Standing = .onFile,
        isHidden: Bool
    ) throws {
        guard let home = try session.school(school) else { return }
        let student = request.student
        try session.save([
            LocatorEntry(
                id: id,
                name: student.name,
                birthDate: student.birthDate,
                school: school,
                from: from,
                grade: from == nil ? nil : student.grade,
                stateStudentID: student.stateStudentID,
                provenance: LocatorEntry.Provenance(
                    source: "records request",
                    receivedOn: today(in: home.state)
                ),
                isProtected: isHidden,
                standing: standing
            )
        ])
    }
}
