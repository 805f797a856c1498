package import RecordExchange
package import Vocabulary

extension Desk {
    /// The requester has what it needs; the request completes.
    ///
    /// The locator learns where the student's records are now.
    package func acceptRecords(_ number: RequestNumber, by actor: Actor) async throws {
        let student = try await read { try $0.request(number, seenBy: actor).student }
        let known = try await knownPointers(of: student)
        try await conclude(
            number,
            .accept,
            .completed,
            reason: nil,
            note: "",
            by: actor,
            known: known
        )
    }

    /// The requester no longer asks.
    ///
    /// At once where nobody has begun; a holder who promised a day or waits for something confirms
    /// first, or sends after all.
    package func cancelRequest(
        _ number: RequestNumber,
        reason: ReasonCode,
        note: String,
        by actor: Actor
    ) async throws {
        guard reason.family == .cancellation else { throw CaseworkFailure.reasonMissing }
        let kind: RecordRequest.Conclusion.Kind =
            reason == .enteredInError ? .enteredInError : .cancelled
        let isWorkedOn = try await read { transaction in
            let request = try transaction.request(number, seenBy: actor)
            let rule = RequestLifecycle.rule(
                for: .cancel,
                by: .requester,
                in: try transaction.state(of: request)
            )
            return rule?.next == .cancelPending
        }
        if isWorkedOn {
            try await askToCancel(number, reason: reason, by: actor)
        } else {
            try await conclude(number, .cancel, kind, reason: reason, note: note, by: actor)
        }
    }

    /// A state contact ends what cannot be filled; always with a reason.
    package func closeUnfilled(
        _ number: RequestNumber,
        reason: ReasonCode,
        note: String,
        by actor: Actor
    ) async throws {
        // A protective order or a missing child never shows by the reason of an end.
        guard !reason.isConcealed else { throw CaseworkFailure.reasonMissing }
        try await conclude(
            number,
            .closeUnfilled,
            .closedUnfilled,
            reason: reason,
            note: note,
            by: actor
        )
    }

    private func conclude(
        _ number: RequestNumber,
        _ action: RequestLifecycle.Action,
        _ kind: RecordRequest.Conclusion.Kind,
        reason: ReasonCode?,
        note: String,
        by actor: Actor,
        known: KnownPointers? = nil
    ) async throws {
        guard note.utf8.count <= RequestDraft.longestMessage else { throw CaseworkFailure.tooLong }
        try await write { transaction in
            let request = try transaction.request(number, seenBy: actor)
            // Somebody may have begun since the state was looked at.
            guard try transaction.permit(action, on: request, by: actor).next != .cancelPending
            else { throw CaseworkFailure.notPossibleNow }
            try transaction.conclude(request, kind, reason: reason, note: note, person: actor.name)
            try transaction.audit(
                .staff(actor.id),
                "request.\(action.rawValue)",
                subject: request.number,
                detail: reason?.rawValue ?? ""
            )
            if let known { try transaction.addPointers(of: request, known) }
        }
    }
}

extension CaseTransaction {
    /// Throws unless the lifecycle's table allows `action` in the request's state.
    @discardableResult
    func permit(
        _ action: RequestLifecycle.Action,
        on request: RecordRequest,
        by actor: Actor
    ) throws -> RequestLifecycle.Rule {
        let isRequester = actor.requestingSchools.contains(request.requester)
        let role: RequestLifecycle.Actor = isRequester ? .requester : .stateContact
        guard
            let rule = RequestLifecycle.rule(for: action, by: role, in: try state(of: request))
        else { throw CaseworkFailure.notPossibleNow }
        return rule
    }

    /// Writes the end of a request: nothing of it waits any more.
    func conclude(
        _ request: RecordRequest,
        _ kind: RecordRequest.Conclusion.Kind,
        reason: ReasonCode?,
        note: String = "",
        person: String = ""
    ) throws {
        var request = request
        request.conclusion = RecordRequest.Conclusion(
            kind: kind,
            reason: reason,
            note: note,
            at: now
        )
        try session.save(request)
        // Nothing comes any more that the family could be told.
        try session.forgetFamilyContact(of: request.id)
        try stopInquiries(of: request, kind)
        try tell(.concluded(kind, reason: reason, note: note), of: request.id, person: person)
        if kind == .completed { try confirmDeliveries(of: request) }
    }

    /// Ends every live inquiry; its holders are told that nothing more is needed.
    ///
    /// Where an answer is still wanted after the end, the link goes on taking it.
    private func stopInquiries(
        of request: RecordRequest,
        _ kind: RecordRequest.Conclusion.Kind
    ) throws {
        let event: InquiryLifecycle.Event =
            switch kind {
            case .completed: .supersede
            case .closedUnfilled: .timeOut
            case .cancelled, .closedDuplicate, .enteredInError: .withdraw
            }
        for var inquiry in try session.inquiries(of: request.id) {
            guard inquiry.isLive else {
                try session.clearTimer(inquiry.id)
                continue
            }
            _ = try inquiry.apply(event, by: .system, at: now)
            try reschedule(inquiry)
            guard kind != .completed else { continue }
            let requester = try school(request.requester)
            for contact in try usableContacts(of: inquiry.holder, [.recordsOffice]) {
                try mail(
                    .withdrawn(
                        number: request.number,
                        recipient: contact.name,
                        holderSchool: try school(inquiry.school).name,
                        requesterSchool: requester.name,
                        address: "\(desk.settings.baseAddress)/check"
                    ),
                    to: contact,
                    about: request,
                    inquiry: inquiry
                )
            }
        }
    }

    fileprivate func confirmDeliveries(of request: RecordRequest) throws {
        for bundle in try session.bundles(of: request.id) {
            for var delivery in try session.deliveries(of: bundle.id)
            where delivery.status == .sent || delivery.status == .collected {
                try delivery.apply(.confirm, at: now)
                try session.save(delivery)
            }
        }
    }
}
