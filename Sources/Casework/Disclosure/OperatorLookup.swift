import RecordExchange
import RecordLocator
import StudentRecords
import Vocabulary

/// A question to the locator as somebody at the machine itself typed it.
package struct OperatorQuestion: Hashable, Sendable {
    package var given = ""
    package var middle = ""
    package var paternalSurname = ""
    package var maternalSurname = ""
    /// `2009-04-12`.
    package var born = ""
    package var stateStudentID = ""
    /// `nil` until it was said.
    package var purpose: LookupPurpose?
    /// What the family says of the last school.
    package var statedPlace = ""

    package init() {}

    fileprivate func parsed(
        today: CivilDate
    ) throws(RequestDraft.Malformed) -> (student: StudentIdentity, purpose: LookupPurpose) {
        var problems: [RequestDraft.Problem] = []
        var student: StudentIdentity?
        do { student = try typed.parsed(today: today) } catch { problems += error.problems }
        if purpose == nil { problems.append(.purposeMissing) }
        let limit = RequestDraft.longestStatement
        if statedPlace.utf8.count > limit { problems.append(.statedPlaceTooLong(limit: limit)) }
        guard problems.isEmpty, let student, let purpose else {
            throw RequestDraft.Malformed(problems: problems)
        }
        return (student, purpose)
    }

    private var typed: TypedStudent {
        TypedStudent(
            given: given,
            middle: middle,
            paternalSurname: paternalSurname,
            maternalSurname: maternalSurname,
            born: birthDate,
            stateStudentID: stateStudentID
        )
    }

    private var birthDate: RequestDraft.TypedDate {
        if born.utf8.allSatisfy({ $0 == 0x20 }) { return .missing }
        return CivilDate(iso8601: born).map { .day($0) } ?? .impossible
    }
}

extension Desk {
    /// Throws `RequestDraft.Malformed` with everything that is wrong with a question at once.
    package func check(_ question: OperatorQuestion) throws {
        // No state of ours is a day ahead of Greenwich.
        _ = try question.parsed(today: time.now().dayInGreenwich)
    }

    /// Asks the student record locator on behalf of the operator, at the machine itself.
    ///
    /// Counted, disclosed and written into the audit log as a registrar's look is: the share is
    /// that of an organisation, the gateway.
    ///
    /// Throws `RequestDraft.Malformed` with everything that is wrong at once, and `LookupsSpent`
    /// where the operator has asked too often.
    package func locate(_ question: OperatorQuestion) async throws -> LocatedStudents {
        let (student, purpose) = try question.parsed(today: time.now().dayInGreenwich)
        let spent = try await write { transaction in
            try transaction.spendLookup(by: nil, for: .gateway, in: nil)
        }
        if let spent { throw spent }
        let answer = await finder.find(student.query)
        return try await write { transaction in
            let disclosure = Disclosure(
                typed: student,
                stated: question.statedPlace.isEmpty ? nil : StatedPlace(question.statedPlace),
                own: nil
            )
            let seen = answer.withoutDenied
            let found = try disclosure.students(in: seen) { try transaction.located($0) }
            try transaction.audit(
                .operator,
                "locator.query",
                subject: "command",
                detail: "purpose=\(purpose.rawValue) school= " + found.auditText
            )
            return found
        }
    }
}
