import RecordExchange
import RecordLocator
import StudentRecords
package import Vocabulary

/// A student whom somebody at the gateway hides in the locator, or shows again.
package enum ProtectedStudent: Hashable, Sendable {
    /// The student of a request.
    case request(RequestNumber)
    case person(StudentRecordNumber)
}

/// What became of a student's hidden entries.
package struct LiftedProtection: Hashable, Sendable {
    /// Entries that are shown again.
    package internal(set) var shown = 0
    /// Entries that stay hidden: a source or another word about a student who fits says so.
    package internal(set) var kept = 0
}

/// What stands on file of the student somebody named.
private struct NamedStudent: Sendable {
    /// For the audit log.
    let subject: String
    let guardian: LocatorEntry
    /// Each way the student is written.
    let spellings: [LocatorQuery]
    /// Entries that are on file by this student's number itself.
    let own: Set<LocatorEntry.ID>
    var people: Set<PersonID> = []
}

extension Desk {
    /// Hides a student's entries in the locator, those that come later among them.
    ///
    /// Returns how many entries were hidden by it. Throws `notFound` where there is no such number.
    @discardableResult
    package func protect(_ student: ProtectedStudent) async throws -> Int {
        let named = try await read { try $0.named(student) }
        let known = try await knownStudent(named.spellings, of: named.people)
        return try await write { transaction in
            let count = try transaction.hide(known, behind: named.guardian)
            try transaction.audit(
                .operator,
                "locator.protect",
                subject: named.subject,
                detail: "entries=\(count)"
            )
            return count
        }
    }

    /// Shows a student's entries again that were hidden on a person's word.
    ///
    /// Where a source's own word stands they stay hidden because of it, and where a word about
    /// another number of a student who fits stands they stay as they are. Throws `notFound` where
    /// there is no such number.
    @discardableResult
    package func unprotect(_ student: ProtectedStudent) async throws -> LiftedProtection {
        let named = try await read { try $0.named(student) }
        // What is not taken up yet would not be found, and stay hidden.
        _ = try await finder.takeUp()
        var near = named.own
        for query in named.spellings {
            near.formUnion(await finder.hanging(on: query).map(\.id))
        }
        let ids = near
        let entries = try await read { try $0.hidden(ids) }
        var holders: [LocatorEntry.ID: Set<LocatorEntry.ID>] = [:]
        for (entry, guards) in zip(entries, await finder.guards(of: entries)) {
            holders[entry.id] = ids.union((guards ?? []).map(\.id))
        }
        let beside = holders
        return try await write { transaction in
            var lifted = LiftedProtection()
            let others = try transaction.numbers(of: named.own).subtracting([named.subject])
            for id in beside.keys.sorted() {
                try transaction.lift(id, own: named.own, beside: beside[id] ?? [], &lifted)
            }
            // Last: while the entries were judged, this student's own words counted for nothing.
            let guardians = try named.own.filter {
                try transaction.session.locatorEntry($0)?.isGuard == true
            }
            for id in guardians { try transaction.session.withdrawEntry(id) }
            try transaction.audit(
                .operator,
                "locator.unprotect",
                subject: named.subject,
                detail: "shown=\(lifted.shown) kept=\(lifted.kept)"
            )
            for number in others.sorted() {
                try transaction.audit(
                    .operator,
                    "locator.unprotect",
                    subject: number,
                    detail: "with=\(named.subject)"
                )
            }
            return lifted
        }
    }
}

extension CaseTransaction {
    fileprivate func named(_ student: ProtectedStudent) throws -> NamedStudent {
        switch student {
        case .request(let number):
            guard let request = try session.request(numbered: number) else {
                throw CaseworkFailure.notFound
            }
            let words =
                [LocatorEntry.ID(taughtBy: request.id)]
                + (try session.inquiries(of: request.id)).map { LocatorEntry.ID(taughtBy: $0.id) }
            let entries = try words.flatMap { word in
                try [session.locatorEntry(word)].compactMap(\.self) + guardians(beside: word)
            }
            return NamedStudent(
                subject: number.description,
                guardian: try guardian(
                    words[0],
                    of: request.student.query,
                    at: request.requester,
                    person: nil
                ),
                spellings: ([request.student.query] + entries.map { LocatorQuery($0) }).distinct,
                own: Set(entries.map(\.id))
            )
        case .person(let number):
            guard let known = try session.person(numbered: number),
                let person = try session.currentPerson(known.id)
            else { throw CaseworkFailure.notFound }
            let entries = try session.entries(of: person.id)
            guard let first = entries.first else { throw CaseworkFailure.notFound }
            let own = LocatorEntry.ID(rawValue: person.id.rawValue)
            return NamedStudent(
                subject: person.id.description,
                guardian: try guardian(
                    guardianID(0, beside: own),
                    of: LocatorQuery(first),
                    at: first.school,
                    person: person.id
                ),
                spellings: entries.map { LocatorQuery($0) }.distinct,
                own: Set(entries.map(\.id)),
                people: [person.id]
            )
        }
    }

    /// The numbers of the requests whose words about a student these entries are.
    fileprivate func numbers(of words: Set<LocatorEntry.ID>) throws -> Set<String> {
        var numbers: Set<String> = []
        let entries = try words.compactMap { try session.locatorEntry($0) }
        for entry in entries where entry.isPersonsWord {
            let inquiry = try session.inquiry(Inquiry.ID(rawValue: entry.id.rawValue))
            let request = inquiry?.request ?? RecordRequest.ID(rawValue: entry.id.rawValue)
            if let found = try session.request(request) {
                numbers.insert(found.number.description)
            }
        }
        return numbers
    }

    /// Those of the entries that are hidden, and their people's.
    fileprivate func hidden(_ ids: Set<LocatorEntry.ID>) throws -> [LocatorEntry] {
        var entries = try ids.compactMap { try session.locatorEntry($0) }.filter(\.isProtected)
        for person in Set(entries.compactMap(\.person)) {
            entries += try session.entries(of: person).filter(\.isProtected)
        }
        return entries
    }

    /// Shows an entry again, unless one of those beside it says otherwise.
    fileprivate func lift(
        _ id: LocatorEntry.ID,
        own: Set<LocatorEntry.ID>,
        beside: Set<LocatorEntry.ID>,
        _ lifted: inout LiftedProtection
    ) throws {
        guard var entry = try session.locatorEntry(id), entry.isProtected else { return }
        if entry.isGuard, own.contains(id) { return }
        let others = try beside.compactMap { try session.locatorEntry($0) }.filter { $0.id != id }
        let isOthersWord = entry.isPersonsWord && !own.contains(id)
        if entry.isSourcesWord || isOthersWord
            || others.contains(where: { $0.isPersonsWord && !own.contains($0.id) })
        {
            // Somebody else's guardian is no entry of a school.
            if !entry.isGuard { lifted.kept += 1 }
            return
        }
        if others.contains(where: \.isSourcesWord) {
            entry.protect(.anotherEntry)
            lifted.kept += 1
        } else {
            entry.liftProtection()
            lifted.shown += 1
        }
        try session.save([entry])
    }
}
