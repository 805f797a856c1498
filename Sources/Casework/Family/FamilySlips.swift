import RecordExchange
import RecordLocator
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
    /// A protective order and a missing child's flag are no reason that anybody could read off: the
    /// request then answers as a wrong code does. The caller limits how often, and answers after
    /// the same time whatever comes of it.
    package func familyView(
        of number: RequestNumber,
        birthYear: Int,
        code: String
    ) async throws -> FamilyView? {
        let found = try await read { transaction in
            try transaction.slipRequest(number, birthYear: birthYear, code: code)
        }
        var isGuarded = false
        if let found { isGuarded = await finder.isGuarded(found.query) }
        let view = isGuarded ? nil : found?.view
        let action = view != nil ? "family.look" : found == nil ? "family.wrong" : "family.withheld"
        try await write { transaction in
            // Numbers that have no slip leave no line: nobody fills the log with made-up ones.
            guard let request = try transaction.session.request(numbered: number),
                try transaction.session.slip(of: request.id) != nil
            else { return }
            try transaction.audit(.family, action, subject: number)
        }
        return view
    }
}

/// A request that a slip led to.
private struct SlipRequest: Sendable {
    /// `nil` where it must not be shown.
    let view: FamilyView?
    let query: LocatorQuery
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

    fileprivate func slipRequest(
        _ number: RequestNumber,
        birthYear: Int,
        code: String
    ) throws -> SlipRequest? {
        let key = FamilySlip.key(number, birthYear: birthYear, code: code, with: secrets)
        guard let slip = try session.slip(key: key),
            let request = try session.request(slip.request), request.answersSlips(at: now)
        else { return nil }
        let inquiries = try session.inquiries(of: request.id)
        let isHidden = try isConcealed(request)
        return SlipRequest(
            view: isHidden ? nil : try familyView(of: request, inquiries: inquiries),
            query: LocatorQuery(
                name: request.student.name,
                birthDate: request.student.birthDate,
                stateStudentID: request.student.stateStudentID
            )
        )
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
