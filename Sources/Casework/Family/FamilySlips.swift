import RecordExchange
import StudentRecords
package import Vocabulary

extension Desk {
    /// Makes a slip for the family of a request's student; the one before opens nothing any more.
    package func makeFamilySlip(
        of number: RequestNumber,
        by actor: Actor
    ) async throws -> PrintedSlip {
        try await write { transaction in
            let request = try transaction.request(number, askedBy: actor)
            guard request.answersSlips(at: transaction.now) else {
                throw CaseworkFailure.notPossibleNow
            }
            let code = FamilySlip.makeCode(from: transaction.secrets)
            try transaction.session.save(
                FamilySlip(
                    request: request.id,
                    issuedBy: actor.id,
                    issuedAt: transaction.now
                ),
                key: FamilySlip.key(
                    number,
                    birthYear: request.student.birthDate.year,
                    code: code,
                    with: transaction.secrets
                )
            )
            try transaction.audit(.staff(actor.id), "family.slip", subject: number)
            return PrintedSlip(number: number, code: "\(code.prefix(4))-\(code.suffix(4))")
        }
    }

    /// When the request's slip was made; `nil` where it has none.
    package func familySlip(
        of number: RequestNumber,
        by actor: Actor
    ) async throws -> FamilySlip? {
        try await read { transaction in
            try transaction.session.slip(of: transaction.request(number, askedBy: actor).id)
        }
    }

    /// What a family sees with a slip; `nil` for everything that is wrong.
    ///
    /// The caller limits how often, and answers after the same time whatever comes of it.
    package func familyView(
        of number: RequestNumber,
        birthYear: Int,
        code: String
    ) async throws -> FamilyView? {
        let view = try await read { transaction in
            try transaction.familyView(of: number, birthYear: birthYear, code: code)
        }
        try await write { transaction in
            // Numbers that have no slip leave no line: nobody fills the log with made-up ones.
            guard let request = try transaction.session.request(numbered: number),
                try transaction.session.slip(of: request.id) != nil
            else { return }
            let action = view == nil ? "family.wrong" : "family.look"
            try transaction.audit(.family, action, subject: number)
        }
        return view
    }
}

extension CaseTransaction {
    /// The request with a number, of one of the person's own schools.
    func request(
        _ number: RequestNumber,
        askedBy actor: Actor
    ) throws -> RecordRequest {
        guard let request = try session.request(numbered: number),
            actor.requestingSchools.contains(request.requester)
        else { throw CaseworkFailure.notFound }
        return request
    }

    fileprivate func familyView(
        of number: RequestNumber,
        birthYear: Int,
        code: String
    ) throws -> FamilyView? {
        let key = FamilySlip.key(number, birthYear: birthYear, code: code, with: secrets)
        guard let slip = try session.slip(key: key),
            let request = try session.request(slip.request).map(survivor(of:)),
            request.answersSlips(at: now)
        else { return nil }
        // A protective order and a missing child's flag look like "never enrolled" here, as on the
        // requester's own tracker. Whoever made the slip has its code: were it to open nothing, it
        // would tell them what the tracker hides. A stage and a date name no place.
        let inquiries = try session.inquiries(of: request.id).map(\.withoutConcealedReason)
        return try familyView(of: request, inquiries: inquiries)
    }

    private func familyView(
        of request: RecordRequest,
        inquiries: [Inquiry]
    ) throws -> FamilyView {
        let state = try state(of: request)
        let stage = FamilyStage(state.word)
        let next = try next(request, state: state, inquiries: inquiries)?.on
        let isUnderWay = stage == .looking || stage == .asked || stage == .partly
        return FamilyView(stage: stage, next: isUnderWay ? next : nil)
    }
}

extension RecordRequest {
    /// Its slip opens: it is open, or ended not long ago.
    fileprivate func answersSlips(at now: Instant) -> Bool {
        guard let end = conclusion?.at else { return true }
        return end.seconds(to: now) < FamilySlip.daysAfterEnd * 86_400
    }
}
