import RecordExchange
import RecordLocator
import StudentRecords
import Vocabulary

extension Desk {
    /// Asks the student record locator where a draft's student has records.
    ///
    /// Every look leaves an audit line with its purpose; the locator is a disclosure channel. The
    /// requester's own school is left out: it is not asked for what it has. The same question of
    /// the same draft is counted once an hour.
    ///
    /// Throws `LookupsSpent` where the person or the school has asked too often, and
    /// `RequestDraft.Malformed` where the student or the purpose is not complete.
    package func locate(_ id: RequestDraft.ID, by actor: Actor) async throws -> LocatedStudents {
        let look = try await write { transaction in try transaction.permitLook(id, by: actor) }
        let question = try look.get()
        let answer = await finder.find(question.student.query)
        return try await write { transaction in
            try transaction.disclose(answer, to: actor, question)
        }
    }
}

/// A look-up that may be made.
private struct Look: Sendable {
    let draft: RequestDraft
    let student: StudentIdentity
    let purpose: LookupPurpose
    let card: StudentRecordNumber?
}

extension CaseTransaction {
    /// Counts the look-up, or says when the next one is answered; both are committed.
    fileprivate func permitLook(
        _ id: RequestDraft.ID,
        by actor: Actor
    ) throws -> Result<Look, LookupsSpent> {
        var draft = try draft(id, by: actor)
        let school = try school(draft.requester)
        let (student, purpose) = try draft.lookup(today: today(in: school.state))
        let asked = draft.question(by: secrets)
        if draft.paidLookup?.question != asked || !wasThisHour(draft.paidLookup) {
            let spent = try spendLookup(by: actor, for: .school(school.id), in: school.state)
            if let spent { return .failure(spent) }
            draft.paidLookup = RequestDraft.PaidLookup(question: asked, at: now)
            try session.save(draft)
        }
        return .success(
            Look(draft: draft, student: student, purpose: purpose, card: try? draft.card())
        )
    }

    private func wasThisHour(_ paid: RequestDraft.PaidLookup?) -> Bool {
        guard let paid else { return false }
        // A clock that was set back must not make a look-up free for ever.
        return (0..<3_600).contains(paid.at.seconds(to: now))
    }

    /// What of the answer the asker may see, with the line in the audit log.
    fileprivate func disclose(
        _ answer: LocatorAnswer,
        to actor: Actor,
        _ look: Look
    ) throws -> LocatedStudents {
        let disclosure = Disclosure(
            typed: look.student,
            stated: look.draft.statedPlace.map(StatedPlace.init),
            own: look.draft.requester
        )
        let open = answer.withoutDenied
        let heeded = try heedCard(of: look, in: open)
        let seen = heeded ?? open
        var found = try disclosure.students(in: seen) { try located($0) }
        found.numberFits = look.card == nil ? nil : heeded != nil
        try audit(
            .staff(actor.id),
            "locator.query",
            subject: look.draft.id,
            detail: "purpose=\(look.purpose.rawValue) school=\(look.draft.requester) "
                + found.auditText
        )
        return found
    }

    /// The answer once the card's number was heeded; `nil` where there is none, where it leads to
    /// nobody who may be seen, and where it does not go with the student: the three look the same.
    private func heedCard(of look: Look, in answer: LocatorAnswer) throws -> LocatorAnswer? {
        guard let card = look.card, let person = try session.person(numbered: card),
            let current = try session.currentPerson(person.id)
        else { return nil }
        // What is concealed and what its school denied look the same here too.
        let entries = try session.entries(of: current.id)
            .filter { !$0.isProtected && $0.standing != .denied }
        return answer.heeding(cardOf: current.id, entries, born: look.student.birthDate)
    }

    func located(_ id: SchoolID) throws -> LocatedSchool? {
        guard let school = try session.school(id) else { return nil }
        let calendar = try calendar(of: school)
        return LocatedSchool(
            school: school,
            custodian: try school.custodian.map { try name(of: $0) },
            closedUntil: calendar.reopening(after: today(in: school.state))
        )
    }
}

extension LocatedStudents {
    /// How many of each grade were found and which schools were named, for the audit log.
    var auditText: String {
        let shown = people.flatMap(\.places).compactMap { $0.school?.school.id.description }
        let grades = MatchGrade.allCases.reversed().map { grade in
            "\(grade.rawValue)=\(people.count { $0.grade == grade })"
        }
        let card = numberFits.map { $0 ? " card=fits" : " card=misses" } ?? ""
        return grades.joined(separator: " ") + card + " shown=" + shown.joined(separator: ",")
    }
}

extension RequestDraft {
    /// Everything that decides what the locator shows.
    fileprivate func question(by secrets: any SecretSource) -> String {
        let fields = [
            given, middle, paternalSurname, maternalSurname, birthMonth, birthDay, birthYear,
            stateStudentID, statedPlace ?? "", purpose?.rawValue ?? "", recordNumber ?? "",
        ]
        return secrets.digest(
            of: fields.flatMap { Array("\($0.utf8.count):".utf8) + Array($0.utf8) }
        ).description
    }
}
