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
    /// Entries whose schools may be asked without another question, the latest first.
    let certain: [LocatorEntry]
    /// What is hidden with the student, for those who hide them.
    let student: KnownStudent
    /// A protected entry is this student's: whatever is added is protected too.
    ///
    /// For what is put on file alone: who is asked next must not tell of a protected entry.
    fileprivate let isGuarded: Bool
}

extension Desk {
    /// What the locator knows of a student now.
    func knownPointers(of student: StudentIdentity) async throws -> KnownPointers {
        let query = student.query
        let known = try await knownStudent([query])
        let answer = await finder.find(query)
        var entries: [SchoolID: [LocatorEntry.ID]] = [:]
        var schools: Set<SchoolID> = []
        for match in answer.people.flatMap(\.matches) where match.grade >= .probable {
            entries[match.entry.school, default: []].append(match.entry.id)
            if match.entry.standing == .onFile { schools.insert(match.entry.school) }
        }
        // What a school denied is found by nobody who asks; here it says what is known already.
        for entry in await finder.hanging(on: query)
        where entry.standing == .denied && !entry.isProtected {
            entries[entry.school, default: []].append(entry.id)
        }
        let certain = (answer.certain?.matches ?? []).filter { match in
            match.grade == .certain && match.entry.standing == .onFile && !match.entry.isProtected
        }
        return KnownPointers(
            schools: schools,
            entries: entries,
            certain: certain.map(\.entry),
            student: known,
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
        // Not where a person has lifted that word since.
        let isConcealed = try inquiries.contains { inquiry in
            try inquiry.reason?.isConcealed == true
                && session.locatorEntry(LocatorEntry.ID(taughtBy: inquiry.id))?
                    .isPersonsWord == true
        }
        let ground: LocatorEntry.ProtectionGround? =
            try isConcealed ? .person : isGuarded(known) ? .anotherEntry : nil
        if !known.schools.contains(request.requester) {
            try addPointer(
                LocatorEntry.ID(taughtBy: request.id),
                to: request.requester,
                of: request,
                from: request.startDate ?? request.filedOn,
                hiddenBy: ground
            )
        }
        for inquiry in inquiries
        where inquiry.status == .sent && !known.schools.contains(inquiry.school) {
            try addPointer(
                LocatorEntry.ID(taughtBy: inquiry.id),
                to: inquiry.school,
                of: request,
                hiddenBy: ground
            )
        }
    }

    /// A holder said no: an entry that says otherwise is weakened.
    ///
    /// Where the student moved on the next school gets a pointer; a holder that conceals the student
    /// hides them everywhere.
    func learn(
        from facts: Inquiry.Facts,
        about inquiry: Inquiry,
        of request: RecordRequest,
        _ known: KnownPointers
    ) throws {
        switch facts.reason {
        case .protectiveOrder, .missingChild:
            // Nobody who asks sees more of it than of "never enrolled": nothing.
            try hide(known.student, concealedBy: inquiry, of: request)
        case .neverEnrolled:
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
                LocatorEntry.ID(taughtBy: inquiry.id),
                to: next,
                of: request,
                standing: .hearsay,
                hiddenBy: try isGuarded(known) ? .anotherEntry : nil
            )
        default: break
        }
    }

    /// A protected entry is this student's, be it that it came in since the locator was asked.
    private func isGuarded(_ known: KnownPointers) throws -> Bool {
        if known.isGuarded { return true }
        let later = try LaterEntries(after: known.student.position, in: session)
        return known.student.spellings.contains { later.isGuarded($0) }
    }

    private func addPointer(
        _ id: LocatorEntry.ID,
        to school: SchoolID,
        of request: RecordRequest,
        from: CivilDate? = nil,
        standing: LocatorEntry.Standing = .onFile,
        hiddenBy ground: LocatorEntry.ProtectionGround?
    ) throws {
        guard let home = try session.school(school) else { return }
        // A pointer in the place of a guardian hides as the guardian did.
        let isGuard = try session.locatorEntry(id)?.isPersonsWord == true
        let word: LocatorEntry.ProtectionGround? = isGuard ? .person : ground
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
                    source: LocatorEntry.requestSource,
                    receivedOn: today(in: home.state)
                ),
                isProtected: word != nil,
                standing: standing,
                protectionGround: word
            )
        ])
    }
}
