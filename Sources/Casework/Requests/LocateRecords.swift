package import RecordExchange
package import RecordLocator
import StudentRecords
package import Vocabulary

/// One place where a child's records may be, with the school it points to.
package struct LocatedSchool: Hashable, Sendable {
    package let match: LocatorMatch
    package let school: School
    /// Closed until this day by its calendar, so that the summer path is taken.
    package let closedUntil: CivilDate?
}

/// A person the locator found, with the schools that hold records, latest enrollment first.
package struct LocatedStudent: Sendable {
    package let person: LocatedPerson
    package let schools: [LocatedSchool]
}

/// Where records are, and how sure we are.
package struct LocatedStudents: Sendable {
    /// Best first.
    package let people: [LocatedStudent]
    /// Several people are within reach of each other: a human chooses.
    package let isAmbiguous: Bool
}

extension Desk {
    /// Asks the student record locator where a draft's student has records.
    ///
    /// Every query leaves an audit line with its purpose; the locator is a disclosure channel.
    /// The requester's own school is left out: it is not asked for what it has.
    package func locate(_ id: RequestDraft.ID, by actor: Actor) async throws -> LocatedStudents {
        let (draft, today) = try await read { transaction in
            let draft = try transaction.draft(id, by: actor)
            let school = try transaction.school(draft.requester)
            return (draft, transaction.today(in: school.state))
        }
        let student = try draft.student(today: today)
        let answer = await finder.find(
            LocatorQuery(
                name: student.name,
                birthDate: student.birthDate,
                stateStudentID: student.stateStudentID
            )
        )
        return try await write { transaction in
            try transaction.audit(
                .staff(actor.id),
                "locator.query",
                subject: draft.id,
                detail: "purpose=enrollment school=\(draft.requester) people=\(answer.people.count)"
            )
            let people = try answer.people.map { person in
                LocatedStudent(
                    person: person,
                    schools: try person.matches.compactMap { match in
                        guard match.entry.school != draft.requester else { return nil }
                        return try transaction.located(match)
                    }
                )
            }
            return LocatedStudents(
                people: people.filter { !$0.schools.isEmpty },
                isAmbiguous: answer.isAmbiguous
            )
        }
    }
}

extension Desk {
    /// Somebody asked the locator more often than their work explains; an auditor should look.
    package func noteLocatorBudgetSpent(by actor: Actor) async throws {
        try await write { transaction in
            try transaction.audit(.staff(actor.id), "locator.budgetSpent", subject: actor.id)
        }
    }
}

extension CaseTransaction {
    fileprivate func located(_ match: LocatorMatch) throws -> LocatedSchool? {
        guard let school = try session.school(match.entry.school) else { return nil }
        let calendar = try calendar(of: school)
        return LocatedSchool(
            match: match,
            school: school,
            closedUntil: calendar.reopening(after: today(in: school.state))
        )
    }
}
