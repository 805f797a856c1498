package import RecordExchange
import Vocabulary

/// Cancelling what a holder has begun: the holder confirms, or sends after all.
extension Desk {
    func askToCancel(
        _ number: RequestNumber,
        reason: ReasonCode,
        by actor: Actor
    ) async throws {
        try await write { transaction in
            var request = try transaction.request(number, seenBy: actor)
            try transaction.permit(.cancel, on: request, by: actor)
            request.cancelRequested = reason
            try transaction.session.save(request)
            try transaction.tell(
                .cancelAsked(reason: reason),
                of: request.id,
                person: actor.name
            )
            for var inquiry in try transaction.session.inquiries(of: request.id)
            where inquiry.isLive {
                let policy = try transaction.policy(of: inquiry.holderState)
                let today = transaction.today(in: inquiry.holderState)
                inquiry.clock.awaitCancel(on: WorkingDays.day(policy.cancelAfter, after: today))
                try transaction.reschedule(inquiry)
                for contact in try transaction.contactsAsked(about: inquiry)
                where contact.role != .colleague {
                    try transaction.ask(contact, about: inquiry, of: request, Letter.cancelAsked)
                }
            }
            try transaction.audit(
                .staff(actor.id),
                "request.cancel",
                subject: request.number,
                detail: "\(reason.rawValue) to be confirmed"
            )
        }
    }

    /// The holder, or the state contact in its place, stops working on it.
    package func confirmCancel(_ inquiry: Inquiry.ID, by answerer: Answerer) async throws {
        try await write { transaction in
            let inquiry = try transaction.inquiry(inquiry, answerableBy: answerer)
            let request = try transaction.request(inquiry.request)
            let actor: RequestLifecycle.Actor =
                answerer.lifecycleActor == .holder ? .holder : .stateContact
            guard inquiry.isLive,
                RequestLifecycle.rule(
                    for: .confirmCancel,
                    by: actor,
                    in: try transaction.state(of: request)
                ) != nil
            else { throw CaseworkFailure.notPossibleNow }
            try transaction.confirmCancel(of: inquiry, request, by: transaction.hand(of: answerer))
        }
    }
}

extension CaseTransaction {
    /// Withdraws one inquiry of a request that is to be cancelled; with the last one the request
    /// ends.
    func confirmCancel(of inquiry: Inquiry, _ request: RecordRequest, by hand: Hand) throws {
        var inquiry = inquiry
        try move(&inquiry, .withdraw, by: .system)
        try reschedule(inquiry)
        try audit(hand, "request.confirmCancel", subject: inquiry.id)
        try endCancelled(request)
    }

    /// Ends a request that is to be cancelled once nobody works on it any more.
    ///
    /// - Returns: whether it ended.
    @discardableResult
    func endCancelled(_ request: RecordRequest) throws -> Bool {
        guard let reason = request.cancelRequested,
            try !session.inquiries(of: request.id).contains(where: \.isLive)
        else { return false }
        try conclude(
            request,
            reason == .enteredInError ? .enteredInError : .cancelled,
            reason: reason
        )
        return true
    }

    /// Records came although the requester wanted it stopped: what is there counts.
    func overruleCancel(of request: inout RecordRequest, _ inquiry: inout Inquiry) throws {
        guard request.cancelRequested != nil else { return }
        request.cancelRequested = nil
        try session.save(request)
        for var other in try session.inquiries(of: request.id)
        where other.isLive && other.id != inquiry.id {
            other.clock.forgetCancel()
            try reschedule(other)
        }
        inquiry.clock.forgetCancel()
        try tell(.cancelOverruled, of: request.id, inquiry: inquiry.id)
    }
}
