package import RecordExchange
import StudentRecords
package import Vocabulary

/// What came of sending a draft.
package enum FilingOutcome: Hashable, Sendable {
    case filed(RecordRequest)
    /// The same school already asks for this student: join that request, or say why not.
    case duplicate(of: RecordRequest, filedBy: String)
}

extension Desk {
    /// Files a draft: request, first inquiry, its mails and its timer, all together or not at all.
    ///
    /// Throws `RequestDraft.Malformed` with every problem at once, or `TypedFamily.Malformed` where
    /// only the family's address is wrong; the draft stays as it is.
    package func fileRequest(_ id: RequestDraft.ID, by actor: Actor) async throws -> FilingOutcome {
        try await write { transaction in
            try transaction.file(try transaction.draft(id, by: actor), by: actor)
        }
    }

    /// Follows an open request of the person's school instead of asking twice.
    package func joinRequest(_ number: RequestNumber, by actor: Actor) async throws {
        try await write { transaction in
            guard let request = try transaction.session.request(numbered: number), request.isOpen,
                actor.requestingSchools.contains(request.requester)
            else { throw CaseworkFailure.notFound }
            let followers = try transaction.session.followers(of: request.id)
            guard request.filedBy != actor.id, !followers.contains(actor.id) else { return }
            try transaction.session.addFollower(actor.id, to: request.id)
            try transaction.tell(.joined(person: actor.name), of: request.id, person: actor.name)
            try transaction.audit(.staff(actor.id), "request.join", subject: request.number)
        }
    }
}

extension RequestDraft {
    /// What a state contact is told where nobody can be asked yet.
    fileprivate var unnamedSchool: RecordRequest.UnnamedSchool? {
        let told = lastSchoolTold ?? ""
        switch place {
        case .unknown: return .init(kind: .unknown, told: told)
        case .outsideUnitedStates: return .init(kind: .outsideUnitedStates, told: told)
        case .school, nil: return nil
        }
    }

    /// The student, with the problems of every page at once.
    func checked(today: CivilDate) throws(Malformed) -> StudentIdentity {
        var problems: [Problem] = []
        var student: StudentIdentity?
        do { student = try self.student(today: today) } catch { problems += error.problems }
        do { _ = try startDate() } catch { problems += error.problems }
        // A school is not asked for what it has itself.
        if place == nil || place == .school(requester) { problems.append(.placeMissing) }
        guard problems.isEmpty, let student else { throw Malformed(problems: problems) }
        return student
    }
}

extension CaseTransaction {
    /// Files a draft and forgets it; see `Desk.fileRequest`.
    func file(_ draft: RequestDraft, by actor: Actor) throws -> FilingOutcome {
        guard actor.requestingSchools.contains(draft.requester) else {
            throw CaseworkFailure.notAllowed
        }
        let requester = try school(draft.requester)
        let today = self.today(in: requester.state)
        let student = try draft.checked(today: today)
        let startDate = try draft.startDate()
        let family = try draft.typedFamily?.parsed()
        if draft.duplicateReason.isEmpty,
            let twin = try openRequest(for: student, from: requester.id)
        {
            let filer = try session.account(twin.filedBy)
            return .duplicate(of: twin, filedBy: filer?.name ?? requester.name)
        }
        let uses = RecordUse.allCases.filter { use in draft.uses.contains { use <= $0 } }
        var request = RecordRequest(
            id: secrets.makeIdentifier(),
            number: try newNumber(),
            requester: requester.id,
            requesterState: requester.state,
            filedBy: actor.id,
            student: student,
            uses: uses,
            parts: uses.last?.parts ?? [],
            urgentGrounds: try grounds(of: draft, student: student),
            message: draft.message,
            startDate: startDate,
            filedAt: now,
            filedOn: today,
            reopens: draft.reopens
        )
        request.unnamedSchool = draft.unnamedSchool
        try session.save(request)
        try tell(.filed(uses: uses), of: request.id, person: actor.name)
        try audit(
            .staff(actor.id),
            "request.file",
            subject: request.number,
            detail: draft.duplicateReason.isEmpty ? "" : "although a similar one is open"
        )
        if let ended = try draft.reopens.map({ try self.request($0) }) {
            try tell(.reopened(as: request.number), of: ended.id, person: actor.name)
            try tell(.asksAgain(for: ended.number), of: request.id)
        }
        if let family {
            try keepFamilyContact(family.email, family.language, of: request, by: actor)
        }
        try place(draft.place, request)
        try confirmFiling(of: request)
        try session.deleteDraft(draft.id)
        return .filed(request)
    }

    /// An open request of the same school for the same student: the same birth date and the same
    /// words in the name, whatever their order and accents.
    func openRequest(
        for student: StudentIdentity,
        from school: SchoolID
    ) throws -> RecordRequest? {
        let key = StudentKey(student)
        // The store finds by a digest; two students could share one.
        return try session.openRequests(from: school, for: key).first { other in
            StudentKey(other.student) == key
        }
    }

    func newNumber() throws -> RequestNumber {
        // 45 random bits: a second number is drawn about once in a million at ten million filed.
        for _ in 0..<8 {
            let number = RequestNumber(bits: UInt64(truncatingIfNeeded: secrets.randomBits()))
            if try session.request(numbered: number) == nil { return number }
        }
        throw StoreConflict("request number")
    }

    /// The grounds the requester named, and the report's own where they apply.
    fileprivate func grounds(
        of draft: RequestDraft,
        student: StudentIdentity
    ) throws -> [UrgentGround] {
        var grounds = draft.urgentGrounds
        if case .school(let id) = draft.place, let grade = student.grade, grade.isSecondary,
            try school(id).state != school(draft.requester).state,
            !grounds.contains(.interstateSecondary)
        {
            grounds.append(.interstateSecondary)
        }
        return grounds
    }

    fileprivate func place(
        _ place: RequestDraft.Place?,
        _ request: RecordRequest
    ) throws {
        switch place {
        case .school(let id):
            try openInquiry(for: request, at: try school(id))
        case .unknown, .outsideUnitedStates, nil:
            // Nobody can be asked yet: the requester's state contact owns it, from today.
            try tell(.noLocationLeft, of: request.id)
            try announce(request, toStateContactsOf: request.requesterState)
        }
    }

    fileprivate func confirmFiling(of request: RecordRequest) throws {
        let outlook = try outlook(of: request)
        try mailFollowers(of: request) { recipient in
            .filed(
                number: request.number,
                recipient: recipient,
                outlook: outlook,
                link: address(of: request)
            )
        }
    }
}

extension CaseTransaction {
    /// The requester's page about a request.
    func address(of request: RecordRequest) -> String {
        "\(desk.settings.baseAddress)/requests/\(request.number)"
    }

    /// What happens next, for a letter.
    func outlook(of request: RecordRequest) throws -> Letter.Outlook {
        let inquiries = try session.inquiries(of: request.id)
        let state = RequestState.derive(
            request,
            inquiries: inquiries,
            bundles: try session.bundles(of: request.id)
        )
        let current = inquiries.last { $0.isLive } ?? inquiries.last
        let holder = try current.map { try school($0.school) }
        return Letter.Outlook(
            next: try next(request, state: state, inquiries: inquiries),
            state: state,
            holder: holder?.name ?? "",
            district: holder?.districtName ?? "",
            stateName: try name(of: .state(holder?.state ?? request.requesterState))
        )
    }
}
