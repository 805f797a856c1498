import RecordExchange
import StudentRecords
package import Vocabulary

extension Desk {
    /// Writes down where the family of a request's student wants to hear that records came, in
    /// place of what was there; where some are there already the mail leaves at once.
    ///
    /// Throws `TypedFamily.Malformed` with everything that is wrong at once, and `notPossibleNow`
    /// where the family was told or the request ended: nobody is written to twice.
    package func keepFamilyContact(
        _ typed: TypedFamily,
        of number: RequestNumber,
        by actor: Actor
    ) async throws {
        let (email, language) = try typed.parsed()
        try await write { transaction in
            let request = try transaction.request(number, askedBy: actor)
            guard try transaction.mayTellFamily(of: request) else {
                throw CaseworkFailure.notPossibleNow
            }
            try transaction.keepFamilyContact(email, language, of: request, by: actor)
            if try transaction.hasReadyRecords(request) { try transaction.tellFamily(of: request) }
        }
    }

    /// Forgets the address: the family changed its mind.
    package func forgetFamilyContact(of number: RequestNumber, by actor: Actor) async throws {
        try await write { transaction in
            let request = try transaction.request(number, askedBy: actor)
            guard try transaction.session.familyContact(of: request.id) != nil else { return }
            try transaction.session.forgetFamilyContact(of: request.id)
            try transaction.audit(.staff(actor.id), "family.contactForgotten", subject: number)
        }
    }

    /// How it stands with the mail to the family, and whether an address can be given.
    package func familyMail(
        of number: RequestNumber,
        by actor: Actor
    ) async throws -> (standing: FamilyMailStanding, isPossible: Bool) {
        try await read { transaction in
            let request = try transaction.request(number, askedBy: actor)
            return (
                try transaction.familyMailStanding(of: request),
                try transaction.mayTellFamily(of: request)
            )
        }
    }
}

extension CaseTransaction {
    func keepFamilyContact(
        _ email: EmailAddress,
        _ language: Language,
        of request: RecordRequest,
        by actor: Actor
    ) throws {
        try session.save(
            FamilyContact(
                request: request.id,
                email: email,
                language: language,
                agreedWith: actor.id,
                at: now
            )
        )
        try audit(.staff(actor.id), "family.contactKept", subject: request.number)
    }

    /// Records are there: the family, where it wants to, hears of it once.
    ///
    /// The address is forgotten with the same transaction; the outbox has it until the mail left.
    func tellFamily(of request: RecordRequest) throws {
        guard let contact = try session.familyContact(of: request.id) else { return }
        try session.forgetFamilyContact(of: request.id)
        guard request.isOpen, try mayTellFamily(of: request) else { return }
        let letter = Letter.family(number: request.number, address: desk.settings.baseAddress)
        try enqueue(
            letter,
            to: contact.email,
            name: "",
            language: contact.language,
            subject: Effect.MailSubject(letter: letter.name, request: request.id),
            thread: nil
        )
        try tell(.familyMailQueued, of: request.id)
        try audit(.system, "family.tell", subject: request.number)
    }

    /// The family of a request that goes on as another one is the other one's.
    ///
    /// Where a holder of either said that the student died, no machine writes to the family.
    func moveFamilyContact(of duplicate: RecordRequest, to survivor: RecordRequest) throws {
        if try isHushed(duplicate) || isHushed(survivor) {
            try hush(duplicate)
            try hush(survivor)
            return
        }
        guard let contact = try session.familyContact(of: duplicate.id) else { return }
        try session.forgetFamilyContact(of: duplicate.id)
        guard try session.familyContact(of: survivor.id) == nil,
            try mayTellFamily(of: survivor)
        else { return }
        try session.save(
            FamilyContact(
                request: survivor.id,
                email: contact.email,
                language: contact.language,
                agreedWith: contact.agreedWith,
                at: contact.at
            )
        )
        if try hasReadyRecords(survivor) { try tellFamily(of: survivor) }
    }

    /// Nobody has written to the family yet, or the address did not work.
    fileprivate func mayTellFamily(of request: RecordRequest) throws -> Bool {
        guard request.isOpen else { return false }
        switch try familyMailStanding(of: request) {
        case .nobody, .waits, .refused: return true
        case .leaving, .told: return false
        }
    }

    private func isHushed(_ request: RecordRequest) throws -> Bool {
        try session.inquiries(of: request.id).contains { $0.reason?.consequence == .silence }
    }

    fileprivate func hasReadyRecords(_ request: RecordRequest) throws -> Bool {
        try session.bundles(of: request.id).contains { $0.seal != nil && $0.withdrawnAt == nil }
    }

    fileprivate func familyMailStanding(of request: RecordRequest) throws -> FamilyMailStanding {
        if let contact = try session.familyContact(of: request.id) { return .waits(contact) }
        return try lastFamilyMail(of: request.id)
    }

    private func lastFamilyMail(of request: RecordRequest.ID) throws -> FamilyMailStanding {
        for event in try session.events(of: request).reversed() {
            switch event.kind {
            case .familyMailQueued, .familyMailDelayed: return .leaving
            case .familyMailAccepted: return .told(at: event.at)
            case .familyMailRefused: return .refused(at: event.at)
            default: continue
            }
        }
        return .nobody
    }

    /// What became of the mail to a family stands on the timeline, without the address.
    ///
    /// - Returns: whether that is news.
    @discardableResult
    func noteFamilyMail(
        _ outcome: MailOutcome,
        of request: RecordRequest.ID,
        isFirst: Bool
    ) throws -> Bool {
        let kind: TimelineEvent.Kind
        switch outcome {
        case .accepted: kind = .familyMailAccepted
        case .deferred:
            guard isFirst else { return false }
            kind = .familyMailDelayed
        case .refused: kind = .familyMailRefused
        }
        if case .refused = try lastFamilyMail(of: request) { return false }
        try tell(kind, of: request)
        return true
    }
}

extension Effect.MailSubject {
    /// To a family: its address is nobody's but the family's.
    package var isToFamily: Bool { letter == Letter.familyName }
}
