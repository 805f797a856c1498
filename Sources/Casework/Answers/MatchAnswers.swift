import RecordExchange
import StudentRecords
import Vocabulary

/// A piece as it is compared: whom it means, and the digest by which it is known again.
struct PieceSought: Hashable, Sendable {
    let key: StudentPiece.Key
    let digest: String
}

extension Desk {
    /// Open inquiries that are compared at most, where none are chosen.
    package static let mostCompared = 5_000

    /// Whom each piece means, among the open inquiries that `actor` may answer.
    ///
    /// Certain is a request's number, unless the piece names another student, and a state's number
    /// together with the birth date that one open request alone has: everything else is for a
    /// person to say, since an answer to the wrong request discloses a student.
    func match(
        _ pieces: [PieceSought],
        among numbers: [RequestNumber],
        by actor: Actor
    ) async throws -> [ManyAnswers.Match] {
        guard let answerer = Answerer(signedIn: actor) else { throw CaseworkFailure.notAllowed }
        return try await read { transaction in
            // Walked once, and only where a piece does not name its request.
            let open =
                pieces.contains { $0.key.request == nil }
                ? try transaction.open(among: numbers, by: answerer, actor) : []
            return try pieces.map { piece in
                try transaction.match(piece, numbers, open, by: answerer)
            }
        }
    }
}

/// An inquiry that takes an answer, with its request.
private struct OpenInquiry {
    let inquiry: Inquiry
    let request: RecordRequest
}

extension CaseTransaction {
    fileprivate func open(
        among numbers: [RequestNumber],
        by answerer: Answerer,
        _ actor: Actor
    ) throws -> [OpenInquiry] {
        guard numbers.isEmpty else {
            return try numbers.flatMap { try open(number: $0, by: answerer) }
        }
        var found: [OpenInquiry] = []
        let owners: [WorklistQuestion.Owner] =
            if case .stateContact = answerer {
                actor.watchedStates.map { .state($0) }
            } else {
                actor.organizations(as: StaffRole.answerers).map { .holder($0) }
            }
        for owner in owners {
            var start: PageStart? = .top
            while let from = start {
                let page = try session.worklist(WorklistQuestion(owner, start: from, limit: 500))
                for item in page.items {
                    guard let id = item.inquiry, let inquiry = try session.inquiry(id),
                        inquiry.acceptsAnswers
                    else { continue }
                    found.append(
                        OpenInquiry(inquiry: inquiry, request: try request(item.request))
                    )
                }
                guard found.count <= Desk.mostCompared else {
                    throw ManyAnswersFailure.tooManyOpen
                }
                start = page.after.map { .after($0) }
            }
        }
        return found
    }

    /// What of a request is open and may be answered by `answerer`.
    private func open(number: RequestNumber, by answerer: Answerer) throws -> [OpenInquiry] {
        guard let request = try session.request(numbered: number), request.isOpen else { return [] }
        return try answerable(request, by: answerer).filter(\.acceptsAnswers)
            .map { OpenInquiry(inquiry: $0, request: request) }
    }

    /// Whoever may not answer an inquiry does not learn that there is one.
    private func answerable(
        _ request: RecordRequest,
        by answerer: Answerer
    ) throws -> [Inquiry] {
        try session.inquiries(of: request.id).filter { inquiry in
            do {
                _ = try self.inquiry(inquiry.id, answerableBy: answerer)
                return true
            } catch CaseworkFailure.notFound {
                return false
            }
        }
    }

    fileprivate func match(
        _ piece: PieceSought,
        _ chosen: [RequestNumber],
        _ open: [OpenInquiry],
        by answerer: Answerer
    ) throws -> ManyAnswers.Match {
        if let number = piece.key.request {
            guard chosen.isEmpty || chosen.contains(number) else { return .nobody }
            return try match(piece, number: number, by: answerer)
        }
        let key = piece.key
        func hasNumber(_ student: StudentIdentity) -> Bool {
            key.stateStudentID != nil && student.stateStudentID == key.stateStudentID
        }
        func isBorn(_ student: StudentIdentity) -> Bool { student.birthDate == key.birthDate }
        let whole = open.filter { hasNumber($0.request.student) && isBorn($0.request.student) }
        if whole.isEmpty {
            let near = open.filter { hasNumber($0.request.student) || isBorn($0.request.student) }
            if near.isEmpty { return .nobody }
            return .doubtful(.inPart, try near.prefix(Self.mostCandidates).map(candidate))
        }
        for found in whole where try wasSent(piece, in: found.request) {
            return .sentBefore(try candidate(found))
        }
        guard whole.count == 1 else {
            return .doubtful(.several, try whole.prefix(Self.mostCandidates).map(candidate))
        }
        return .certain(try candidate(whole[0]))
    }

    private static let mostCandidates = 20

    private func match(
        _ piece: PieceSought,
        number: RequestNumber,
        by answerer: Answerer
    ) throws -> ManyAnswers.Match {
        guard let request = try session.request(numbered: number),
            let asked = try answerable(request, by: answerer).last
        else { return .nobody }
        if try wasSent(piece, in: request) {
            return .sentBefore(try candidate(OpenInquiry(inquiry: asked, request: request)))
        }
        let open = try open(number: number, by: answerer)
        guard let only = open.first else { return .nobody }
        let isOther = piece.key.contradicts(request.student)
        guard open.count == 1, !isOther else {
            return .doubtful(isOther ? .contradicts : .several, try open.map(candidate))
        }
        return .certain(try candidate(only))
    }

    private func wasSent(_ piece: PieceSought, in request: RecordRequest) throws -> Bool {
        try session.bundles(of: request.id)
            .contains { $0.files.contains { $0.sha256 == piece.digest } }
    }

    private func candidate(_ open: OpenInquiry) throws -> ManyAnswers.Candidate {
        ManyAnswers.Candidate(
            inquiry: open.inquiry.id,
            number: open.request.number,
            school: try school(open.inquiry.school).name,
            requester: try school(open.request.requester).name,
            initials: open.request.student.name.initials,
            grade: open.request.student.grade
        )
    }
}
