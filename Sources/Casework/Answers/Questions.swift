package import RecordExchange
import StudentRecords
package import Vocabulary

extension Desk {
    /// The holder cannot go on without an answer from the requester; its rungs wait meanwhile.
    package func askRequester(
        _ inquiry: Inquiry.ID,
        question: String,
        by answerer: Answerer
    ) async throws {
        try Self.check(question)
        try await write { transaction in
            var (inquiry, request) = try transaction.begun(inquiry, by: answerer)
            try transaction.move(
                &inquiry,
                .ask,
                by: answerer.lifecycleActor,
                Inquiry.Facts(note: question)
            )
            try transaction.reschedule(inquiry)
            try transaction.tell(
                .questionAsked(note: question),
                of: request.id,
                inquiry: inquiry.id
            )
            try transaction.sendNews(.question, inquiry: inquiry, request: request)
            try transaction.tellOffice(ofAnswerBy: answerer, about: inquiry, of: request)
            try transaction.audit(
                transaction.hand(of: answerer),
                "inquiry.ask",
                subject: inquiry.id
            )
        }
    }

    /// The requester answers; whoever asked gets a mail with a working link.
    ///
    /// `inquiry` says whose question it is; where it is left out, the only one that is open is
    /// answered, and none where several schools wait: an answer never goes to another school.
    package func answerQuestion(
        _ number: RequestNumber,
        of inquiry: Inquiry.ID? = nil,
        answer: String,
        by actor: Actor
    ) async throws {
        try Self.check(answer)
        try await write { transaction in
            guard let request = try transaction.session.request(numbered: number),
                actor.requestingSchools.contains(request.requester)
            else { throw CaseworkFailure.notFound }
            let inquiries = try transaction.session.inquiries(of: request.id)
            let waiting = inquiries.filter { asked in
                asked.status == .question && (inquiry == nil || asked.id == inquiry)
            }
            guard request.isOpen, waiting.count == 1, var inquiry = waiting.first
            else { throw CaseworkFailure.notPossibleNow }
            try transaction.move(&inquiry, .answerQuestion, by: .requester)
            try transaction.reschedule(inquiry)
            for contact in try transaction.contactsAsked(about: inquiry) {
                try transaction.ask(contact, about: inquiry, of: request, Letter.questionAnswered)
            }
            try transaction.tell(
                .questionAnswered(note: answer),
                of: request.id,
                inquiry: inquiry.id,
                person: actor.name
            )
            try transaction.audit(
                .staff(actor.id),
                "inquiry.answerQuestion",
                subject: inquiry.id
            )
        }
    }

    /// The requester writes to the holder: asks for what is missing, or says what may help.
    ///
    /// Whoever was asked gets a mail with a working link, behind which the message stands. A
    /// request has at most ``mostMessages`` of them in a day.
    package func writeToHolder(
        _ number: RequestNumber,
        message: String,
        by actor: Actor
    ) async throws {
        try Self.check(message)
        try await write { transaction in
            guard let request = try transaction.session.request(numbered: number),
                actor.requestingSchools.contains(request.requester)
            else { throw CaseworkFailure.notFound }
            guard
                let inquiry = try transaction.inquiryToWriteTo(of: request),
                try transaction.messagesToday(of: request) < Self.mostMessages
            else { throw CaseworkFailure.notPossibleNow }
            for contact in try transaction.contactsAsked(about: inquiry) {
                try transaction.ask(contact, about: inquiry, of: request, Letter.message)
            }
            try transaction.tell(
                .messageToHolder(note: message),
                of: request.id,
                inquiry: inquiry.id,
                person: actor.name
            )
            try transaction.audit(.staff(actor.id), "inquiry.write", subject: inquiry.id)
        }
    }

    /// Messages that a requester can write about one request in 24 hours.
    package static let mostMessages = 5

    private static func check(_ text: String) throws {
        guard text.utf8.contains(where: { $0 > 32 }) else { throw CaseworkFailure.reasonMissing }
        guard text.utf8.count <= RequestDraft.longestMessage else { throw CaseworkFailure.tooLong }
    }
}

extension CaseTransaction {
    /// The inquiry whose holder still reads what the requester writes: the last one that is open
    /// or answered; `nil` where there is none.
    func inquiryToWriteTo(of request: RecordRequest) throws -> Inquiry? {
        guard request.isOpen else { return nil }
        return try session.inquiries(of: request.id).last { $0.isLive || $0.status == .sent }
    }

    fileprivate func messagesToday(of request: RecordRequest) throws -> Int {
        try session.events(of: request.id).count { event in
            guard case .messageToHolder = event.kind else { return false }
            return event.at.seconds(to: now) < 86_400
        }
    }
}
