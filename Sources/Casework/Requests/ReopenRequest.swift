import RecordExchange
import StudentRecords
package import Vocabulary

extension Desk {
    /// Asks again for what a request that ended asked for: a draft with everything in it, which the
    /// registrar looks at and sends as a new request linked to the old one.
    package func reopenRequest(
        _ number: RequestNumber,
        by actor: Actor
    ) async throws -> RequestDraft {
        try await write { transaction in
            let request = try transaction.request(number, seenBy: actor)
            guard actor.requestingSchools.contains(request.requester) else {
                throw CaseworkFailure.notFound
            }
            try transaction.permit(.reopen, on: request, by: actor)
            // Pressed twice: the draft that is there already.
            let begun = try transaction.session.drafts(of: actor.id)
                .first { $0.reopens == request.id }
            if let begun { return begun }
            var draft = RequestDraft(
                id: transaction.secrets.makeIdentifier(),
                owner: actor.id,
                requester: request.requester,
                at: transaction.now
            )
            draft.fill(from: request)
            let last = try transaction.session.inquiries(of: request.id).last
            draft.place = (last?.movedTo ?? last?.school).map(RequestDraft.Place.school)
            try transaction.session.save(draft)
            try transaction.audit(.staff(actor.id), "request.reopen", subject: request.number)
            return draft
        }
    }
}

extension RequestDraft {
    fileprivate mutating func fill(from request: RecordRequest) {
        let student = request.student
        given = student.name.given
        middle = student.name.middle
        paternalSurname = student.name.paternalSurname
        maternalSurname = student.name.maternalSurname
        birthMonth = String(student.birthDate.month)
        birthDay = String(student.birthDate.day)
        birthYear = String(student.birthDate.year)
        grade = student.grade?.rawValue ?? ""
        stateStudentID = student.stateStudentID ?? ""
        uses = request.uses
        urgentGrounds = request.urgentGrounds
        message = request.message
        if let startDate = request.startDate {
            startMonth = String(startDate.month)
            startDay = String(startDate.day)
            startYear = String(startDate.year)
        }
        reopens = request.id
    }
}
