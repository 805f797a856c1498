import RecordExchange
package import RecordLocator
import StudentRecords
package import Vocabulary

extension Desk {
    /// The number for the wallet card of a request's student; `nil` where the locator does not know
    /// surely who that is, and where they may not be seen.
    ///
    /// Whoever is surely known and has no number yet gets one.
    ///
    /// A look into the locator like any other: counted, with a purpose, and in the audit log. Throws
    /// `LookupsSpent` where the person or the school has asked too often.
    package func cardNumber(
        ofStudentIn number: RequestNumber,
        for purpose: LookupPurpose,
        by actor: Actor
    ) async throws -> StudentRecordNumber? {
        let permitted = try await write { transaction -> Result<StudentIdentity, LookupsSpent> in
            let request = try transaction.request(number, askedBy: actor)
            let spent = try transaction.spendLookup(
                by: actor,
                for: .school(request.requester),
                in: request.requesterState
            )
            if let spent { return .failure(spent) }
            return .success(request.student)
        }
        let student = try permitted.get()
        let query = student.query
        let answer = await finder.find(query)
        // Somebody with one entry that must not be seen is nobody here.
        let isGuarded = await finder.isGuarded(query)
        let certain = (answer.certain?.matches ?? [])
            .filter { $0.grade == .certain }.map(\.entry.id)
        return try await write { transaction in
            let card = isGuarded ? nil : try transaction.recordNumber(of: certain)
            try transaction.audit(
                .staff(actor.id),
                "family.card",
                subject: number,
                detail: "purpose=\(purpose.rawValue) printed=\(card != nil)"
            )
            return card
        }
    }

    /// The number for the wallet card of somebody whom a state contact looks at.
    package func cardNumber(
        of person: PersonID,
        for purpose: PeoplePurpose,
        by actor: Actor
    ) async throws -> StudentRecordNumber {
        try await write { transaction in
            guard let view = try transaction.view(of: person), actor.watches(view) else {
                throw CaseworkFailure.notFound
            }
            try transaction.audit(
                .staff(actor.id),
                "family.card",
                subject: view.id,
                detail: "purpose=\(purpose.rawValue)"
            )
            return view.number
        }
    }
}

extension CaseTransaction {
    /// The number of the one person to whom these entries belong, minted where they have none yet;
    /// `nil` where they are nobody's or several people's.
    fileprivate func recordNumber(of entries: [LocatorEntry.ID]) throws -> StudentRecordNumber? {
        let known = try entries.compactMap { try session.locatorEntry($0) }
            .filter { !$0.isProtected && $0.standing == .onFile }
        let people = try known.compactMap(\.person).compactMap { try session.currentPerson($0) }
        guard !known.isEmpty, Set(people.map(\.id)).count <= 1 else { return nil }
        if let person = people.first { return person.number }
        let person = try mintPerson()
        try session.save(
            known.map { entry in
                var entry = entry
                entry.person = person.id
                return entry
            }
        )
        return person.number
    }
}
