import RecordExchange
import Vocabulary

/// An answer that comes after the end of its request is a good answer all the same.
extension CaseTransaction {
    /// Where an answer to `asked` goes: to its own request while that is open, else into a new one
    /// that is linked to it.
    ///
    /// Throws where the request ended in a way after which nobody may send any more.
    func addressee(
        of submission: AnswerSubmission,
        to asked: Inquiry,
        by answerer: Answerer
    ) throws -> (Inquiry, RecordRequest) {
        let request = try request(asked.request)
        if request.isOpen { return (asked, request) }
        if let twin = try sameFiles(as: submission, in: asked) { return (twin, request) }
        if let id = asked.continuedBy, let later = try session.inquiry(id) {
            return try addressee(of: submission, to: later, by: answerer)
        }
        guard
            try takesLateAnswer(asked, of: request)
                || !submission.replaces.isEmpty && takesCorrection(asked, of: request)
        else { throw CaseworkFailure.link(.closed) }
        return try openLinkedRequest(after: request, for: asked, by: answerer)
    }

    /// The answer page still takes records although the request has ended.
    func takesLateAnswer(_ inquiry: Inquiry, of request: RecordRequest) throws -> Bool {
        try inquiry.acceptsAnswers && welcomesLateAnswers(request)
    }

    private func welcomesLateAnswers(_ request: RecordRequest) throws -> Bool {
        guard request.welcomesLateAnswers else { return false }
        let state = try state(of: request)
        return RequestLifecycle.rule(for: .answerLate, by: .holder, in: state) != nil
    }

    /// An answer that corrects an earlier one is taken, although all of it had come, or the
    /// request has ended.
    func takesCorrection(_ inquiry: Inquiry, of request: RecordRequest) throws -> Bool {
        guard inquiry.status == .sent else { return try takesRecords(inquiry, of: request) }
        if request.isOpen { return true }
        if let id = inquiry.continuedBy, let later = try session.inquiry(id) {
            return try takesCorrection(later, of: self.request(later.request))
        }
        return try welcomesLateAnswers(request)
    }

    /// Records sent now in answer to the inquiry find a request that takes them: its own, or a
    /// linked one.
    func takesRecords(_ inquiry: Inquiry, of request: RecordRequest) throws -> Bool {
        if request.isOpen { return inquiry.acceptsAnswers }
        if let id = inquiry.continuedBy, let later = try session.inquiry(id) {
            return try takesRecords(later, of: try self.request(later.request))
        }
        return try takesLateAnswer(inquiry, of: request)
    }

    /// The inquiry that holds the same files already: the same answer, sent again.
    private func sameFiles(as submission: AnswerSubmission, in asked: Inquiry) throws -> Inquiry? {
        let files = Set(submission.files.map(\.id.description))
        let isThere = try session.bundles(of: asked.request)
            .contains { $0.inquiry == asked.id && Set($0.files.map(\.id)) == files }
        return isThere ? asked : nil
    }

    private func openLinkedRequest(
        after ended: RecordRequest,
        for asked: Inquiry,
        by answerer: Answerer
    ) throws -> (Inquiry, RecordRequest) {
        let requester = try school(ended.requester)
        let school = try school(asked.school)
        let linked = RecordRequest(
            id: secrets.makeIdentifier(),
            number: try newNumber(),
            requester: ended.requester,
            requesterState: ended.requesterState,
            filedBy: ended.filedBy,
            student: ended.student,
            uses: ended.uses,
            parts: ended.parts,
            urgentGrounds: ended.urgentGrounds,
            message: ended.message,
            startDate: ended.startDate,
            filedAt: now,
            filedOn: today(in: requester.state),
            reopens: ended.id
        )
        try session.save(linked)
        for follower in try session.followers(of: ended.id) {
            try session.addFollower(follower, to: linked.id)
        }
        let inquiry = Inquiry(
            id: secrets.makeIdentifier(),
            request: linked.id,
            sequence: 1,
            holder: asked.holder,
            school: asked.school,
            holderState: asked.holderState,
            askedAt: now,
            clock: InquiryClock(
                askedOn: today(in: school.state),
                calendar: try calendar(of: school)
            )
        )
        try session.save(inquiry)
        var asked = asked
        asked.continuedBy = inquiry.id
        try session.save(asked)
        try tell(.lateAnswer(number: linked.number), of: ended.id, inquiry: asked.id)
        try tell(.asksAgain(for: ended.number), of: linked.id, inquiry: inquiry.id)
        try audit(
            hand(of: answerer),
            "request.answerLate",
            subject: linked.number,
            detail: "after \(ended.number)"
        )
        return (inquiry, linked)
    }
}
